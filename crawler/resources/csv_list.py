"""Pure: the rows of a list in CSV (RFC 4180, UTF-8), with a header that names the columns."""

import csv
import re
from collections.abc import Iterator, Mapping

from crawler.errors import ResourcesError
from crawler.resources.lines import Entry, Lines
from crawler.text import clean

_EXAMPLE_HEADER = "number,category,title,url"
_COLUMNS = ("url", "number", "id", "title", "category")
"""Those that are read; others are left alone."""
_NUMBER = re.compile(r"[0-9]{1,18}")
"""Fits the 64 bits of a database column."""


def entries(text: Lines) -> Iterator[Entry]:
    """The rows below the header, blank ones left out.

    Raises:
        ResourcesError: the header or a row has a structural fault.
    """
    rows = _rows(text)
    header = next(rows, None)
    if header is None:
        raise text.fault(1, f"there is no header; the first line must be like {_EXAMPLE_HEADER}")
    places = _places(text, header)
    for cells in rows:
        yield _entry(text, len(header), places, cells)


# --- lines to rows --------------------------------------------------------------------------------


def _rows(text: Lines) -> Iterator[list[str]]:
    """The cells of each row that is not blank; `text.start` is the line on which it starts."""
    reader = csv.reader(text, strict=True)
    while True:
        text.start_row()
        try:
            cells = next(reader, None)
        except csv.Error:
            raise _quoting_fault(text) or text.fault(
                text.start,
                f"a field is longer than {csv.field_size_limit():,} characters; shorten it",
            ) from None
        if cells is None:
            return
        if any('"' in line for line in text.row) and (fault := _quoting_fault(text)):
            raise fault
        if len(cells) > 1 or (cells and cells[0].strip()):
            yield cells


_FIELD = r'(?:"[^"]*+(?:""[^"]*+)*+"|[^",\r\n]*+)'
_WELL_QUOTED = re.compile(f"{_FIELD}(?:,{_FIELD})*+")
"""The start of a row, as far as it follows RFC 4180 §2."""


def _quoting_fault(text: Lines) -> ResourcesError | None:
    """What breaks RFC 4180 in this row: the module `csv` allows more, and gives no place."""
    row = "".join(text.row)
    well_quoted = _WELL_QUOTED.match(row)
    end = well_quoted.end() if well_quoted else 0
    rest = row[end:]
    if not rest.strip("\r\n"):
        return None
    return text.fault(text.start + row.count("\n", 0, end), _what_is_misquoted(row[:end], rest))


def _what_is_misquoted(before: str, rest: str) -> str:
    if rest[0] == "\r":
        return "a carriage return is inside the line; end lines with LF or CRLF"
    if rest[0] != '"':
        return 'text follows a closing quote; write a quote inside a quoted field as ""'
    if before == "" or before.endswith(","):
        return "a quote opens here and is never closed; close it at the end of its field"
    return 'a quote is inside an unquoted field; quote the whole field and write it as ""'


# --- rows to entries ------------------------------------------------------------------------------


def _places(text: Lines, header: list[str]) -> Mapping[str, int]:
    """Where the columns are, by name."""
    names = [clean(cell).lower() for cell in header]
    for name in _COLUMNS:
        if names.count(name) > 1:
            raise text.fault(text.start, f"two columns are called {name}; rename one of them")
    if "url" not in names:
        raise text.fault(
            text.start,
            f"no column is called url; the first line must be a header like {_EXAMPLE_HEADER}",
        )
    return {name: names.index(name) for name in _COLUMNS if name in names}


def _entry(text: Lines, width: int, places: Mapping[str, int], cells: list[str]) -> Entry:
    line = text.start
    if len(cells) != width:
        raise text.fault(
            line,
            f"fields in the row: {len(cells)}, in the header: {width}; quote a field that has a comma",
        )
    known = {name: cells[place] for name, place in places.items()}
    number = known.get("number")
    if number is not None and not _NUMBER.fullmatch(number.strip()):
        raise text.fault(line, "the number is not a whole one from 0 up; give each row its own")
    is_odd = any("\n" in cell and "://" in cell for cell in cells)
    return Entry(
        line=line,
        url=known["url"],
        title=known.get("title", ""),
        category=known.get("category", ""),
        number=None if number is None else int(number),
        id=known.get("id"),
        notice=f"A field of the row on line {line} spans lines and contains a URL; "
        "a quote may be missing."
        if is_odd
        else "",
    )
