"""What pruning keeps and drops."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.model import Change, ChangeKind, Check, Declared, RunStatus
from crawler.store import Store
from tests.support.store_nights import (
    FIRST_NIGHT,
    PAGE,
    check,
    gone,
    night,
    not_reached,
    resource,
    start,
)

ONE, TWO = resource(1), resource(2)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "crawler.db")


def read(path: str, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def checks_of(verdicts: str) -> Iterator[Check]:
    """A check of the first resource for every letter: o for ok, d for dead, n for not reached."""
    kinds: dict[str, Callable[..., Check]] = {"o": check, "d": gone, "n": not_reached}
    for day, letter in enumerate(verdicts):
        yield kinds[letter](ONE, at=FIRST_NIGHT + timedelta(days=day))


def play(store: Store, checks: Sequence[Check]) -> None:
    for one in checks:
        night(store, [one], at=one.checked_at)


@pytest.mark.parametrize(
    ("verdicts", "keep_days", "kept"),
    [
        ("oooooo", 0, [1, 6]),
        ("oooooo", 2, [1, 4, 5, 6]),
        ("oooooo", 5, [1, 2, 3, 4, 5, 6]),
        ("oooooo", 400, [1, 2, 3, 4, 5, 6]),
        ("ooddddoo", 1, [1, 2, 3, 6, 7, 8]),
        ("ododoo", 0, [1, 2, 3, 4, 5, 6]),
        ("oonooo", 0, [1, 6]),
    ],
)
def test_of_old_checks_those_at_a_change_stay(
    path: str, verdicts: str, keep_days: int, kept: list[int]
) -> None:
    with Store.open(path) as store:
        play(store, tuple(checks_of(verdicts)))
        pruned = store.prune(keep_days)
    assert [run_id for (run_id,) in read(path, "select run_id from checks order by 1")] == kept
    assert pruned.before.checks == len(verdicts)
    assert pruned.after.checks == len(kept)


def test_checks_of_runs_that_concluded_nothing_go_when_they_are_old(path: str) -> None:
    with Store.open(path) as store:
        night(store, [check(ONE)])
        night(store, [gone(ONE)], status=RunStatus.INTERRUPTED)
        night(store, [check(ONE)], at=FIRST_NIGHT + timedelta(days=9))
        night(store, [gone(ONE)], at=FIRST_NIGHT + timedelta(days=10), status=RunStatus.FAILED)
        store.prune(1)
    assert read(path, "select run_id from checks order by 1") == [(1,), (3,), (4,)]


def test_a_clock_set_back_hides_no_newer_run(path: str) -> None:
    with Store.open(path) as store:
        play(store, tuple(checks_of("ooo")))
        night(store, [check(ONE)], at=FIRST_NIGHT - timedelta(days=9000))
        night(store, [check(ONE)], at=FIRST_NIGHT + timedelta(days=3))
        store.prune(1)
    assert read(path, "select run_id from checks order by 1") == [(1,), (3,), (4,), (5,)]


def test_facts_and_pages_go_with_the_last_check_that_refers_to_them(path: str) -> None:
    with Store.open(path) as store:
        for day, title in enumerate("abcd"):
            named = Declared(value=title, origin="title")
            page = replace(PAGE, title=named, text=title)
            night(store, [check(ONE, page=page)], at=FIRST_NIGHT + timedelta(days=day))
        night(store, [gone(ONE)], at=FIRST_NIGHT + timedelta(days=4))
        pruned = store.prune(0)
        (record,) = store.records().values()
        assert record.last_good
        assert record.last_good.text() == "d"
    assert (pruned.before.pages, pruned.after.pages) == (4, 2)
    assert (pruned.before.facts, pruned.after.facts) == (2, 2)
    assert (pruned.before.texts, pruned.after.texts) == (3, 3)
    assert read(path, "pragma foreign_key_check") == []


def test_what_is_known_and_reported_stays_as_it_is(path: str) -> None:
    change = Change(kind=ChangeKind.BROKE, resource=ONE, after="dead http_404")
    with Store.open(path) as store:
        play(store, tuple(checks_of("oooodddd")))
        night(store, [gone(ONE), check(TWO)], at=FIRST_NIGHT + timedelta(days=9), changes=[change])
        night(store, [check(TWO)], at=FIRST_NIGHT + timedelta(days=99))
        before = store.records(), store.snapshot(), store.changes.of_resource("1")
        latest = read(path, "select * from latest_checks")
        assert store.prune(1).after.checks < 10
        assert (store.records(), store.snapshot(), store.changes.of_resource("1")) == before
    assert read(path, "select * from latest_checks") == latest
    assert latest


def test_the_history_of_a_resource_that_left_the_list_stays(path: str) -> None:
    with Store.open(path) as store:
        play(store, tuple(checks_of("ood")))
        night(store, [check(TWO)], at=FIRST_NIGHT + timedelta(days=500))
        store.prune(1)
        assert [run.id for run, _ in store.checks.history("1")] == [1, 2, 3]


def test_a_dry_run_counts_the_same_and_changes_nothing(path: str) -> None:
    with Store.open(path) as store:
        play(store, tuple(checks_of("o" * 30)))
        dry = store.prune(3, dry_run=True)
        assert len(store.checks.history("1")) == 30
        assert store.prune(3) == dry
        assert len(store.checks.history("1")) == 5
        assert store.prune(3).before == dry.after


def test_the_file_gets_smaller(path: str) -> None:
    with Store.open(path) as store:
        for day in range(40):
            words = "".join(chr(0x4E00 + (day * i) % 9973) for i in range(3000))
            page = replace(PAGE, description=Declared(value=words, origin="og"))
            night(store, [check(ONE, page=page)], at=FIRST_NIGHT + timedelta(days=day))
    before = Path(path).stat().st_size
    with Store.open(path) as store:
        pruned = store.prune(1)
    assert pruned.before.size <= before
    assert Path(path).stat().st_size == pruned.after.size < before / 2


def test_before_the_first_complete_run_nothing_goes(path: str) -> None:
    with Store.open(path) as store:
        store.resources.add([ONE])
        store.checks.save(start(store), [check(ONE)])
        assert store.prune(1).after.checks == 1
