"""Pure: how much of a page the parser can read in a short time, by counts that cost almost nothing.

Lexbor takes time quadratic in the depth of the tree, in the attributes of a tag, and in the formatting
elements left open (HTML standard, §13.2.4.3), which it copies with all their attributes. A page with
few tags, few places where an attribute may begin and few different formatting elements cannot be slow,
whatever its author wanted. All counts are upper bounds: what only looks like a tag, in a script or a
comment, counts.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from crawler.extract.elements import ATTRIBUTE, BLANK

MAX_OPENING = 3500
"""Signs `<` that may begin a start tag, and so elements that can be open at once."""
MAX_TAGS = 7000
"""All signs `<`: for each end tag the parser may have to search all open elements."""
MAX_SEPARATORS = 12_000
"""Places where an attribute may begin."""
_SHORT = 44_000
"""A page with fewer bytes has no room for so many different attributes."""
MAX_REBUILT = 250_000
"""Formatting elements that the parser may have to build again, after the ends of blocks."""
SMALL = 40_000
"""A tree with fewer elements is read in a moment."""
_FEW = 400
"""So few tags cannot make the parser build more than `SMALL` elements again."""
MAX_COPIED = 1_000_000
"""Attributes of the elements that are built again; they also take memory."""
_FEW_SEPARATORS = MAX_COPIED // _FEW
_MAX_EQUAL = 3
"""How many equal formatting elements the parser keeps open. Source: HTML standard, §13.2.4.3."""

# What begins an attribute in a tag: a blank, a slash, the end of a quoted value.
_SEPARATORS = b"\t\n\f\r /\"'"
_TAG = re.compile(b"<")
_SEPARATOR = re.compile(rb"[\t\n\f\r /\"']")
# A tag ends at a `>` that is not quoted. So after a `>`, an attribute can only begin after the start of
# another tag or, if the `>` was quoted, after the closing quote: separators before that do not count.
_OUTSIDE = re.compile(rb">[^<\"']*+")

_NAMES = "(?i:b(?:ig)?|code|em|font|i|s(?:mall|tr(?:ike|ong))?|tt|u)"
_MAX_TAG = 400
_ATTRIBUTES = rf"(?:{BLANK}++|/|{ATTRIBUTE})"
# `a` and `nobr` end the one before, so they only matter with more attributes than anybody writes. The
# usual ways to write few attributes are tried first.
_MANY = (
    rf"(?={BLANK}|/)(?! href=\"[^\"<>]*+\">)(?!(?:{BLANK}++[a-z-]++=\"[^\"<>]*+\"){{0,20}}+>)"
    rf"(?!{_ATTRIBUTES}{{0,60}}+>)"
)
# By look-ahead, so that what only looks like a tag does not hide a tag inside it
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
    """What a page contains at most."""

    tags: int
    opening: int
    """Start tags."""
    rebuilt: int
    """Formatting elements that the parser builds again."""
    separators: int
    """Attributes of all tags."""
    copied: int
    """Attributes of the rebuilt elements."""

    @classmethod
    def of(cls, markup: bytes) -> "Bounds":
        """The bounds of a page in UTF-8; each is computed only as exactly as necessary."""
        tags = markup.count(b"<")
        opening = tags if tags <= MAX_OPENING else tags - markup.count(b"</")
        separators = _separators(markup)
        rebuilt, copied = _rebuilt(opening, separators, markup)
        return cls(
            tags=tags, opening=opening, rebuilt=rebuilt, separators=separators, copied=copied
        )

    @property
    def is_harmless(self) -> bool:
        """Whether the parser needs a fraction of a second at most."""
        return (
            self.tags <= MAX_TAGS
            and self.opening <= MAX_OPENING
            and self.rebuilt <= MAX_REBUILT
            and self.separators <= MAX_SEPARATORS
            and self.copied <= MAX_COPIED
        )

    @property
    def may_be_too_large(self) -> bool:
        """Whether the tree may have too many elements for us, although not for the parser."""
        return self.rebuilt > SMALL


def is_too_large(inline_elements: int) -> bool:
    """Whether a tree with so many inline elements is too large for us."""
    return inline_elements > SMALL


def harmless_part(markup: bytes) -> bytes:
    """The start of the markup that is harmless, and not too large."""
    limits = ((MAX_OPENING, MAX_SEPARATORS), (_FEW, MAX_SEPARATORS), (_FEW, _FEW_SEPARATORS))
    parts = (
        markup[: min(_nth(_TAG, tags, markup), _nth(_SEPARATOR, separators, markup))]
        for tags, separators in limits
    )
    return next(
        part for part in parts if (b := Bounds.of(part)).is_harmless and not b.may_be_too_large
    )


def _rebuilt(opening: int, separators: int, markup: bytes) -> tuple[int, int]:
    """How many elements are built again at most, and how many attributes they have."""
    if opening > MAX_OPENING:
        return opening * opening, opening * separators
    # The worst case: half of the tags are formatting, the other half blocks.
    rebuilt, copied = opening * opening // 4, opening * separators
    if rebuilt > SMALL or copied > MAX_COPIED:
        kinds, attributes = _formatting(markup)
        rebuilt = min(rebuilt, _MAX_EQUAL * kinds * opening)
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
    """How many different formatting elements there are, and how many attributes one has at most.

    The latter is None when one of them, or an `a`, may have any number.
    """
    found = Counter(_FORMATTING.findall(markup))
    has_long = bool(found.pop(b"", 0))
    # Found up to the first `>`; if that is quoted or far away, each may be another element.
    whole = list(filter(_is_whole, found))
    parted = found.total() - sum(found[tag] for tag in whole)
    attributes = max((len(_ATTRIBUTE.findall(tag)) - 1 for tag in whole), default=0)
    return len(whole) + parted, None if has_long or parted else attributes


def _is_whole(tag: bytes) -> bool:
    return len(tag) < _MAX_TAG and _WHOLE_TAG.fullmatch(tag) is not None


def _nth(sign: re.Pattern[bytes], number: int, markup: bytes) -> int:
    """The position of the sign after so many; the end of the markup when there are fewer."""
    found = next(islice(sign.finditer(markup), number, None), None)
    return found.start() if found else len(markup)
