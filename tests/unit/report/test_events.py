from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest

from crawler.model import VERDICTS, ChangeKind, Reason, State, Verdict, WarningCode
from crawler.report.events import Event, list_events
from crawler.report.findings import list_findings
from crawler.report.naming import Conventions
from crawler.report.wording import event_words, reason_words
from crawler.report.wording.event_words import EventGroup
from tests.support.report_builders import NIGHT, make_change, make_record, make_resource


def event_of(
    kind: ChangeKind,
    before: str | None = None,
    after: str | None = None,
    *,
    reason: Reason = Reason.OK,
    state: State | None = None,
) -> Event:
    record = make_record(reason=reason, state=state)
    change = replace(make_change(kind, record.resource, before, after), reason=reason)
    (event,) = list_events([change], list_findings([record], NIGHT), NIGHT)
    return event


def test_confirmed_break_is_reported_with_its_own_reason() -> None:
    """By the time the report is read, the resource may fail for another reason."""
    event = event_of(
        ChangeKind.BROKE,
        "failing read_timeout",
        "dead http_404",
        reason=Reason.HTTP_410,
        state=State.BROKEN,
    )
    assert (event.group, event.what) == (
        EventGroup.NEW,
        reason_words.REASONS[Reason.HTTP_404].what,
    )
    assert event.step == reason_words.REASONS[Reason.HTTP_404].step


def test_failure_is_reported_as_not_confirmed() -> None:
    event = event_of(ChangeKind.CLASS, "ok ok", "failing http_5xx", reason=Reason.HTTP_5XX)
    assert event.what.endswith(event_words.NOT_CONFIRMED)
    assert (event.group, event.step) == (EventGroup.WATCHED, reason_words.WAIT)


@pytest.mark.parametrize(
    ("kind", "before", "after", "what"),
    [
        (
            ChangeKind.RECOVERED,
            "dead http_404",
            "ok ok",
            "It works again. Before: The server says that there is no such page (404).",
        ),
        (ChangeKind.RECOVERED, None, None, "It works again."),
        (
            ChangeKind.RECOVERED,
            "dead http_410",
            "moved https_upgrade",
            "It works again. Before: The server says that the page was removed for good (410).",
        ),
        (ChangeKind.CLASS, "ok ok", "ok not_modified", "It works again."),
        (ChangeKind.CLASS, "moved https_upgrade", "ok ok", event_words.BACK_FROM[Verdict.MOVED]),
    ],
)
def test_recovery_says_what_is_over(
    kind: ChangeKind, before: str | None, after: str | None, what: str
) -> None:
    event = event_of(kind, before, after)
    assert (event.group, event.what, event.step) == (EventGroup.BACK, what, "")


@pytest.mark.parametrize(
    ("before", "verdict"),
    [
        ("blocked forbidden", Verdict.BLOCKED),
        ("failing http_5xx", Verdict.FAILING),
        ("dead http_404", Verdict.DEAD),
        ("skipped robots_unavailable", Verdict.SKIPPED),
    ],
)
def test_recovery_of_what_was_never_confirmed_is_no_news(before: str, verdict: Verdict) -> None:
    event = event_of(ChangeKind.CLASS, before, "ok not_modified")
    assert (event.group, event.is_over) == (EventGroup.WATCHED, True)
    assert event.what == event_words.BACK_FROM[verdict]


def test_warnings_that_are_not_told_are_no_event() -> None:
    change = make_change(ChangeKind.METADATA, None, "insecure_http", "empty_body", "warnings")
    (event,) = list_events([change], (), NIGHT, Conventions(reported=(WarningCode.EMPTY_BODY,)))
    assert (event.before, event.after) == ("", "the page is empty")
    assert list_events([change], (), NIGHT, Conventions(reported=(WarningCode.SLOW,))) == ()


def test_move_asks_to_take_over_the_address() -> None:
    event = event_of(
        ChangeKind.MOVED, "http://a.example/", "https://a.example/", reason=Reason.HTTPS_UPGRADE
    )
    assert event.what == "It has moved for good."
    assert event.step == reason_words.REASONS[Reason.HTTPS_UPGRADE].step


@pytest.mark.parametrize(
    ("after", "what"),
    [
        ("2026-12-01", "Its certificate expires on 2026-12-01."),
        ("unknown", "Its certificate expires soon."),
    ],
)
def test_certificate_is_reported_with_its_date(after: str | None, what: str) -> None:
    event = event_of(ChangeKind.TLS_EXPIRING, None, after)
    assert (event.group, event.what, event.step) == (EventGroup.NEW, what, reason_words.TELL_OWNER)


@pytest.mark.parametrize(
    ("kind", "after"),
    [(ChangeKind.CLASS, "words of another version"), (ChangeKind.MOVED, "https://b.example/")],
)
def test_change_of_a_resource_that_is_not_known_is_reported_in_general(
    kind: ChangeKind, after: str
) -> None:
    (event,) = list_events([make_change(kind, None, None, after)], (), NIGHT)
    assert (event.what, event.finding) == (event_words.EVENTS[kind], None)


