"""Pure: which words of a title a page contains, and whether two titles share a word."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Final

from crawler.fingerprint import split_ascii, word_table
from crawler.judge.thresholds import LONG_WORD, SPECIFIC_WORDS
from crawler.judge.title_words import FILE_EXTENSIONS, GENERIC_WORDS, POOR_WORDS, STOP_WORDS
from crawler.text import TITLE_LENGTH

# A character for scripts written without blanks, a word for all others
_WORD = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
    r"|[^\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)

_SAME_WORDS = {"doc": "documentation", "docs": "documentation", "intro": "introduction"}
_OTHER_FORMS = {"documentation": ("doc", "docs"), "introduction": ("intro",)}
_SHORT = 3
"""Words with fewer characters are in many host names by chance."""
_ADDRESS = re.compile(r"[/\\]")
_OUTLINE = re.compile(r"^\s*(?:[0-9]+\.)+\s+(?=\D)")
_LAST_LATIN = "\u024f"
"""Of Latin Extended-B, with all letters of European languages."""
_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(r"(?<![\w.])v?([0-9]+(?:\.[0-9]+)*)(?!\w)")
_ASCII_WORDS = word_table("abcdefghijklmnopqrstuvwxyz0123456789")


class Title:
    """A title, of the list or of a page, split into words once for all comparisons."""

    def __init__(self, text: str, host: str, *, is_given: bool = False) -> None:
        """`host` is the listed one; its words say nothing about a single page of it.

        A title that is given, by a list or a URL, may be poor; what a page calls itself never is.
        """
        self._text = text[:TITLE_LENGTH]
        self.words: Final = tuple(_significant(_words(self._text)))
        self._host = host
        self._is_given = is_given

    @cached_property
    def own_words(self) -> tuple[str, ...]:
        """The words that are neither the host's nor generic."""
        return tuple(
            word
            for word in self.words
            if word not in GENERIC_WORDS
            and word not in self._host_labels
            and (len(word) < _SHORT or word not in self._host)
        )

    @cached_property
    def host_words(self) -> frozenset[str]:
        """The words that are the host's, of at least 4 characters."""
        others = GENERIC_WORDS.union(self.own_words)
        return frozenset(word for word in self.words if len(word) > _SHORT) - others

    @cached_property
    def _host_labels(self) -> list[str]:
        return re.split(r"[.-]", self._host)

    @property
    def written_words(self) -> tuple[str, ...]:
        """Its words as they are written, in lower case."""
        return tuple(_WORD.findall(self._text.casefold()))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers and versions in it, such as `7` and `3.3.16`; not that of an outline: `2.1. Types`."""
        return _numbers(_OUTLINE.sub("", self._text, count=1))

    @cached_property
    def is_poor(self) -> bool:
        """Whether it was given and names nothing: "here", "Guide", "Chapter 7", "README.md"."""
        if not self._is_given:
            return False
        return self.is_address or all(
            _is_poor(word) and word not in self._host_labels for word in self.words
        )

    @cached_property
    def is_address(self) -> bool:
        """Whether it is a URL, a path, or the name of a file."""
        text = self._text.strip()
        if " " in text:
            return False
        return "://" in text or text.count("/") > 1 or _extension(text) in FILE_EXTENSIONS

    @cached_property
    def sought_words(self) -> tuple[str, ...]:
        """The words to look for in a page: its own, or all where it has none; none of a poor title."""
        return () if self.is_poor else _with_pairs(self.own_words or self.words)

    @cached_property
    def sought_numbers(self) -> tuple[str, ...]:
        """The numbers to look for: those of a title that has fewer than 2 words of its own."""
        if self.is_address or not self._is_given:
            return ()
        is_told_by_words = not self.is_poor and len(set(self.own_words)) >= SPECIFIC_WORDS
        return () if is_told_by_words else self.numbers

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

    def __init__(self, text: str, *, is_name: bool = True) -> None:
        """Addresses in the text are left out: a page for missing pages repeats the one asked for.

        In a text that is no name, such as a paragraph, numbers below 100 say nothing.
        """
        self._text = text
        self._is_name = is_name

    @cached_property
    def _without_addresses(self) -> str:
        text = self._text
        if not _ADDRESS.search(text):
            return text
        return " ".join(one for one in text.split() if not _ADDRESS.search(one))

    @cached_property
    def _all_words(self) -> list[str]:
        return _words(self._without_addresses)

    @cached_property
    def is_of_other_script(self) -> bool:
        """Whether at least half of its letters are in another script than the Latin one."""
        letters = list(filter(str.isalpha, "" if self._text.isascii() else self._text))
        return 2 * sum(letter > _LAST_LATIN for letter in letters) >= max(len(letters), 1)

    def has_number(self, sought: str) -> bool:
        """Whether it has this number, or a version that begins with it."""
        if not self._is_name and len(sought) < _SHORT:
            return False
        return any(one == sought or one.startswith(sought + ".") for one in self._numbers)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(_numbers(self._without_addresses))

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


def stems(text: str) -> tuple[str, ...]:
    """The words of a text without stop words and numbers, each in one form.

    >>> stems("The 2 docs of getting started")
    ('documentation', 'getting', 'started')
    """
    return tuple(_significant(_words(text)))


def share_no_word(listed: Title, declared: Title) -> bool:
    """Whether two titles have no word in common.

    Words of the listed host and generic ones do not count, unless one of the titles has no others.
    A title that is poor or without any words does not say: False. Numbers count where the listed
    title has fewer than 2 words of its own.

    >>> share_no_word(Title("Learn SQL", "example.org"), Title("Introduction to SQL", "example.org"))
    False
    >>> share_no_word(Title("Learn SQL", "example.org"), Title("example.org for sale", "example.org"))
    True
    """
    if listed.is_poor:
        return False
    ours, theirs = listed.own_words, declared.own_words
    if not (ours and theirs):
        ours, theirs = listed.words, declared.words
    if not (ours and theirs):
        return False
    shared = not set(ours).isdisjoint(theirs)
    shared = shared or not set(listed.sought_numbers).isdisjoint(declared.numbers)
    return not (shared or _runs_together(ours, declared) or _runs_together(theirs, listed))


def agreement(title: Title, texts: Iterable[PlaceText]) -> float | None:
    """The share of the title's words that the texts contain, 0 to 1; None when it says nothing.

    Words of the listed host and generic ones do not count, unless there are no others. Numbers
    count as words where there are fewer than 2 others; alone, they only say something when the
    texts have all of them. Texts are read until all words are found.
    """
    sought = sought_in(title)
    if not sought:
        return None
    share = len(found_in(title, texts)) / len(sought)
    return share if title.sought_words or share == 1 else None


def sought_in(title: Title) -> frozenset[str]:
    """The different words and numbers that are looked for."""
    return frozenset(title.sought_words + title.sought_numbers)


def found_in(title: Title, texts: Iterable[PlaceText]) -> set[str]:
    """The words and numbers of `sought_in` that the texts contain; texts are read until all are found."""
    sought = len(title.sought_forms) + len(set(title.sought_numbers))
    found: set[str] = set()
    for text in texts:
        found |= _found_words(title, text)
        found.update(filter(text.has_number, title.sought_numbers))
        if len(found) == sought:
            break
    return found


def mention(title: Title, text: str) -> float:
    """The share of the title's words that occur anywhere in the text, as parts of words too.

    It takes a fraction of the time of `agreement`; 0 when the title says nothing.
    """
    sought, folded = sought_in(title), text.casefold()
    accented = {_stem("".join(_words(word))): word for word in title.written_words}
    found = sum(word in folded or accented.get(word, word) in folded for word in sought)
    return found / len(sought) if sought else 0.0


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


def _is_poor(word: str) -> bool:
    is_letter = len(word) == 1 and word.isascii()
    return is_letter or word in POOR_WORDS or word in GENERIC_WORDS


def _extension(text: str) -> str:
    name, dot, extension = text.casefold().rpartition(".")
    return extension if name and dot else ""


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(_NUMBER.findall(text)) if _DIGIT.search(text) else ()


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
