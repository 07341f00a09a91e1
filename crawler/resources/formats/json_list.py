"""Pure: lists of objects in JSON (RFC 8259), and the bookmarks of browsers, which are kept so."""

from collections.abc import Callable, Iterator, Sequence
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined] # not in its types
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any

from crawler.config import ListSettings
from crawler.resources.formats import objects
from crawler.resources.formats.objects import Scalar
from crawler.resources.formats.positions import Positions
from crawler.resources.lines import Entry, Lines


def entries(text: Lines, rules: ListSettings) -> Iterator[Entry]:
    """The objects with a URL.

    Raises:
        ResourcesError: the file is no JSON, too long, or too deep, or an object has a key twice.
    """
    del rules
    content, offset = text.whole()
    positions = Positions(content, offset=offset)
    try:
        root = _PositionedDecoder().decode(content)
    except JSONDecodeError as error:
        what = f"this is no JSON ({error.msg}); correct it here, or just before"
        raise text.fault(error.lineno, what, error.colno) from None
    except RecursionError:
        raise objects.too_deep(text, 1) from None
    except _KeyTwiceError as error:
        raise objects.key_twice(text, positions.line_of(error.at)) from None
    yield from objects.entries(text, root, positions)


class _KeyTwiceError(Exception):
    """An object has a key twice."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at
        """Where the first text of the second value stands, by index."""


class _PositionedDecoder(JSONDecoder):
    """Makes a `Scalar` of each text; only the scanner in Python lets it."""

    def __init__(self) -> None:
        super().__init__(
            object_pairs_hook=_object,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_number,
        )
        self.parse_string: Callable[..., Any] = _positioned
        self.scan_once = py_make_scanner(self)


def _positioned(text: str, begin: int, strict: bool) -> tuple[Scalar, int]:
    """The text that begins after the quote."""
    value, end = scanstring(text, begin, strict)
    return Scalar(value, begin - 1, end), end


def _number(digits: str) -> Scalar:
    return Scalar(digits, 0, 0)


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found and (at := objects.first_text(value)):
            raise _KeyTwiceError(at)
        found.setdefault(key, value)
    return found
