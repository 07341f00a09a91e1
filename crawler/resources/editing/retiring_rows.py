"""Pure: rows of a CSV list move to a list of retired rows, which has the same columns and two more."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crawler.config import ListSettings
from crawler.errors import SettleError
from crawler.resources.editing.leaving import Leaving
from crawler.resources.editing.url_places import counted, open_content
from crawler.resources.formats import csv_list
from crawler.resources.lines import Lines
from crawler.resources.parsing import parse

COLUMNS = ("retired_on", "retired_because")
_MARK = b"\xef\xbb\xbf"


class _Row(NamedTuple):
    start: int
    end: int
    """After its line end; in bytes."""
    line: int
    separator: str
    columns: int
    """Of the header."""


def moved(
    name: str, content: bytes, rules: ListSettings, gone: Sequence[Leaving], beside: bytes
) -> tuple[bytes, bytes]:
    """The list without the rows, and the retired ones, to which they are added as they are.

    Raises:
        SettleError: a row is not where it was, or the file with retired rows has other columns.
    """
    rows = list(_rows(name, content, rules))
    header, by_line = rows[0], {row.line: row for row in rows[1:]}
    reasons = {one.line: one for one in gone}
    leaving = [by_line[line] for line in sorted(reasons) if line in by_line]
    if len(leaving) < len(reasons):
        raise SettleError(f"{name}: a row is not where it was; run `crawler run` first")
    written = [_retired_row(name, content, row, reasons[row.line]) for row in leaving]
    result = _begun(name, content, header, beside) + b"".join(written)
    parse(open_content("", result).lines, f"{name} (retired)", rules)
    return _without(content, leaving), result


def _rows(name: str, content: bytes, rules: ListSettings) -> Iterator[_Row]:
    """The header, and the rows below it."""
    starts = [0]
    text = Lines(counted(open_content(name, content), starts), name)
    for n, entry in enumerate(csv_list.entries(text, rules)):
        columns = len(text.columns.read) + len(text.columns.left)
        if not n:
            first, last = text.header
            yield _Row(starts[first - 1], starts[last], first, text.columns.separator, columns)
        start, end = starts[text.start - 1], starts[text.line]
        yield _Row(start, end, entry.line, text.columns.separator, columns)


def _begun(name: str, content: bytes, header: _Row, beside: bytes) -> bytes:
    """The file with retired rows as it is, or with nothing but a header."""
    written = content[header.start : header.end]
    titles = written.rstrip(b"\r\n").removeprefix(_MARK)
    quote = '"' if titles.endswith(b'"') else ""
    more = (f"{header.separator}{quote}{title}{quote}" for title in COLUMNS)
    titles += "".join(more).encode()
    if not beside:
        mark = _MARK if written.startswith(_MARK) else b""
        return mark + titles + (_line_end(written) or b"\n")
    first, _, _ = beside.removeprefix(_MARK).partition(b"\n")
    if first.rstrip(b"\r") != titles:
        raise SettleError(
            f"{name}: the file with retired rows has other columns than the list; move it away"
        )
    return (
        beside
        if beside.endswith(b"\n")
        else beside + (b"\r\n" if first.endswith(b"\r") else b"\n")
    )


def _retired_row(name: str, content: bytes, row: _Row, why: Leaving) -> bytes:
    written = content[row.start : row.end]
    cells = written.rstrip(b"\r\n")
    known = len(next(csv.reader(io.StringIO(cells.decode(), newline=""), delimiter=row.separator)))
    if known > row.columns:
        raise SettleError(
            f"{name}:{row.line}: the row has more cells than the header; take it out by hand"
        )
    cells += row.separator.encode() * (row.columns - known)
    is_quoted = cells.endswith(b'"')
    more = (_cell(text, row.separator, is_quoted=is_quoted) for text in (f"{why.on}", why.because))
    added = "".join(f"{row.separator}{cell}" for cell in more).encode()
    return cells + added + (_line_end(written) or _line_end(content) or b"\n")


def _cell(text: str, separator: str, *, is_quoted: bool) -> str:
    """Source: RFC 4180 §2."""
    if not is_quoted and not any(sign in text for sign in (separator, '"')):
        return text
    return '"{}"'.format(text.replace('"', '""'))


def _line_end(written: bytes) -> bytes:
    """The end of the last whole line."""
    if b"\n" not in written:
        return b""
    return b"\r\n" if written[: written.rindex(b"\n")].endswith(b"\r") else b"\n"


def _without(content: bytes, rows: Sequence[_Row]) -> bytes:
    pieces: list[bytes] = []
    told = 0
    for row in rows:
        pieces.append(content[told : row.start])
        told = row.end
    return b"".join((*pieces, content[told:]))
