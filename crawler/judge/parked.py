"""Pure: whether a page only says that its domain is for sale, or holds its place."""

import re
from dataclasses import replace

from crawler import urls
from crawler.judge import phrases, redirects, signals
from crawler.judge.parking_hosts import HOSTS, LANDERS
from crawler.model import SEEN_CHARACTERS, Declared, Evidence, Page, Reason

MAX_WORDS = 400
"""More than this is a page of its own, whatever its owner offers beside it."""
MAX_MARKED_WORDS = 250
_LONG_LABEL = 5
"""Characters of a domain's own name that stand for it alone too."""
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
    if not bears or page.word_count >= MAX_MARKED_WORDS or _agrees(evidence, page):
        return None
    return Reason.PARKED


def for_sale(evidence: Evidence, page: Page) -> Reason | None:
    """That a short page offers its own domain, in its title or heading, or under its bare name."""
    if page.word_count >= MAX_WORDS or _agrees(evidence, page):
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


def _agrees(evidence: Evidence, page: Page) -> bool:
    """Whether the page speaks of what the list's title says, other than by naming the domain."""
    bare = replace(
        page,
        title=_without_domains(evidence, page.title),
        headline=None,
        description=_without_domains(evidence, page.description),
        first_heading=_named_apart(evidence, page.first_heading or ""),
        text=_named_apart(evidence, page.text[:SEEN_CHARACTERS]),
    )
    return signals.agrees(evidence, bare)


def _without_domains(evidence: Evidence, declared: Declared | None) -> Declared | None:
    return declared and replace(declared, value=_named_apart(evidence, declared.value))


def _named_apart(evidence: Evidence, text: str) -> str:
    found = text.casefold()
    domains = sorted(_domains(evidence))
    labels = (domain.partition(".")[0] for domain in domains)
    for name in (*domains, *(label for label in labels if len(label) >= _LONG_LABEL)):
        found = found.replace(name, " ")
    return found


def _domains(evidence: Evidence) -> set[str]:
    return {signals.domain(uri) for uri in (signals.listed(evidence), signals.landing(evidence))}


def _offers_in_name(evidence: Evidence, page: Page) -> bool:
    """Whether title or heading offer a domain, and it is this one, or there is nothing else."""
    offered = [text for text in signals.names(page) if _is_offer(evidence, text)]
    if not offered:
        return False
    shown = "\n".join((*signals.names(page), page.text[:SEEN_CHARACTERS])).casefold()
    is_own = any(domain in shown for domain in _domains(evidence))
    return is_own or signals.domain(signals.listed(evidence)) != signals.domain(
        signals.landing(evidence)
    )


def _offers_in_text(evidence: Evidence, page: Page) -> bool:
    """Whether the page calls itself by nothing but the domain, and its text offers it."""
    title = page.title.value.casefold().strip() if page.title else ""
    is_bare = title.removeprefix("www.") in _domains(evidence) | {""}
    text = _plain(page.text[:SEEN_CHARACTERS])
    short = page.word_count < MAX_MARKED_WORDS
    return is_bare and short and any(phrase in text for phrase in phrases.PARKED_TEXT)


def _is_offer(evidence: Evidence, text: str) -> bool:
    plain = _plain(text)
    own = any(
        f"{domain} {end}" in plain for domain in _domains(evidence) for end in phrases.OFFERS
    )
    return own or any(phrase in plain for phrase in phrases.PARKED_NAMES)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\u2019", "'").split())
