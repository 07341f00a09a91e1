"""Pure: which made-up URLs to ask for, when it is in doubt whether a page is the resource."""

import re
from dataclasses import dataclass

from crawler import fingerprint, urls
from crawler.judge import blocked, kept_page, paths, substitutes
from crawler.judge.policy import Policy
from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import FEW_WORDS, KEPT_LIKENESS
from crawler.model import LastGood

_EXTENSION = re.compile(r"\.[a-z][a-z0-9]{0,5}$", re.IGNORECASE)
_VALUE = re.compile(r"(?<==)[^&;]*")
_DIGITS = 12
"""Length of a made-up number: more than a counter reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedProbes:
    """What else to ask the resource's host; all absolute URLs."""

    siblings: tuple[str, ...] = ()
    """Made-up URLs beside the listed one: two, or none."""
    home: str | None = None
    """The front page, when it matters whether the page is like it."""
    is_vague: bool = False
    """Whether nothing is wrong but that the names fit badly: then made-up URLs of any folder will do."""
    is_another: bool = False
    """Whether title and text are not those of the last good page: then earlier nights tell nothing."""

    def __bool__(self) -> bool:
        return bool(self.siblings)


NOTHING = WantedProbes()


def probe_wanted(case: Case, before: LastGood | None, tokens: tuple[str, str]) -> WantedProbes:
    """Which URLs to ask for, because it is in doubt whether the page is the resource.

    `tokens` are two random strings of hexadecimal digits. False when there is nothing to ask.
    """
    signals = case.signals
    if signals.html_page is None or signals.is_listed_front_page or _is_settled(case):
        return NOTHING
    is_clear = _says_wrong(signals) or signals.leads_to_front_page
    if not is_clear and not _fits_badly(signals, before):
        return NOTHING
    url = signals.listed_url
    return WantedProbes(
        siblings=tuple(sibling(url, token) for token in tokens),
        home=None if is_clear else urls.origin(url) + "/",
        is_vague=not is_clear,
        is_another=_is_renamed(signals, before) and not _has_kept_text(signals, before),
    )


def probe_key(url: str) -> str:
    """What all URLs have in common whose siblings are alike: origin, folder and extension.

    >>> probe_key("https://example.org/a/b.html#c")
    'https://example.org/a/*.html'
    """
    return sibling(url, "*")


def sibling(url: str, token: str) -> str:
    """A URL beside this one: same folder and extension, or the same path with other query values.

    A query that does not choose the page (`?hl=ja`) is left as it is. A number is replaced by a
    made-up number, all else by the token.

    >>> sibling("https://example.org/a/b.html#c", "0f0f")
    'https://example.org/a/0f0f.html'
    >>> sibling("https://example.org/a/?b=c", "0f0f")
    'https://example.org/a/?b=0f0f'
    """
    path, mark, query = urls.without_fragment(url).partition("?")
    kept = mark + query if _VALUE.search(query) else ""
    if kept and paths.is_chosen_by_query(url):
        return path + mark + _VALUE.sub(lambda value: _made_up(value[0], token), query)
    start, name, end = _split(path)
    return start + _made_up(name, token) + end + kept


def ignored_words(*addresses: str) -> frozenset[str]:
    """The words of the URLs; a page may repeat them, so they do not make two pages alike."""
    return frozenset[str]().union(*map(fingerprint.words, addresses))


def _is_settled(case: Case) -> bool:
    """Whether a person, a wall, or the page itself already says what it is."""
    if case.signals.is_accepted or any(rule(case, Policy()) for rule in blocked.RULES):
        return True
    return substitutes.proven_without_probes(case) is not None


def _fits_badly(signals: Signals, before: LastGood | None) -> bool:
    """Whether the page's names do not have the listed title, nor the last name in the URL.

    A page that a script draws, or that is as it was before, is not doubted. What is in its text
    tells nothing: a front page mentions all pages of its site.
    """
    if signals.is_script_shell or signals.name_fit.fits_title:
        return False
    if signals.canonical_is_home or _is_renamed(signals, before):
        return True
    if signals.name_fit.is_named_like_url:
        return False
    if signals.disagrees:
        return _should_be_named(signals) and not _is_as_before(signals, before)
    return before is None and not _names_itself(signals) and _should_be_named(signals)


def _names_itself(signals: Signals) -> bool:
    """Whether the page gives the listed or the final URL as its canonical one."""
    canonical = signals.page.canonical_url if signals.page else None
    return canonical is not None and any(
        urls.trivially_different(canonical.value, url)
        for url in (signals.listed_url, signals.final_url)
    )


def _says_wrong(signals: Signals) -> bool:
    return signals.says_missing or signals.says_trouble


def _should_be_named(signals: Signals) -> bool:
    """Whether a good page would have another name, or any.

    Its listed title or its URL is telling, or it has no name of its own. Lists have titles of their
    own for good pages, so a title of one word is worth a request only for a page of fewer than 60.
    """
    fit, page = signals.name_fit, signals.page
    is_chosen_by_path = not paths.is_chosen_by_query(signals.listed_url)
    is_told = fit.is_title_specific or (fit.is_address_telling and is_chosen_by_path)
    is_short = fit.is_title_telling and page is not None and page.word_count < FEW_WORDS
    return is_told or is_short or not signals.has_own_name


def _is_renamed(signals: Signals, before: LastGood | None) -> bool:
    return before is not None and kept_page.masked_title(before) != signals.masked_title


def _is_as_before(signals: Signals, before: LastGood | None) -> bool:
    """Whether it still has the last good page's title, and its text: likeness >= 0.5."""
    return not _is_renamed(signals, before) and _has_kept_text(signals, before)


def _has_kept_text(signals: Signals, before: LastGood | None) -> bool:
    if before is None or signals.page is None:
        return False
    return fingerprint.likeness(before.text(), signals.page.text) >= KEPT_LIKENESS


def _split(path: str) -> tuple[str, str, str]:
    """A path as what precedes its last name, the name, and what follows: extension or slash."""
    folder, _, file = path.rpartition("/")
    if not file or paths.is_index_file(path):
        folder, _, name = folder.rpartition("/")
        return folder + "/", name, path[len(folder) + 1 + len(name) :]
    found = _EXTENSION.search(file)
    extension = found[0] if found else ""
    return folder + "/", file.removesuffix(extension), extension


def _made_up(value: str, token: str) -> str:
    if not value.isdecimal() or not token.isalnum():
        return token
    return str(int(token, 16)).zfill(_DIGITS)[:_DIGITS]
