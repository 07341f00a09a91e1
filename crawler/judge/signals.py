"""Pure: what is free to see of a page that may not be the resource; none of it proves anything."""

import html
import re
from collections.abc import Iterable
from dataclasses import replace

from crawler import urls
from crawler.judge import http, paths, phrases, redirects, titles
from crawler.model import SEEN_CHARACTERS, Answer, Declared, Evidence, MediaKind, Page
from crawler.text import clean

LOW = 0.34
"""Agreement with the list below this is none."""
HIGH = 0.6
"""Agreement from here on speaks for the page."""
FEW_WORDS = 60
FEW_OOPS_WORDS = 120
"""A page with more words than this and an exclamation for a name speaks of more than one thing."""
_LONG_LABEL = 5
"""Characters of a domain's own name that stand for it alone too."""
SHELL_WORDS = 50
"""A page with fewer words of its own and no heading is a shell, when it has scripts to fill it."""

_PARTS = re.compile(r"\s+[|\-\u2013\u2014\u00b7\u2022\u00bb\u203a/]+\s+|:\s+|[|]|[.!?]\s+")
_SIGNS = re.compile(r"[\s.!?\u2026:;,()\[\]#\"']+")
_WORDS = re.compile(r"\w+")
_CODE_WORDS = 3
_MISSING = tuple(phrase for _language, spoken in phrases.MISSING for phrase in spoken)


def document(evidence: Evidence) -> Page | None:
    """The page that answered with a status of success, when it is HTML."""
    page = evidence.page or evidence.facts.seen
    if page is None or page.kind is not MediaKind.HTML:
        return None
    answered = isinstance(evidence.facts.outcome, Answer)
    return page if answered and http.succeeded(evidence) else None


def is_shell(page: Page) -> bool:
    """Whether the page is drawn by script, and its own text says next to nothing."""
    return page.word_count < SHELL_WORDS and page.scripts > 0 and page.first_heading is None


def agreement(evidence: Evidence, page: Page) -> float | None:
    """How much the page agrees with the title in the list, 0 to 1; None when that has no words."""
    return titles.agreement(evidence.resource.title, page, listed(evidence))


def agrees(evidence: Evidence, page: Page) -> bool:
    """Whether the page speaks of what the list's title says."""
    return (agreement(evidence, page) or 0) >= HIGH


def agrees_beyond_name(evidence: Evidence, page: Page) -> bool:
    """Whether the page speaks of what the list's title says, other than by naming the domain."""
    bare = replace(
        page,
        title=_without_domains(evidence, page.title),
        headline=None,
        description=_without_domains(evidence, page.description),
        first_heading=_named_apart(evidence, page.first_heading or ""),
        text=_named_apart(evidence, page.text[:SEEN_CHARACTERS]),
    )
    return agrees(evidence, bare)


def _without_domains(evidence: Evidence, declared: Declared | None) -> Declared | None:
    return declared and replace(declared, value=_named_apart(evidence, declared.value))


def _named_apart(evidence: Evidence, text: str) -> str:
    found = text.casefold()
    own = sorted(domains(evidence))
    labels = (name.partition(".")[0] for name in own)
    for name in (*own, *(label for label in labels if len(label) >= _LONG_LABEL)):
        found = found.replace(name, " ")
    return found


def domains(evidence: Evidence) -> set[str]:
    """The registrable domains that are listed and that answer."""
    return {domain(uri) for uri in (listed(evidence), landing(evidence))}


def disagrees(evidence: Evidence, page: Page) -> bool:
    """Whether the list has a title, and the page says next to nothing of it."""
    found = agreement(evidence, page)
    return found is not None and found < LOW


def listed(evidence: Evidence) -> str:
    """The URI that was asked first."""
    return evidence.facts.exchanges[0].target_uri


def landing(evidence: Evidence) -> str:
    """The URI that answered."""
    return evidence.facts.exchanges[-1].target_uri


def is_listed_front(evidence: Evidence) -> bool:
    """Whether the listed URL is a site's front page itself."""
    return paths.is_front(listed(evidence))


def leads_home(evidence: Evidence) -> bool:
    """Whether a deep URL redirects to the front page of its site, which may be its domain's."""
    hops = redirects.hops(evidence.facts)
    if not hops or urls.fragment(hops[-1].target) or is_listed_front(evidence):
        return False
    return is_home_of(listed(evidence), landing(evidence))


