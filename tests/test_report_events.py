import pytest

from crawler.model import VERDICTS, ChangeKind, Reason, State, Verdict
from crawler.report import words
from crawler.report.events import Event, in_order
from crawler.report.findings import in_order as findings_in_order
from crawler.report.words import Group
from tests.report_builders import make_change, make_record, make_resource


def told(
    kind: ChangeKind,
    before: str | None = None,
    after: str | None = None,
    *,
    reason: Reason = Reason.OK,
    state: State | None = None,
) -> Event:
    record = make_record(reason=reason, state=state)
    change = make_change(kind, record.resource, before, after)
    (event,) = in_order([change], findings_in_order([record]))
    return event


def test_confirmed_break_is_told_with_its_own_reason() -> None:
    """By the time the report is read, the resource may fail for another reason."""
    event = told(
        ChangeKind.BROKE,
        "failing read_timeout",
        "dead http_404",
        reason=Reason.HTTP_410,
        state=State.BROKEN,
    )
    assert (event.group, event.what) == (Group.NEW, words.REASONS[Reason.HTTP_404].what)
    assert event.step == words.REASONS[Reason.HTTP_404].step


def test_failure_is_told_as_not_confirmed() -> None:
    event = told(ChangeKind.CLASS, "ok ok", "failing http_5xx", reason=Reason.HTTP_5XX)
    assert event.what.endswith(words.NOT_CONFIRMED)
    assert (event.group, event.step) == (Group.NEW, words.WAIT)


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
        (ChangeKind.CLASS, "blocked forbidden", "ok ok", words.LEFT[Verdict.BLOCKED]),
        (ChangeKind.CLASS, "failing http_5xx", "ok not_modified", words.LEFT[Verdict.FAILING]),
        (ChangeKind.CLASS, "ok ok", "ok not_modified", "It works again."),
        (ChangeKind.CLASS, "moved https_upgrade", "ok ok", words.LEFT[Verdict.MOVED]),
    ],
)
def test_recovery_tells_what_is_over(
    kind: ChangeKind, before: str | None, after: str | None, what: str
) -> None:
    event = told(kind, before, after)
    assert (event.group, event.what, event.step) == (Group.BACK, what, "")


def test_move_asks_to_take_over_the_address() -> None:
    event = told(
        ChangeKind.MOVED, "http://a.example/", "https://a.example/", reason=Reason.HTTPS_UPGRADE
    )
    assert event.what == "It has moved for good."
    assert event.step == words.REASONS[Reason.HTTPS_UPGRADE].step


@pytest.mark.parametrize(
    ("after", "what"),
    [
        ("2026-12-01", "Its certificate expires on 2026-12-01."),
        (None, "Its certificate expires soon."),
    ],
)
def test_certificate_is_told_with_its_date(after: str | None, what: str) -> None:
    event = told(ChangeKind.TLS_EXPIRING, None, after)
    assert (event.group, event.what, event.step) == (Group.NEW, what, words.TELL)


@pytest.mark.parametrize(
    ("kind", "after"),
    [(ChangeKind.CLASS, "words of another version"), (ChangeKind.MOVED, "https://b.example/")],
)
def test_change_of_a_resource_that_is_not_known_is_told_in_general(
    kind: ChangeKind, after: str
) -> None:
    (event,) = in_order([make_change(kind, None, None, after)], ())
    assert (event.what, event.step, event.finding) == (words.EVENTS[kind], "", None)


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
    ordered = [event.change for event in in_order(changes, ())]
    assert ordered == [changes[i] for i in (5, 4, 3, 1, 0, 2)]
    assert in_order(reversed(changes), ()) == in_order(changes, ())


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_can_be_read_from_a_change(reason: Reason) -> None:
    event = told(ChangeKind.CLASS, None, f"{VERDICTS[reason]} {reason}", reason=reason)
    assert event.what != words.EVENTS[ChangeKind.CLASS]
