"""Pure: lists of objects in TOML.

`tomllib` does not tell where a value stands. So the file is read twice: as it is, and with each text
replaced by its number; where the second reading has a number, the first has that text.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from crawler.config import ListSettings
from crawler.errors import ResourcesError
from crawler.resources.formats import objects
from crawler.resources.formats.objects import Scalar
from crawler.resources.formats.positions import Positions
from crawler.resources.lines import Entry, Lines

# Quotes are nowhere in TOML but around texts and in comments.
# Source: https://toml.io/en/v1.0.0#comment and #string
_TOKEN = re.compile(
    r"""[#][^\n]*+
    |"{3}(?:[^"\\]|\\.|"(?!""))*+"{3,5}
    |'{3}(?:[^']|'(?!''))*+'{3,5}
    |"(?:[^"\\\n]|\\.)*+"
    |'[^'\n]*+'
    |[=\n\[\]{}]""",
    re.DOTALL | re.VERBOSE,
)
_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_DEEP_KEY = re.compile(
    rf"(?:^|[\[{{,])[ \t]*+(?:{_PART}){{{objects.MAX_DEPTH}}}",
    re.MULTILINE,
)
"""A key of so many parts; `tomllib` needs memory for the square of them."""
_AFTER_KEY = re.compile(r"[ \t]*[.=]")
_PLACE = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")


def entries(text: Lines, rules: ListSettings) -> Iterator[Entry]:
    """The objects with a URL.

    Raises:
        ResourcesError: the file is no TOML, too long, or too deep.
    """
    del rules
    content, offset = text.whole()
    positions = Positions(content, offset=offset)
    deep = _DEEP_KEY.search(content)
    if deep:
        raise objects.too_deep(text, positions.line_of(deep.start()))
    try:
        values = tomllib.loads(content)
        numbered, spans = _numbered(content)
        root = _located(values, tomllib.loads(numbered), spans)
    except ValueError as error:  # Also for a number of thousands of digits.
        raise _fault(text, str(error), positions) from None
    except RecursionError:
        raise objects.too_deep(text, 1) from None
    yield from objects.entries(text, root, positions)


def _fault(text: Lines, message: str, positions: Positions) -> ResourcesError:
    place = _PLACE.search(message)
    line, column = (int(place[1]), int(place[2])) if place else (len(positions.line_starts), 0)
    why = message.partition(" (at ")[0]
    return text.fault(line, f"this is no TOML ({why}); correct it here, or just before", column)


def _numbered(content: str) -> tuple[str, list[tuple[int, int]]]:
    """The file with a number in the place of each text that is a value, and where these stand."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    told = depth = 0
    is_value = False
    for token in _TOKEN.finditer(content):
        sign = content[token.start()]
        if sign == "=":
            is_value = True
        elif sign == "\n":
            is_value = is_value and depth > 0
        elif sign in "[{":
            depth += is_value
        elif sign in "]}":
            depth -= is_value
        elif sign != "#" and is_value and not _AFTER_KEY.match(content, token.end()):
            pieces += (content[told : token.start()], str(len(spans)))
            spans.append(token.span())
            told = token.end()
    return "".join((*pieces, content[told:])), spans


def _located(value: Any, numbered: Any, spans: list[tuple[int, int]]) -> Any:  # noqa: ANN401 - TOML
    """The value with a `Scalar` for each text."""
    if isinstance(value, str):
        return Scalar(value, *spans[numbered])
    if isinstance(value, dict):
        return {key: _located(item, numbered[key], spans) for key, item in value.items()}
    if isinstance(value, list):
        return [_located(*pair, spans) for pair in zip(value, numbered, strict=True)]
    return Scalar(str(value), 0, 0)
