"""Pure: which other URLs of a host would tell whether a page is the resource."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler import fingerprint, urls
from crawler.judge import blocks, memory, paths, signals, substitutes
from crawler.judge.policy import Policy
from crawler.model import Evidence, Fetch, LastGood, Page, Resource

_EXTENSION = re.compile(r"\.[a-z][a-z0-9]{0,5}$", re.IGNORECASE)
_VALUE = re.compile(r"(?<==)[^&;]*")
_NEVER = datetime.min.replace(tzinfo=UTC)
_DIGITS = 12
"""Of a made-up number: more than a counter reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to ask a host besides the resource; all absolute URIs."""

    siblings: tuple[str, ...] = ()
    """Made-up URLs beside the listed one: two, or none."""
    home: str | None = None
    """The front page, when a likeness to it would tell something."""

    def __bool__(self) -> bool:
        return bool(self.siblings)


NOTHING = Wanted()


def probe_wanted(
    resource: Resource,
    last_good: LastGood | None,
    fetch: Fetch,
    page: Page | None,
    tokens: tuple[str, str],
) -> Wanted:
    """Which URLs to ask for, because the page gives reason to doubt that it is the resource.

    `tokens` are two random strings of hexadecimal digits. False when there is nothing to ask.
    """
    evidence = _evidence(resource, fetch, page)
    seen = signals.document(evidence)
    if seen is None or signals.is_listed_front(evidence) or _is_settled(evidence):
        return NOTHING
    if not _is_doubtful(evidence, seen, last_good):
        return NOTHING
    listed = signals.listed(evidence)
    speaks = _speaks(seen) or signals.leads_to_front(evidence)
    return Wanted(
        siblings=tuple(sibling(listed, token) for token in tokens),
        home=None if speaks else urls.origin(listed) + "/",
    )


def probe_key(uri: str) -> str:
    """What all URLs share whose siblings are made up alike: origin, folder and extension.

    >>> probe_key("https://example.org/a/b.html#c")
    'https://example.org/a/*.html'
    """
    return sibling(uri, "*")


def sibling(uri: str, token: str) -> str:
    """A URL beside this one: same folder and extension, or the same path with other values.

    Where a number stands a number is made up.

    >>> sibling("https://example.org/a/b.html#c", "0f0f")
    'https://example.org/a/0f0f.html'
    >>> sibling("https://example.org/a/?b=c", "0f0f")
    'https://example.org/a/?b=0f0f'
    """
    path, mark, query = urls.without_fragment(uri).partition("?")
    if _VALUE.search(query):
        return path + mark + _VALUE.sub(lambda value: _like(value[0], token), query)
    start, name, end = _split(path)
    return start + _like(name, token) + end


def ignored_words(*uris: str) -> frozenset[str]:
    """The words of the URIs, which a page may repeat: nothing by which two pages are alike."""
    return frozenset[str]().union(*map(fingerprint.words, uris))


def _evidence(resource: Resource, fetch: Fetch, page: Page | None) -> Evidence:
    return Evidence(
        resource=resource, facts=fetch.facts, page=page, elapsed=None, checked_at=_NEVER
    )


def _is_settled(evidence: Evidence) -> bool:
    """Whether what the page is, is known without asking for more."""
    blocked = any(rule(evidence, Policy()) for rule in blocks.RULES)
    return blocked or substitutes.known(evidence) is not None


def _is_doubtful(evidence: Evidence, page: Page, last_good: LastGood | None) -> bool:
    if _speaks(page) or signals.leads_to_front(evidence):
        return True
    if signals.is_shell(page) or signals.agrees(evidence, page):
        return False
    return (
        signals.names_home(evidence, page)
        or signals.disagrees(evidence, page)
        or _is_renamed(page, last_good)
    )


def _speaks(page: Page) -> bool:
    return signals.says_missing(page) or signals.says_trouble(page)


def _is_renamed(page: Page, last_good: LastGood | None) -> bool:
    return last_good is not None and memory.name(last_good.page) != memory.name(page)


def _split(path: str) -> tuple[str, str, str]:
    """What stands before the last name of a path, the name, and what follows: extension or slash."""
    folder, _, file = path.rpartition("/")
    if not file or paths.is_index(path):
        folder, _, name = folder.rpartition("/")
        return folder + "/", name, path[len(folder) + 1 + len(name) :]
    found = _EXTENSION.search(file)
    extension = found[0] if found else ""
    return folder + "/", file.removesuffix(extension), extension


def _like(value: str, token: str) -> str:
    if not value.isdecimal() or not token.isalnum():
        return token
    return str(int(token, 16)).zfill(_DIGITS)[:_DIGITS]
