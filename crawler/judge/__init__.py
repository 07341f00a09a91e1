"""Pure: evidence about one resource becomes its judgement, by tables of rules tried in order."""

from collections.abc import Callable

from crawler.judge import blocked, moved, no_response, skipped, status_codes, substitutes
from crawler.judge.kept_page import past_of, seen_of
from crawler.judge.policy import Policy, policy_for
from crawler.judge.probes import Wanted, ignored_words, probe_key, probe_wanted
from crawler.judge.signals import Case, case_of
from crawler.judge.warning_rules import warnings
from crawler.model import VERDICTS, Evidence, Judgement, Reason, Verdict

__all__ = [
    "RULES",
    "Case",
    "Policy",
    "Wanted",
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
    blocked.challenge,  # the one thing that outweighs a status
    status_codes.status,
    blocked.sign_in,
    blocked.consent,
    substitutes.proven,
    substitutes.suspected,
    moved.moved,
    status_codes.answered,
)
"""The first rule that gives a reason decides; the last always gives one."""

_SUGGESTING = frozenset({Verdict.MOVED, Verdict.SKIPPED})


def judge(evidence: Evidence, policy: Policy) -> Judgement:
    """The reason, the warnings and the suggestion that follow from the evidence."""
    return decide(case_of(evidence), policy)


def decide(case: Case, policy: Policy) -> Judgement:
    """The same of a case that has perhaps been looked at before."""
    reason = next(found for rule in RULES if (found := rule(case, policy)) is not None)
    verdict = VERDICTS[reason]
    return Judgement(
        reason=reason,
        warnings=warnings(case, policy, verdict),
        suggested_url=moved.lasting_place(case.signals) if verdict in _SUGGESTING else None,
    )
