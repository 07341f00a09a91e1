"""How much memory the process that coordinates a run takes for each row of a long list.

Everything in it is real but the shards, which make their answers up (`benchmarks.answering`).
`python -m benchmarks.long_list --rows 1000000` measures the whole process at full length.
"""

import gc
import os
import tracemalloc
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

import crawler.run
from benchmarks.answering import NIGHT, Web, coordinated
from benchmarks.made_up_list import settings_for
from crawler import plan
from crawler.crawl import outbox
from crawler.model import RunStatus
from crawler.run import RunOptions, run
from crawler.run.files import read_list

pytestmark = pytest.mark.slow

FULL = bool(os.environ.get("CRAWLER_FULL"))  # noqa: TID251
FEW, MANY = (2_000, 20_000) if FULL else (300, 1_000)
CACHED = 2_100
"""Rows that fill all caches."""
LANES = 20
"""Of a shard, of which one runs at a time."""
UNSTORED = 10
"""Checks that wait to be stored at once."""


def _web(rows: int) -> Web:
    return Web(rows=rows, hosts=rows * 3 // 10, words=60, has_numbers=False)


def _peaks(folder: Path, rows: int, patch: Callable[..., None]) -> dict[str, int]:
    """The most bytes that Python's objects take in the steps of two nights, by step; without reports."""
    folder.mkdir()
    web, peaks = _web(rows), dict[str, int]()
    settings = settings_for(folder, web.lines())
    gc.collect()
    before, _ = tracemalloc.get_traced_memory()

    def note(step: str, *_: object, **__: object) -> None:
        peaks[step] = tracemalloc.get_traced_memory()[1] - before
        tracemalloc.reset_peak()

    def clock(now: datetime) -> datetime:
        """The time; it is read before each step, which then begins without garbage."""
        gc.collect()
        return now

    tracemalloc.reset_peak()
    for night in range(2):
        now = NIGHT + timedelta(days=night)
        patch(crawler.run, "write_reports", partial(note, f"compare {night + 1}"))
        crawl = coordinated(
            web,
            night,
            slots=1,
            lanes=LANES,
            unstored=UNSTORED,
            after=partial(note, f"crawl {night + 1}"),
        )
        result = run(settings, RunOptions(clock=partial(clock, now), crawl=crawl))
        assert result.status is RunStatus.COMPLETE
    return peaks


@pytest.mark.promise("16")
@pytest.mark.timeout(3_600 if FULL else 300)
def test_each_row_takes_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH_SECONDS", 0.01)
    tracemalloc.start()
    try:
        plan.plan(read_list(settings_for(tmp_path, _web(CACHED).lines())).resources)
        _peaks(tmp_path / "warm", FEW, monkeypatch.setattr)
        few = _peaks(tmp_path / "few", FEW, monkeypatch.setattr)
        many = _peaks(tmp_path / "many", MANY, monkeypatch.setattr)
    finally:
        tracemalloc.stop()
    # Beyond what is taken once: modules, caches, batches.
    a_row = {step: (many[step] - few[step]) / (MANY - FEW) for step in many}
    assert len(a_row) == 4
    assert max(a_row.values()) < 1_200
