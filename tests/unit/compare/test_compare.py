from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.compare import (
    accept,
    advance,
    better,
    classify,
    compare,
    mute,
    remove,
    to_report,
)
from crawler.config import ConfirmSettings
from crawler.model import (
    Accepted,
    Certificate,
    Change,
    ChangeKind,
    Check,
    Declared,
    Ending,
    FindingClass,
    Incident,
    Judgement,
    LastGood,
    Mute,
    Page,
    Reason,
    Record,
    Resource,
    Standing,
    State,
    Verdict,
    WarningCode,
)
from tests.support.builders import (
    NOW,
    URL,
    hours,
    make_check,
    make_exchange,
    make_facts,
    make_judgement,
    make_page,
    make_resource,
)

CONFIRM = ConfirmSettings()
AT_ONCE = ConfirmSettings(dead=1)

OK, MOVED, SUSPECT = Verdict.OK, Verdict.MOVED, Verdict.SUSPECT
DEAD, FAILING = Verdict.DEAD, Verdict.FAILING
BLOCKED, SKIPPED = Verdict.BLOCKED, Verdict.SKIPPED
WORSE_AND_WORSE = (OK, MOVED, BLOCKED, SUSPECT, DEAD, FAILING, SKIPPED)


# --- better -------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", WORSE_AND_WORSE)
@pytest.mark.parametrize("second", WORSE_AND_WORSE)
def test_the_better_look_is_kept_and_the_later_of_two_equals(
    first: Verdict, second: Verdict
) -> None:
    looks = make_check(first), make_check(second, checked_at=NOW + hours(1))
    earlier_is_better = WORSE_AND_WORSE.index(first) < WORSE_AND_WORSE.index(second)
    assert better(*looks) is (looks[0] if earlier_is_better else looks[1])


# --- advance ------------------------------------------------------------------------------------


def _standing(*history: tuple[Verdict, float], confirm: ConfirmSettings = CONFIRM) -> Standing:
    """The standing after checks, each a verdict and the hours since the start."""
    standing = Standing()
    for verdict, at in history:
        standing = advance(standing, make_check(verdict, checked_at=NOW + hours(at)), confirm)
    return standing


@pytest.mark.parametrize(
    ("history", "state", "streak", "dead_streak", "since"),
    [
        ([], State.NEW, 0, 0, None),
        ([(BLOCKED, 0)], State.NEW, 0, 0, None),
        ([(SKIPPED, 0)], State.NEW, 0, 0, None),
        ([(OK, 0)], State.HEALTHY, 0, 0, 0),
        ([(OK, 0), (MOVED, 24)], State.HEALTHY, 0, 0, 0),
        ([(OK, 0), (DEAD, 24)], State.FAILING, 1, 1, 24),
        ([(DEAD, 0), (DEAD, 24)], State.BROKEN, 2, 2, 0),
        ([(DEAD, 0), (DEAD, 19.9)], State.FAILING, 2, 2, 0),
        ([(DEAD, 0), (DEAD, 20)], State.BROKEN, 2, 2, 0),
        ([(DEAD, 0), (DEAD, 1), (DEAD, 20)], State.BROKEN, 3, 3, 0),
        ([(FAILING, 0), (FAILING, 24)], State.FAILING, 2, 0, 0),
        ([(FAILING, 0), (FAILING, 24), (FAILING, 48)], State.BROKEN, 3, 0, 0),
        ([(FAILING, 0), (FAILING, 1), (FAILING, 2)], State.FAILING, 3, 0, 0),
        ([(FAILING, 0), (FAILING, 1), (FAILING, 2), (FAILING, 20)], State.BROKEN, 4, 0, 0),
        ([(DEAD, 0), (FAILING, 24)], State.FAILING, 2, 0, 0),
        ([(DEAD, 0), (FAILING, 24), (DEAD, 48)], State.BROKEN, 3, 1, 0),
        # The span is the streak's, not that of the checks that were dead.
        ([(FAILING, 0), (DEAD, 19), (DEAD, 20)], State.BROKEN, 3, 2, 0),
        ([(DEAD, 0), (BLOCKED, 12), (DEAD, 24)], State.BROKEN, 2, 2, 0),
        ([(DEAD, 0), (SKIPPED, 12), (DEAD, 24)], State.BROKEN, 2, 2, 0),
        ([(DEAD, 0), (OK, 12), (DEAD, 24)], State.FAILING, 1, 1, 24),
        ([(DEAD, 0), (SUSPECT, 12), (DEAD, 24)], State.FAILING, 1, 1, 24),
        ([(OK, 0), (SUSPECT, 24)], State.SUSPECT, 0, 0, 24),
        ([(SUSPECT, 0), (SUSPECT, 24)], State.SUSPECT, 0, 0, 0),
        ([(SUSPECT, 0), (BLOCKED, 24)], State.SUSPECT, 0, 0, 0),
        ([(DEAD, 0), (SUSPECT, 24)], State.SUSPECT, 0, 0, 24),
        ([(DEAD, 0), (DEAD, 24), (SUSPECT, 48)], State.BROKEN, 2, 2, 0),
        ([(DEAD, 0), (DEAD, 24), (FAILING, 48)], State.BROKEN, 3, 0, 0),
        ([(DEAD, 0), (DEAD, 24), (BLOCKED, 48)], State.BROKEN, 2, 2, 0),
        ([(DEAD, 0), (DEAD, 24), (MOVED, 48)], State.HEALTHY, 0, 0, 48),
        ([(DEAD, 0), (DEAD, 24), (OK, 48), (DEAD, 72)], State.FAILING, 1, 1, 72),
        # A clock that was set back confirms nothing.
        ([(DEAD, 48), (DEAD, 0)], State.FAILING, 2, 2, 48),
    ],
)
def test_telling_checks_lead_to_a_state(
    history: list[tuple[Verdict, float]],
    state: State,
    streak: int,
    dead_streak: int,
    since: float | None,
) -> None:
    standing = _standing(*history)
    assert (standing.state, standing.streak, standing.dead_streak) == (state, streak, dead_streak)
    assert standing.since == (None if since is None else NOW + hours(since))


