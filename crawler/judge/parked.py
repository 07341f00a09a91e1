"""Pure: whether a page only says that its domain is for sale, or holds its place."""

import re

from crawler import urls
from crawler.judge import phrases
from crawler.judge.parking_hosts import HOSTS, LANDERS
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import PARKED_MARK_WORDS, PARKED_WORDS, SALE_WORDS
from crawler.model import Page, Reason

_SALES_HOST = re.compile(r"ww\d{1,3}\.")
"""Hosts such as `ww25.` of the parked domain, which parking services send visitors to."""


def on_parking_host(case: Case) -> Reason | None:
    """That a redirect leads to a host for parked domains, from a domain that is not its own."""
    signals = case.signals
    if not signals.leads_to_other_site:
        return None
    return Reason.PARKED if any(_is_at(signals.landing, *row) for row in HOSTS) else None


def marked(case: Case, page: Page) -> Reason | None:
    """That a short page is drawn by a parking service, or at an address that only those have."""
    signals = case.signals
    if page.word_count >= PARKED_MARK_WORDS:
        return None
    bears = any(mark.startswith("parked_") for mark in page.marks) or _is_sent_to_lander(signals)
    return Reason.PARKED if bears and not signals.agrees_beyond_name else None


def for_sale(case: Case, page: Page) -> Reason | None:
    """That a short page offers its own domain, in its title or heading, or under its bare name."""
    signals = case.signals
    if page.word_count >= PARKED_WORDS:
        return None
    offers = _offers_in_name(signals, page) or _offers_in_text(signals, page)
    return Reason.PARKED if offers and not signals.agrees_beyond_name else None


def _is_at(url: str, host: str, path: str) -> bool:
    name = urls.host(url)
    return (name == host or name.endswith(f".{host}")) and urls.path(url).startswith(path)


def _is_sent_to_lander(signals: Signals) -> bool:
    if not signals.hops:
        return False
    here, there = (_SALES_HOST.match(urls.host(u)) for u in (signals.listed, signals.landing))
    return (there is not None and here is None) or urls.path(signals.landing) in LANDERS


def _offers_in_name(signals: Signals, page: Page) -> bool:
    """Whether title or heading offer a domain, and it is this one, or there is nothing else."""
    if not any(_is_offer(signals, text) for text in signals.named):
        return False
    shown = "\n".join((*signals.named, signals.opening)).casefold()
    is_own = any(domain in shown for domain in signals.domains)
    return is_own or _speaks_of_itself(signals, page) or signals.leads_to_other_site


def _speaks_of_itself(signals: Signals, page: Page) -> bool:
    """Whether a page of few words begins its name with what it is."""
    starts = (_plain(name).startswith(phrases.PARKED_NAMES) for name in signals.named)
    return page.word_count < SALE_WORDS and any(starts)


def _offers_in_text(signals: Signals, page: Page) -> bool:
    """Whether the page calls itself by nothing but the domain, and its text offers it."""
    title = signals.named[0].casefold().strip()
    is_bare = title.removeprefix("www.") in signals.domains | {""}
    if not is_bare or page.word_count >= PARKED_MARK_WORDS:
        return False
    text = _plain(signals.opening)
    return any(phrase in text for phrase in phrases.PARKED_TEXT)


def _is_offer(signals: Signals, text: str) -> bool:
    plain = _plain(text)
    own = any(f"{domain} {end}" in plain for domain in signals.domains for end in phrases.OFFERS)
    return own or any(phrase in plain for phrase in phrases.PARKED_NAMES)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\u2019", "'").split())
