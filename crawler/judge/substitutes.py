"""Pure: what stands in the resource's place although the status is 2xx, proven or suspected.

The families of rules: `parked`, `placeholder`, `missing`, `front`, `replaced`. What they rest on:
`signals` is free, `siblings` are the answers to made-up URLs, `memory` is the last good page.
"""

from collections.abc import Callable

from crawler import fingerprint
from crawler.judge import (
    front,
    memory,
    missing,
    parked,
    placeholder,
    redirects,
    replaced,
    signals,
)
from crawler.judge.policy import Policy
from crawler.model import SEEN_CHARACTERS, Accepted, Evidence, Page, Reason

Rule = Callable[[Evidence, Page], Reason | None]

PLACES: tuple[Callable[[Evidence], Reason | None], ...] = (parked.on_parking_host, missing.led_to)
"""What the address alone proves, whatever is there."""
KNOWN: tuple[Rule, ...] = (
    parked.marked,
    parked.for_sale,
    placeholder.default_page,
    placeholder.maintenance,
    missing.marked,
)
"""What the page alone proves."""
PROVEN: tuple[Rule, ...] = (front.redirected, missing.shared)
"""What made-up URLs prove."""
SUSPECTED: tuple[Rule, ...] = (
    replaced.elsewhere,
    front.perhaps_redirected,
    missing.perhaps_shared,
    replaced.since_last_good,
    missing.tombstone,
    missing.named_home,
)

COLLAPSED = 3
"""Listed pages that ended at one: then it is none of them."""
_LIFTED: dict[Reason, Reason] = {
    Reason.SUSPECT_SOFT_404: Reason.SOFT_404,
    Reason.SUSPECT_REDIRECT_HOME: Reason.REDIRECTED_TO_HOME,
}
_MOST = 0.5
"""Of its text an accepted page must keep."""


def proven(evidence: Evidence, _policy: Policy) -> Reason | None:
    """What stands in the resource's place beyond doubt."""
    return known(evidence) or _first(PROVEN, evidence)


def suspected(evidence: Evidence, _policy: Policy) -> Reason | None:
    """What may stand in its place, or does when several listed pages have become one."""
    found = _first(SUSPECTED, evidence)
    if found and evidence.context.collapsed >= COLLAPSED and _proves(evidence):
        return _LIFTED.get(found, found)
    return found


def _proves(evidence: Evidence) -> bool:
    """Whether one page in the place of many can only be a substitute.

    A shell that a script fills, a choice of countries, or the front page for visitors who have not
    signed in, stands before pages that are alive.
    """
    page = signals.document(evidence)
    says = page is not None and signals.says_missing(page)
    return says or redirects.lasts(evidence)


def known(evidence: Evidence) -> Reason | None:
    """What is beyond doubt without asking for anything else."""
    page = signals.document(evidence)
    if page is not None and _is_accepted(evidence, page):
        return None
    at_place = (reason for rule in PLACES if (reason := rule(evidence)))
    return next(at_place, None) or _first(KNOWN, evidence)


def _first(rules: tuple[Rule, ...], evidence: Evidence) -> Reason | None:
    page = signals.document(evidence)
    if page is None or _is_accepted(evidence, page):
        return None
    return next((found for rule in rules if (found := rule(evidence, page))), None)


def _is_accepted(evidence: Evidence, page: Page) -> bool:
    accepted = evidence.accepted
    return accepted is not None and _is_still(accepted, evidence, page)


def _is_still(accepted: Accepted, evidence: Evidence, page: Page) -> bool:
    """Whether title and domain are as they were, and so is most of the text."""
    return (
        memory.masked(accepted.title) == memory.name(page)
        and accepted.domain == signals.domain(signals.landing(evidence))
        and fingerprint.likeness(accepted.text, page.text[:SEEN_CHARACTERS]) >= _MOST
    )
