"""Pure: which of two looks at a resource in one run is kept."""

from crawler.model import Verdict

_BEST_FIRST = (
    Verdict.OK,
    Verdict.MOVED,
    Verdict.BLOCKED,
    Verdict.SUSPECT,
    Verdict.DEAD,
    Verdict.FAILING,
    Verdict.SKIPPED,  # last: a second look that did not take place never replaces the first
)


def is_better(second: Verdict, first: Verdict) -> bool:
    """Whether the second look is kept: its verdict is better, or they are equally good."""
    return _BEST_FIRST.index(second) <= _BEST_FIRST.index(first)
