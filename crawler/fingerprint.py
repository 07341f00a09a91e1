"""Pure: how alike two texts are, without dates, counters and whatever else changes by itself."""

import html
import re
from functools import cached_property
from itertools import filterfalse
from typing import Final

_OPEN, _CLOSE = r"(\[{\uff08\u3010", r")\]}\uff09\u3011"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_COUNTED = (
    r"(?:answer|comment|download|follower|fork|issue|learner|lesson|like|member|message|notification"
    r"|new|online|people|post|question|rating|repl(?:y|ie)|repositor(?:y|ie)|result|review|star|student"
    r"|subscriber|unread|user|view|vote)s?\b"
)

MASKS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE), mask)
    for name, pattern, mask in (
        ("number in brackets", rf"[{_OPEN}][^{_OPEN}{_CLOSE}\d]*\d[^{_OPEN}{_CLOSE}]*[{_CLOSE}]", " "),
        ("ISO date and time", r"\b\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2}(?:[T ]\d\d:\d\d\S*)?)?\b", "#"),
        ("date in figures", r"\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b", "#"),
        ("day and month", rf"\b{_DAY}(?: of)? {_MONTH}(?:,? \d{{4}})?(?!\w)", "#"),
        ("month and day or year", rf"\b{_MONTH} (?:{_DAY}(?:,? \d{{4}})?|\d{{4}})\b", "#"),
        ("time of day", r"\b\d{1,2}:\d\d(?::\d\d)?\b", "#"),
        ("age", r"\b\d+ (?:second|minute|hour|day|week|month|year)s? ago\b", "#"),
        ("grouped number", r"\b\d{1,3}(?:[,.'\u2019 ]\d{3})+\b\+?", "#"),
        ("rounded number", r"\b\d+(?:[.,]\d+)?(?: ?[km]\b)?\+|\b\d+(?:[.,]\d+)? ?[km]\b", "#"),
        ("version", r"\b(?:version |v)\d+\S*|\b\d+(?:\.(?:\d+|x\b))+(?:[-+]?(?:a|b|rc|alpha|beta)[\d.]*)?", "#"),
        ("counter", rf"\b\d+(?= {_COUNTED})", "#"),
        ("year or large number", r"\b\d{3,}\b", "#"),
    )
)  # fmt: skip
"""What changes while the page stays the same, in the order in which it is masked.

All of it has a digit.
"""

_COUNTERS = tuple(mask for mask in MASKS if mask[0] != "version")
_DIGIT = re.compile(r"\d")


def masked(text: str) -> str:
    """The text without entities, dates, counters, version numbers and numbers in brackets.

    >>> masked("(3) Flask &amp; friends 3.1.2")
    'Flask & friends #'
    """
    return _masked(text, MASKS)


def without_counters(text: str) -> str:
    """As `masked`, but with version numbers.

    >>> without_counters("(3) Flask &amp; friends 3.1.2")
    'Flask & friends 3.1.2'
    """
    return _masked(text, _COUNTERS)


def _masked(text: str, masks: tuple[tuple[str, re.Pattern[str], str], ...]) -> str:
    plain = html.unescape(text)
    if _DIGIT.search(plain):
        for _name, pattern, mask in masks:
            plain = pattern.sub(mask, plain)
    return " ".join(plain.split())


# --- likeness -------------------------------------------------------------------------------------

_MAX_COMPARED = 20_000
"""Characters of a text that are compared."""
_SHINGLE = 3
"""Words that make one shingle."""
_SHORT = 12
"""Texts with fewer words are compared word by word."""
_STEPS = 20
# Scripts written without blanks are compared by character.
_WORD = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
_CHANGING = re.compile(r"\d+|(?=[^\d]*\d)\w{8,}")
"""Numbers, and names of eight and more characters with a digit, which machines make up."""
_SIGNS = "\u2019\u201c\u201d\u2013\u2014\u2026\u2022\u00b7\u00a0\u00a9"
"""Often the only characters of an English page that are not ASCII; none is part of a word."""


def word_table(characters: str) -> bytes:
    """For `split_ascii`: a table of the characters that words consist of, in lower case."""
    return bytes(ord(c) if (c := chr(n).lower()) in characters else 32 for n in range(256))


def split_ascii(text: str, table: bytes) -> list[str]:
    """The words of an ASCII text, in lower case, several times as fast as with a pattern."""
    return text.encode("ascii").translate(table).decode("ascii").split()


_ASCII_WORDS = word_table("abcdefghijklmnopqrstuvwxyz0123456789_")


class ComparableText:
    """The words of a text, to compare it with several others."""

    def __init__(self, text: str, *, ignoring: frozenset[str] = frozenset()) -> None:
        """Only the start of the text counts; `ignoring` has case-folded words that do not."""
        self.words: Final = _with_numbers_masked(_words(text), ignoring)

    def likeness(self, other: "ComparableText") -> float:
        """How much of the two texts is the same, by the same measure as the function `likeness`."""
        if self.words == other.words:
            return 1.0
        if not (self.words and other.words):
            return 0.0
        is_short = min(len(self.words), len(other.words)) < _SHORT
        ours, theirs = (w.single if is_short else w.in_threes for w in (self, other))
        shared = len(ours & theirs)
        return round(_STEPS * shared / (len(ours) + len(theirs) - shared)) / _STEPS

    @cached_property
    def single(self) -> set[int]:
        """A hash of each different word."""
        return set(map(hash, self.words))

    @cached_property
    def in_threes(self) -> set[int]:
        """A hash of each different run of three words."""
        # Sets of 64-bit hashes take half the time of sets of runs; two runs hardly ever share one.
        return set(map(hash, zip(*(self.words[n:] for n in range(_SHINGLE)), strict=False)))


def likeness(first: str, second: str, *, ignoring: frozenset[str] = frozenset()) -> float:
    """How much of two texts is the same, 0 to 1, in steps of 0.05.

    Of all runs of three words in either text, the share that is in both; single words instead of
    runs when one of the texts is very short. `ignoring` has words, in any letter case, that do not
    count. Two texts without words are alike.

    >>> likeness("No such page: raft", "No such page: paxos", ignoring=frozenset({"raft", "paxos"}))
    1.0
    """
    ignored = frozenset(word.casefold() for word in ignoring)
    return ComparableText(first, ignoring=ignored).likeness(
        ComparableText(second, ignoring=ignored)
    )


def words(text: str) -> frozenset[str]:
    """The words that `likeness` compares; those to ignore are found by it too."""
    return frozenset(_words(text))


def _words(text: str) -> list[str]:
    start = text[:_MAX_COMPARED]
    if not start.isascii():
        for sign in _SIGNS:
            start = start.replace(sign, " ")
    if not start.isascii():
        return _WORD.findall(start.casefold())
    return split_ascii(start, _ASCII_WORDS)


def _with_numbers_masked(found: list[str], ignoring: frozenset[str]) -> list[str]:
    kept = list(filterfalse(ignoring.__contains__, found)) if ignoring else found
    # Words of letters only never match, which leaves few words for the pattern.
    others = filterfalse(str.isalpha, set(kept))
    changing = dict.fromkeys(filter(_CHANGING.fullmatch, others), "#")
    return list(map(changing.get, kept, kept)) if changing else kept
