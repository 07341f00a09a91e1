"""Pure: what a page has in common with the title in the list, and two titles with each other."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Final

from crawler.fingerprint import split_ascii, word_table
from crawler.judge.thresholds import LONG_WORD
from crawler.text import TITLE_LENGTH

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
_OTHER_FORMS = {"documentation": ("doc", "docs"), "introduction": ("intro",)}
_SHORT = 3
"""Characters below which a word is in many hosts by chance."""
_ADDRESS = re.compile(r"[/\\]")
_ASCII_WORDS = word_table("abcdefghijklmnopqrstuvwxyz0123456789")


class Title:
    """What a page is called, by the list or by itself, taken apart for being compared."""

    def __init__(self, text: str, host: str) -> None:
        """`host` is the listed one; its words, like generic ones, tell nothing of a single page."""
        self.words: Final = tuple(_meant(_words(text[:TITLE_LENGTH])))
        self._host = host

    @cached_property
    def own(self) -> tuple[str, ...]:
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
    def sought(self) -> tuple[str, ...]:
        """The words by which a page is known to be the one; all of them where none is its own."""
        return _paired(self.own or self.words)

    @cached_property
    def forms(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The different words sought, each with the words of a text that mean it."""
        return tuple((word, _forms(word)) for word in set(self.sought))

    @cached_property
    def joined(self) -> tuple[tuple[tuple[str, str], frozenset[str]], ...]:
        """Two words sought that may be one in a text, likewise: `Node.js` and `NodeJS`."""
        return tuple((pair, _forms(_stem("".join(pair)))) for pair in pairwise(self.sought))


class Text:
    """What a page says in one place, taken apart for finding the words of titles in it."""

    def __init__(self, text: str) -> None:
        """What a page for missing pages repeats of its request, an address, is no word of its own."""
        self._text = text

    @cached_property
    def _words(self) -> list[str]:
        text = self._text
        if _ADDRESS.search(text):
            text = " ".join(one for one in text.split() if not _ADDRESS.search(one))
        return _words(text)

    @cached_property
    def found(self) -> frozenset[str]:
        """The different words; of a script without blanks pairs of characters."""
        if not self._text.isascii() and any(map(_is_character, set(self._words))):
            return frozenset(_paired(tuple(_meant(self._words))))
        return frozenset(self._words)

    @cached_property
    def run(self) -> str:
        """The words without blanks between them."""
        return "".join(_meant(self._words))


def is_unlike(listed: Title, declared: Title) -> bool:
    """Whether a page's title has nothing in common with the one in the list.

    Words of the listed host and generic ones do not count, unless one of the two titles holds no others.

    >>> is_unlike(Title("Learn SQL", "example.org"), Title("Introduction to SQL", "example.org"))
    False
    >>> is_unlike(Title("Learn SQL", "example.org"), Title("example.org is for sale", "example.org"))
    True
    """
    ours, theirs = listed.own, declared.own
    if not (ours and theirs):
        ours, theirs = listed.words, declared.words
    if not (ours and theirs):
        return False
    shared = not set(ours).isdisjoint(theirs)
    return not (shared or _runs_through(ours, declared) or _runs_through(theirs, listed))


def share(listed: Title, texts: Iterable[Text]) -> float | None:
    """The share of the listed title's words that the texts hold; None when it has none.

    Words of the listed host and generic ones do not count, unless there are no others. As many
    texts are looked at as it takes.
    """
    if not listed.forms:
        return None
    held: set[str] = set()
    for text in texts:
        held |= _held(listed, text)
        if len(held) == len(listed.forms):
            break
    return len(held) / len(listed.forms)


def _held(listed: Title, text: Text) -> set[str]:
    """Which of the words sought the text holds."""
    found = text.found
    held = {word for word, forms in listed.forms if not forms.isdisjoint(found)}
    if len(held) == len(listed.forms):
        return held
    for pair, forms in listed.joined:
        if not forms.isdisjoint(found):
            held.update(pair)
    long = (word for word, _ in listed.forms if len(word) >= LONG_WORD and word not in held)
    return held.union(word for word in long if word in text.run)


def _runs_through(words: tuple[str, ...], title: Title) -> bool:
    """Whether a long word occurs in a title written without blanks: `NodeJS` and `Node.js`."""
    run = "".join(title.words)
    return any(len(word) >= LONG_WORD and word in run for word in words)


def _paired(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words; of a script without blanks pairs of characters, as one alone says little."""
    if not any(map(_is_character, words)):
        return words
    pairs = ("".join(pair) for pair in pairwise(words) if max(map(len, pair)) == 1)
    return (*(word for word in words if len(word) > 1 or word.isascii()), *pairs) or words


def _is_character(word: str) -> bool:
    return len(word) == 1 and not word.isascii()


def _words(text: str) -> list[str]:
    folded = text.casefold()
    if not folded.isascii():
        folded = _bare(folded)
    return split_ascii(folded, _ASCII_WORDS) if folded.isascii() else _WORD.findall(folded)


def _bare(text: str) -> str:
    """The text without accents and other marks, and with blanks for signs beyond ASCII.

    Hangul syllables and kana are composed again, or they would be letters of one sound each.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    others: dict[str, str | int | None] = {
        c: _without_mark(c) for c in set(decomposed) if not (c.isalnum() or c.isascii())
    }
    return unicodedata.normalize("NFC", decomposed.translate(str.maketrans(others)))


def _without_mark(character: str) -> str:
    return "" if unicodedata.category(character).startswith("M") else " "


def _meant(words: list[str]) -> Iterator[str]:
    """The words that mean something, in one form each."""
    means = {w: _stem(w) for w in set(words) - STOP_WORDS if not w.isdecimal()}
    return (means[word] for word in words if word in means)


def _stem(word: str) -> str:
    if word in _SAME_WORDS:
        return _SAME_WORDS[word]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _forms(word: str) -> frozenset[str]:
    """The words that mean this one."""
    forms = {word, word + "s", *_OTHER_FORMS.get(word, ())} - STOP_WORDS
    return frozenset(form for form in forms if _stem(form) == word and not form.isdecimal())
