"""Pure: whether a server, a hoster, or an operator at work shows a page of its own instead."""

from crawler import urls
from crawler.judge import paths, phrases
from crawler.judge.default_pages import PAGES, PATHS, DefaultPage
from crawler.judge.page_names import plain
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import MAINTENANCE_WORDS
from crawler.model import Page, Reason


def default_page(case: Case, page: Page) -> Reason | None:
    """That the page is, by its whole title and length, one that is shown where nothing is."""
    signals = case.signals
    sent = signals.hops and urls.path(signals.landing) in PATHS
    known = sent or _is_known(signals, page)
    return Reason.PLACEHOLDER if known and not signals.agrees_beyond_name else None


def maintenance(case: Case, page: Page) -> Reason | None:
    """That the page is, by title or first heading and length, no more than a maintenance notice."""
    signals = case.signals
    if page.word_count >= MAINTENANCE_WORDS:
        return None
    says = signals.names.say(phrases.MAINTENANCE, phrases.MAINTENANCE_ALONE)
    notice = (says or _is_sent_aside(signals)) and not signals.agrees
    return Reason.MAINTENANCE if notice else None


def _is_sent_aside(signals: Signals) -> bool:
    """Whether a page that is named otherwise leads to one that is named like such a notice."""
    hops = signals.hops
    if not hops or paths.leads_to_maintenance(hops[0].source):
        return False
    return paths.leads_to_maintenance(signals.landing)


def _is_known(signals: Signals, page: Page) -> bool:
    short = [row for row in PAGES if page.word_count < row.max_words]
    name = plain(signals.named[0] or signals.named[1]) if short else ""
    return any(_is(signals, name, row) for row in short)


def _is(signals: Signals, name: str, row: DefaultPage) -> bool:
    return row.name.fullmatch(name) is not None and row.says in signals.opening.casefold()
