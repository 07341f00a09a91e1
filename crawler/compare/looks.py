"""Pure: of two looks at a resource in one run, the better one."""

from crawler.model import Check, Verdict

_BEST_FIRST = (
    Verdict.OK,
    Verdict.MOVED,
    Verdict.BLOCKED,
    Verdict.SUSPECT,
    Verdict.DEAD,
    Verdict.FAILING,
    Verdict.SKIPPED,  # a second look that was not taken is worth less than a first that was
)


def better(first: Check, second: Check) -> Check:
    """The look to keep of two in one run; the later of two that are equally good."""
    return min(second, first, key=lambda look: _BEST_FIRST.index(look.judgement.verdict))
