"""The whole story of a link."""

from dataclasses import replace
from datetime import timedelta

from crawler.model import (
    Accepted,
    ChangeKind,
    Ending,
    Exchange,
    Failure,
    FailureKind,
    Incident,
    Mute,
    Phase,
    Place,
    Reason,
    Record,
    Redirect,
    RedirectKind,
    State,
)
from crawler.report.findings import list_findings
from crawler.report.naming import USUAL
from crawler.report.page import story
from crawler.report.page.story import Hop, Story
from tests.support.report_builders import NIGHT, make_change, make_record

OLD, NEW = "https://example.org/2", "https://new.example/"


def told(record: Record, *changes: ChangeKind) -> Story:
    (finding,) = list_findings([record], NIGHT)
    dated = [(NIGHT, make_change(kind, record.resource, "ok ok", "x")) for kind in changes]
    return story.tell(finding, record, dated, NIGHT, USUAL)


def asked(record: Record, *exchanges: Exchange, failure: Failure | None = None) -> Record:
    assert record.check is not None
    facts = replace(record.check.facts, exchanges=exchanges)
    facts = replace(facts, outcome=failure) if failure else facts
    return replace(record, check=replace(record.check, facts=facts))


def hop(url: str, status: int, to: str = "") -> Exchange:
    redirect = Redirect(kind=RedirectKind.LOCATION, target=to) if to else None
    return Exchange(target_uri=url, status_code=status, redirect=redirect)


def test_redirects_are_told_with_their_status_codes() -> None:
    record = asked(make_record(), hop(OLD, 301, NEW), hop(NEW, 200))
    assert told(record).hops == (Hop(status="301", url=OLD), Hop(status="200", url=NEW))


def test_hop_without_an_answer_ends_the_redirects() -> None:
    failure = Failure(kind=FailureKind.CONNECTION_RESET, phase=Phase.RESPONSE, target_uri=NEW)
    record = asked(
        make_record(reason=Reason.CONNECTION_RESET), hop(OLD, 301, NEW), failure=failure
    )
    assert told(record).hops[-1] == Hop(status="no answer", url=NEW)
    assert dict(told(record).lines)["Failure"] == "connection_reset, while waiting for the answer"


def test_page_that_answered_itself_has_no_hops() -> None:
    assert told(make_record()).hops == ()


def test_titles_are_told_where_they_differ() -> None:
    record = make_record(page_title="A page")
    assert "Title now" not in dict(told(record).lines)
    lines = dict(told(make_record(page_title="Another")).lines)
    assert lines["Title now"] == "Another"
    assert "Title when it last worked" not in lines


def test_all_places_of_a_link_that_is_listed_twice_are_told() -> None:
    record = make_record()
    twice = tuple(Place(file="README.md", line=line) for line in (7, 80))
    assert "Listed at" not in dict(told(record).lines)
    record = replace(record, resource=replace(record.resource, places=twice))
    assert dict(told(record).lines)["Listed at"] == "README.md:7, README.md:80"


def test_what_a_person_decided_is_told() -> None:
    record = replace(
        make_record(),
        accepted=Accepted(title="As it was"),
        mute=Mute(until=NIGHT.date(), reason="its owner knows"),
    )
    lines = dict(told(record).lines)
    assert lines["Accepted by you"] == "As it was"
    assert lines["Muted until"] == "2026-11-21: its owner knows"


def test_outage_that_is_over_is_told_once() -> None:
    incident = Incident(
        since=NIGHT - timedelta(days=9),
        opened=NIGHT - timedelta(days=8),
        cause=Reason.HTTP_404,
        closed=NIGHT,
        ending=Ending.RECOVERED,
    )
    record = replace(make_record(), incidents=(incident,))
    assert told(record, ChangeKind.BROKE, ChangeKind.RECOVERED).dated == (
        (
            "2026-11-12 to 2026-11-21",
            "The server says that there is no such page (404). Then it worked again.",
        ),
    )


def test_change_of_a_page_is_told_with_both_sides() -> None:
    assert told(make_record(), ChangeKind.TITLE).dated == (
        ("2026-11-21", "title was ok ok; is now x"),
    )


def test_commands_are_those_that_fit() -> None:
    check, mute = "crawler check 1", 'crawler mute 1 --until 2026-12-21 --reason "its owner knows"'
    broken = make_record(reason=Reason.HTTP_404, state=State.BROKEN)
    assert told(make_record()).commands == ()
    assert told(broken).commands == (check, mute)
    moved = make_record(reason=Reason.PERMANENT_REDIRECT, suggested_url=NEW)
    assert told(moved).commands == (check, "crawler accept 1")