def leads_to_front(evidence: Evidence) -> bool:
    """Whether a deep URL redirects to some front page, of whatever site and with whatever query."""
    hops = redirects.hops(evidence.facts)
    if not hops or urls.fragment(hops[-1].target) or is_listed_front(evidence):
        return False
    return paths.is_front(landing(evidence).partition("?")[0])


def leads_to_other_site(evidence: Evidence) -> bool:
    """Whether what answers is on another domain than listed."""
    return domain(listed(evidence)) != domain(landing(evidence))


def is_home_of(deep: str, front: str) -> bool:
    """Whether `front` is the front page of the site that `deep` belongs to.

    That is the same host's or its domain's; another host within the domain is a place of its own.
    """
    if not paths.is_front(front):
        return False
    own, other = (urls.host(uri).removeprefix("www.") for uri in (deep, front))
    return other in {own, urls.registrable_domain(own)}


def names_home(evidence: Evidence, page: Page) -> bool:
    """Whether a deep page says by its canonical URL that it is the front page."""
    if page.canonical_url is None or is_listed_front(evidence):
        return False
    here = landing(evidence)
    return not paths.is_front(here) and is_home_of(here, page.canonical_url.value)


def domain(uri: str) -> str:
    """The registrable domain of the URI's host."""
    return urls.registrable_domain(urls.host(uri))


def is_called_so(evidence: Evidence, page: Page) -> bool:
    """Whether the page calls itself what the list does, or partly so while its text goes on."""
    named = titles.title_agreement(evidence.resource.title, page, listed(evidence)) or 0
    return named >= HIGH or (named >= LOW and agrees(evidence, page))


# --- what title and first heading say -------------------------------------------------------------


def names(page: Page) -> tuple[str, str]:
    """Title and first heading, empty where there is none."""
    return (page.title.value if page.title else "", page.first_heading or "")


def says_missing(page: Page) -> bool:
    """Whether title or first heading say, in one of some languages, that the page is missing.

    Where they say no more than that something is wrong, the text of a short page says what.
    """
    if text_says_missing(*names(page)):
        return True
    oops = page.word_count < FEW_OOPS_WORDS and says_in_name(page, (), phrases.TROUBLE_ALONE)
    return oops and any(phrase in plain(page.text[:SEEN_CHARACTERS]) for phrase in _MISSING)


def says_trouble(page: Page) -> bool:
    """Whether they say that something is wrong with the site or the visitor, for now perhaps."""
    return says_in_name(page, phrases.OUT_OF_ORDER, phrases.TROUBLE_ALONE)


def lists_missing(evidence: Evidence) -> bool:
    """Whether the list's own title would say that a page is missing: the resource is about it."""
    return text_says_missing(evidence.resource.title)


def lists(evidence: Evidence, spoken: tuple[str, ...]) -> bool:
    """Whether the list's own title holds one of the phrases: the resource is about that."""
    return _says((evidence.resource.title,), spoken, frozenset())


def text_says_missing(*texts: str) -> bool:
    """Whether one of the titles or headings says so."""
    return _says(texts, _MISSING, phrases.MISSING_ALONE) or any(
        "404" in _WORDS.findall(part) and len(part.split()) <= _CODE_WORDS
        for text in texts
        for part in _parts(text)
    )


def says_in_name(page: Page, spoken: tuple[str, ...], alone: frozenset[str] = frozenset()) -> bool:
    """Whether a short part of title or first heading holds a phrase, or is one of `alone`."""
    return _says(names(page), spoken, alone)


def plain(text: str) -> str:
    """The text as phrases are compared with it: cleaned, in lower case, with straight apostrophes."""
    return clean(html.unescape(text)).casefold().replace("\u2019", "'")


def _says(texts: Iterable[str], spoken: tuple[str, ...], alone: frozenset[str]) -> bool:
    return any(_holds(part, spoken, alone) for text in texts for part in _parts(text))


def _parts(text: str) -> Iterable[str]:
    return (part for part in _PARTS.split(plain(text)) if part)


def _holds(part: str, spoken: tuple[str, ...], alone: frozenset[str]) -> bool:
    if _SIGNS.sub(" ", part).strip() in alone:
        return True
    return len(part.split()) <= phrases.MAX_WORDS and any(phrase in part for phrase in spoken)
