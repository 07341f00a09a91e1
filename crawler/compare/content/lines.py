"""Pure: a line of a text, ready to be compared."""

import re
import unicodedata
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from crawler.compare.content.masks import MASKS, MAY_MATCH
from crawler.model import NoiseKind

MAX_LINE = 20_000
"""Characters of a line that are compared."""

_FOLDED = str.maketrans(
    "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033"
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "''''\"\"\"\"\"\"'''\"-------",
    "\u00ad\u200b",
)
"""Quotes and dashes that machines exchange; soft hyphens and empty blanks go."""
_GROUPED = re.compile(r"(?<=\d)[.,' ](?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(
    r"#|[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
"""Scripts without blanks are compared by character."""
_ITEM_ENDS = re.compile(r"[,|;/\u00b7\u2022]")


_MIN_CONTAINED = 5
_CONTAINED = 0.7
"""Share of a shorter line's words that are in a longer one, if it is that line made longer."""
_FEW_CHARACTERS = 40
_MOST = 0.8


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of a text, and what is computed of it at most once."""

    index: int
    """Number of the line in its text, from 0."""
    text: str

    @cached_property
    def folded(self) -> str:
        """In lower case, with plain quotes and dashes, and numbers without grouping.

        >>> Line(index=0, text="It\u2019s 1.234,5\u00a0km").folded
        "it's 1234.5 km"
        """
        folded = " ".join(fold(self.text[:MAX_LINE]).split())
        if _DIGITS.search(folded) is None:
            return folded
        return _DECIMAL_COMMA.sub(".", _GROUPED.sub("", folded))

    @cached_property
    def _masked(self) -> tuple[str, tuple[NoiseKind, ...]]:
        masked, kinds = self.folded, []
        for kind, pattern in MASKS if MAY_MATCH.search(masked) else ():
            masked, count = pattern.subn("#", masked)
            if count:
                kinds.append(kind)
        return masked, tuple(kinds)

    @property
    def masked(self) -> str:
        """Folded, without what changes by itself."""
        return self._masked[0]

    @property
    def kinds(self) -> tuple[NoiseKind, ...]:
        """Of what was masked."""
        return self._masked[1]

    @cached_property
    def in_order(self) -> str:
        """Masked, with the items of an enumeration in alphabetical order."""
        items = _ITEM_ENDS.split(self.masked)
        return ",".join(sorted(map(str.strip, items))) if len(items) > 2 else self.masked

    @cached_property
    def hash(self) -> int:
        """Of the masked line, its items in order."""
        return hash_of(self.in_order)

    @cached_property
    def numberless_hash(self) -> int:
        """Of the line without any numbers; equal to `hash` when it has none."""
        return hash_of(_DIGITS.sub("#", self.in_order))

    @cached_property
    def words(self) -> Counter[str]:
        """Of the masked line, each with its count."""
        return Counter(self.word_list)

    @cached_property
    def word_list(self) -> list[str]:
        """The words in their order."""
        return _WORD.findall(self.masked)

    def likeness(self, other: "Line") -> float:
        """How many of both lines' words are in both, from 0 to 1."""
        shared = (self.words & other.words).total()
        shorter, longer = sorted((len(self.word_list), len(other.word_list)))
        of_both = 2 * shared / (shorter + longer) if longer else 1.0
        of_shorter = shared / shorter if shorter >= _MIN_CONTAINED else 0.0
        return max(of_both, of_shorter if of_shorter >= _CONTAINED else 0.0, self._edges(other))

    def _edges(self, other: "Line") -> float:
        """How much two lines of few words have in common at both ends, if it is most of them."""
        one, two = self.masked, other.masked
        if max(len(one), len(two)) > _FEW_CHARACTERS:
            return 0.0
        start = _shared(one, two)
        end = _shared(one[start:][::-1], two[start:][::-1])
        share = (start + end) / max(len(one), len(two), 1)
        return share if share >= _MOST else 0.0


def _shared(one: str, two: str) -> int:
    """How many characters at the beginning of both are the same."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((n for n, (old, new) in pairs if old != new), min(len(one), len(two)))


def fold(text: str) -> str:
    """A text in lower case, with plain quotes and dashes; its lines stay lines."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_FOLDED)
    return text.casefold()


def hash_of(text: str) -> int:
    """32 bits, the same in every process, and never 0, so that it can carry a sign."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) or 1
