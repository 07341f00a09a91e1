"""Pure: whether a page only says that its domain is for sale, or holds its place."""

import re

from crawler import urls
from crawler.judge import phrases, redirects, signals
from crawler.judge.parking_hosts import HOSTS, LANDERS
from crawler.model import SEEN_CHARACTERS, Evidence, Page, Reason

MAX_WORDS = 400
"""More than this is a page of its own, whatever its owner offers beside it."""
MAX_MARKED_WORDS = 250
_FEW_WORDS = 80
_SALES_HOST = re.compile(r"ww\d{1,3}\.")
"""Hosts such as `ww25.` of the parked domain, which parking services send visitors to."""


def on_parking_host(evidence: Evidence) -> Reason | None:
    """That a redirect leads to a host for parked domains, from a domain that is not its own."""
    listed, landing = signals.listed(evidence), signals.landing(evidence)
    if not redirects.hops(evidence.facts) or signals.domain(listed) == signals.domain(landing):
        return None
    return Reason.PARKED if any(_is_at(landing, *row) for row in HOSTS) else None


def marked(evidence: Evidence, page: Page) -> Reason | None:
    """That a short page is drawn by a parking service, or at an address that only those have."""
    bears = any(mark.startswith("parked_") for mark in page.marks) or _is_sent_to_lander(evidence)
    if (
        not bears
        or page.word_count >= MAX_MARKED_WORDS
        or signals.agrees_beyond_name(evidence, page)
    ):
        return None
    return Reason.PARKED


def for_sale(evidence: Evidence, page: Page) -> Reason | None:
    """That a short page offers its own domain, in its title or heading, or under its bare name."""
    if page.word_count >= MAX_WORDS or signals.agrees_beyond_name(evidence, page):
        return None
    offers = _offers_in_name(evidence, page) or _offers_in_text(evidence, page)
    return Reason.PARKED if offers else None


def _is_at(uri: str, host: str, path: str) -> bool:
    name = urls.host(uri)
    return (name == host or name.endswith(f".{host}")) and urls.path(uri).startswith(path)


def _is_sent_to_lander(evidence: Evidence) -> bool:
    if not redirects.hops(evidence.facts):
        return False
    listed, landing = signals.listed(evidence), signals.landing(evidence)
    moved_aside = _SALES_HOST.match(urls.host(landing)) and not _SALES_HOST.match(
        urls.host(listed)
    )
    return moved_aside is not None or urls.path(landing) in LANDERS


def _offers_in_name(evidence: Evidence, page: Page) -> bool:
    """Whether title or heading offer a domain, and it is this one, or there is nothing else."""
    offered = [text for text in signals.names(page) if _is_offer(evidence, text)]
    if not offered:
        return False
    shown = "\n".join((*signals.names(page), page.text[:SEEN_CHARACTERS])).casefold()
    is_own = any(domain in shown for domain in signals.domains(evidence)) or _speaks_of_itself(
        page
    )
    return is_own or signals.domain(signals.listed(evidence)) != signals.domain(
        signals.landing(evidence)
    )


def _speaks_of_itself(page: Page) -> bool:
    """Whether a page of few words begins its name with what it is."""
    starts = (_plain(name).startswith(phrases.PARKED_NAMES) for name in signals.names(page))
    return page.word_count < _FEW_WORDS and any(starts)


def _offers_in_text(evidence: Evidence, page: Page) -> bool:
    """Whether the page calls itself by nothing but the domain, and its text offers it."""
    title = page.title.value.casefold().strip() if page.title else ""
    is_bare = title.removeprefix("www.") in signals.domains(evidence) | {""}
    text = _plain(page.text[:SEEN_CHARACTERS])
    short = page.word_count < MAX_MARKED_WORDS
    return is_bare and short and any(phrase in text for phrase in phrases.PARKED_TEXT)


def _is_offer(evidence: Evidence, text: str) -> bool:
    plain = _plain(text)
    own = any(
        f"{domain} {end}" in plain
        for domain in signals.domains(evidence)
        for end in phrases.OFFERS
    )
    return own or any(phrase in plain for phrase in phrases.PARKED_NAMES)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\u2019", "'").split())
