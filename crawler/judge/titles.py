"""Pure: which words of a title a page contains, and whether two titles share a word."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Final

from crawler.fingerprint import split_ascii, word_table
from crawler.judge.thresholds import LONG_WORD
from crawler.text import TITLE_LENGTH

# A character for scripts written without blanks, a word for all others
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
"""Words that say nothing about a subject."""

GENERIC_WORDS = frozenset(
    """
    basic beginner blog book complete course documentation free get guide handbook home index introduction
    learn learning lesson manual official overview page quickstart reference resource site start started
    tutorial website welcome
    anleitung cour curso dokumentation einfuhrung guia kur lernen manuel tutoriel
    """.split()  # noqa: SIM905 - a word a line would bury the table
)
"""Words for the kind of a page; stemmed, and without accents."""

_SAME_WORDS = {"doc": "documentation", "docs": "documentation", "intro": "introduction"}
_OTHER_FORMS = {"documentation": ("doc", "docs"), "introduction": ("intro",)}
_SHORT = 3
"""Words with fewer characters are in many host names by chance."""
_ADDRESS = re.compile(r"[/\\]")
_ASCII_WORDS = word_table("abcdefghijklmnopqrstuvwxyz0123456789")


class Title:
    """A title, of the list or of a page, split into words once for all comparisons."""

    def __init__(self, text: str, host: str) -> None:
        """`host` is the listed one; its words say nothing about a single page of it."""
        self.words: Final = tuple(_significant(_words(text[:TITLE_LENGTH])))
        self._host = host

    @cached_property
    def own_words(self) -> tuple[str, ...]:
        """The words that are neither the host's nor generic."""
        labels = re.split(r"[.-]", self._host)
        return tuple(
            word
            for word in self.words
            if word not in GENERIC_WORDS
            and word not in labels
            and (len(word) < _SHORT or word not in self._host)
        )

    @cached_property
    def host_words(self) -> frozenset[str]:
        """The words that are the host's, of at least 4 characters."""
        others = GENERIC_WORDS.union(self.own_words)
        return frozenset(word for word in self.words if len(word) > _SHORT) - others

    @cached_property
    def sought_words(self) -> tuple[str, ...]:
        """The words to look for in a page: its own, or all where it has none."""
        return _with_pairs(self.own_words or self.words)

    @cached_property
    def sought_forms(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The different words sought, each with the words of a text that mean the same."""
        return tuple((word, _forms(word)) for word in set(self.sought_words))

    @cached_property
    def sought_pairs(self) -> tuple[tuple[tuple[str, str], frozenset[str]], ...]:
        """Two words that may be written as one in a text, likewise: `Node.js` and `NodeJS`."""
        return tuple((pair, _forms(_stem("".join(pair)))) for pair in pairwise(self.sought_words))


class WholeTitle(Title):
    """A title of which all words count: generic ones, and the host's, too."""

    @cached_property
    def own_words(self) -> tuple[str, ...]:
        """All words."""
        return self.words


class PlaceText:
    """The text of one place in a page, split into words once for all titles."""

    def __init__(self, text: str) -> None:
        """Addresses in the text are left out: a page for missing pages repeats the one asked for."""
        self._text = text

    @cached_property
    def _all_words(self) -> list[str]:
        text = self._text
        if _ADDRESS.search(text):
            text = " ".join(one for one in text.split() if not _ADDRESS.search(one))
        return _words(text)

    @cached_property
    def words(self) -> frozenset[str]:
        """The different words; pairs of characters for a script without blanks."""
        if not self._text.isascii() and any(map(_is_character, set(self._all_words))):
            return frozenset(_with_pairs(tuple(_significant(self._all_words))))
        return frozenset(self._all_words)

    @cached_property
    def without_blanks(self) -> str:
        """The words without blanks between them."""
        return "".join(_significant(self._all_words))


def share_no_word(listed: Title, declared: Title) -> bool:
    """Whether two titles have no word in common.

    Words of the listed host and generic ones do not count, unless one of the titles has no others.
    A title without any words does not say: False.

    >>> share_no_word(Title("Learn SQL", "example.org"), Title("Introduction to SQL", "example.org"))
    False
    >>> share_no_word(Title("Learn SQL", "example.org"), Title("example.org for sale", "example.org"))
    True
    """
    ours, theirs = listed.own_words, declared.own_words
    if not (ours and theirs):
        ours, theirs = listed.words, declared.words
    if not (ours and theirs):
        return False
    shared = not set(ours).isdisjoint(theirs)
    return not (shared or _runs_together(ours, declared) or _runs_together(theirs, listed))


def agreement(title: Title, texts: Iterable[PlaceText]) -> float | None:
    """The share of the title's words that the texts contain, 0 to 1; None when it has no words.

    Words of the listed host and generic ones do not count, unless there are no others. Texts
    are read until all words are found.
    """
    if not title.sought_forms:
        return None
    found: set[str] = set()
    for text in texts:
        found |= _found_words(title, text)
        if len(found) == len(title.sought_forms):
            break
    return len(found) / len(title.sought_forms)


def _found_words(title: Title, text: PlaceText) -> set[str]:
    """Which of the words sought the text contains."""
    words = text.words
    found = {word for word, forms in title.sought_forms if not forms.isdisjoint(words)}
    if len(found) == len(title.sought_forms):
        return found
    for pair, forms in title.sought_pairs:
        if not forms.isdisjoint(words):
            found.update(pair)
    long = (w for w, _ in title.sought_forms if len(w) >= LONG_WORD and w not in found)
    return found.union(word for word in long if word in text.without_blanks)


def _runs_together(words: tuple[str, ...], title: Title) -> bool:
    """Whether a long word is in a title when that is written without blanks: `NodeJS`, `Node.js`."""
    run = "".join(title.words)
    return any(len(word) >= LONG_WORD and word in run for word in words)


def _with_pairs(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words, with pairs of characters for a script without blanks: a single one says little."""
    if not any(map(_is_character, words)):
        return words
    pairs = ("".join(pair) for pair in pairwise(words) if max(map(len, pair)) == 1)
    return (*(word for word in words if len(word) > 1 or word.isascii()), *pairs) or words


def _is_character(word: str) -> bool:
    return len(word) == 1 and not word.isascii()


def _words(text: str) -> list[str]:
    folded = text.casefold()
    if not folded.isascii():
        folded = _without_accents(folded)
    return split_ascii(folded, _ASCII_WORDS) if folded.isascii() else _WORD.findall(folded)


def _without_accents(text: str) -> str:
    """The text without accents and other marks, and with blanks for signs beyond ASCII.

    Hangul syllables and kana are composed again, or they would be letters of one sound each.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    others: dict[str, str | int | None] = {
        c: "" if unicodedata.category(c).startswith("M") else " "
        for c in set(decomposed)
        if not (c.isalnum() or c.isascii())
    }
    return unicodedata.normalize("NFC", decomposed.translate(str.maketrans(others)))


def _significant(words: list[str]) -> Iterator[str]:
    """The words without stop words and numbers, stemmed."""
    stems = {w: _stem(w) for w in set(words) - STOP_WORDS if not w.isdecimal()}
    return (stems[word] for word in words if word in stems)


def _stem(word: str) -> str:
    """The word in one form: `docs` is `documentation`, and a plural is its singular."""
    if word in _SAME_WORDS:
        return _SAME_WORDS[word]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _forms(stem: str) -> frozenset[str]:
    """The words with this stem."""
    forms = {stem, stem + "s", *_OTHER_FORMS.get(stem, ())} - STOP_WORDS
    return frozenset(form for form in forms if _stem(form) == stem and not form.isdecimal())