@pytest.mark.parametrize(
    ("kind", "before", "what"),
    [
        (ChangeKind.TLS_EXPIRING, "2026-12-01", event_words.RENEWED),
        (ChangeKind.FLAPPING, None, event_words.SETTLED.format(nights=14)),
    ],
)
def test_what_is_over_is_reported_as_back(kind: ChangeKind, before: str | None, what: str) -> None:
    event = event_of(kind, before, None)
    assert (event.group, event.what, event.step) == (EventGroup.BACK, what, "")


def test_a_flapping_resource_is_reported_in_one_line_with_its_number() -> None:
    event = event_of(ChangeKind.FLAPPING, None, "4")
    assert (event.group, event.what) == (
        EventGroup.NEW,
        "It comes and goes: broken 4 times within 14 nights.",
    )


def test_a_recovery_says_how_long_it_was_broken() -> None:
    change = make_change(ChangeKind.RECOVERED, None, "dead http_404", "ok ok")
    (event,) = list_events([replace(change, since=NIGHT - timedelta(days=7))], (), NIGHT)
    assert event.what.startswith("It works again. It was broken from 2026-11-14 to 2026-11-21.")


def test_days_are_those_of_the_zone() -> None:
    change = make_change(ChangeKind.BROKE, None, "ok ok", "dead http_404")
    now = NIGHT.astimezone(timezone(timedelta(hours=-5)))
    (event,) = list_events([replace(change, since=NIGHT)], (), now)
    assert event.since == "2026-11-20"


def test_a_death_within_a_broken_streak_is_not_called_unconfirmed() -> None:
    change = make_change(ChangeKind.CLASS, None, "failing http_5xx", "dead http_404", "broken")
    (event,) = list_events([change], (), NIGHT)
    assert event_words.NOT_CONFIRMED not in event.what


def test_the_first_look_at_a_page_that_works_is_no_news() -> None:
    assert event_of(ChangeKind.CLASS, None, "ok ok").group is EventGroup.LIST
    assert event_of(ChangeKind.CLASS, None, "dead http_404").group is EventGroup.WATCHED


def test_order_is_that_of_kinds_then_lines_then_fields() -> None:
    first, second = make_resource(2), make_resource(3)
    changes = [
        make_change(ChangeKind.METADATA, first, field="language"),
        make_change(ChangeKind.METADATA, first, field="headline"),
        make_change(ChangeKind.ADDED, first),
        make_change(ChangeKind.TITLE, second),
        make_change(ChangeKind.BROKE, second, None, "dead http_404"),
        make_change(ChangeKind.BROKE, first, None, "dead http_404"),
    ]
    ordered = [event.change for event in list_events(changes, (), NIGHT)]
    assert ordered == [changes[i] for i in (5, 4, 3, 1, 0, 2)]
    assert list_events(reversed(changes), (), NIGHT) == list_events(changes, (), NIGHT)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_can_be_read_from_a_change(reason: Reason) -> None:
    event = event_of(ChangeKind.CLASS, None, f"{VERDICTS[reason]} {reason}", reason=reason)
    assert event.what != event_words.EVENTS[ChangeKind.CLASS]


# --- the text of a page ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fields", "group", "what"),
    [
        (ChangeKind.EDITED, {"extent": 1}, EventGroup.PAGES, "Its text was edited: 1 line."),
        (ChangeKind.EDITED, {}, EventGroup.PAGES, "Its text was edited: some lines."),
        (
            ChangeKind.REWRITTEN,
            {"extent": 40},
            EventGroup.LOOK,
            "Little of its text is left: 40 lines changed.",
        ),
        (
            ChangeKind.REWRITTEN,
            {"field": "replaced"},
            EventGroup.LOOK,
            "Nothing of its text and title is left.",
        ),
        (
            ChangeKind.RELAUNCHED,
            {"extent": 12, "after": "example.org"},
            EventGroup.PAGES,
            "12 listed pages of example.org changed alike in one night, as after a relaunch of the site.",
        ),
        (
            ChangeKind.WORDS,
            {"field": "price", "seen": "heading", "before": "Only $ 5!", "after": None},
            EventGroup.LOOK,
            "Gone from a heading: a price.",
        ),
        (
            ChangeKind.WORDS,
            {"field": "of later", "seen": "releases", "after": "New."},
            EventGroup.LOOK,
            "New in its text: something that matters to a list.",
        ),
    ],
)
def test_changes_of_texts_are_told(
    kind: ChangeKind, fields: dict[str, Any], group: EventGroup, what: str
) -> None:
    change = replace(make_change(kind, None, "was", "is"), **fields)
    (event,) = list_events([change], (), NIGHT)
    assert (event.group, event.what) == (group, what)
    assert event.is_about_text
    assert bool(event.step) is (group is EventGroup.LOOK)


def test_one_line_is_quoted_where_there_is_room_for_one() -> None:
    change = make_change(ChangeKind.EDITED, None, "old\nlast", "\n" + "new " * 99)
    (event,) = list_events([change], (), NIGHT)
    word, line = event.quote
    assert word == "Now:"
    assert len(line) == 160
    (gone,) = list_events([replace(change, after="\n")], (), NIGHT)
    assert gone.quote == ("Was:", "old")
    assert len(event.lines) == 2