@pytest.mark.parametrize(
    ("history", "confirm", "state"),
    [
        ([(DEAD, 0)], ConfirmSettings(dead=1), State.BROKEN),
        ([(FAILING, 0)], ConfirmSettings(dead=1), State.FAILING),
        ([(FAILING, 0), (DEAD, 1)], ConfirmSettings(dead=1), State.BROKEN),
        ([(FAILING, 0)], ConfirmSettings(failing=1), State.FAILING),
        ([(FAILING, 0), (FAILING, 20)], ConfirmSettings(failing=1), State.BROKEN),
        ([(FAILING, 0)], ConfirmSettings(failing=1, span_hours=0), State.BROKEN),
        ([(DEAD, 0), (DEAD, 24)], ConfirmSettings(dead=3, failing=5), State.FAILING),
        ([(DEAD, 0), (DEAD, 24)], ConfirmSettings(span_hours=30), State.FAILING),
    ],
)
def test_confirmation_follows_the_settings(
    history: list[tuple[Verdict, float]], confirm: ConfirmSettings, state: State
) -> None:
    assert _standing(*history, confirm=confirm).state is state


def test_a_bad_url_confirms_like_any_dead_check() -> None:
    standing = Standing()
    for night in (0, 24):
        check = make_check(Reason.INVALID_URL, checked_at=NOW + hours(night))
        standing = advance(standing, check, CONFIRM)
    assert standing.state is State.BROKEN


@pytest.mark.parametrize(
    ("history", "last_ok_at"),
    [
        ([(DEAD, 0)], None),
        ([(OK, 0), (MOVED, 24)], 24),
        ([(OK, 0), (DEAD, 24), (DEAD, 48)], 0),
        ([(OK, 0), (SUSPECT, 24), (BLOCKED, 48)], 0),
    ],
)
def test_the_time_last_seen_alive_is_kept(
    history: list[tuple[Verdict, float]], last_ok_at: float | None
) -> None:
    expected = None if last_ok_at is None else NOW + hours(last_ok_at)
    assert _standing(*history).last_ok_at == expected


# --- advance against the rules as they stand in verdicts.md -------------------------------------

CONFIRMS = st.builds(
    ConfirmSettings,
    dead=st.integers(1, 4),
    failing=st.integers(1, 4),
    span_hours=st.sampled_from([0.0, 1.0, 20.0, 50.0]),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Check, ...]:
    steps = st.tuples(st.sampled_from(Verdict), st.sampled_from([0, 1, 5, 20, 24]))
    checks, at = [], NOW
    for verdict, step in draw(st.lists(steps, max_size=14)):
        at += hours(step)
        checks.append(make_check(verdict, checked_at=at))
    return tuple(checks)


def _after(history: Sequence[Check], confirm: ConfirmSettings) -> Standing:
    standing = Standing()
    for check in history:
        standing = advance(standing, check, confirm)
    return standing


def _verdicts(checks: Sequence[Check]) -> list[Verdict]:
    return [check.judgement.verdict for check in checks]


def _confirmed(streak: Sequence[Check], confirm: ConfirmSettings) -> bool:
    verdicts = _verdicts(streak)
    last_dead = len(streak) >= confirm.dead and set(verdicts[-confirm.dead :]) == {DEAD}
    if last_dead and confirm.dead == 1:
        return True
    span = streak[-1].checked_at - streak[0].checked_at
    enough = len(streak) >= confirm.failing or last_dead
    return enough and span >= timedelta(hours=confirm.span_hours)


