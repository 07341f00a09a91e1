"""Pure: what a page has in common with the title in the list, and two titles with each other."""

import re
import unicodedata
from itertools import pairwise

from crawler import urls
from crawler.model import SEEN_CHARACTERS, Page

# Scripts written without blanks are taken apart by character, everything else by word.
_WORD = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
    r"|[^\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)

STOP_WORDS = frozenset(
    # English, German, French, Spanish, Italian, Portuguese, Dutch
    """
    a about all an and are as at by can do does for from has have how i in into is it me more my no not of
    on or our that the their they this to us use used using we what when where which who why will with you
    your
    als auf aus bei das dem den der des die ein eine einer fur im ist mit nach oder und uber vom von wie zu zum zur
    au aux avec ce ces comment dans de du en est et l la le les ou par pour sur un une vos votre
    al como con del el es las lo los para por que se su sus una uno y
    che come da dal della delle di e gli i il nel nella per sono
    ao com do dos das em na no nas nos o os ou um uma
    bij een het naar op te van voor
    """.split()  # noqa: SIM905 - a word a line would bury the table
)
"""Words without a subject of their own."""

GENERIC_WORDS = frozenset(
    """
    basic beginner blog book complete course documentation free get guide handbook home index introduction
    learn learning lesson manual official overview page quickstart reference resource site start started
    tutorial website welcome
    anleitung cour curso dokumentation einfuhrung guia kur lernen manuel tutoriel
    """.split()  # noqa: SIM905 - a word a line would bury the table
)
"""What a title says about the kind of a page; stemmed, and without accents."""

_SAME_WORDS = {"doc": "documentation", "docs": "documentation", "intro": "introduction"}
_LONG = 5


def is_unlike(listed: str, declared: str, listed_uri: str) -> bool:
    """Whether a page's title has nothing in common with the one in the list.

    Words of the listed host and generic ones do not count, unless one of the two titles holds no others.

    >>> is_unlike("Learn SQL", "Introduction to SQL", "https://example.org/")
    False
    >>> is_unlike("Learn SQL", "example.org is for sale", "https://example.org/")
    True
    """
    ours, theirs = _words(listed), _words(declared)
    own_ours, own_theirs = _own(ours, listed_uri), _own(theirs, listed_uri)
    if not (own_ours and own_theirs):
        own_ours, own_theirs = ours, theirs
    if not (own_ours and own_theirs):
        return False
    shared = not set(own_ours).isdisjoint(own_theirs)
    return not (shared or _runs_through(own_ours, theirs) or _runs_through(own_theirs, ours))


_ADDRESS = re.compile(r"\S*[/\\]\S*")
"""What a page for missing pages repeats of its request is no word of its own."""


def agreement(listed: str, page: Page, listed_uri: str) -> float | None:
    """The share of the listed title's words that the page's titles, description or first text hold.

    Words of the listed host and generic ones do not count, unless there are no others. None when
    the list has no title to agree with.
    """
    return _share(listed, (*_names(page), page.text[:SEEN_CHARACTERS]), listed_uri)


def title_agreement(listed: str, page: Page, listed_uri: str) -> float | None:
    """The same for what the page calls itself, its text left aside."""
    return _share(listed, _names(page), listed_uri)


def _names(page: Page) -> tuple[str, ...]:
    declared = (page.title, page.headline, page.description)
    return (page.first_heading or "", *(one.value for one in declared if one))


def _share(listed: str, texts: tuple[str, ...], listed_uri: str) -> float | None:
    words = _words(listed)
    own = _paired(_own(words, listed_uri) or words)
    if not own:
        return None
    held = [_words(_ADDRESS.sub(" ", text)) for text in texts]
    found = {word for words in held for word in _paired(words)}
    # `Node.js` and `NodeJS` are two words and one.
    joined = {word for pair in pairwise(own) if _stem("".join(pair)) in found for word in pair}
    runs = ["".join(words) for words in held]
    shared = [word for word in set(own) if word in found | joined or _runs_in(word, runs)]
    return len(shared) / len(set(own))


def _runs_in(word: str, runs: list[str]) -> bool:
    return len(word) >= _LONG and any(word in run for run in runs)


def _paired(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words; of a script without blanks pairs of characters, as one alone says little."""
    if not any(len(word) == 1 and not word.isascii() for word in words):
        return words
    pairs = ("".join(pair) for pair in pairwise(words) if max(map(len, pair)) == 1)
    return (*(word for word in words if len(word) > 1 or word.isascii()), *pairs) or words


def _words(title: str) -> tuple[str, ...]:
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.category(c).startswith("M"))
    # Hangul syllables and kana are composed again, or they would be letters of one sound each.
    found = _WORD.findall(unicodedata.normalize("NFC", bare))
    return tuple(_stem(w) for w in found if w not in STOP_WORDS and not w.isdecimal())


def _stem(word: str) -> str:
    if word in _SAME_WORDS:
        return _SAME_WORDS[word]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _own(words: tuple[str, ...], uri: str) -> tuple[str, ...]:
    host = urls.host(uri)
    labels = re.split(r"[.-]", host)
    return tuple(
        word
        for word in words
        if word not in GENERIC_WORDS and word not in labels and (len(word) < 3 or word not in host)
    )


def _runs_through(words: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether a long word occurs in a title written without blanks: `NodeJS` and `Node.js`."""
    run = "".join(title)
    return any(len(word) >= _LONG and word in run for word in words)
