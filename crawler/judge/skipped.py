"""Pure: URLs that were not asked on purpose; the listed one, or a later hop of its redirects."""

from crawler.judge.policy import Policy
from crawler.judge.signals import Case
from crawler.model import NotAsked, NotAskedReason, Reason

REASONS: dict[NotAskedReason, Reason] = {
    NotAskedReason.INVALID_URL: Reason.INVALID_URL,
    NotAskedReason.UNSUPPORTED_SCHEME: Reason.UNSUPPORTED_SCHEME,
    NotAskedReason.EXCLUDED: Reason.EXCLUDED,
    NotAskedReason.ROBOTS_DISALLOWED: Reason.ROBOTS_DISALLOWED,
    NotAskedReason.ROBOTS_UNAVAILABLE: Reason.ROBOTS_UNAVAILABLE,
    NotAskedReason.OUT_OF_BUDGET: Reason.OUT_OF_BUDGET,
}


def not_asked(case: Case, _policy: Policy) -> Reason | None:
    """Why a URL was not asked; None when all were."""
    outcome = case.facts.outcome
    return REASONS[outcome.reason] if isinstance(outcome, NotAsked) else None
