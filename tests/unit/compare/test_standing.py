from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from crawler.compare import advance
from crawler.compare.standing import advance_again
from crawler.config import ConfirmSettings
from crawler.model import Check, Reason, Standing, State, Verdict
from tests.support.builders import NOW, hours, make_check
from tests.support.comparing import (
    BLOCKED,
    CONFIRM,
    CONFIRMS,
    DEAD,
    FAILING,
    MOVED,
    OK,
    SKIPPED,
    SUSPECT,
    histories,
)


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


def test_a_bad_url_is_confirmed_by_the_first_check() -> None:
    check = make_check(Reason.INVALID_URL, checked_at=NOW)
    standing = advance(Standing(), check, ConfirmSettings(dead=5))
    assert (standing.state, standing.since) == (State.BROKEN, NOW)


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


# --- advance against the rules as they stand in verdicts.md ----------------------------------------


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


@pytest.mark.parametrize(
    ("again", "state", "streak", "since"),
    [
        (OK, State.HEALTHY, 0, 4),
        (MOVED, State.HEALTHY, 0, 4),
        (SUSPECT, State.SUSPECT, 0, 4),
        (DEAD, State.FAILING, 1, 0),
        (FAILING, State.FAILING, 1, 0),
        (BLOCKED, State.FAILING, 1, 0),
        (SKIPPED, State.FAILING, 1, 0),
    ],
)
def test_another_look_in_a_night_clears_and_counts_nothing_twice(
    again: Verdict, state: State, streak: int, since: float
) -> None:
    check = make_check(again, checked_at=NOW + hours(4))
    standing = advance_again(_standing((DEAD, 0)), check, CONFIRM)
    assert (standing.state, standing.streak, standing.since) == (state, streak, NOW + hours(since))


def test_another_look_begins_a_streak_that_the_night_did_not_begin() -> None:
    check = make_check(DEAD, checked_at=NOW + hours(4))
    standing = advance_again(_standing((SUSPECT, 0)), check, CONFIRM)
    assert (standing.state, standing.streak, standing.dead_streak) == (State.FAILING, 1, 1)


@given(histories())
def test_looking_again_and_again_breaks_nothing_that_nights_do_not(
    history: Sequence[Check],
) -> None:
    nights = again = Standing()
    for check in history:
        nights = advance(nights, check, CONFIRM)
        again = advance(again, check, CONFIRM)
        for later in (1, 4, 12):
            repeated = replace(check, checked_at=check.checked_at + hours(later))
            again = advance_again(again, repeated, CONFIRM)
        assert again.state is nights.state
        assert (again.streak, again.dead_streak) == (nights.streak, nights.dead_streak)
