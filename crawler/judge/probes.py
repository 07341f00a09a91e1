"""Pure: which other URLs of a host would tell whether a page is the resource."""

import re
from dataclasses import dataclass

from crawler import fingerprint, urls
from crawler.judge import blocked, kept_page, paths, substitutes
from crawler.judge.policy import Policy
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import ANOTHER, FEW_WORDS
from crawler.model import LastGood

_EXTENSION = re.compile(r"\.[a-z][a-z0-9]{0,5}$", re.IGNORECASE)
_VALUE = re.compile(r"(?<==)[^&;]*")
_DIGITS = 12
"""Of a made-up number: more than a counter reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to ask a host besides the resource; all absolute URLs."""

    siblings: tuple[str, ...] = ()
    """Made-up URLs beside the listed one: two, or none."""
    home: str | None = None
    """The front page, when a likeness to it would tell something."""

    def __bool__(self) -> bool:
        return bool(self.siblings)


NOTHING = Wanted()


def probe_wanted(case: Case, before: LastGood | None, tokens: tuple[str, str]) -> Wanted:
    """Which URLs to ask for, because the page gives reason to doubt that it is the resource.

    `tokens` are two random strings of hexadecimal digits. False when there is nothing to ask.
    """
    signals = case.signals
    if signals.document is None or signals.is_listed_front or _is_settled(case):
        return NOTHING
    if not _is_doubtful(signals, before):
        return NOTHING
    speaks = _speaks(signals) or signals.leads_to_front
    return Wanted(
        siblings=tuple(sibling(signals.listed, token) for token in tokens),
        home=None if speaks else urls.origin(signals.listed) + "/",
    )


def probe_key(url: str) -> str:
    """What all URLs share whose siblings are made up alike: origin, folder and extension.

    >>> probe_key("https://example.org/a/b.html#c")
    'https://example.org/a/*.html'
    """
    return sibling(url, "*")


def sibling(url: str, token: str) -> str:
    """A URL beside this one: same folder and extension, or the same path with other values.

    Where a number stands a number is made up.

    >>> sibling("https://example.org/a/b.html#c", "0f0f")
    'https://example.org/a/0f0f.html'
    >>> sibling("https://example.org/a/?b=c", "0f0f")
    'https://example.org/a/?b=0f0f'
    """
    path, mark, query = urls.without_fragment(url).partition("?")
    if _VALUE.search(query):
        return path + mark + _VALUE.sub(lambda value: _like(value[0], token), query)
    start, name, end = _split(path)
    return start + _like(name, token) + end


def ignored_words(*urls: str) -> frozenset[str]:
    """The words of the URLs, which a page may repeat: nothing by which two pages are alike."""
    return frozenset[str]().union(*map(fingerprint.words, urls))


def _is_settled(case: Case) -> bool:
    """Whether what the page is, is known without asking for more."""
    if case.signals.is_accepted:
        return True
    is_blocked = any(rule(case, Policy()) for rule in blocked.RULES)
    return is_blocked or substitutes.known(case) is not None


def _is_doubtful(signals: Signals, before: LastGood | None) -> bool:
    if _speaks(signals) or signals.leads_to_front:
        return True
    if signals.is_shell or signals.agrees:
        return False
    if signals.names_home or _is_renamed(signals, before):
        return True
    return signals.disagrees and _may_be_any_page(signals) and not _is_as_before(signals, before)


def _may_be_any_page(signals: Signals) -> bool:
    """Whether a page that is not called what the list calls it may stand for whatever is asked.

    Lists have titles like "Guide" or "here" for good pages, so that alone is worth no request: the
    page says little, or nothing of its own; or it fits neither a telling title nor its own address.
    """
    page = signals.page
    if page is None or page.word_count < FEW_WORDS or not signals.has_own_name:
        return True
    return signals.is_told_apart and not signals.is_named_as_its_address


def _speaks(signals: Signals) -> bool:
    return signals.says_missing or signals.says_trouble


def _is_renamed(signals: Signals, before: LastGood | None) -> bool:
    return before is not None and kept_page.name(before) != signals.name


def _is_as_before(signals: Signals, before: LastGood | None) -> bool:
    """Whether it is what it was when it was taken for the resource, after probes if it took some."""
    if before is None or signals.page is None or _is_renamed(signals, before):
        return False
    return fingerprint.likeness(before.text(), signals.page.text) >= ANOTHER


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
