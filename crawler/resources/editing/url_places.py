"""Pure: where the URLs of a file stand in its bytes, with what a writer has to know of each place."""

import io
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from crawler.config import ListSettings
from crawler.resources import formats
from crawler.resources.formats import csv_list
from crawler.resources.lines import MAX_ROW_BYTES, Entry, Lines
from crawler.resources.parsing import OneFile

_NEAR = 4000
"""Bytes before and after a URL by which its surroundings are told."""


class UrlPlace(NamedTuple):
    """A URL as it stands in a file."""

    url: str
    """As the format reads it."""
    line: int
    start: int
    """In bytes, from the start of the file."""
    end: int
    written: str
    before: str
    """The text before it, as far as it matters."""
    after: str
    separator: str = ""
    """Between the cells of a row; empty in other formats."""
    quote: str = ""
    """Around a cell."""
    is_padded: bool = False
    """Whether blanks stand around it in its cell."""


class FilePlaces(NamedTuple):
    """The URLs of one file that are resources, or places of one."""

    format: str
    places: tuple[UrlPlace, ...]


def open_content(name: str, content: bytes) -> OneFile:
    """The file with that content, in the pieces in which it would be read."""
    read = partial(io.BytesIO(content).readline, MAX_ROW_BYTES + 1)
    return OneFile(name, iter(read, b""))


def url_places(name: str, content: bytes, rules: ListSettings) -> FilePlaces:
    """Where the URLs of the file stand, in order.

    Raises:
        ResourcesError: it has a structural fault.
    """
    starts = [0]
    text = Lines(counted(open_content(name, content), starts), name)
    name_of_format = formats.format_of(text, rules)
    entries = formats.load(name_of_format).entries(text, rules)
    found = (
        _in_bytes(content, entry) if entry.column else _in_row(content, text, entry, starts)
        for entry in entries
    )
    return FilePlaces(name_of_format, tuple(found))


def counted(file: OneFile, starts: list[int]) -> Iterator[bytes]:
    """The lines; `starts` gets the byte after each."""
    for line in file.lines:
        starts.append(starts[-1] + len(line))
        yield line


def _in_bytes(content: bytes, entry: Entry) -> UrlPlace:
    return UrlPlace(
        url=entry.url,
        line=entry.line,
        start=entry.start,
        end=entry.end,
        written=content[entry.start : entry.end].decode(),
        before=content[max(entry.start - _NEAR, 0) : entry.start].decode(errors="ignore"),
        after=content[entry.end : entry.end + _NEAR].decode(errors="ignore"),
    )


def _in_row(content: bytes, text: Lines, entry: Entry, starts: list[int]) -> UrlPlace:
    """That of the row that was just read."""
    row, separator = "".join(text.row), text.columns.separator
    begin, end = csv_list.field_span(row, separator, text.url_place)
    quote = '"' if row.startswith('"', begin) else ""
    inside = row[begin + len(quote) : end - len(quote)]
    written = inside.strip()
    at = begin + len(quote) + len(inside) - len(inside.lstrip())
    start = starts[text.start - 1] + len(row[:at].encode())
    place = entry._replace(start=start, end=start + len(written.encode()))
    return _in_bytes(content, place)._replace(
        separator=separator, quote=quote, is_padded=inside != written
    )
