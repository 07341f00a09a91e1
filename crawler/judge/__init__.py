"""Pure: evidence about one resource becomes its judgement, by a table of rules tried in order."""

from collections.abc import Callable

from crawler.judge import blocked, moved, no_response, skipped, status_codes, substitutes
from crawler.judge.kept_page import past_of, seen_of
from crawler.judge.policy import Policy, policy_for
from crawler.judge.probes import WantedProbes, ignored_words, probe_key, probe_wanted
from crawler.judge.signals import Case, case_of
from crawler.judge.warning_rules import warnings
from crawler.model import VERDICTS, Evidence, Judgement, Reason, Verdict

__all__ = [
    "RULES",
    "Case",
    "Policy",
    "WantedProbes",
    "case_of",
    "decide",
    "ignored_words",
    "judge",
    "past_of",
    "policy_for",
    "probe_key",
    "probe_wanted",
    "seen_of",
]

Rule = Callable[[Case, Policy], Reason | None]

RULES: tuple[Rule, ...] = (
    skipped.not_asked,
    no_response.failed,
    blocked.bot_challenge,  # the only rule that outweighs a status
    status_codes.error_status,
    blocked.login_required,
    blocked.consent_wall,
    substitutes.proven,
    substitutes.suspected,
    moved.permanent_redirect,
    status_codes.ok,
)
"""The first rule that gives a reason decides; the last always gives one."""

_WITH_SUGGESTION = frozenset({Verdict.MOVED, Verdict.SKIPPED})


def judge(evidence: Evidence, policy: Policy) -> Judgement:
    """The reason, the warnings and the suggested URL that follow from the evidence."""
    return decide(case_of(evidence), policy)


def decide(case: Case, policy: Policy) -> Judgement:
    """Like `judge`, for a case whose signals may have been computed before."""
    reason = next(found for rule in RULES if (found := rule(case, policy)) is not None)
    verdict = VERDICTS[reason]
    return Judgement(
        reason=reason,
        warnings=warnings(case, policy, verdict),
        suggested_url=moved.suggested_url(case.signals) if verdict in _WITH_SUGGESTION else None,
    )
