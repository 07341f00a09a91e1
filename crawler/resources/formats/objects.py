"""Pure: lists of objects in YAML, JSON and TOML, whose keys are understood as columns of a CSV are."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from crawler.errors import ResourcesError
from crawler.model import LeftOut
from crawler.resources import header
from crawler.resources.formats import ignoring
from crawler.resources.formats.destinations import reason_to_leave_out
from crawler.resources.formats.positions import Positions
from crawler.resources.lines import Entry, Lines

MAX_DEPTH = 100
"""Objects and lists inside each other."""

_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_DESCRIPTIONS = ("description", "summary", "about", "abstract", "tagline", "note")
_CONTAINERS = frozenset(
    {
        "bookmarks",
        "children",
        "content",
        "contents",
        "data",
        "entries",
        "items",
        "links",
        "list",
        "resources",
        "roots",
        "urls",
    }
)
"""Keys that say nothing about what is inside."""


class Scalar(NamedTuple):
    """A text, number or word, and where it stands in the file, by index."""

    value: str
    start: int
    end: int
    """The character after it; quotes are included."""


def too_deep(text: Lines, line: int) -> ResourcesError:
    """The error for a file with more than `MAX_DEPTH` objects inside each other."""
    return text.fault(line, "objects are too deep inside each other; keep the list flat")


def first_text(node: Any) -> int:  # noqa: ANN401 - as parsed
    """Where the first text in it begins; 0 where there is none, as in a number."""
    if isinstance(node, Scalar):
        return node.start
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return next(filter(None, map(first_text, inside)), 0)


def key_twice(text: Lines, line: int) -> ResourcesError:
    """The error for an object that has a key twice: one of the two values would be lost."""
    return text.fault(line, "the object here has a key twice; rename or remove one of the two")


def entries(
    text: Lines,
    root: Any,  # noqa: ANN401 - as parsed
    positions: Positions,
) -> Iterator[Entry]:
    """The objects with a URL, and the URLs that are items of a list.

    The category is that of the object, or else the keys and titles around it.

    Raises:
        ResourcesError: there is none, or the number of an object is not a whole one.
    """
    found = False
    ignored: dict[int, bool] = {}  # By line, which may be the whole file.
    for entry in _Walk(text, positions).entries(root, ()):
        found = True
        reason = _reason_to_leave_out(entry, positions, ignored)
        if reason:
            text.leave_out(reason)
        else:
            yield entry
    if not found:
        raise text.fault(1, "no object in this file has a key called url, link or address")


def _reason_to_leave_out(
    entry: Entry, positions: Positions, ignored: dict[int, bool]
) -> LeftOut | None:
    """As for a link in a document, but text with neither scheme nor slash is taken for a URL."""
    if entry.line not in ignored:
        ignored[entry.line] = ignoring.is_ignored(positions.line_text(entry.line))
    if ignored[entry.line]:
        return LeftOut.IGNORED
    reason = reason_to_leave_out(entry.url)
    is_path = entry.url.strip().startswith(("/", "./", "../", "?"))
    return None if reason is LeftOut.RELATIVE and not is_path else reason


_QUOTES = ('"""', "'''", '"', "'")


def _span(source: str, scalar: Scalar) -> tuple[int, int]:
    """Where a URL stands in the text as written: without quotes, and without blanks around it."""
    start, end = scalar.start, scalar.end
    quote = next((q for q in _QUOTES if source.startswith(q, start)), "")
    url = scalar.value.strip()
    at = source.find(url, start, end)
    if not quote and at >= 0:
        return at, at + len(url)
    written = source[start + len(quote) : end - len(quote)]
    start += len(quote) + len(written) - len(written.lstrip())
    return start, start + len(written.strip())


class _Walk:
    def __init__(self, text: Lines, positions: Positions) -> None:
        self._text = text
        self._positions = positions

    def entries(
        self,
        node: Any,  # noqa: ANN401 - as parsed
        path: tuple[str, ...],
        depth: int = 0,
    ) -> Iterator[Entry]:
        """`node` is a `Scalar`, an object, a list, or something that no URL is in."""
        if depth > MAX_DEPTH:
            raise too_deep(self._text, 1)
        if isinstance(node, dict):
            yield from self._of_object(node, path, depth)
        elif isinstance(node, list):
            for item in node:
                if not isinstance(item, Scalar):
                    yield from self.entries(item, path, depth + 1)
                elif _WEB_ADDRESS.fullmatch(item.value.strip()):
                    yield self._entry(item, {}, path)

    def _of_object(
        self, node: Mapping[str, Any], path: tuple[str, ...], depth: int
    ) -> Iterator[Entry]:
        values: dict[str, Scalar] = {}
        for key, value in node.items():
            if isinstance(value, Scalar):
                values.setdefault(header.plain(key), value)
        url, title = _value(values, *header.names("url")), _value(values, *header.names("title"))
        if url and url.value.strip():
            yield self._entry(url, values, path)
        for key, value in node.items():
            name = "" if header.plain(key) in _CONTAINERS else key.strip()
            if title or url:
                name = title.value if title and not url else ""
            yield from self.entries(value, (*path, name) if name else path, depth + 1)

    def _entry(self, url: Scalar, values: Mapping[str, Scalar], path: tuple[str, ...]) -> Entry:
        spot = self._positions.spot(*_span(self._positions.text, url))
        given, name = values.get("number"), values.get("id")
        number = header.whole_number(given.value) if given else None
        if given and number is None:
            line = self._positions.line_of(given.start)
            what = "the number is not a whole one from 0 up; give each object its own"
            raise self._text.fault(line, what)
        category = _value(values, *header.names("category"))
        title = _value(values, *header.names("title"))
        description = _value(values, *_DESCRIPTIONS)
        return Entry(
            url=url.value,
            title=title.value if title else "",
            category=category.value if category else " / ".join(filter(None, path)),
            number=number,
            id=name.value if name and name.value else None,
            description=description.value if description else "",
            **spot._asdict(),
        )


def _value(values: Mapping[str, Scalar], *names: str) -> Scalar | None:
    return next((values[name] for name in names if name in values), None)
