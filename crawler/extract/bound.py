"""Pure: markup made harmless for the parser, in linear time: balanced, shallow, with few attributes.

Lexbor takes time that is quadratic in the depth of the tree, in the number of attributes of a tag
and in the formatting elements left open (HTML standard, §13.2.4.3). So every tag that reaches it
has its end tag in the right place, and whatever the standard reads as raw text is removed or
escaped: then no quirk of its states (foreign content, raw text, tables) can make the parser keep an
element open that was closed here. Text stays; beyond a limit only tags are left out.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from crawler.extract.elements import (
    ATTRIBUTE,
    BLANK,
    ESCAPED,
    FORMATTING,
    HEADINGS,
    ODD,
    RAW,
    ROOTS,
    SCOPE,
    SPECIAL,
    TABLE,
    TABLE_PARTS,
    VOID,
    names,
)

MAX_DEPTH = 256
"""Elements open at a time; browsers flatten at 512."""
MAX_ATTRIBUTES = 256
"""Attributes of one tag."""
_MAX_ROOTS = 8
"""Tags `html`, `head` and `body`; the parser merges the attributes of all of them."""
_BUDGET = 500_000
"""Work for the parser and for us, in steps; a megabyte of honest markup takes a third of it."""
_FORMATTING_COST = 3
"""Steps for an open formatting element at a tag: the parser may have to build it once more."""

_ATTRIBUTES = re.compile(ATTRIBUTE)
_TOKEN = re.compile(
    rf"<(?:(/?)([a-z][^\t\n\f\r />]*+)((?:{BLANK}++|/(?!>)|{ATTRIBUTE})*+)(/?)>"
    r"|!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|/?[a-z].*+"  # a tag that does not end: the rest of the text is lost
    r"|[!?/][^>]*+>?"
    r")?",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)
_SCRIPT_MARK = re.compile(rf"<!--(?!-?>)|-->|</?script(?={BLANK}|[/>])", re.ASCII | re.IGNORECASE)
_RAW_END = {
    name: re.compile(rf"</{name}(?={BLANK}|[/>])[^>]*+>?", re.ASCII | re.IGNORECASE)
    for name in sorted(RAW)
}

_ITEM_STOPS = SPECIAL - names("address div p")
_Rule = tuple[frozenset[str], frozenset[str]]
_CLOSED_BY_START: dict[str, _Rule] = {
    "a": (names("a"), SPECIAL),
    "button": (names("button"), SCOPE),
    "dd": (names("dd dt"), _ITEM_STOPS),
    "dt": (names("dd dt"), _ITEM_STOPS),
    "li": (names("li"), _ITEM_STOPS),
    "optgroup": (names("optgroup"), SPECIAL),
    "option": (names("option"), SPECIAL | {"optgroup"}),
    "p": (names("p"), SPECIAL),
    "rp": (names("rb rp rt rtc"), SPECIAL | {"ruby"}),
    "rt": (names("rb rp rt rtc"), SPECIAL | {"ruby"}),
    "tbody": (names("tbody tfoot thead"), TABLE),
    "td": (names("td th"), TABLE | {"tr"}),
    "tfoot": (names("tbody tfoot thead"), TABLE),
    "th": (names("td th"), TABLE | {"tr"}),
    "tr": (names("tr"), TABLE),
}
"""Which open elements a start tag ends, and which ones stop the search for them."""
_CLOSED_BY_END: dict[str, _Rule] = {
    **{name: (frozenset({name}), SPECIAL) for name in FORMATTING},
    **{name: (frozenset({name}), SCOPE) for name in SPECIAL},
    **{name: (frozenset({name}), TABLE) for name in TABLE_PARTS},
    **dict.fromkeys(HEADINGS, (HEADINGS, SCOPE)),
    "li": (names("li"), SCOPE | {"ol", "ul"}),
}
"""The same for an end tag; names that are not here stop at any special element."""

_STRAY = {"br": "<br>", "p": "<p></p>"}
"""What the end tag of no open element makes, by the standard: it breaks the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """Markup that the parser takes in linear time."""

    markup: str
    jsonld: tuple[str, ...]
    """Contents of the scripts of type `application/ld+json`, which are empty in the markup."""
    complete: bool
    """Whether all elements are there; False when some were left out."""


def bound(markup: str) -> Bounded:
    """The markup with the same text and elements, as far as the limits allow."""
    return _Balancer(markup.replace("\0", "")).balanced()


