from datetime import datetime, timedelta

import pytest

from crawler.model import (
    Certificate,
    ChangeKind,
    Check,
    FindingClass,
    Judgement,
    Reason,
    Verdict,
    WarningCode,
)
from tests.support.builders import NOW, URL, hours, make_check, make_facts, make_judgement
from tests.support.comparing import (
    BLOCKED,
    DEAD,
    FAILING,
    MOVED,
    OK,
    SKIPPED,
    SUSPECT,
    TONIGHT,
    compare_night,
    kinds_of,
    make_record,
    play_nights,
    tonight,
)

EXPIRING = make_judgement(OK, warnings=(WarningCode.SLOW, WarningCode.TLS_EXPIRES_SOON))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (OK, OK, None),
        (OK, Reason.NOT_MODIFIED, None),
        (OK, FAILING, (ChangeKind.CLASS, "ok ok", "failing http_5xx")),
        (FAILING, OK, (ChangeKind.CLASS, "failing http_5xx", "ok ok")),
        (OK, BLOCKED, None),
        (BLOCKED, OK, (ChangeKind.CLASS, "blocked forbidden", "ok ok")),
        (OK, SKIPPED, (ChangeKind.CLASS, "ok ok", "skipped robots_disallowed")),
        (FAILING, DEAD, (ChangeKind.CLASS, "failing http_5xx", "dead http_404")),
        (DEAD, FAILING, None),
        (MOVED, OK, (ChangeKind.CLASS, "moved permanent_redirect", "ok ok")),
        (FAILING, Reason.READ_TIMEOUT, None),
        (DEAD, DEAD, (ChangeKind.BROKE, "dead http_404", "dead http_404")),
        (OK, SUSPECT, (ChangeKind.SUSPECTED, "ok ok", "suspect ok")),
        (SUSPECT, SUSPECT, None),
    ],
)
def test_a_step_between_verdicts_is_at_most_one_event(
    before: Verdict | Reason,
    after: Verdict | Reason,
    expected: tuple[ChangeKind, str, str] | None,
) -> None:
    changes = compare_night(make_record(make_check(before)), tonight(after)).changes
    found = [(change.kind, change.before, change.after) for change in changes]
    assert found == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (OK, [ChangeKind.RECOVERED]),
        (MOVED, [ChangeKind.RECOVERED]),
        (DEAD, []),
        (FAILING, []),
        (BLOCKED, []),
        (SUSPECT, []),
    ],
)
def test_only_a_living_page_ends_what_is_broken(after: Verdict, kinds: list[ChangeKind]) -> None:
    broken = make_record(make_check(DEAD), broken=True)
    assert kinds_of(compare_night(broken, tonight(after))) == kinds


def test_what_is_broken_can_recover_through_a_night_of_being_blocked() -> None:
    broken = make_record(make_check(DEAD), broken=True)
    blocked = compare_night(broken, tonight(BLOCKED)).records[0]
    (change,) = compare_night(blocked, make_check(OK, checked_at=TONIGHT + hours(24))).changes
    assert change.kind is ChangeKind.RECOVERED
    assert (change.before, change.after) == ("dead http_404", "ok ok")


@pytest.mark.parametrize(
    ("before", "suggested", "expected"),
    [
        (make_judgement(OK), "https://example.net/b", [(URL, "https://example.net/b")]),
        (
            make_judgement(MOVED, suggested_url="https://example.net/a"),
            "https://example.net/b",
            [("https://example.net/a", "https://example.net/b")],
        ),
        (
            make_judgement(MOVED, suggested_url="https://example.net/b"),
            "https://example.net/b",
            [],
        ),
        (make_judgement(BLOCKED), "https://example.net/b", [(URL, "https://example.net/b")]),
    ],
)
def test_a_move_is_reported_once_for_each_place(
    before: Judgement, suggested: str, expected: list[tuple[str, str]]
) -> None:
    known = make_record(make_check(before))
    now = make_check(make_judgement(MOVED, suggested_url=suggested), checked_at=TONIGHT)
    changes = compare_night(known, now).changes
    assert [(change.before, change.after) for change in changes] == expected
    assert {change.kind for change in changes} <= {ChangeKind.MOVED}


