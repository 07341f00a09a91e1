"""Pure: one page under several listed URLs of a site, where each should have a page of its own."""

from crawler import urls
from crawler.judge import moved, paths, siblings
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import COLLAPSED_PAGES
from crawler.model import Page, Reason


def same_as_listed(case: Case, page: Page) -> Reason | None:
    """`suspect_soft_404` if at least 3 listed URLs of the site show this page, and it fits badly.

    A page that a script draws, a wall in front of living pages, and a page that names another URL of
    the site than its front page as its canonical one are not suspected; nor is one that has moved for
    good, or that has a third of the listed title where the host says that made-up URLs are missing.
    """
    signals = case.signals
    if case.context.collapsed < COLLAPSED_PAGES or signals.is_listed_front_page:
        return None
    if moved.has_moved_for_good(signals) or _has_several_places(case):
        return None
    if signals.is_drawn_by_script or signals.says_out_of_order or signals.name_fit.fits:
        return None
    may_stand = signals.is_wall or _has_own_canonical(signals, page)
    return None if may_stand else Reason.SUSPECT_SOFT_404


def _has_several_places(case: Case) -> bool:
    """Whether the host gave the page more than one URL on purpose, as it does the newest edition."""
    is_alike = case.signals.agreement is not None and not case.signals.disagrees
    return is_alike and siblings.are_missing(case)


def _has_own_canonical(signals: Signals, page: Page) -> bool:
    if page.canonical_url is None:
        return False
    url = page.canonical_url.value
    return urls.domain(url) in signals.domains and not paths.is_front_page(url)
