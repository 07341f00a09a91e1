"""What must hold in every history: outages, flapping, what is known, and reports that stay the same.

`CRAWLER_FULL=1` plays twenty times as many.
"""

import re
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from difflib import unified_diff
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crawler.compare.incidents import count_outages
from crawler.model import VERDICTS, Reason, Record, Verdict
from crawler.report.wording import run_words
from crawler.run import rewrite_reports
from crawler.store import Store
from tests.support.database import named_rows
from tests.support.histories import FULL, START, Ending, History, Night, Place, histories, row

pytestmark = pytest.mark.slow

Checks = list[tuple[datetime, Verdict]]

LIVING = {Verdict.OK, Verdict.MOVED}
TROUBLED = {Verdict.DEAD, Verdict.FAILING}
TELLING = {*LIVING, *TROUBLED, Verdict.SUSPECT}


def _many(examples: int) -> settings:
    """As many examples of a slow test as are worth their time."""
    return settings(
        max_examples=examples * (20 if FULL else 1),
        deadline=None,
        derandomize=not FULL,
        # To make a failing history shorter takes minutes; a night is one line of it.
        phases=[Phase.explicit, Phase.reuse, Phase.generate] if FULL else [Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@contextmanager
def _place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as folder:
        yield Place(Path(folder))


def _rows(place: Place, sql: str) -> list[sqlite3.Row]:
    return named_rows(place.settings.database, sql)


def _records(place: Place) -> dict[str, Record]:
    with Store.open(place.settings.database, exclusive=False) as store:
        return dict(store.records())


# --- the rules, said again ----------------------------------------------------------------------


def _telling(nights: Sequence[Night], key: str) -> Checks:
    """The telling checks of a resource since it was last listed, at its present URL."""
    checks: Checks = []
    url = None
    for night in nights:
        if not _is_kept(night):
            continue
        row = next((row for row in night.rows if row.key == key), None)
        if row is None and night.ending is Ending.INTERRUPTED:
            continue  # it is taken off the list by the next run that comes to its end
        if row is None or row.url != url:
            checks, url = [], row and row.url
        if row and night.concludes(key):
            turn = night.at + timedelta(seconds=night.rows.index(row))
            checks.append((turn, VERDICTS[night.finds[key]]))
    return [check for check in checks if check[1] in TELLING]


def _is_kept(night: Night) -> bool:
    """Whether anything of the night is: an untrusted run without an answer leaves even the list."""
    return night.ending is Ending.COMPLETE or any(map(night.concludes, night.finds))


def _is_confirmed(streak: Checks) -> bool:
    """Three that are dead or failing, or two dead ones at the end, over twenty hours."""
    verdicts = [verdict for _, verdict in streak]
    enough = len(verdicts) >= 3 or verdicts[-2:] == [Verdict.DEAD] * 2
    return enough and streak[-1][0] - streak[0][0] >= timedelta(hours=20)


def _is_open(checks: Checks) -> bool:
    """Whether some streak was confirmed after which nothing lived."""
    streak: Checks = []
    confirmed = False
    for check in checks:
        streak = [*streak, check] if check[1] in TROUBLED else []
        confirmed = check[1] not in LIVING and (
            confirmed or (bool(streak) and _is_confirmed(streak))
        )
    return confirmed


def _openings(checks: Checks) -> list[datetime]:
    opened = [_is_open(checks[:n]) for n in range(len(checks) + 1)]
    return [checks[n][0] for n, (was, now) in enumerate(pairwise(opened)) if now and not was]


# --- outages ------------------------------------------------------------------------------------


@_many(4)
@given(histories(nights=16))
def test_an_incident_is_open_exactly_when_the_rules_say_so(history: History) -> None:
    with _place() as place:
        for n, night in enumerate(history, 1):
            place.play(night)
            _check_incidents(place, history[:n])


@_many(2)
@given(st.lists(st.tuples(st.integers(2, 3), st.integers(1, 2)), min_size=6, max_size=6))
def test_what_breaks_again_and_again_is_counted(stretches: list[tuple[int, int]]) -> None:
    finds = [
        reason
        for gone, well in stretches
        for reason in [Reason.HTTP_404] * gone + [Reason.OK] * well
    ]
    history: History = tuple(
        Night(at=START + timedelta(days=n), rows=(row(1),), finds={"1": reason})
        for n, reason in enumerate(finds)
    )
    with _place() as place:
        counts = []
        for n, night in enumerate(history, 1):
            place.play(night)
            _check_incidents(place, history[:n])
            counts.append(count_outages(_records(place)["1"], night.at))
    assert max(counts) >= 3


def _check_incidents(place: Place, history: History) -> None:
    records = _records(place)
    expected = {key for key in records if _is_open(_telling(history, key))}
    held = _rows(
        place,
        "select key from incidents join resources on resources.id = resource_id "
        "where closed is null",
    )
    found = [row["key"] for row in held]
    assert sorted(found) == sorted(expected)
    broken = {key for key, record in records.items() if record.standing.state == "broken"}
    assert broken == expected
    now = history[-1].at
    for key, record in records.items():
        opened = _openings(_telling(history, key))
        recent = [at for at in opened if now - at < timedelta(days=14)]
        assert count_outages(record, now) == (len(recent) if len(recent) >= 3 else 0), key


# --- what is known ------------------------------------------------------------------------------


@pytest.mark.promise("3")
@_many(3)
@given(
    histories(
        nights=12,
        endings=tuple(Ending),
        edits=(None,),
        mutes=False,
    )
)
def test_a_check_that_concluded_nothing_replaces_nothing(history: History) -> None:
    with _place() as place:
        known: dict[int, tuple[object, ...]] = {}
        for night in history:
            place.play(night)
            latest = {
                row["number"]: tuple(row) for row in _rows(place, "select * from latest_checks")
            }
            for number, before in known.items():
                # What concluded brings at least the time of its check.
                assert (latest[number] != before) is night.concludes(str(number))
            known = latest


# --- reports ------------------------------------------------------------------------------------

DAILY = (24, 24, 48)
"""Hours at which a few seconds within a run confirm nothing and change no date."""


@_many(2)
@given(histories(nights=12, hours=DAILY), st.randoms(use_true_random=False))
def test_the_order_in_which_checks_end_changes_no_byte(history: History, order: Random) -> None:
    history = tuple(night for night in history if night.ending is not Ending.KILLED)
    with _place() as one, _place() as other:
        for night in history:
            one.play(night)
            other.play(night, order)
        assert _differences(one.stable(), other.stable()) == [], history


@_many(3)
@given(histories(nights=14))
def test_a_run_without_events_changes_no_byte(history: History) -> None:
    with _place() as place:
        for n, night in enumerate(history):
            before, events = place.stable(), _event_count(place) if n else 0
            place.play(Night(at=night.at, rows=night.rows, finds=night.finds, ending=night.ending))
            if _is_like_before(history[: n + 1]) and _event_count(place) == events:
                assert _differences(before, place.stable()) == [], history[: n + 1]


@_many(3)
@given(histories(nights=12))
def test_reports_that_were_deleted_come_back_the_same(history: History) -> None:
    with _place() as place:
        for night in history:
            place.play(night)
        rewrite_reports(place.settings)  # the last run may have been killed
        before = place.stable()
        for name in before:
            (place.folder / "reports" / name).unlink()
        rewrite_reports(place.settings)
        assert _differences(before, place.stable()) == [], history


def _is_like_before(history: History) -> bool:
    """Whether the last run was none of the first two that completed, and read the list that is known.

    And whether it ended as the one before, because reports say so when no run has come to its end.
    """
    *before, last = history
    endings = [night.ending for night in history[-2:]]
    if Ending.KILLED in endings or len({ending is Ending.COMPLETE for ending in endings}) > 1:
        return False
    complete = [night for night in before if night.ending is Ending.COMPLETE]
    kept = [night for night in before if _is_kept(night)]
    return len(complete) > 1 and last.rows == kept[-1].rows


def _differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """The lines in which the files differ; the one about runs that were not good comes and goes."""
    was, now = (
        [
            line
            for name, text in f.items()
            for line in (name, *_SINCE.sub("", text.decode()).splitlines())
        ]
        for f in (before, after)
    )
    return list(unified_diff(was, now, lineterm="", n=0))


_SINCE = re.compile(run_words.SINCE.format(date=r"\S+") + "\n\n")


def _event_count(place: Place) -> int:
    (row,) = _rows(place, "select count(*) as events from changes")
    count: int = row["events"]
    return count
