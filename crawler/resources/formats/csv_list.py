"""Pure: the rows of a list in CSV (RFC 4180, UTF-8), also with semicolons or tabs for commas."""

import csv
import re
from collections.abc import Iterator
from itertools import chain

from crawler.config import ListSettings
from crawler.errors import ResourcesError
from crawler.model import Columns
from crawler.resources import header
from crawler.resources.lines import Entry, Lines

_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
_BLANK = re.compile(r'[\s,;"]*')
_HINT = re.compile(r'"?sep=[,;\t]"?\s*', re.IGNORECASE)
"""A line for Excel above the header; the header says as much."""


def entries(text: Lines, _: ListSettings) -> Iterator[Entry]:
    """The rows below the header, blank ones left out; `text.columns` is set before the first.

    Raises:
        ResourcesError: the header or a row has a structural fault.
    """
    lines = iter(text)
    first = _first_line(text, lines)
    separator = _separator(first)
    rows = _rows(text, chain((first,), lines), separator)
    titles = next(rows)
    places = _places(text, titles)
    text.header = (text.start, text.line)
    text.url_place = places["url"]
    text.columns = Columns(
        read=tuple(
            (header.our_name(name), header.shown(titles[place])) for name, place in places.items()
        ),
        left=tuple(
            header.shown(title) for n, title in enumerate(titles) if n not in places.values()
        ),
        separator=separator,
    )
    most, least = len(titles), max(n for n, title in enumerate(titles, 1) if title.strip())
    for cells in rows:
        if len(cells) < least or any(cell.strip() for cell in cells[most:]):
            raise _width_fault(text, len(cells), most)
        yield _entry(text, cells, places)


# --- lines to rows --------------------------------------------------------------------------------


def _first_line(text: Lines, lines: Iterator[str]) -> str:
    """The line on which the header starts."""
    for line in lines:
        if not (_BLANK.fullmatch(line) or _HINT.fullmatch(line)):
            return line
        text.start_row()
    raise text.fault(1, f"there is no header; the first line must be like {header.EXAMPLE}")


def _separator(line: str) -> str:
    """The separator with which the header has the most columns that we know."""

    def known(separator: str) -> tuple[bool, int]:
        return header.recognised(next(csv.reader((line,), delimiter=separator)))

    try:
        return max(_SEPARATORS, key=known)
    except csv.Error:
        return ","  # `_rows` says what is wrong


def _rows(text: Lines, lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    """The cells of each row that is not blank; `text.start` is the line on which it starts.

    The first of the `lines` has been read already.
    """
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise _quoting_fault(text, separator) or text.fault(
                text.start,
                f"a field is longer than {csv.field_size_limit():,} characters; shorten it",
            ) from None
        if cells is None:
            return
        is_quoted = any('"' in line for line in text.row)
        if is_quoted and (fault := _quoting_fault(text, separator)):
            raise fault
        if any(cell.strip() for cell in cells):
            yield cells
        text.start_row()


_FIELD = r'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{0}\r\n]*+)'
_WELL_QUOTED = {
    separator: re.compile(f"{_FIELD}(?:{{0}}{_FIELD})*+".format(separator))
    for separator in _SEPARATORS
}
"""The start of a row, as far as it follows RFC 4180 §2; by separator."""
_ONE_FIELD = {separator: re.compile(_FIELD.format(separator)) for separator in _SEPARATORS}


def field_span(row: str, separator: str, place: int) -> tuple[int, int]:
    """Where the field at this place, from 0, begins and ends in the text of a well-quoted row.

    >>> field_span('1,"a, b",https://example.org/', ",", 2)
    (9, 29)
    """
    begin, end = 0, -1
    for _ in range(place + 1):
        begin = end + 1
        found = _ONE_FIELD[separator].match(row, begin)
        end = found.end() if found else begin
    return begin, end


def _quoting_fault(text: Lines, separator: str) -> ResourcesError | None:
    """What breaks RFC 4180 in this row; the module `csv` allows it, or does not say where it is."""
    row = "".join(text.row)
    well_quoted = _WELL_QUOTED[separator].match(row)
    end = well_quoted.end() if well_quoted else 0
    rest = row[end:]
    if not rest.strip("\r\n"):
        return None
    line = text.start + row.count("\n", 0, end)
    return text.fault(line, _what_is_misquoted(row[:end], rest, separator))


def _what_is_misquoted(before: str, rest: str, separator: str) -> str:
    if rest[0] == "\r":
        return "a carriage return is inside the line; end lines with LF or CRLF"
    if rest[0] != '"':
        return 'text follows a closing quote; write a quote inside a quoted field as ""'
    if before == "" or before.endswith(separator):
        return "a quote opens here and is never closed; close it at the end of its field"
    return 'a quote is inside an unquoted field; quote the whole field and write it as ""'


# --- rows to entries ------------------------------------------------------------------------------


def _places(text: Lines, titles: list[str]) -> dict[str, int]:
    try:
        return header.places(titles)
    except header.Unclear as unclear:
        raise text.fault(text.start, str(unclear)) from None


def _width_fault(text: Lines, found: int, columns: int) -> ResourcesError:
    if found < columns:
        advice = "give every column a field, if only an empty one"
    else:
        advice = f"quote a field that has {_SEPARATORS[text.columns.separator]}"
    return text.fault(
        text.start, f"fields in the row: {found}, in the header: {columns}; {advice}"
    )


def _entry(text: Lines, cells: list[str], places: dict[str, int]) -> Entry:
    line = text.start
    known = {name: cells[place] for name, place in places.items()}
    number = header.whole_number(known.get("number", ""))
    if number is None and "number" in known:
        raise text.fault(line, "the number is not a whole one from 0 up; give each row its own")
    is_odd = any("\n" in cell and "://" in cell for cell in cells)
    return Entry(
        line=line,
        url=known["url"],
        title=known.get("title", ""),
        category=known.get("category", ""),
        number=number,
        id=known.get("id"),
        row_number=header.whole_number(known.get(header.ROW_NUMBER, "")),
        notice=f"A field of the row on line {line} spans lines and contains a URL; "
        "a quote may be missing."
        if is_odd
        else "",
    )
