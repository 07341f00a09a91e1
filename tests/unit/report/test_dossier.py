"""What `crawler status` says of one resource: its last nights in a strip, and each part in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawler.model import (
    Accepted,
    Certificate,
    Change,
    ChangeKind,
    Check,
    Context,
    Ending,
    FailureKind,
    Histories,
    History,
    Incident,
    Landing,
    LastGood,
    Mute,
    Phase,
    Probe,
    ProbeKind,
    Probing,
    Reason,
    Record,
    Resource,
    Run,
    Standing,
    State,
    Verdict,
    WarningCode,
)
from crawler.report.dossier import EVENTS, Dossier, build
from crawler.report.dossier.dossier_lines import lines_by_title
from crawler.report.dossier.night_strip import (
    NIGHTS,
    Strip,
    legend,
    range_of_times,
    strip_of,
    times,
    worst_by_night,
)
from crawler.report.findings import list_findings
from crawler.report.wording import reason_words
from tests.support.builders import (
    NOW,
    make_chain,
    make_check,
    make_facts,
    make_failure,
    make_page,
    make_resource,
)

DAY = timedelta(days=1)
ROW = make_resource()


def _ran(days_ago: float, said: Verdict | Reason) -> tuple[Run, Check]:
    at = NOW - days_ago * DAY
    return Run(id=1, started_at=at), make_check(said, checked_at=at)


def _dossier(
    record: Record,
    *,
    incidents: tuple[Incident, ...] = (),
    changes: tuple[tuple[datetime, Change], ...] = (),
) -> Dossier:
    (finding,) = list_findings([record], NOW)
    histories = Histories(of={record.resource.key: History(changes=changes)})
    return build(finding, record, NOW, incidents=incidents, histories=histories)


def _lines(dossier: Dossier) -> dict[str, str]:
    return {label: text for lines in lines_by_title(dossier).values() for label, text in lines}


# --- the strip ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("checks", "verdicts"),
    [
        ([], []),
        ([_ran(2, Verdict.MOVED), _ran(0, Verdict.DEAD)], ["moved", "dead"]),
        # Of two runs in one night the worse.
        ([_ran(0.1, Verdict.DEAD), _ran(0, Verdict.OK)], ["dead"]),
        ([_ran(0.1, Verdict.OK), _ran(0, Verdict.MOVED)], ["moved"]),
        ([_ran(NIGHTS, Verdict.DEAD), _ran(NIGHTS - 1, Verdict.OK)], ["ok"]),
    ],
)
def test_a_night_is_the_worst_of_its_checks(
    checks: list[tuple[Run, Check]], verdicts: list[str]
) -> None:
    nights = worst_by_night(checks, NOW)
    assert [check.judgement.verdict for check in nights.values()] == verdicts


def test_nights_are_named_in_the_zone_of_now() -> None:
    late = Run(id=1, started_at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    berlin = ZoneInfo("Europe/Berlin")
    nights = worst_by_night([(late, make_check())], NOW.astimezone(berlin))
    assert list(nights) == [date(2026, 11, 21)]


def _histories(marks: str) -> Histories:
    nights = tuple(NOW.date() - n * DAY for n in reversed(range(len(marks))))
    history = History(marks=marks, milliseconds=(None,) * len(marks))
    return Histories(nights=nights, of={ROW.key: history})


@pytest.mark.parametrize(
    ("marks", "shown"),
    [("", ""), ("...", ""), ("..|.X", "|.X"), ("X" * (NIGHTS + 5), "X" * NIGHTS)],
)
def test_the_strip_begins_with_the_first_check(marks: str, shown: str) -> None:
    strip = strip_of(_histories(marks), ROW.key)
    assert strip.marks == shown
    assert len(strip.dates) == len(strip.milliseconds) == len(shown)
    assert not shown or strip.dates[-1] == NOW.date()
    assert strip_of(_histories(marks), "another") == Strip()


def test_the_legend_explains_what_occurs_and_nothing_else() -> None:
    assert list(legend("|.X")) == ["| works", "X broken", ". no check"]


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        ([], ""),
        ([100], ""),
        ([None, 100], ""),
        ([100, None, 800, 400], "▂.█▅"),
        ([0, 0], "▁▁"),
        # One slow answer does not make all others look alike.
        ([100, 200] * 15 + [60_000], "▅█" * 15 + "█"),
    ],
)
def test_answers_are_as_high_as_they_took_long(milliseconds: list[int | None], shown: str) -> None:
    assert times(milliseconds) == shown


def test_the_range_of_answers_is_in_seconds() -> None:
    assert range_of_times([100, None, 800, 400]) == "0.10 to 0.80 s, median 0.40 s"
    assert range_of_times([None]) == ""


def test_the_strip_has_the_last_nights_that_there_is_room_for() -> None:
    record = _broken()
    (finding,) = list_findings([record], NOW)
    dossier = build(finding, record, NOW, histories=_histories("||||XXX"))
    assert dict(lines_by_title(dossier, 5)["Nights"])["State"] == "||XXX"
    assert dict(lines_by_title(dossier)["Nights"])["State"] == "||||XXX"


def test_commands_are_those_that_may_come_next() -> None:
    ((_, text),) = lines_by_title(_dossier(_broken()))["Commands"]
    check, mute = text.splitlines()
    assert check == f"crawler check {ROW.number}"
    assert mute.startswith(f"crawler mute {ROW.number} --until 2026-12-22 --reason ")


def test_a_failure_says_what_was_being_done() -> None:
    failure = make_failure(FailureKind.READ_TIMEOUT, phase=Phase.RESPONSE)
    facts = make_facts(failure)
    record = Record(resource=ROW, check=make_check(Reason.READ_TIMEOUT, facts=facts))
    lines = dict(lines_by_title(_dossier(record))["Latest check"])
    assert "while waiting for the answer" in lines["Failure"]


# --- in words -----------------------------------------------------------------------------------


def _broken() -> Record:
    facts = replace(
        make_facts(exchanges=make_chain((301, "https://example.org/b"), status_code=404)),
        certificate=Certificate(not_after=NOW + 9 * DAY, subject="example.org", issuer="Some CA"),
    )
    probe = Probe(kind=ProbeKind.SIBLING, status_code=200, landing=Landing.HOME)
    context = Context(probing=Probing(probes=(probe,)))
    page = make_page("Raft", description="Consensus\x1b[31m, explained", language="en")
    return Record(
        resource=ROW,
        standing=Standing(
            state=State.BROKEN, streak=3, since=NOW - 3 * DAY, last_ok_at=NOW - 4 * DAY
        ),
        check=make_check(Reason.HTTP_404, facts=facts, context=context, looks=2, attempts=3),
        last_good=LastGood(page=page, url=ROW.url),
    )


def test_a_broken_resource_is_reported_whole() -> None:
    closed = Incident(
        since=NOW - 20 * DAY,
        opened=NOW - 19 * DAY,
        cause=Reason.HTTP_5XX,
        closed=NOW - 18 * DAY,
        ending=Ending.FIXED_IN_LIST,
    )
    still = Incident(since=NOW - 3 * DAY, opened=NOW - 2 * DAY, cause=Reason.HTTP_404)
    rows = _lines(_dossier(_broken(), incidents=(closed, still)))
    gone = reason_words.REASONS[Reason.HTTP_404]
    assert rows == {
        "Row": "No. 1, resources.csv:2, Distributed systems",
        "Class": "broken",
        "State": "broken, since 2026-11-19",
        "Last worked": "2026-11-18",
        "What to do": gone.step,
        "Outages": f"2026-11-02 to 2026-11-04: {reason_words.REASONS[Reason.HTTP_5XX].what} "
        f"Then the list got another URL.\n2026-11-19 until now: {gone.what}",
        "Checked": "2026-11-22 03:17:00 UTC",
        "Verdict": "dead, http_404",
        "Why": gone.what,
        "Asked": f"301 from {ROW.url}\n404 https://example.org/b",
        "Certificate": "valid ? to 2026-12-01, example.org, by Some CA",
        "Probes": "made-up URL beside it: 200 at the front page, likeness 0%",
        "Effort": "0.12 s, 3 attempts, 2 looks, 192.0.2.1",
        "Title": "Raft",
        "Description": "Consensus[31m, explained",
        "Language": "en",
        "Content": "html, 400 words",
        "": 'crawler check 1\ncrawler mute 1 --until 2026-12-22 --reason "its owner knows"',
    }


def test_what_reports_say_stands_beside_a_check_that_says_otherwise() -> None:
    (finding,) = list_findings([_broken()], NOW)
    refused = make_check(Reason.FORBIDDEN, facts=make_facts(status_code=403))
    later = replace(_broken(), check=refused)
    rows = _lines(build(finding, later, NOW))
    assert rows["Reported"] == reason_words.REASONS[Reason.HTTP_404].what
    assert rows["Why"] == reason_words.REASONS[Reason.FORBIDDEN].what


@pytest.mark.parametrize(
    ("until", "line"),
    [
        (date(2026, 11, 23), "until 2026-11-23: its owner knows"),
        (date(2026, 11, 22), "until 2026-11-22 (over): its owner knows"),
    ],
)
def test_a_wish_for_silence_is_reported_with_its_reason(until: date, line: str) -> None:
    record = replace(_broken(), mute=Mute(until=until, reason="its\nowner knows"))
    assert _lines(_dossier(record))["Muted"] == line


def test_an_accepted_page_is_reported() -> None:
    record = replace(_broken(), accepted=Accepted(title="Raft!", domain="example.org"))
    assert _lines(_dossier(record))["Accepted"] == "as it was: Raft!, on example.org"


def test_warnings_and_a_new_address_are_reported_in_words() -> None:
    check = make_check()
    moved = replace(
        check.judgement,
        reason=Reason.PERMANENT_REDIRECT,
        warnings=(WarningCode.SLOW, WarningCode.NOINDEX),
        suggested_url="https://example.org/new",
    )
    rows = _lines(_dossier(Record(resource=ROW, check=replace(check, judgement=moved))))
    assert rows["New address"] == "https://example.org/new"
    assert rows["Warnings"] == "slow\nasks search engines to leave it out"


def test_a_resource_without_a_check_has_only_its_row() -> None:
    rows = _lines(_dossier(Record(resource=ROW)))
    assert rows["Class"] == "not checked yet"
    assert rows["Last worked"] == "never seen"
    assert "Verdict" not in rows


def test_a_resource_that_left_the_list_has_no_standing() -> None:
    gone = Resource(key="1", url="https://example.org/")
    rows = _lines(_dossier(Record(resource=gone, check=make_check(resource=gone))))
    assert rows["Row"] == "1, no longer in the list"
    assert "State" not in rows
    assert rows["Verdict"] == "ok, ok"


def test_the_last_events_are_reported_the_latest_first() -> None:
    changes = (
        (
            NOW - n * DAY,
            Change(kind=ChangeKind.TITLE, resource=ROW, before=f"{n + 1}", after=f"{n}"),
        )
        for n in range(EVENTS + 4, -1, -1)
    )
    edited = Change(
        kind=ChangeKind.URL_CHANGED, resource=ROW, before="http://a.org", after=ROW.url
    )
    dossier = _dossier(Record(resource=ROW), changes=(*changes, (NOW + DAY, edited)))
    lines = lines_by_title(dossier)["Events, the latest first"]
    assert len(lines) == EVENTS
    assert lines[:2] == (
        ("2026-11-23", "URL replaced, was http://a.org"),
        ("2026-11-22", "title: 1\n   now: 0"),
    )
