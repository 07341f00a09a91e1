"""Pure: lists of objects in YAML, read event by event by libyaml."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from crawler.config import ListSettings
from crawler.resources.formats import objects
from crawler.resources.formats.objects import Scalar
from crawler.resources.formats.positions import Positions
from crawler.resources.lines import Entry, Lines

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Where the wheel has no libyaml, the same in Python, which is slower."""
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
"""Anchor and tag before a value."""


def entries(text: Lines, rules: ListSettings) -> Iterator[Entry]:
    """The objects with a URL, of all documents of the file; what is repeated by an alias is read once.

    Raises:
        ResourcesError: the file is no YAML, too long, or too deep, or an object has a key twice.
    """
    del rules
    content, offset = text.whole()
    positions = Positions(content, offset=offset)
    try:
        roots = _Composer(text, content, positions).documents()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 0)
        why = error.problem or error.context or "a fault"
        what = f"this is no YAML ({why}); correct it here, or just before"
        raise text.fault(line, what, column) from None
    except yaml.YAMLError:
        what = "this is no YAML: it has a character that YAML forbids; remove it"
        raise text.fault(1, what) from None
    yield from objects.entries(text, roots, positions)


class _Composer:
    """Makes objects and lists of events, without recursion, so that depth costs nothing."""

    def __init__(self, text: Lines, content: str, positions: Positions) -> None:
        self._text = text
        self._content = content
        self._positions = positions
        self._open: list[tuple[Any, list[Any]]] = []
        """The event that began each open object or list, and what is in it so far."""
        self._roots: list[Any] = []

    def documents(self) -> list[Any]:
        for event in yaml.parse(self._content, Loader=_LOADER):
            if isinstance(event, yaml.ScalarEvent):
                self._add(self._scalar(event))
            elif isinstance(event, yaml.AliasEvent):
                self._add(None)
            elif isinstance(event, yaml.CollectionStartEvent):
                begin: Any = event.start_mark
                self._open.append((event, []))
                if len(self._open) > objects.MAX_DEPTH:
                    raise objects.too_deep(self._text, begin.line + 1)
            elif isinstance(event, yaml.CollectionEndEvent):
                begun, items = self._open.pop()
                is_object = isinstance(begun, yaml.MappingStartEvent)
                self._add(self._object(items) if is_object else items)
        return self._roots

    def _add(self, value: object) -> None:
        (self._open[-1][1] if self._open else self._roots).append(value)

    def _scalar(self, event: Any) -> Scalar:  # noqa: ANN401 - PyYAML's types lack its fields
        start, end = event.start_mark.index, event.end_mark.index
        properties = _PROPERTIES.match(self._content, start, end)
        return Scalar(event.value, properties.end() if properties else start, end)

    def _object(self, items: list[Any]) -> dict[str, Any]:
        """Keys and values in turn; a key that is itself an object is left out."""
        found: dict[str, Any] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if isinstance(key, Scalar):
                if key.value in found and objects.first_text(value):
                    raise objects.key_twice(self._text, self._positions.line_of(key.start))
                found.setdefault(key.value, value)
        return found