def _broken_by_the_rules(history: Sequence[Check], confirm: ConfirmSettings) -> bool:
    """Whether, since it was last alive, some unbroken stretch of bad checks was long enough."""
    telling = [c for c in history if c.judgement.verdict not in {BLOCKED, SKIPPED}]
    alive = [i for i, c in enumerate(telling) if c.judgement.verdict in {OK, MOVED}]
    since_alive = telling[alive[-1] + 1 :] if alive else telling
    stretches = (
        since_alive[start : end + 1]
        for end in range(len(since_alive))
        for start in range(end + 1)
        if start == 0 or since_alive[start - 1].judgement.verdict is SUSPECT
    )
    return any(
        SUSPECT not in _verdicts(stretch) and _confirmed(stretch, confirm) for stretch in stretches
    )


@given(histories(), CONFIRMS)
def test_broken_is_what_the_rules_call_broken(
    history: tuple[Check, ...], confirm: ConfirmSettings
) -> None:
    is_broken = _after(history, confirm).state is State.BROKEN
    assert is_broken is _broken_by_the_rules(history, confirm)


@given(histories(), CONFIRMS)
def test_the_other_states_follow_from_the_last_telling_check(
    history: tuple[Check, ...], confirm: ConfirmSettings
) -> None:
    telling = [verdict for verdict in _verdicts(history) if verdict not in {BLOCKED, SKIPPED}]
    state = _after(history, confirm).state
    expected = {
        OK: State.HEALTHY,
        MOVED: State.HEALTHY,
        SUSPECT: State.SUSPECT,
        DEAD: State.FAILING,
        FAILING: State.FAILING,
    }
    if state is not State.BROKEN:
        assert state is (expected[telling[-1]] if telling else State.NEW)


@given(histories(), CONFIRMS)
def test_blocked_and_skipped_checks_might_as_well_not_have_been(
    history: tuple[Check, ...], confirm: ConfirmSettings
) -> None:
    telling = tuple(c for c in history if c.judgement.verdict not in {BLOCKED, SKIPPED})
    assert replace(_after(history, confirm), blocked_streak=0) == _after(telling, confirm)


@given(histories(), CONFIRMS)
def test_dates_are_those_of_checks(history: tuple[Check, ...], confirm: ConfirmSettings) -> None:
    standing = _after(history, confirm)
    alive = [c.checked_at for c in history if c.judgement.verdict in {OK, MOVED}]
    assert standing.last_ok_at == (alive[-1] if alive else None)
    assert (standing.since is None) is (standing.state is State.NEW)
    assert standing.since is None or standing.since in {c.checked_at for c in history}
    assert standing.dead_streak <= standing.streak


# --- classify -----------------------------------------------------------------------------------

EXPIRING = make_judgement(OK, warnings=(WarningCode.SLOW, WarningCode.TLS_EXPIRES_SOON))


@pytest.mark.parametrize(
    ("state", "check", "expected"),
    [
        (State.BROKEN, make_check(DEAD), FindingClass.BROKEN),
        (State.BROKEN, make_check(BLOCKED), FindingClass.BROKEN),
        (State.SUSPECT, make_check(SUSPECT), FindingClass.SUSPECT),
        (State.SUSPECT, make_check(SKIPPED), FindingClass.SUSPECT),
        (State.FAILING, make_check(FAILING), FindingClass.FAILING),
        (State.FAILING, make_check(BLOCKED), FindingClass.FAILING),
        (State.HEALTHY, make_check(MOVED), FindingClass.MOVED),
        (State.HEALTHY, make_check(OK), FindingClass.HEALTHY),
        (State.HEALTHY, make_check(Reason.NOT_MODIFIED), FindingClass.HEALTHY),
        (State.HEALTHY, make_check(BLOCKED), FindingClass.BLOCKED),
        (State.HEALTHY, make_check(SKIPPED), FindingClass.SKIPPED),
        (State.NEW, make_check(BLOCKED), FindingClass.BLOCKED),
        (State.NEW, make_check(SKIPPED), FindingClass.SKIPPED),
        (State.NEW, None, FindingClass.SKIPPED),
        (State.HEALTHY, make_check(EXPIRING), FindingClass.TLS_EXPIRING),
        (
            State.HEALTHY,
            make_check(make_judgement(MOVED, warnings=EXPIRING.warnings)),
            FindingClass.MOVED,
        ),
        (
            State.BROKEN,
            make_check(make_judgement(DEAD, warnings=EXPIRING.warnings)),
            FindingClass.BROKEN,
        ),
        (
            State.NEW,
            make_check(make_judgement(BLOCKED, warnings=EXPIRING.warnings)),
            FindingClass.BLOCKED,
        ),
        (
            State.HEALTHY,
            make_check(make_judgement(BLOCKED, warnings=EXPIRING.warnings)),
            FindingClass.TLS_EXPIRING,
        ),
    ],
)
def test_a_finding_is_classed_by_state_and_latest_check(
    state: State, check: Check | None, expected: FindingClass
) -> None:
    record = Record(resource=make_resource(), standing=Standing(state=state), check=check)
    assert classify(record, NOW) is expected


