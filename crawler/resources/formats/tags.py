"""Pure: the attributes of a tag in HTML or XML, with their places in its text."""

import re
from typing import NamedTuple

_NAME = re.compile(r"</?[^\s/>]+")
# Source: HTML standard, §13.2.5.32 to 38; of each piece only one way to match is possible.
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>=]=?[^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"?|'([^']*+)'?|([^\s>"'][^\s>]*+)))?"""
)


class Attribute(NamedTuple):
    """An attribute as written."""

    name: str
    """In small letters."""
    raw: str
    """Its value, with character references."""
    start: int
    """Where the value starts in the tag."""
    end: int


def attributes(tag: str) -> dict[str, Attribute]:
    """The attributes of a tag from `<` to `>`; of several with one name, the first counts."""
    found: dict[str, Attribute] = {}
    opened = _NAME.match(tag)
    at = opened.end() if opened else len(tag)
    while match := _ATTRIBUTE.match(tag, at):
        group = match.lastindex or 1
        has_value = group > 1
        name = match[1].lower()
        span = match.span(group) if has_value else (match.end(), match.end())
        found.setdefault(name, Attribute(name, match[group] if has_value else "", *span))
        at = match.end()
    return found
