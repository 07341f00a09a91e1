"""Pure: a gate that refuses what `fetch.exclude` excludes, and asks another gate about the rest."""

from collections.abc import Sequence

from crawler import plan
from crawler.fetch.attempt_budget import AttemptBudget
from crawler.fetch.request_rules import Gate, Refusal
from crawler.model import NotAsked, NotAskedReason


def excluding(globs: Sequence[str], gate: Gate, *, but: str = "") -> Gate:
    """A gate that refuses URLs that fit one of the globs, and asks `gate` about all others.

    It asks `gate` about the URL `but` too, even if that fits a glob.
    """
    if not globs:
        return gate

    async def excluding_gate(url: str, budget: AttemptBudget, /) -> Refusal | None:
        if url != but and plan.is_excluded(url, globs):
            outcome = NotAsked(reason=NotAskedReason.EXCLUDED, target_uri=url)
            return Refusal(outcome=outcome, may_pass=False)
        return await gate(url, budget)

    return excluding_gate
