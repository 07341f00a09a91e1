"""Pure: which of two looks at a resource in one run is kept."""

from crawler.model import Check, Verdict

_BEST_FIRST = (
    Verdict.OK,
    Verdict.MOVED,
    Verdict.BLOCKED,
    Verdict.SUSPECT,
    Verdict.DEAD,
    Verdict.FAILING,
    Verdict.SKIPPED,  # last: a second look that did not take place never replaces the first
)


def better(first: Check, second: Check) -> Check:
    """The look with the better verdict; the second if they are equally good."""
    return min(second, first, key=lambda look: _BEST_FIRST.index(look.judgement.verdict))
