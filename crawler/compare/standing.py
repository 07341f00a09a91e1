"""Pure: the state of a resource after one more check: streaks and their confirmation."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from crawler.config import ConfirmSettings
from crawler.model import Check, Reason, Standing, State, Verdict


def advance(standing: Standing, check: Check, confirm: ConfirmSettings) -> Standing:
    """The standing after one more check; `blocked` and `skipped` leave the state as it is."""
    verdict = check.judgement.verdict
    match verdict:
        case Verdict.OK | Verdict.MOVED:
            return replace(_enter(State.HEALTHY, standing, check), last_ok_at=check.checked_at)
        case Verdict.SUSPECT:
            is_broken = standing.state is State.BROKEN
            kept = replace(standing, blocked_streak=0)
            return kept if is_broken else _enter(State.SUSPECT, standing, check)
        case Verdict.DEAD | Verdict.FAILING:
            return _extend_streak(standing, check, confirm)
        case Verdict.BLOCKED | Verdict.SKIPPED:
            # A robots.txt that answers with an error is a refusal that may pass, as `blocked` is.
            reason = check.judgement.reason
            is_blocked = verdict is Verdict.BLOCKED or reason is Reason.ROBOTS_UNAVAILABLE
            return replace(standing, blocked_streak=standing.blocked_streak + is_blocked)
        case _:
            assert_never(verdict)


def advance_again(standing: Standing, check: Check, confirm: ConfirmSettings) -> Standing:
    """The standing after another look in the same night: it may clear, and it may begin a streak.

    A night counts once with all of its looks, so what fails again leaves everything as it was.
    """
    verdict = check.judgement.verdict
    counts_already = standing.streak > 0 and verdict in {Verdict.DEAD, Verdict.FAILING}
    if counts_already or verdict in {Verdict.BLOCKED, Verdict.SKIPPED}:
        return standing
    return advance(standing, check, confirm)


def _enter(state: State, standing: Standing, check: Check) -> Standing:
    since = standing.since if standing.state is state else check.checked_at
    return Standing(state=state, since=since, last_ok_at=standing.last_ok_at)


def _extend_streak(standing: Standing, check: Check, confirm: ConfirmSettings) -> Standing:
    is_dead = check.judgement.verdict is Verdict.DEAD
    longer = replace(
        standing,
        streak=standing.streak + 1,
        dead_streak=standing.dead_streak + 1 if is_dead else 0,
        blocked_streak=0,
        since=standing.since if standing.streak else check.checked_at,
    )
    # What is wrong in the list itself does not pass: one check is enough.
    is_broken = (
        standing.state is State.BROKEN
        or check.judgement.reason is Reason.INVALID_URL
        or _is_confirmed(longer, check.checked_at, confirm)
    )
    return replace(longer, state=State.BROKEN if is_broken else State.FAILING)


def _is_confirmed(standing: Standing, now: datetime, confirm: ConfirmSettings) -> bool:
    has_enough_dead = standing.dead_streak >= confirm.dead
    if has_enough_dead and confirm.dead == 1:
        return True
    has_enough = standing.streak >= confirm.failing or has_enough_dead
    span = now - (standing.since or now)
    return has_enough and span >= timedelta(hours=confirm.span_hours)
