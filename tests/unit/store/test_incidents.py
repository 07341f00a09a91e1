"""Incidents, and what a person said of a resource, in the database."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler.errors import StoreError
from crawler.model import (
    Accepted,
    Change,
    ChangeKind,
    Ending,
    FindingClass,
    Incident,
    Judgement,
    LastGood,
    Mute,
    Reason,
    Record,
    Reported,
    RunStatus,
    State,
    WarningCode,
)
from crawler.store import Store
from tests.support.store_nights import BARE, FIRST_NIGHT, check, night, resource, start

NIGHT = timedelta(days=1)
OPEN = Incident(since=FIRST_NIGHT - NIGHT, opened=FIRST_NIGHT, cause=Reason.HTTP_404)
CLOSED = replace(OPEN, closed=FIRST_NIGHT + NIGHT, ending=Ending.RECOVERED)
TOLD = Reported(
    kind=FindingClass.BROKEN,
    judgement=Judgement(reason=Reason.HTTP_404, warnings=(WarningCode.TLS_EXPIRES_SOON,)),
    state=State.BROKEN,
    told_at=FIRST_NIGHT,
    since=FIRST_NIGHT,
    http_status=404,
    title="Not here",
    outages=3,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "crawler.db")) as opened:
        yield opened


def finish(store: Store, record: Record, *, after: timedelta = NIGHT) -> None:
    """A complete run that leaves this record behind."""
    at = FIRST_NIGHT + after
    run_id = start(store, at)
    store.resources.add([record.resource])
    store.checks.save(run_id, [check(record.resource, at=at)])
    store.finish_run(run_id, status=RunStatus.COMPLETE, finished_at=at, records=[record])


def known(store: Store) -> Record:
    (record,) = store.records().values()
    return record


def test_all_that_is_known_beside_the_check_comes_back(store: Store) -> None:
    wanted = Record(
        resource=resource(1),
        last_good=LastGood(page=BARE, url=resource(1).url),
        incidents=(OPEN,),
        reported=TOLD,
        accepted=Accepted(title="A", domain="example.org", text="words"),
        mute=Mute(until=date(2026, 12, 1), reason="they know"),
    )
    night(store, [check(resource(1))], at=FIRST_NIGHT - NIGHT)
    finish(store, wanted, after=timedelta())
    found = known(store)
    assert replace(found, check=None, standing=wanted.standing) == wanted


def test_an_incident_is_closed_where_it_stands(store: Store) -> None:
    night(store, [check(resource(1))], at=FIRST_NIGHT - NIGHT)
    finish(store, Record(resource=resource(1), incidents=(OPEN,)), after=timedelta())
    finish(store, Record(resource=resource(1), incidents=(CLOSED,)))
    assert known(store).incidents == (CLOSED,)


def test_the_end_of_an_incident_is_kept_when_the_resource_leaves_the_list(store: Store) -> None:
    night(store, [check(resource(1))], at=FIRST_NIGHT - NIGHT)
    finish(store, Record(resource=resource(1), incidents=(OPEN,)), after=timedelta())
    run_id = start(store, FIRST_NIGHT + NIGHT)
    store.resources.add([])
    left = Record(resource=resource(1), incidents=(replace(CLOSED, ending=Ending.REMOVED),))
    store.finish_run(
        run_id, status=RunStatus.COMPLETE, finished_at=FIRST_NIGHT + NIGHT, removed=[left]
    )
    assert [one.ending for one in store.incidents.of_resource("1")] == [Ending.REMOVED]


def test_the_database_refuses_a_second_open_incident(store: Store) -> None:
    night(store, [check(resource(1))], at=FIRST_NIGHT - NIGHT)
    second = replace(OPEN, opened=OPEN.opened + NIGHT)
    with pytest.raises((StoreError, sqlite3.IntegrityError)):
        finish(store, Record(resource=resource(1), incidents=(OPEN, second)))
    assert known(store).incidents == ()


def test_incidents_of_an_earlier_url_are_history(store: Store) -> None:
    night(store, [check(resource(1))], at=FIRST_NIGHT - 2 * NIGHT)
    finish(store, Record(resource=resource(1), incidents=(OPEN,)), after=-NIGHT)
    moved = replace(resource(1), url="https://elsewhere.example/")
    fixed = replace(CLOSED, ending=Ending.FIXED_IN_LIST)
    finish(store, Record(resource=moved, incidents=(fixed,)))
    assert known(store).incidents == ()


def test_a_record_has_only_the_latest_incidents(store: Store) -> None:
    night(store, [check(resource(1))], at=FIRST_NIGHT - NIGHT)
    many = tuple(
        replace(CLOSED, opened=FIRST_NIGHT + n * NIGHT, closed=FIRST_NIGHT + (n + 1) * NIGHT)
        for n in range(9)
    )
    finish(store, Record(resource=resource(1), incidents=many), after=timedelta())
    assert known(store).incidents == many[-5:]


def test_an_event_keeps_the_row_as_it_was(store: Store) -> None:
    change = Change(
        kind=ChangeKind.BROKE,
        resource=resource(1),
        reason=Reason.HTTP_404,
        since=FIRST_NIGHT,
        seen="Not here",
    )
    night(store, [check(resource(1))], changes=[change])
    renamed = replace(resource(1), title="Another title", line=9)
    night(store, [check(renamed, at=FIRST_NIGHT + NIGHT)], at=FIRST_NIGHT + NIGHT)
    assert [(run.id, run.started_at) for run in store.runs.changed()] == [(1, FIRST_NIGHT)]
    assert store.changes.of_run(1) == store.changes.of_resource("1") == ((FIRST_NIGHT, change),)


def test_what_was_broken_before_incidents_were_kept_has_one(tmp_path: Path) -> None:
    path = tmp_path / "crawler.db"
    with Store.open(str(path)) as store:
        night(store, [check(resource(1))], state=State.BROKEN)
    database = sqlite3.connect(path)
    for table, columns in {
        "resources": ("blocked_streak", "told", "reading"),
        "incidents": ("since", "ending"),
        "changes": ("title", "url", "line", "reason", "since", "seen"),
    }.items():
        for column in columns:
            if table == "incidents":
                database.execute("drop index if exists incidents_opened")
            database.execute(f"alter table {table} drop column {column}")
    database.execute("delete from _sqlite_migrations where name = '0004_incidents'")
    database.execute("pragma user_version = 3")
    database.commit()
    database.close()
    with Store.open(str(path)) as store:
        (incident,) = known(store).incidents
    assert (incident.since, incident.closed) == (FIRST_NIGHT, None)


def test_an_open_incident_is_the_last_one_though_the_clock_was_set_back(store: Store) -> None:
    night(store, [check(resource(1))], at=FIRST_NIGHT - 9 * NIGHT)
    finish(store, Record(resource=resource(1), incidents=(CLOSED,)))
    back = replace(OPEN, since=OPEN.since - 5 * NIGHT, opened=OPEN.opened - 5 * NIGHT)
    finish(store, Record(resource=resource(1), incidents=(CLOSED, back)), after=-5 * NIGHT)
    assert known(store).incidents == (CLOSED, back)
