"""Pure: where the URLs of a file stand in its bytes, with what a writer has to know of each place."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from crawler.config import ListSettings
from crawler.model import Place, Resource
from crawler.resources import formats
from crawler.resources.formats import csv_list
from crawler.resources.lines import MAX_ROW_BYTES, Entry, Lines
from crawler.resources.parsing import OneFile

_NEAR = 4000
"""Bytes before and after a URL by which its surroundings are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlPlace:
    """A URL as it stands in a file."""

    content: bytes = field(repr=False)
    """Of the whole file."""
    url: str
    """As the format reads it."""
    line: int
    start: int
    """In bytes, from the start of the file."""
    end: int
    separator: str = ""
    """Between the cells of a row; empty in other formats."""
    quote: str = ""
    """Around a cell."""
    is_padded: bool = False
    """Whether blanks stand around it in its cell."""

    # Decoded when asked for: a file may have 100,000 places, and an edit needs few of them.

    @property
    def written(self) -> str:
        """The URL as it stands there."""
        return self.content[self.start : self.end].decode()

    @property
    def before(self) -> str:
        """The text before it, as far as it matters."""
        return self.content[max(self.start - _NEAR, 0) : self.start].decode(errors="ignore")

    @property
    def after(self) -> str:
        """The text after it, as far as it matters."""
        return self.content[self.end : self.end + _NEAR].decode(errors="ignore")


class FilePlaces(NamedTuple):
    """The URLs of one file that are resources, or places of one."""

    format: str
    places: tuple[UrlPlace, ...]


def places_of(resource: Resource) -> tuple[Place, ...]:
    """Where a resource stands; a row of a CSV list is known by its line only."""
    return resource.places or (Place(file=resource.file, line=resource.line),)


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
        _in_text(content, entry) if entry.column else _in_row(content, text, entry, starts)
        for entry in entries
    )
    return FilePlaces(name_of_format, tuple(found))


def counted(file: OneFile, starts: list[int]) -> Iterator[bytes]:
    """The lines; `starts` gets the byte after each."""
    for line in file.lines:
        starts.append(starts[-1] + len(line))
        yield line


def _in_text(content: bytes, entry: Entry) -> UrlPlace:
    return UrlPlace(
        content=content, url=entry.url, line=entry.line, start=entry.start, end=entry.end
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
    return UrlPlace(
        content=content,
        url=entry.url,
        line=entry.line,
        start=start,
        end=start + len(written.encode()),
        separator=separator,
        quote=quote,
        is_padded=inside != written,
    )