# --- compare ------------------------------------------------------------------------------------

TONIGHT = NOW + hours(24)


def _record(check: Check, *, broken: bool = False) -> Record:
    """A resource after one check, which may be the last of a confirmed streak."""
    standing = advance(Standing(), check, CONFIRM)
    if broken:
        standing = replace(standing, state=State.BROKEN, streak=3)
    incident = Incident(since=NOW, opened=NOW, cause=check.judgement.reason)
    record = Record(
        resource=check.resource,
        standing=standing,
        check=check,
        last_good=LastGood(page=check.page, url=check.facts.final_url) if check.page else None,
        incidents=(incident,) if broken else (),
    )
    return replace(record, reported=to_report(record, NOW))


@dataclass(frozen=True)
class Comparison:
    """What a run leaves behind, as a whole."""

    records: tuple[Record, ...]
    changes: tuple[Change, ...]
    removed: tuple[Record, ...]


def _whole(
    before: Mapping[str, Record],
    resources: Sequence[Resource],
    checks: Sequence[Check],
    confirm: ConfirmSettings,
    now: datetime,
) -> Comparison:
    by_key = {check.resource.key: check for check in checks}
    found = tuple(compare(before, resources, lambda one: by_key.get(one.key), confirm, now))
    gone = tuple(remove(before, resources, now))
    return Comparison(
        records=tuple(one.record for one in found),
        changes=tuple(change for one in (*found, *gone) for change in one.changes),
        removed=tuple(one.record for one in gone),
    )


def _compare(
    before: Mapping[str, Record] | Record,
    *checks: Check,
    confirm: ConfirmSettings = CONFIRM,
    now: datetime | None = None,
) -> Comparison:
    """What checks of one night bring, by default those of the night in which they were made."""
    if isinstance(before, Record):
        before = {before.resource.key: before}
    now = now or max(check.checked_at for check in checks)
    return _whole(before, [check.resource for check in checks], checks, confirm, now)


def _tonight(said: Verdict | Reason = OK, *, page: Page | None = None) -> Check:
    return make_check(said, page=page, checked_at=TONIGHT)


def _kinds(comparison: Comparison) -> list[ChangeKind]:
    return [change.kind for change in comparison.changes]


def test_a_first_run_adds_nothing_and_tells_no_events() -> None:
    one = make_check(OK, resource=make_resource(number=1))
    two = make_check(DEAD, resource=make_resource(number=2))
    comparison = _compare({}, one, two)
    assert comparison.changes == ()
    assert [r.standing.state for r in comparison.records] == [State.HEALTHY, State.FAILING]
    assert [r.check for r in comparison.records] == [one, two]


def test_a_first_check_can_break_where_one_is_enough() -> None:
    comparison = _compare({}, make_check(DEAD), confirm=AT_ONCE)
    (change,) = comparison.changes
    assert (change.kind, change.before, change.after) == (
        ChangeKind.BROKE,
        None,
        "dead http_404",
    )


def test_a_resource_new_to_the_list_is_added_and_one_gone_is_removed() -> None:
    left, stayed = make_resource(number=1), make_resource(number=2, url="https://example.org/2")
    new = make_resource(number=3, url="https://example.org/3")
    before = {r.key: Record(resource=r, check=make_check(resource=r)) for r in (left, stayed)}
    comparison = _compare(before, make_check(resource=new), make_check(resource=stayed))
    assert comparison.changes == (
        Change(kind=ChangeKind.ADDED, resource=new, after="https://example.org/3"),
        Change(kind=ChangeKind.REMOVED, resource=left, before=URL),
    )
    assert [record.resource for record in comparison.removed] == [left]
    assert [record.resource for record in comparison.records] == [new, stayed]


def test_a_replaced_url_starts_anew_under_its_key() -> None:
    broken = _record(make_check(DEAD, page=make_page("Old")), broken=True)
    replaced = make_resource("https://example.net/raft")
    check = make_check(DEAD, resource=replaced, checked_at=TONIGHT)
    comparison = _compare(broken, check)
    assert comparison.changes == (
        Change(
            kind=ChangeKind.URL_CHANGED,
            resource=replaced,
            before=URL,
            after="https://example.net/raft",
            since=NOW,
        ),
    )
    (record,) = comparison.records
    assert (record.resource, record.check) == (replaced, check)
    assert record.standing == Standing(state=State.FAILING, streak=1, dead_streak=1, since=TONIGHT)
    (incident,) = record.incidents
    assert (incident.ending, incident.closed) == (Ending.FIXED_IN_LIST, TONIGHT)


