"""Pure: what is in the resource's place although the status is 2xx, proven or suspected.

The rules are in `parked`, `placeholder`, `maintenance`, `soft_404`, `front_page`, `replaced` and
`same_page`.
They use `signals` (the page itself), `siblings` (the answers to made-up URLs) and the last good page.
"""

from collections.abc import Callable

from crawler.judge import (
    front_page,
    maintenance,
    moved,
    parked,
    placeholder,
    replaced,
    same_page,
    soft_404,
)
from crawler.judge.policy import Policy
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import COLLAPSED_PAGES
from crawler.model import Page, Reason

PageRule = Callable[[Case, Page], Reason | None]

BY_URL: tuple[Callable[[Case], Reason | None], ...] = (
    parked.on_parking_host,
    soft_404.redirects_to_missing_page,
)
"""Proven by the final URL alone, whatever the content."""
BY_PAGE: tuple[PageRule, ...] = (
    parked.has_parking_mark,
    parked.for_sale,
    placeholder.default_page,
    maintenance.maintenance_notice,
    soft_404.has_missing_mark,
)
"""Proven by the page alone."""
BY_SIBLINGS: tuple[PageRule, ...] = (front_page.redirected_to_home, soft_404.same_as_siblings)
"""Proven by the answers to made-up URLs."""
SUSPECTED: tuple[PageRule, ...] = (
    replaced.on_other_domain,
    replaced.by_another_site,
    front_page.maybe_redirected_to_home,
    soft_404.maybe_same_as_siblings,
    replaced.since_last_good,
    soft_404.tombstone,
    soft_404.canonical_is_home,
)

_PROVEN_BY_COLLAPSE: dict[Reason, Reason] = {
    Reason.SUSPECT_SOFT_404: Reason.SOFT_404,
    Reason.SUSPECT_REDIRECT_HOME: Reason.REDIRECTED_TO_HOME,
}


def proven(case: Case, _policy: Policy) -> Reason | None:
    """What is in the resource's place beyond doubt."""
    return proven_without_probes(case) or _first(BY_SIBLINGS, case)


def proven_without_probes(case: Case) -> Reason | None:
    """What is in its place beyond doubt, by its URL or the page alone."""
    if case.signals.is_accepted:
        return None
    by_url = (reason for rule in BY_URL if (reason := rule(case)))
    return next(by_url, None) or _first(BY_PAGE, case)


def suspected(case: Case, _policy: Policy) -> Reason | None:
    """What may be in its place.

    That is proven when at least 3 listed pages of the site ended as the same page.
    """
    found = _first(SUSPECTED, case)
    if found is None:
        return _first((same_page.same_as_listed,), case)
    if case.context.collapsed >= COLLAPSED_PAGES and _proves_collapse(case.signals):
        return _PROVEN_BY_COLLAPSE.get(found, found)
    return found


def _proves_collapse(signals: Signals) -> bool:
    """Whether one page in the place of many can only be a substitute.

    A shell that a script fills, a choice of countries, or the front page for visitors who have not
    signed in, is shown in front of pages that are alive.
    """
    says_missing = signals.html_page is not None and signals.says_missing
    return says_missing or moved.has_moved_for_good(signals)


def _first(rules: tuple[PageRule, ...], case: Case) -> Reason | None:
    page = case.signals.html_page
    if page is None or case.signals.is_accepted:
        return None
    return next((found for rule in rules if (found := rule(case, page))), None)
