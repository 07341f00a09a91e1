"""Pure: the gate that `fetch.exclude` is, in front of another one."""

from collections.abc import Sequence

from crawler import plan
from crawler.fetch.attempt_budget import AttemptBudget
from crawler.fetch.request_rules import Gate, Refusal
from crawler.model import NotAsked, NotAskedReason


def excluding(globs: Sequence[str], gate: Gate, *, but: str = "") -> Gate:
    """A gate that refuses what fits one of the globs, and asks the other one about the rest.

    The URL in `but` is left to the other one.
    """
    if not globs:
        return gate

    async def excluding_gate(url: str, budget: AttemptBudget, /) -> Refusal | None:
        if url != but and plan.is_excluded(url, globs):
            outcome = NotAsked(reason=NotAskedReason.EXCLUDED, target_uri=url)
            return Refusal(outcome=outcome, may_pass=False)
        return await gate(url, budget)

    return excluding_gate