def test_a_new_title_in_the_list_is_no_event() -> None:
    renamed = make_resource(title="Raft, in practice")
    comparison = _compare(_record(make_check()), make_check(resource=renamed))
    assert comparison.changes == ()
    assert comparison.records[0].resource == renamed


def test_a_check_out_of_budget_concludes_nothing() -> None:
    known = _record(make_check(OK))
    comparison = _compare(known, _tonight(Reason.OUT_OF_BUDGET))
    assert comparison == Comparison(records=(known,), changes=(), removed=())


def test_a_resource_that_was_never_reached_has_no_check() -> None:
    comparison = _compare({}, make_check(Reason.OUT_OF_BUDGET))
    assert comparison.records == (Record(resource=make_resource()),)


def test_a_resource_without_a_check_in_this_run_stays_as_it_was() -> None:
    known = _record(make_check(DEAD))
    comparison = _whole({"1": known}, [known.resource], [], CONFIRM, TONIGHT)
    assert comparison == Comparison(records=(known,), changes=(), removed=())


@pytest.mark.parametrize("said", [DEAD, FAILING, BLOCKED, SUSPECT, Reason.NOT_MODIFIED])
def test_the_last_good_page_is_kept_beside_a_check_without_one(said: Verdict | Reason) -> None:
    known = _record(make_check(page=make_page("Practical Raft")))
    check = _tonight(said)
    (record,) = _compare(known, check).records
    assert record.last_good is known.last_good
    assert record.check is check


def test_a_page_that_was_not_modified_is_the_last_good_one_where_it_was_found_now() -> None:
    good = make_page("Practical Raft")
    elsewhere = make_facts(url="https://example.org/new", status_code=304)
    check = make_check(Reason.NOT_MODIFIED, facts=elsewhere, page=good, checked_at=TONIGHT)
    comparison = _compare(_record(make_check(page=good)), check)
    assert comparison.records[0].last_good == LastGood(page=good, url="https://example.org/new")
    assert comparison.changes == ()


def test_the_page_of_an_error_is_never_a_good_one() -> None:
    good, error = make_page("Practical Raft"), make_page("Page not found")
    known = _record(make_check(page=good))
    comparison = _compare(known, _tonight(DEAD, page=error))
    assert _kinds(comparison) == [ChangeKind.CLASS]
    assert comparison.records[0].last_good is known.last_good


# --- verdict events -----------------------------------------------------------------------------


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
    changes = _compare(_record(make_check(before)), _tonight(after)).changes
    told = [(change.kind, change.before, change.after) for change in changes]
    assert told == ([] if expected is None else [expected])


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
    broken = _record(make_check(DEAD), broken=True)
    assert _kinds(_compare(broken, _tonight(after))) == kinds


def test_what_is_broken_can_recover_through_a_night_of_being_blocked() -> None:
    broken = _record(make_check(DEAD), broken=True)
    blocked = _compare(broken, _tonight(BLOCKED)).records[0]
    (change,) = _compare(blocked, make_check(OK, checked_at=TONIGHT + hours(24))).changes
    assert change.kind is ChangeKind.RECOVERED
    assert (change.before, change.after) == ("dead http_404", "ok ok")


