"""Pure: how far a page is harmless for the parser, by counts that cost next to nothing.

Lexbor takes time that grows with the square of the depth of the tree, of the attributes of a tag and
of the formatting elements left open (HTML standard, §13.2.4.3). A page with few tags, few places
where an attribute may begin and few kinds of formatting can have none of these, whatever its author
wanted. All counts are upper bounds: what only looks like a tag, in a script or a comment, counts.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from crawler.extract.elements import ATTRIBUTE, BLANK

MAX_OPENING = 3500
"""Signs `<` that may begin a start tag, and so elements that can be open at a time."""
MAX_TAGS = 7000
"""All signs `<`: the end tags among them may each have to look through all that is open."""
MAX_SEPARATORS = 12_000
"""Places where an attribute may begin."""
_SHORT = 44_000
"""Bytes that have no room for as many attributes that are all different."""
MAX_REBUILT = 250_000
"""Formatting elements that the parser may have to build once more, after the end of a block."""
SMALL = 40_000
"""Elements that are read in a moment, however they came to be."""
_GROWN = 4
"""Times its markup, without what was rebuilt, that a tree may have when it is written out."""
_FEW = 400
"""Tags that cannot rebuild more, whatever they are."""
_ALIKE = 3
"""Open formatting elements that are all alike. Source: HTML standard, §13.2.4.3."""

# What begins an attribute in a tag: a blank, a slash, the end of a quoted value.
_SEPARATORS = b"\t\n\f\r /\"'"
_TAG = re.compile(b"<")
_SEPARATOR = re.compile(rb"[\t\n\f\r /\"']")
# A tag ends at a `>` that is not quoted. So after a `>` an attribute can follow only upon the start of
# another tag, or, when that was quoted, upon the quote that ends it: what comes before counts for nothing.
_OUTSIDE = re.compile(rb">[^<\"']*+")

# `a` and `nobr` are left out: they end the one before.
_NAMES = "(?i:b|big|code|em|font|i|s|small|strike|strong|tt|u)"
_MAX_TAG = 400
# Looked for ahead, so that what only looks like a tag does not hide one behind it.
_FORMATTING = re.compile(
    rf"<(?=[bcefistuBCEFISTU])(?=({_NAMES}(?={BLANK}|[/>])[^>]{{0,{_MAX_TAG}}}))".encode()
)
_WHOLE_TAG = re.compile(rf"{_NAMES}(?:{BLANK}++|/|{ATTRIBUTE})*+".encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a page holds at most."""

    tags: int
    opening: int
    """Start tags."""
    rebuilt: int
    """Formatting elements that the parser builds once more."""
    separators: int
    """Attributes of all tags."""

    @classmethod
    def of(cls, markup: bytes) -> "Bounds":
        """The bounds of a page in UTF-8, each only as close as it needs to be."""
        tags = markup.count(b"<")
        opening = tags if tags <= MAX_OPENING else tags - markup.count(b"</")
        return cls(
            tags=tags,
            opening=opening,
            rebuilt=_rebuilt(opening, markup),
            separators=_separators(markup),
        )

    @property
    def is_harmless(self) -> bool:
        """Whether the parser takes the page in a fraction of a second at worst."""
        return (
            self.tags <= MAX_TAGS
            and self.opening <= MAX_OPENING
            and self.rebuilt <= MAX_REBUILT
            and self.separators <= MAX_SEPARATORS
        )

    @property
    def may_grow(self) -> bool:
        """Whether a tree that is harmless to the parser may be too large for us."""
        return self.rebuilt > SMALL


def has_grown(markup: bytes, tree: str) -> bool:
    """Whether it is, as it is written out."""
    return len(tree) > _GROWN * len(markup) + SMALL


def harmless_part(markup: bytes) -> bytes:
    """The start of the markup that is harmless, to us too."""
    separator = _nth(_SEPARATOR, MAX_SEPARATORS, markup)
    ends = (_nth(_TAG, tags, markup) for tags in (MAX_OPENING, _FEW))
    parts = (markup[: min(end, separator)] for end in ends)
    return next(part for part in parts if (b := Bounds.of(part)).is_harmless and not b.may_grow)


def _rebuilt(opening: int, markup: bytes) -> int:
    if opening > MAX_OPENING:
        return opening * opening
    # At most when half of the tags are formatting, and the other half blocks.
    at_most = opening * opening // 4
    if at_most > SMALL:
        at_most = min(at_most, _ALIKE * _kinds_of_formatting(markup) * opening)
    return at_most


def _separators(markup: bytes) -> int:
    if len(markup) <= _SHORT:
        return MAX_SEPARATORS
    everywhere = _separators_in(markup)
    return (
        everywhere if everywhere <= MAX_SEPARATORS else _separators_in(_OUTSIDE.sub(b">", markup))
    )


def _separators_in(markup: bytes) -> int:
    return len(markup) - len(markup.translate(None, _SEPARATORS))


def _kinds_of_formatting(markup: bytes) -> int:
    """How many formatting elements there are that differ, in attributes too."""
    found = Counter(_FORMATTING.findall(markup))
    # Up to the first `>` alone, unless that is quoted or far: then each may be another one.
    return sum(1 if _is_whole(tag) else times for tag, times in found.items())


def _is_whole(tag: bytes) -> bool:
    return len(tag) < _MAX_TAG and _WHOLE_TAG.fullmatch(tag) is not None


def _nth(sign: re.Pattern[bytes], number: int, markup: bytes) -> int:
    """Where the sign stands for the time after that; the end when there are fewer."""
    found = next(islice(sign.finditer(markup), number, None), None)
    return found.start() if found else len(markup)