# --- certificates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (make_judgement(OK), EXPIRING, True),
        (EXPIRING, EXPIRING, False),
        (
            make_judgement(MOVED, suggested_url="https://example.net/"),
            make_judgement(
                MOVED, suggested_url="https://example.net/", warnings=EXPIRING.warnings
            ),
            True,
        ),
        (make_judgement(OK), make_judgement(BLOCKED, warnings=EXPIRING.warnings), False),
    ],
)
def test_a_certificate_about_to_expire_is_reported_once(
    before: Judgement, after: Judgement, expected: bool
) -> None:
    facts = make_facts(certificate=Certificate(not_after=NOW + timedelta(days=14)))
    known = make_record(make_check(before))
    now = make_check(after, facts=facts, checked_at=TONIGHT)
    changes = [c for c in compare_night(known, now).changes if c.kind is ChangeKind.TLS_EXPIRING]
    assert [c.after for c in changes] == (["2026-12-06"] if expected else [])


def test_a_certificate_that_was_renewed_is_reported_as_such() -> None:
    facts = make_facts(certificate=Certificate(not_after=NOW + timedelta(days=14)))
    (change,) = compare_night(make_record(make_check(EXPIRING, facts=facts)), tonight()).changes
    assert (change.kind, change.before, change.after) == (
        ChangeKind.TLS_EXPIRING,
        "2026-12-06",
        None,
    )


def test_a_certificate_that_always_expires_soon_is_reported_again_when_the_date_has_passed() -> (
    None
):
    def lasting(days: int, at: datetime) -> Check:
        certificate = Certificate(not_after=at + timedelta(days=days))
        return make_check(EXPIRING, facts=make_facts(certificate=certificate), checked_at=at)

    known = make_record(lasting(6, NOW))
    (known,) = compare_night(known, lasting(6, TONIGHT)).records
    assert known.reported == make_record(lasting(6, NOW)).reported
    (change,) = compare_night(known, lasting(6, NOW + timedelta(days=7))).changes
    assert (change.before, change.after) == ("2026-11-28", "2026-12-05")


def test_a_certificate_whose_end_is_unknown_is_reported_without_it() -> None:
    (change,) = compare_night(make_record(make_check()), make_check(EXPIRING)).changes
    assert (change.kind, change.after) == (ChangeKind.TLS_EXPIRING, "unknown")


def test_a_certificate_is_reported_beside_the_verdict() -> None:
    known = make_record(make_check(FAILING))
    assert kinds_of(compare_night(known, make_check(EXPIRING))) == [
        ChangeKind.CLASS,
        ChangeKind.TLS_EXPIRING,
    ]


# --- checks that a server blocks -------------------------------------------------------------------


def test_a_page_that_worked_counts_as_blocked_after_three_nights_in_a_row() -> None:
    nights = play_nights(OK, BLOCKED, BLOCKED, OK, BLOCKED, BLOCKED, BLOCKED, BLOCKED, OK)
    kinds = [[(c.kind, c.field) for c in comparison.changes] for comparison in nights]
    came, left = (ChangeKind.CLASS, "blocked"), (ChangeKind.CLASS, "healthy")
    assert kinds == [[], [], [], [], [], [], [came], [], [left]]
    assert [c.records[0].reported.kind for c in nights if c.records[0].reported][5:8] == [
        FindingClass.HEALTHY,
        FindingClass.BLOCKED,
        FindingClass.BLOCKED,
    ]


def test_what_was_never_seen_alive_is_blocked_at_once() -> None:
    (night,) = play_nights(BLOCKED)
    assert night.records[0].reported is not None
    assert night.records[0].reported.kind is FindingClass.BLOCKED
