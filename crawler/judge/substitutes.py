"""Pure: what stands in the resource's place although the status is 2xx, proven or suspected.

The families of rules: `parked`, `placeholder`, `missing`, `front`, `replaced`. What they rest on:
`signals` are free, `siblings` are the answers to made-up URLs; the past is the last good page.
"""

from collections.abc import Callable

from crawler.judge import front_page, moved, parked, placeholder, replaced, soft_404
from crawler.judge.policy import Policy
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import COLLAPSED
from crawler.model import Page, Reason

Rule = Callable[[Case, Page], Reason | None]

PLACES: tuple[Callable[[Case], Reason | None], ...] = (parked.on_parking_host, soft_404.led_to)
"""What the address alone proves, whatever is there."""
KNOWN: tuple[Rule, ...] = (
    parked.marked,
    parked.for_sale,
    placeholder.default_page,
    placeholder.maintenance,
    soft_404.marked,
)
"""What the page alone proves."""
PROVEN: tuple[Rule, ...] = (front_page.redirected, soft_404.shared)
"""What made-up URLs prove."""
SUSPECTED: tuple[Rule, ...] = (
    replaced.elsewhere,
    front_page.perhaps_redirected,
    soft_404.perhaps_shared,
    replaced.since_last_good,
    soft_404.tombstone,
    soft_404.named_home,
)

_LIFTED: dict[Reason, Reason] = {
    Reason.SUSPECT_SOFT_404: Reason.SOFT_404,
    Reason.SUSPECT_REDIRECT_HOME: Reason.REDIRECTED_TO_HOME,
}


def proven(case: Case, _policy: Policy) -> Reason | None:
    """What stands in the resource's place beyond doubt."""
    return known(case) or _first(PROVEN, case)


def suspected(case: Case, _policy: Policy) -> Reason | None:
    """What may stand in its place, or does when several listed pages have become one."""
    found = _first(SUSPECTED, case)
    if found and case.context.collapsed >= COLLAPSED and _proves(case.signals):
        return _LIFTED.get(found, found)
    return found


def _proves(signals: Signals) -> bool:
    """Whether one page in the place of many can only be a substitute.

    A shell that a script fills, a choice of countries, or the front page for visitors who have not
    signed in, stands before pages that are alive.
    """
    return (signals.document is not None and signals.says_missing) or moved.lasts(signals)


def known(case: Case) -> Reason | None:
    """What is beyond doubt without asking for anything else."""
    if case.signals.is_accepted:
        return None
    at_place = (reason for rule in PLACES if (reason := rule(case)))
    return next(at_place, None) or _first(KNOWN, case)


def _first(rules: tuple[Rule, ...], case: Case) -> Reason | None:
    page = case.signals.document
    if page is None or case.signals.is_accepted:
        return None
    return next((found for rule in rules if (found := rule(case, page))), None)
