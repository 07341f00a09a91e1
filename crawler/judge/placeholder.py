"""Pure: whether a server, a hoster, or an operator at work shows a page of its own instead."""

from crawler import urls
from crawler.judge import paths, phrases, redirects, signals
from crawler.judge.default_pages import PAGES, PATHS, DefaultPage
from crawler.model import SEEN_CHARACTERS, Evidence, Page, Reason

NOTICE_WORDS = 250
"""A maintenance notice has fewer."""


def default_page(evidence: Evidence, page: Page) -> Reason | None:
    """That the page is, by its whole title and length, one that is shown where nothing is."""
    if signals.agrees_beyond_name(evidence, page):
        return None
    sent = redirects.hops(evidence.facts) and urls.path(signals.landing(evidence)) in PATHS
    known = sent or any(_is(page, row) for row in PAGES)
    return Reason.PLACEHOLDER if known else None


def maintenance(evidence: Evidence, page: Page) -> Reason | None:
    """That the page is, by title or first heading and length, no more than a maintenance notice."""
    if page.word_count >= NOTICE_WORDS or signals.agrees(evidence, page):
        return None
    says = signals.says_in_name(page, phrases.MAINTENANCE, phrases.MAINTENANCE_ALONE)
    return Reason.MAINTENANCE if says or _is_sent_aside(evidence) else None


def _is_sent_aside(evidence: Evidence) -> bool:
    """Whether a page that is named otherwise leads to one that is named like such a notice."""
    hops = redirects.hops(evidence.facts)
    if not hops or paths.leads_to_maintenance(hops[0].source):
        return False
    return paths.leads_to_maintenance(signals.landing(evidence))


def _is(page: Page, row: DefaultPage) -> bool:
    name = signals.plain(page.title.value if page.title else page.first_heading or "")
    if page.word_count >= row.max_words or not row.name.fullmatch(name):
        return False
    return row.says in page.text[:SEEN_CHARACTERS].casefold()