class _Balancer:
    """One pass over the tags, with the stack of open elements (a simple form of the standard's)."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._pieces: list[str] = []
        self._copied = 0
        self._open: list[str] = []
        self._beyond: Counter[str] = Counter()
        self._jsonld: list[str] = []
        self._formatting = 0
        self._roots = 0
        self._cost = 0
        self._complete = True

    def balanced(self) -> Bounded:
        position, search = 0, _TOKEN.search
        while token := search(self._markup, position):
            position = self._take(token)
            if self._cost > _BUDGET:
                self._complete = False
                self._edit(position, len(self._markup), "")
                break
        self._pieces.append(self._markup[self._copied :])
        return Bounded(
            markup="".join(self._pieces), jsonld=tuple(self._jsonld), complete=self._complete
        )

    def _edit(self, start: int, end: int, new: str) -> None:
        """Put `new` in the place of a piece of the markup; only ever further to the right."""
        self._pieces += (self._markup[self._copied : start], new)
        self._copied = end

    def _take(self, token: re.Match[str]) -> int:
        """Copy, change or drop one token; where to go on from."""
        slash, name, _, closing = token.groups()
        self._cost += 1
        if name is None:
            self._take_other(token)
        elif not name.isascii():  # its letter case is not ours to fold
            self._edit(token.start(), token.end(), "")
        elif slash:
            self._take_end(name.lower(), token)
        elif (name := name.lower()) in ODD or (closing and self._is_foreign()):
            return self._take_odd(name, token)
        else:
            self._open_element(name, token)
        return token.end()

    def _take_other(self, token: re.Match[str]) -> None:
        """A comment, a doctype, a tag that does not end, or a sign that is only text."""
        if token[0][:9].lower() != "<!doctype":
            self._edit(token.start(), token.end(), "&lt;" if token[0] == "<" else "")

    # --- start tags ---------------------------------------------------------------------------

    def _take_odd(self, name: str, token: re.Match[str]) -> int:
        """A start tag that leaves no element open; where to go on from."""
        self._cost += _FORMATTING_COST * self._formatting
        if name in ROOTS or name == "plaintext":
            self._roots += 1
            self._keep(token, name, kept=name in ROOTS and self._roots <= _MAX_ROOTS)
        elif (token[4] or name in VOID) and self._is_foreign():
            self._keep(token, name, closed=True)
        elif name in RAW:
            self._keep(token, name)
            return self._take_raw(name, token)
        else:
            self._keep(token, name)
        return token.end()

    def _is_foreign(self) -> bool:
        return "svg" in self._open or "math" in self._open

    def _keep(
        self, token: re.Match[str], name: str, *, kept: bool = True, closed: bool = False
    ) -> None:
        """Copy a start tag, shortened when it has too many attributes."""
        attributes = token[3]
        too_many = len(attributes) > MAX_ATTRIBUTES and next(
            islice(_ATTRIBUTES.finditer(attributes), MAX_ATTRIBUTES, None), None
        )
        if too_many:
            attributes = attributes[: too_many.start()]
        if not kept:
            self._edit(token.start(), token.end(), "")
        elif too_many or closed:
            end_tag = f"</{name}>" if closed else ""
            self._edit(token.start(), token.end(), f"<{name}{attributes}>{end_tag}")

    def _open_element(self, name: str, token: re.Match[str]) -> None:
        self._cost += _FORMATTING_COST * self._formatting
        if name in _CLOSED_BY_START:
            self._close(self._find(_CLOSED_BY_START[name]), token.start())
        if len(self._open) == MAX_DEPTH:
            self._complete = False
            self._beyond[name] += 1
            self._keep(token, name, kept=False)
            return
        self._keep(token, name)
        self._open.append(name)
        self._formatting += name in FORMATTING

    def _take_raw(self, name: str, token: re.Match[str]) -> int:
        """Empty an element whose content is no markup, or escape what is text; where to go on."""
        start = token.end()
        content_end, end = _raw_end(name, self._markup, start)
        content = self._markup[start:content_end]
        if name == "script" and "ld+json" in token[3].lower():
            self._jsonld.append(content)
        kept = content.replace("<", "&lt;") if name in ESCAPED else ""
        if kept != content or end == len(self._markup):
            self._edit(start, end, f"{kept}</{name}>")
        return end

    # --- end tags -----------------------------------------------------------------------------

    def _take_end(self, name: str, token: re.Match[str]) -> None:
        if name in self._beyond:
            self._beyond -= Counter((name,))
            self._edit(token.start(), token.end(), "")
            return
        if self._open and self._open[-1] == name:  # as nearly always: the quick way
            self._pop(len(self._open) - 1)
            return
        index = self._find(_CLOSED_BY_END.get(name, (frozenset({name}), SPECIAL)))
        self._close(index, token.start())
        self._edit(token.start(), token.end(), _STRAY.get(name, "") if index is None else "")

    def _find(self, rule: _Rule) -> int | None:
        """Where the innermost element stands that the rule closes, or None when something stops it."""
        closed, stops = rule
        for index in range(len(self._open) - 1, -1, -1):
            self._cost += 1
            if self._open[index] in closed:
                return index
            if self._open[index] in stops:
                return None
        return None

    def _close(self, index: int | None, position: int) -> None:
        """Write the end tags of the element at `index` and of all inside it."""
        if index is not None:
            end_tags = "".join(f"</{name}>" for name in reversed(self._open[index:]))
            self._edit(position, position, end_tags)
            self._pop(index)

    def _pop(self, index: int) -> None:
        while len(self._open) > index:
            self._formatting -= self._open.pop() in FORMATTING
        if self._beyond:
            self._beyond.clear()


def _raw_end(name: str, markup: str, start: int) -> tuple[int, int]:
    """Where the content of a raw element ends, and where its end tag does."""
    at = _script_end(markup, start) if name == "script" else start
    close = None if at is None else _RAW_END[name].search(markup, at)
    if close:
        return close.start(), close.end()
    # Without an end tag the rest of the page is content; a title's own text is the start of it.
    sign = markup.find("<", start) if name == "title" else -1
    return (len(markup) if sign == -1 else sign), len(markup)


def _script_end(markup: str, start: int) -> int | None:
    """Where `</script` ends the script, which it does not inside `<!-- <script> … </script> -->`.

    Source: HTML standard, §13.2.5.15-31 and §4.12.1.3.
    """
    escaped = nested = False
    for mark in _SCRIPT_MARK.finditer(markup, start):
        match mark[0].lower():
            case "<!--":
                escaped = True
            case "-->":
                escaped = nested = False
            case "<script":
                nested = escaped
            case _ if nested:
                nested = False
            case _:
                return mark.start()
    return None