@pytest.mark.parametrize(
    ("before", "suggested", "told"),
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
def test_a_move_is_told_once_for_each_place(
    before: Judgement, suggested: str, told: list[tuple[str, str]]
) -> None:
    known = _record(make_check(before))
    now = make_check(make_judgement(MOVED, suggested_url=suggested), checked_at=TONIGHT)
    changes = _compare(known, now).changes
    assert [(change.before, change.after) for change in changes] == told
    assert {change.kind for change in changes} <= {ChangeKind.MOVED}


# --- certificates -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "told"),
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
def test_a_certificate_about_to_expire_is_told_once(
    before: Judgement, after: Judgement, told: bool
) -> None:
    facts = make_facts(certificate=Certificate(not_after=NOW + timedelta(days=14)))
    known = _record(make_check(before))
    now = make_check(after, facts=facts, checked_at=TONIGHT)
    changes = [c for c in _compare(known, now).changes if c.kind is ChangeKind.TLS_EXPIRING]
    assert [c.after for c in changes] == (["2026-12-06"] if told else [])


def test_a_certificate_that_was_renewed_is_told_as_such() -> None:
    facts = make_facts(certificate=Certificate(not_after=NOW + timedelta(days=14)))
    (change,) = _compare(_record(make_check(EXPIRING, facts=facts)), _tonight()).changes
    assert (change.kind, change.before, change.after) == (
        ChangeKind.TLS_EXPIRING,
        "2026-12-06",
        None,
    )


def test_a_certificate_that_always_expires_soon_is_told_again_when_the_date_has_passed() -> None:
    def lasting(days: int, at: datetime) -> Check:
        certificate = Certificate(not_after=at + timedelta(days=days))
        return make_check(EXPIRING, facts=make_facts(certificate=certificate), checked_at=at)

    known = _record(lasting(6, NOW))
    (known,) = _compare(known, lasting(6, TONIGHT)).records
    assert known.reported == _record(lasting(6, NOW)).reported
    (change,) = _compare(known, lasting(6, NOW + timedelta(days=7))).changes
    assert (change.before, change.after) == ("2026-11-28", "2026-12-05")


def test_a_certificate_whose_end_is_unknown_is_told_without_it() -> None:
    (change,) = _compare(_record(make_check()), make_check(EXPIRING)).changes
    assert (change.kind, change.after) == (ChangeKind.TLS_EXPIRING, "unknown")


def test_a_certificate_is_told_beside_the_verdict() -> None:
    known = _record(make_check(FAILING))
    assert _kinds(_compare(known, make_check(EXPIRING))) == [
        ChangeKind.CLASS,
        ChangeKind.TLS_EXPIRING,
    ]


# --- what a server that turns us away tells ------------------------------------------------------


def _nights(*verdicts: Verdict, start: Record | None = None) -> list[Comparison]:
    """A night for each verdict."""
    known = {start.resource.key: start} if start else {}
    told = []
    for night, verdict in enumerate(verdicts):
        check = make_check(verdict, checked_at=NOW + hours(24 * night))
        told.append(_compare(known, check))
        known = {r.resource.key: r for r in told[-1].records}
    return told


def test_a_page_that_worked_counts_as_blocked_after_three_nights_in_a_row() -> None:
    told = _nights(OK, BLOCKED, BLOCKED, OK, BLOCKED, BLOCKED, BLOCKED, BLOCKED, OK)
    kinds = [[(c.kind, c.field) for c in comparison.changes] for comparison in told]
    came, left = (ChangeKind.CLASS, "blocked"), (ChangeKind.CLASS, "healthy")
    assert kinds == [[], [], [], [], [], [], [came], [], [left]]
    assert [c.records[0].reported.kind for c in told if c.records[0].reported][5:8] == [
        FindingClass.HEALTHY,
        FindingClass.BLOCKED,
        FindingClass.BLOCKED,
    ]


def test_what_was_never_seen_alive_is_blocked_at_once() -> None:
    (night,) = _nights(BLOCKED)
    assert night.records[0].reported is not None
    assert night.records[0].reported.kind is FindingClass.BLOCKED


# --- incidents ----------------------------------------------------------------------------------


def test_an_incident_tells_of_one_outage_from_its_first_check_to_its_end() -> None:
    told = _nights(OK, DEAD, DEAD, DEAD, BLOCKED, SUSPECT, OK)
    (incident,) = told[-1].records[0].incidents
    assert incident == Incident(
        since=NOW + hours(24),
        opened=NOW + hours(48),
        cause=Reason.HTTP_404,
        closed=NOW + hours(144),
        ending=Ending.RECOVERED,
    )
    (change,) = told[-1].changes
    assert (change.kind, change.since) == (ChangeKind.RECOVERED, NOW + hours(24))


def test_a_resource_that_leaves_the_list_takes_its_incident_to_its_end() -> None:
    broken = _record(make_check(DEAD), broken=True)
    comparison = _whole({"1": broken}, [], [], CONFIRM, TONIGHT)
    (gone,) = comparison.removed
    assert [(i.ending, i.closed) for i in gone.incidents] == [(Ending.REMOVED, TONIGHT)]


OUTAGE = (DEAD, DEAD, OK)


def test_three_outages_within_fourteen_nights_flap_and_are_told_once_a_week() -> None:
    told = _nights(OK, *OUTAGE * 8, *[OK] * 14)
    events = [
        (night, change.kind, change.after)
        for night, comparison in enumerate(told)
        for change in comparison.changes
    ]
    broke, recovered = ChangeKind.BROKE, ChangeKind.RECOVERED
    first, second = (1, 2, 3), (4, 5, 6)
    assert [(night, kind) for night, kind, _ in events[:6]] == [
        (night, kind)
        for nights in (first, second)
        for night, kind in zip(nights, (ChangeKind.CLASS, broke, recovered), strict=True)
    ]
    assert events[6][:2] == (7, ChangeKind.CLASS)
    flapping = [(night, after) for night, kind, after in events[7:] if kind is ChangeKind.FLAPPING]
    assert len(flapping) == len(events[7:])
    assert flapping == [(8, "3"), (15, "5"), (22, "4"), (29, "3"), (31, None)]


def test_what_flaps_is_heard_of_again_when_its_mute_ends() -> None:
    flapping = _nights(OK, *OUTAGE * 3)[-1].records[0]
    assert flapping.reported is not None
    assert flapping.reported.outages == 3
    night = flapping.reported.told_at + hours(48)
    muted = mute(flapping, Mute(until=(night + hours(24)).date()), night)
    later = night + hours(24)
    known = {muted.resource.key: muted}
    compared = _compare(known, make_check(OK, checked_at=later))
    assert _kinds(compared) == [ChangeKind.CLASS]
    (record,) = compared.records
    assert record.reported is not None
    assert record.reported.kind is FindingClass.HEALTHY
    assert record.reported.outages == 3


def test_two_outages_do_not_flap() -> None:
    told = _nights(OK, *OUTAGE * 2, *[OK] * 9, *OUTAGE)
    assert all(c.kind is not ChangeKind.FLAPPING for night in told for c in night.changes)


# --- what a person says -------------------------------------------------------------------------


def test_a_muted_resource_is_not_heard_of_until_the_day() -> None:
    broken = _nights(OK, DEAD, DEAD)[-1].records[0]
    muted = mute(broken, Mute(until=(NOW + hours(120)).date()), NOW + hours(50))
    assert muted.reported is not None
    assert muted.reported.kind is FindingClass.MUTED
    known = {muted.resource.key: muted}
    kinds = []
    for night in range(3, 7):
        comparison = _compare(known, make_check(DEAD, checked_at=NOW + hours(24 * night)))
        known = {r.resource.key: r for r in comparison.records}
        kinds.append(_kinds(comparison))
    assert kinds == [[], [], [ChangeKind.BROKE], []]
    assert len(known["1"].incidents) == 1


def test_a_mute_can_be_taken_back() -> None:
    broken = _nights(OK, DEAD, DEAD)[-1].records[0]
    muted = mute(broken, Mute(until=(NOW + hours(480)).date()), NOW + hours(50))
    heard = mute(muted, None, NOW + hours(50))
    assert heard.reported is not None
    assert heard.reported.kind is FindingClass.BROKEN


def test_an_accepted_page_is_healthy_and_ends_its_incident() -> None:
    broken = _nights(OK, DEAD, DEAD)[-1].records[0]
    at = NOW + hours(60)
    settled = accept(broken, make_check(OK, checked_at=NOW + hours(48)), Accepted(title="A"), at)
    assert settled.standing.state is State.HEALTHY
    assert [i.ending for i in settled.incidents] == [Ending.ACCEPTED]
    assert settled.reported is not None
    assert settled.reported.kind is FindingClass.HEALTHY
    assert _compare(settled, make_check(OK, checked_at=NOW + hours(72))).changes == ()


# --- what is told -------------------------------------------------------------------------------


def test_what_is_told_stays_until_an_event() -> None:
    told = _nights(OK, OK, OK, FAILING, FAILING)
    assert told[0].records[0].reported == told[2].records[0].reported
    assert told[3].records[0].reported == told[4].records[0].reported


def test_a_warning_that_comes_or_goes_is_told_when_it_is_one_that_lasts() -> None:
    def warned(*warnings: WarningCode) -> Check:
        return make_check(make_judgement(OK, warnings=warnings), checked_at=TONIGHT)

    plain = _record(make_check(OK))
    assert _compare(plain, warned(WarningCode.SLOW, WarningCode.NOINDEX)).changes == ()
    comparison = _compare(plain, warned(WarningCode.FRAGMENT_MISSING, WarningCode.SLOW))
    (change,) = comparison.changes
    assert (change.kind, change.field, change.before, change.after) == (
        ChangeKind.METADATA,
        "warnings",
        None,
        "fragment_missing",
    )
    assert _compare(comparison.records[0], warned(WarningCode.FRAGMENT_MISSING)).changes == ()
    assert _kinds(_compare(comparison.records[0], warned())) == [ChangeKind.METADATA]


def test_a_resource_first_reached_on_a_later_night_is_told() -> None:
    reached, late = make_resource(number=1), make_resource(number=2, url=f"{URL}/2")
    before = _compare(
        {},
        make_check(OK, resource=reached),
        make_check(Reason.OUT_OF_BUDGET, resource=late),
    )
    known = {r.resource.key: r for r in before.records}
    checks = [make_check(OK, resource=r, checked_at=TONIGHT) for r in (reached, late)]
    comparison = _compare(known, *checks)
    (change,) = comparison.changes
    assert (change.kind, change.resource, change.before) == (ChangeKind.CLASS, late, None)


# --- page events --------------------------------------------------------------------------------


def _page_changes(before: Page | None, after: Page | None) -> list[tuple[object, ...]]:
    comparison = _compare(_record(make_check(page=before)), _tonight(OK, page=after))
    return [(c.kind, c.field, c.before, c.after) for c in comparison.changes]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (make_page("A"), make_page("B"), (ChangeKind.TITLE, None, "A", "B")),
        (
            make_page(description="A"),
            make_page(description="B"),
            (ChangeKind.DESCRIPTION, None, "A", "B"),
        ),
        (
            make_page(language="en"),
            make_page(language="de"),
            (ChangeKind.METADATA, "language", "en", "de"),
        ),
        (
            make_page(site_name="A"),
            make_page(site_name=None),
            (ChangeKind.METADATA, "site_name", "A", None),
        ),
        (
            make_page(description=None),
            make_page(description="B"),
            (ChangeKind.DESCRIPTION, None, None, "B"),
        ),
    ],
)
def test_a_change_of_what_a_page_declares_is_an_event(
    before: Page, after: Page, expected: tuple[object, ...]
) -> None:
    assert _page_changes(before, after) == [expected]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (make_page("(3) Raft"), make_page("(5) Raft")),
        (make_page("Raft &amp; Paxos"), make_page("Raft & Paxos")),
        (
            make_page(Declared(value="A", origin="title")),
            make_page(Declared(value="B", origin="og")),
        ),
        (make_page(text="a", word_count=1), make_page(text="b", word_count=9)),
        (None, make_page("A")),
        (make_page("A"), None),
    ],
)
def test_noise_is_none(before: Page | None, after: Page | None) -> None:
    assert _page_changes(before, after) == []


