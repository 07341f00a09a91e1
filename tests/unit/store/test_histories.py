"""The last nights of each resource, read from its checks and outages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.model import (
    NIGHTS,
    Change,
    ChangeKind,
    Check,
    Incident,
    Reason,
    Record,
    RunStatus,
)
from crawler.store import Store
from tests.support.store_nights import (
    FIRST_NIGHT,
    check,
    gone,
    night,
    not_reached,
    resource,
    silent,
    start,
)

DAY = timedelta(days=1)
ONE, OTHER = resource(1), resource(2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "crawler.db")) as opened:
        yield opened


def marks(store: Store, key: str = "1") -> str:
    return store.histories(UTC).of[key].marks


def play(store: Store, *checks: Check | None) -> None:
    """A night for each of the checks, none without one."""
    for n, one in enumerate(checks):
        if one:
            night(store, [one], at=FIRST_NIGHT + n * DAY)


def test_each_night_has_the_mark_of_what_was_found(store: Store) -> None:
    reasons = (
        Reason.OK,
        Reason.PERMANENT_REDIRECT,
        Reason.HTTP_5XX,
        Reason.HTTP_404,
        Reason.SUSPECT_REPLACED,
        Reason.FORBIDDEN,
        Reason.ROBOTS_DISALLOWED,
    )
    play(store, *(check(ONE, reason) for reason in reasons))
    assert marks(store) == "|>xx?#o"


def test_night_without_a_run_is_a_gap(store: Store) -> None:
    play(store, check(ONE), None, check(ONE))
    histories = store.histories(UTC)
    assert histories.of["1"].marks == "|.|"
    assert histories.nights == (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22))


def test_resource_that_was_not_reached_has_a_gap(store: Store) -> None:
    night(store, [check(ONE), check(OTHER)])
    night(store, [not_reached(ONE), check(OTHER)], at=FIRST_NIGHT + DAY)
    assert (marks(store), marks(store, "2")) == ("|.", "||")


def test_worst_of_several_runs_in_a_night_is_kept(store: Store) -> None:
    for hours, one in enumerate((check(ONE), gone(ONE), check(ONE))):
        night(store, [one], at=FIRST_NIGHT + timedelta(hours=hours))
    assert marks(store) == "x"


def test_failure_within_a_confirmed_outage_is_broken(store: Store) -> None:
    play(store, check(ONE), gone(ONE), gone(ONE), gone(ONE), check(ONE))
    opened = FIRST_NIGHT + 2 * DAY
    incident = Incident(since=FIRST_NIGHT + DAY, opened=opened, cause=Reason.HTTP_404)
    store.incidents.save(Record(resource=ONE, incidents=(incident,)))
    assert marks(store) == "|xXX|"
    closed = replace(incident, closed=FIRST_NIGHT + 3 * DAY)
    store.incidents.save(Record(resource=ONE, incidents=(closed,)))
    assert marks(store) == "|xXx|"


@pytest.mark.parametrize(
    ("status", "concluded", "expected"),
    [
        (RunStatus.UNTRUSTED, ["1"], "||"),
        (RunStatus.INTERRUPTED, ["1"], "||"),
        (RunStatus.UNTRUSTED, [], "|"),
        (RunStatus.FAILED, ["1"], "|"),
    ],
)
def test_only_what_a_run_concluded_counts(
    store: Store, status: RunStatus, concluded: Sequence[str], expected: str
) -> None:
    night(store, [check(ONE)])
    run_id = start(store, FIRST_NIGHT + DAY)
    store.checks.save(run_id, [check(ONE)])
    store.checks.conclude(run_id, concluded)
    store.finish_run(run_id, status=status, finished_at=FIRST_NIGHT + DAY)
    assert marks(store) == expected


def test_nights_are_named_in_the_zone(store: Store) -> None:
    for hour in (23, 25):
        night(store, [check(ONE)], at=datetime(2026, 11, 20, tzinfo=UTC) + timedelta(hours=hour))
    assert len(store.histories(UTC).nights) == 2
    assert store.histories(ZoneInfo("Asia/Kolkata")).nights == (date(2026, 11, 21),)


def test_history_goes_so_far_back_and_no_further(store: Store) -> None:
    for days in (0, 1, NIGHTS):
        night(store, [check(ONE)], at=FIRST_NIGHT + days * DAY)
    assert marks(store) == "|" + "." * (NIGHTS - 2) + "|"


def test_time_of_the_last_answer_of_a_night_is_kept(store: Store) -> None:
    slow = replace(check(ONE), elapsed=timedelta(milliseconds=900))
    night(store, [slow])
    night(store, [check(ONE)], at=FIRST_NIGHT + timedelta(hours=1))
    night(store, [silent(ONE)], at=FIRST_NIGHT + DAY)
    assert store.histories(UTC).of["1"].milliseconds == (187, None)


def test_events_come_with_the_start_of_their_run(store: Store) -> None:
    change = Change(kind=ChangeKind.TITLE, resource=ONE, before="a", after="b")
    night(store, [check(ONE), check(OTHER)], changes=[change])
    ((at, told),) = store.histories(UTC).of["1"].changes
    assert (at, told.kind, told.after) == (FIRST_NIGHT, ChangeKind.TITLE, "b")
    assert store.histories(UTC).of["2"].changes == ()


def test_database_without_a_run_has_no_nights(store: Store) -> None:
    assert store.histories(UTC).nights == ()
    assert dict(store.histories(UTC).of) == {}


def test_unknown_resource_has_no_history(store: Store) -> None:
    night(store, [check(ONE)])
    assert store.histories(UTC).of.get("99") is None
