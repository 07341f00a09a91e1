"""Promise 38: what a run and its reports cost does not grow with the nights behind them."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import report
from crawler.report import as_html, as_json, as_markdown
from crawler.store import Store
from tests.support.store_nights import FIRST_NIGHT, check, night, resource

FULL = bool(os.environ.get("CRAWLER_FULL"))  # noqa: TID251
RUNS = 2_000 if FULL else 120
LISTED = [resource(number) for number in range(1, 21)]
STEP = 100
"""Instructions of SQLite's machine between two counts.

One count for each run is what the history may add: 200,000 instructions, some milliseconds, for 2,000 runs.
"""


def _nights(store: Store, first: int, last: int) -> None:
    for day in range(first, last):
        at = FIRST_NIGHT + timedelta(days=day)
        night(store, [check(one, at=at) for one in LISTED], at=at)


def _cost(store: Store, day: int) -> tuple[int, int]:
    """What one more night and its reports take: steps of SQLite, and bytes."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    store._db._database.conn.set_progress_handler(count, STEP)
    _nights(store, day, day + 1)
    snapshot = store.snapshot()
    assert snapshot is not None
    built = report.build(snapshot)
    written = (as_markdown.render(built), *as_json.render(built), *as_html.render(built))
    store._db._database.conn.set_progress_handler(None, STEP)
    return steps, sum(map(len, written))


@pytest.mark.slow
@pytest.mark.promise("38")
@pytest.mark.timeout(3_600 if FULL else 600)
def test_a_night_costs_the_same_however_long_the_history_is(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "crawler.db")) as store:
        _nights(store, 0, 10)
        few_steps, few_bytes = _cost(store, 10)
        _nights(store, 11, RUNS)
        steps, size = _cost(store, RUNS)
    assert steps <= few_steps + RUNS
    assert size <= 1.1 * few_bytes