def test_a_title_with_only_a_new_version_number_is_a_quiet_event() -> None:
    changes = _page_changes(make_page("(3) Flask 3.1.2"), make_page("(4) Flask 3.2.0"))
    assert changes == [(ChangeKind.TITLE, "version", "(3) Flask 3.1.2", "(4) Flask 3.2.0")]
    assert _page_changes(make_page("Flask 3.1"), make_page("Quart 3.2"))[0][1] is None


def test_a_headline_follows_its_title_and_is_told_alone_only() -> None:
    first = replace(make_page("Raft"), headline=Declared(value="Raft", origin="jsonld"))
    headline = Declared(value="Paxos", origin="jsonld")
    alone, both = replace(first, headline=headline), replace(make_page("Paxos"), headline=headline)
    assert [kind for kind, *_ in _page_changes(first, alone)] == [ChangeKind.METADATA]
    assert [kind for kind, *_ in _page_changes(first, both)] == [ChangeKind.TITLE]


@pytest.mark.parametrize(("landing", "kinds"), [("/raft", [ChangeKind.METADATA]), ("/new", [])])
def test_a_canonical_url_follows_the_place_of_the_page(
    landing: str, kinds: list[ChangeKind]
) -> None:
    def found(at: str, canonical: str) -> Check:
        facts = make_facts(exchanges=(make_exchange(f"https://example.org{at}"),))
        return make_check(facts=facts, page=make_page(canonical_url=canonical))

    before = _record(found("/raft", "https://example.org/raft"))
    after = replace(found(landing, "https://example.org/new"), checked_at=TONIGHT)
    assert _kinds(_compare(before, after)) == kinds


