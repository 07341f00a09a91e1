"""Pure: where a resource stands after one more check: states, streaks, confirmation."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from crawler.config import ConfirmSettings
from crawler.model import Check, Reason, Standing, State, Verdict

_PASSING = frozenset({Reason.ROBOTS_UNAVAILABLE})
"""Reasons of `skipped` that come and go like those of `blocked`."""


def advance(standing: Standing, check: Check, confirm: ConfirmSettings) -> Standing:
    """Where the resource stands after one more check; `blocked` and `skipped` tell nothing."""
    verdict = check.judgement.verdict
    match verdict:
        case Verdict.OK | Verdict.MOVED:
            return replace(_enter(State.HEALTHY, standing, check), last_ok_at=check.checked_at)
        case Verdict.SUSPECT:
            broken = standing.state is State.BROKEN
            kept = replace(standing, blocked_streak=0)
            return kept if broken else _enter(State.SUSPECT, standing, check)
        case Verdict.DEAD | Verdict.FAILING:
            return _worsen(standing, check, confirm)
        case Verdict.BLOCKED | Verdict.SKIPPED:
            passing = verdict is Verdict.BLOCKED or check.judgement.reason in _PASSING
            return replace(standing, blocked_streak=standing.blocked_streak + passing)
        case _:
            assert_never(verdict)


def _enter(state: State, standing: Standing, check: Check) -> Standing:
    stays = standing.state is state
    since = standing.since if stays else check.checked_at
    return Standing(state=state, since=since, last_ok_at=standing.last_ok_at)


def _worsen(standing: Standing, check: Check, confirm: ConfirmSettings) -> Standing:
    is_dead = check.judgement.verdict is Verdict.DEAD
    longer = replace(
        standing,
        streak=standing.streak + 1,
        dead_streak=standing.dead_streak + 1 if is_dead else 0,
        blocked_streak=0,
        since=standing.since if standing.streak else check.checked_at,
    )
    broken = standing.state is State.BROKEN or _is_confirmed(longer, check.checked_at, confirm)
    return replace(longer, state=State.BROKEN if broken else State.FAILING)


def _is_confirmed(standing: Standing, now: datetime, confirm: ConfirmSettings) -> bool:
    dead_enough = standing.dead_streak >= confirm.dead
    if dead_enough and confirm.dead == 1:
        return True
    long_enough = standing.streak >= confirm.failing or dead_enough
    spanned = now - (standing.since or now)
    return long_enough and spanned >= timedelta(hours=confirm.span_hours)
