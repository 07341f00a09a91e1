"""Pure: how far a page is harmless for the parser, by counts that cost next to nothing.

Lexbor takes time that grows with the square of the depth of the tree, of the attributes of a tag and
of the formatting elements left open (HTML standard, §13.2.4.3), which it copies with all their
attributes. A page with few tags, few places where an attribute may begin and few kinds of formatting
can have none of these, whatever its author wanted. All counts are upper bounds: what only looks like
a tag, in a script or a comment, counts.
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
_FEW = 400
"""Tags that cannot rebuild more, whatever they are."""
MAX_COPIED = 1_000_000
"""Attributes that may come with all that is built once more; they take room as well."""
_FEW_SEPARATORS = MAX_COPIED // _FEW
_ALIKE = 3
"""Open formatting elements that are all alike. Source: HTML standard, §13.2.4.3."""

# What begins an attribute in a tag: a blank, a slash, the end of a quoted value.
_SEPARATORS = b"\t\n\f\r /\"'"
_TAG = re.compile(b"<")
_SEPARATOR = re.compile(rb"[\t\n\f\r /\"']")
# A tag ends at a `>` that is not quoted. So after a `>` an attribute can follow only upon the start of
# another tag, or, when that was quoted, upon the quote that ends it: what comes before counts for nothing.
_OUTSIDE = re.compile(rb">[^<\"']*+")

_NAMES = "(?i:b(?:ig)?|code|em|font|i|s(?:mall|tr(?:ike|ong))?|tt|u)"
_MAX_TAG = 400
_ATTRIBUTES = rf"(?:{BLANK}++|/|{ATTRIBUTE})"
# Of `a` and `nobr`, which end the one before, only those are found that may have more attributes than
# anybody writes. The usual ways to write few are tried first.
_MANY = (
    rf"(?={BLANK}|/)(?! href=\"[^\"<>]*+\">)(?!(?:{BLANK}++[a-z-]++=\"[^\"<>]*+\"){{0,20}}+>)"
    rf"(?!{_ATTRIBUTES}{{0,60}}+>)"
)
# Looked for ahead, so that what only looks like a tag does not hide one behind it.
_FORMATTING = re.compile(
    (
        rf"<(?=[abcefinstuABCEFINSTU])(?:[aA]{_MANY}|[nN](?i:obr){_MANY}"
        rf"|(?=[bcefistuBCEFISTU])(?=({_NAMES}(?={BLANK}|[/>])[^>]{{0,{_MAX_TAG}}})))"
    ).encode()
)
_WHOLE_TAG = re.compile(rf"{_NAMES}{_ATTRIBUTES}*+".encode())
_ATTRIBUTE = re.compile(ATTRIBUTE.encode())


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
    copied: int
    """Attributes of what the parser builds once more."""

    @classmethod
    def of(cls, markup: bytes) -> "Bounds":
        """The bounds of a page in UTF-8, each only as close as it needs to be."""
        tags = markup.count(b"<")
        opening = tags if tags <= MAX_OPENING else tags - markup.count(b"</")
        separators = _separators(markup)
        rebuilt, copied = _rebuilt(opening, separators, markup)
        return cls(
            tags=tags, opening=opening, rebuilt=rebuilt, separators=separators, copied=copied
        )

    @property
    def is_harmless(self) -> bool:
        """Whether the parser takes the page in a fraction of a second at worst."""
        return (
            self.tags <= MAX_TAGS
            and self.opening <= MAX_OPENING
            and self.rebuilt <= MAX_REBUILT
            and self.separators <= MAX_SEPARATORS
            and self.copied <= MAX_COPIED
        )

    @property
    def may_grow(self) -> bool:
        """Whether a tree that is harmless to the parser may be too large for us."""
        return self.rebuilt > SMALL


def has_grown(elements: int) -> bool:
    """Whether it is, with so many elements that are formatting or the like."""
    return elements > SMALL


def harmless_part(markup: bytes) -> bytes:
    """The start of the markup that is harmless, to us too."""
    limits = ((MAX_OPENING, MAX_SEPARATORS), (_FEW, MAX_SEPARATORS), (_FEW, _FEW_SEPARATORS))
    parts = (
        markup[: min(_nth(_TAG, tags, markup), _nth(_SEPARATOR, separators, markup))]
        for tags, separators in limits
    )
    return next(part for part in parts if (b := Bounds.of(part)).is_harmless and not b.may_grow)


def _rebuilt(opening: int, separators: int, markup: bytes) -> tuple[int, int]:
    """How many elements are built once more at most, and how many attributes they have."""
    if opening > MAX_OPENING:
        return opening * opening, opening * separators
    # At most when half of the tags are formatting, and the other half blocks.
    rebuilt, copied = opening * opening // 4, opening * separators
    if rebuilt > SMALL or copied > MAX_COPIED:
        kinds, attributes = _formatting(markup)
        rebuilt = min(rebuilt, _ALIKE * kinds * opening)
        if attributes is None:
            copied = opening * min(separators, _separators_in(markup))
        else:
            copied = min(copied, attributes * rebuilt)
    return rebuilt, copied


def _separators(markup: bytes) -> int:
    if len(markup) <= _SHORT:
        return min(MAX_SEPARATORS, len(markup))
    everywhere = _separators_in(markup)
    return (
        everywhere if everywhere <= MAX_SEPARATORS else _separators_in(_OUTSIDE.sub(b">", markup))
    )


def _separators_in(markup: bytes) -> int:
    return len(markup) - len(markup.translate(None, _SEPARATORS))


def _formatting(markup: bytes) -> tuple[int, int | None]:
    """How many formatting elements there are that differ, and how many attributes one has.

    Which is None when one, or a link, may have any number.
    """
    found = Counter(_FORMATTING.findall(markup))
    has_long = bool(found.pop(b"", 0))
    # Up to the first `>` alone, unless that is quoted or far: then each may be another one.
    whole = list(filter(_is_whole, found))
    parted = found.total() - sum(found[tag] for tag in whole)
    attributes = max((len(_ATTRIBUTE.findall(tag)) - 1 for tag in whole), default=0)
    return len(whole) + parted, None if has_long or parted else attributes


def _is_whole(tag: bytes) -> bool:
    return len(tag) < _MAX_TAG and _WHOLE_TAG.fullmatch(tag) is not None


def _nth(sign: re.Pattern[bytes], number: int, markup: bytes) -> int:
    """Where the sign stands for the time after that; the end when there are fewer."""
    found = next(islice(sign.finditer(markup), number, None), None)
    return found.start() if found else len(markup)