def test_a_page_is_compared_with_the_last_good_one() -> None:
    good = _record(make_check(page=make_page("A")))
    (down,) = _compare(good, _tonight(FAILING)).records
    back = make_check(OK, page=make_page("B"), checked_at=TONIGHT + hours(24))
    assert _kinds(_compare(down, back)) == [ChangeKind.CLASS, ChangeKind.TITLE]


# --- whole runs ---------------------------------------------------------------------------------

VERDICT_EVENTS = {
    ChangeKind.BROKE,
    ChangeKind.RECOVERED,
    ChangeKind.MOVED,
    ChangeKind.SUSPECTED,
    ChangeKind.CLASS,
    ChangeKind.FLAPPING,
}


@given(histories(), CONFIRMS)
def test_over_any_history_events_agree_with_the_standing(
    history: tuple[Check, ...], confirm: ConfirmSettings
) -> None:
    known: dict[str, Record] = {}
    for check in history:
        comparison = _compare(known, check, confirm=confirm, now=check.checked_at)
        (record,) = comparison.records
        kinds = set(_kinds(comparison))
        before = known.get("1", Record(resource=check.resource))
        assert record.standing == advance(before.standing, check, confirm)
        assert _open(record) is (record.standing.state is State.BROKEN)
        assert len(kinds & VERDICT_EVENTS) == len(kinds) <= 1
        assert record.reported is not None
        if ChangeKind.FLAPPING not in kinds and not record.reported.outages:
            broke = _open(record) and not _open(before)
            assert (ChangeKind.BROKE in kinds) is broke
            was_told_broken = (
                before.reported is not None and before.reported.kind is FindingClass.BROKEN
            )
            recovers = was_told_broken and record.standing.state is State.HEALTHY
            assert (ChangeKind.RECOVERED in kinds) is recovers
        assert kinds or record.reported == before.reported or before.reported is None
        known = {"1": record}


def _open(record: Record) -> bool:
    return any(incident.closed is None for incident in record.incidents)
