"""Pure: what was not asked on purpose, the target itself or a later hop of its redirects."""

from crawler.judge.policy import Policy
from crawler.model import Evidence, NotAsked, NotAskedReason, Reason

REASONS: dict[NotAskedReason, Reason] = {
    NotAskedReason.INVALID_URL: Reason.INVALID_URL,
    NotAskedReason.UNSUPPORTED_SCHEME: Reason.UNSUPPORTED_SCHEME,
    NotAskedReason.EXCLUDED: Reason.EXCLUDED,
    NotAskedReason.ROBOTS_DISALLOWED: Reason.ROBOTS_DISALLOWED,
    NotAskedReason.ROBOTS_UNAVAILABLE: Reason.ROBOTS_UNAVAILABLE,
    NotAskedReason.OUT_OF_BUDGET: Reason.OUT_OF_BUDGET,
}


def not_asked(evidence: Evidence, _policy: Policy) -> Reason | None:
    """Why nothing (more) was asked, if so."""
    outcome = evidence.facts.outcome
    return REASONS[outcome.reason] if isinstance(outcome, NotAsked) else None
