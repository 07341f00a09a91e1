"""Pure: pages that only say that their domain is for sale, or is parked."""

import re

from crawler import urls
from crawler.judge import parked_phrases
from crawler.judge.parking_hosts import HOSTS, LANDERS
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import (
    LINKS_WORDS,
    MANY_LINES,
    MOST_WORDS,
    PARKED_MARK_WORDS,
    PARKED_WORDS,
    SALE_WORDS,
    SHORT_LINE,
)
from crawler.model import SEEN_AT_END, Page, Reason

_SALES_HOST = re.compile(r"ww\d{1,3}\.")
"""Hosts of the parked domain, such as `ww25.`, to which parking services send visitors."""


def on_parking_host(case: Case) -> Reason | None:
    """`parked` if redirects lead to a host for parked domains, from another domain."""
    signals = case.signals
    if not signals.leads_to_other_domain:
        return None
    return Reason.PARKED if any(_is_at(signals.final_url, *row) for row in HOSTS) else None


def has_parking_mark(case: Case, page: Page) -> Reason | None:
    """`parked` if the page has a parking service's mark, or redirects lead to such a service's URL.

    The page must have fewer than 250 words, or fewer than 3,000 if it is a list of links and loads a
    parking service's script; and an agreement without the domain's names < 0.6.
    """
    signals = case.signals
    is_list = "parked_script" in page.marks and _is_list_of_links(signals)
    if page.word_count >= (LINKS_WORDS if is_list else PARKED_MARK_WORDS):
        return None
    marked = any(mark.startswith("parked_") for mark in page.marks) or _is_at_lander(signals)
    return Reason.PARKED if marked and not signals.agrees_without_domain else None


def for_sale(case: Case, page: Page) -> Reason | None:
    """`parked` if title, heading or text of the page offer its own domain for sale.

    The page must have fewer than 400 words, or fewer than 3,000 if it is a list of links with the domain
    in title or heading; and an agreement without the domain's names < 0.6.
    """
    signals = case.signals
    if page.word_count >= (LINKS_WORDS if _is_own_list(signals) else PARKED_WORDS):
        return None
    offers = (
        _offers_in_name(signals, page)
        or _offers_in_text(signals, page)
        or _is_parked_by(signals, page)
    )
    return Reason.PARKED if offers and not signals.agrees_without_domain else None


def _is_list_of_links(signals: Signals) -> bool:
    """Whether the opening has at least 10 lines, and 3 of 4 words in lines with fewer than 7."""
    lengths = [len(line.split()) for line in signals.opening.split("\n")]
    short = sum(length for length in lengths if length < SHORT_LINE)
    return len(lengths) >= MANY_LINES and short >= MOST_WORDS * sum(lengths)


def _is_at(url: str, host: str, path: str) -> bool:
    name = urls.host(url)
    return (name == host or name.endswith(f".{host}")) and urls.path(url).startswith(path)


def _is_at_lander(signals: Signals) -> bool:
    """Whether redirects led to a sales host, from another host, or to a path for parked domains."""
    if not signals.hops:
        return False
    listed, final = (
        _SALES_HOST.match(urls.host(url)) for url in (signals.listed_url, signals.final_url)
    )
    return (final is not None and listed is None) or urls.path(signals.final_url) in LANDERS


def _offers_in_name(signals: Signals, page: Page) -> bool:
    """Whether title or heading offer a domain that is the page's own, as far as one can see.

    That is: the page names it, or has fewer than 80 words and begins its title or heading with
    the offer, or redirects led to another domain.
    """
    names = tuple(map(_plain, signals.title_and_heading))
    if not any(_is_offer(signals, name) for name in names):
        return False
    shown = "\n".join((*signals.title_and_heading, signals.opening)).casefold()
    begins = any(name.startswith(parked_phrases.PARKED_NAMES) for name in names)
    return (
        any(domain in shown for domain in signals.domains)
        or (begins and page.word_count < SALE_WORDS)
        or signals.leads_to_other_domain
    )


def _is_offer(signals: Signals, name: str) -> bool:
    own = any(
        f"{domain} {end}" in name for domain in signals.domains for end in parked_phrases.OFFERS
    )
    return own or any(phrase in name for phrase in parked_phrases.PARKED_NAMES)


def _offers_in_text(signals: Signals, page: Page) -> bool:
    """Whether the title is empty, the domain, or "Welcome to" it, and the text offers it.

    The text must have fewer than 250 words, or be a list of links on the domain's page; then a line such
    as "Related searches" is enough.
    """
    title = signals.title_and_heading[0].casefold().strip()
    title = title.removeprefix("welcome to ").removeprefix("www.")
    is_list = title in signals.domains and _is_list_of_links(signals)
    is_bare = title in signals.domains | {""} and page.word_count < PARKED_MARK_WORDS
    if not (is_bare or is_list):
        return False
    edges = f"{signals.opening}\n{page.text[-SEEN_AT_END:]}"
    text = _plain(edges)
    if any(phrase in text for phrase in parked_phrases.PARKED_TEXT):
        return True
    lines = {_plain(line).strip(":") for line in edges.split("\n")} if is_list else set()
    return not parked_phrases.LISTINGS.isdisjoint(lines)


def _is_own_list(signals: Signals) -> bool:
    names = "\n".join(signals.title_and_heading).casefold()
    return any(domain in names for domain in signals.domains) and _is_list_of_links(signals)


def _is_parked_by(signals: Signals, page: Page) -> bool:
    """Whether a page of fewer than 80 words says that the domain is parked."""
    text = _plain(signals.opening) if page.word_count < SALE_WORDS else ""
    return any(phrase in text for phrase in parked_phrases.PARKED_BY)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\u2019", "'").split())
