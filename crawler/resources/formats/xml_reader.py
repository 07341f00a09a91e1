"""Pure: elements of XML with their places, read by expat; entities that a file defines are refused."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from crawler.resources.lines import Lines

_TAG = re.compile(rb"""<[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+>""")
_MAX_DEPTH = 100


class Element(NamedTuple):
    """A tag."""

    name: str
    """In small letters, without a prefix."""
    is_end: bool
    start: int
    """The index of its `<`."""
    tag: str
    """As written; empty for an end."""
    text: str
    """What stands before it, from the tag before."""


class _Forbidden(Exception):  # noqa: N818 - never leaves this module
    """What a list has no use for."""


def elements(text: Lines, content: str) -> Iterator[Element]:
    """The tags of a text, in order.

    Raises:
        ResourcesError: it is no XML, too deep, or defines entities.
    """
    reader = _Reader(content.encode())
    parser = reader.parser
    try:
        parser.Parse(reader.content, True)
    except _Forbidden as error:
        raise text.fault(parser.CurrentLineNumber, str(error)) from None
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        what = f"this is no XML ({why}); correct it here, or just before"
        raise text.fault(error.lineno, what, error.offset + 1) from None
    return iter(reader.found)


class _Reader:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.found: list[Element] = []
        self._texts: list[str] = []
        self._depth = 0
        self._known = (0, 0)
        """How many bytes were counted, and how many characters they are."""
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._texts.append
        self.parser.EntityDeclHandler = _refuse_entity
        self.parser.ExternalEntityRefHandler = _refuse_entity

    def _begin(self, name: str, _: object) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _Forbidden("elements are too deep inside each other; keep the list flat")
        at = self.parser.CurrentByteIndex
        tag = _TAG.match(self.content, at)
        self._add(name, at, tag[0].decode() if tag else "", is_end=False)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._add(name, self.parser.CurrentByteIndex, "", is_end=True)

    def _add(self, name: str, at: int, tag: str, *, is_end: bool) -> None:
        plain = name.rpartition(":")[2].lower()
        self.found.append(Element(plain, is_end, self._index(at), tag, "".join(self._texts)))
        self._texts.clear()

    def _index(self, byte: int) -> int:
        counted, characters = self._known
        characters += len(self.content[counted:byte].decode())
        self._known = (byte, characters)
        return characters


def _refuse_entity(*_: object) -> int:
    raise _Forbidden("the file defines entities; write their text in their place")
