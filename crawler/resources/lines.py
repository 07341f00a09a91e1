"""Pure: the decoded lines of a list, and the entries that a format reads from them."""

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from crawler.errors import ResourcesError
from crawler.model import Columns, LeftOut

MAX_ROW_BYTES = 1_000_000
"""Of the longest row that is read, over all its lines, endings included."""
MAX_DOCUMENT_BYTES = 50_000_000
"""Of the longest file in a format that is not read row by row, unpacked."""
MAX_UNPACKED_BYTES = MAX_DOCUMENT_BYTES
"""Of the longest packed file in any format: in a small one, empty rows without end may be packed."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_GZIP = b"\x1f\x8b"
_PIECE = 1 << 16
_BEGINNING = 2048
"""Bytes by which a format is recognised."""


class Entry(NamedTuple):
    """One resource of the list, as written."""

    line: int
    """Where it starts, from 1."""
    url: str
    title: str = ""
    category: str = ""
    number: int | None = None
    id: str | None = None
    """None in a list without ids."""
    row_number: int | None = None
    """A number that is for people, and identifies nothing."""
    notice: str = ""
    """A sentence about something odd that is no fault; it quotes nothing of the list."""
    description: str = ""
    column: int = 0
    """Where its URL starts, in characters from 1; 0 when only the line is known."""
    end_column: int = 0
    """After its last character."""
    start: int = 0
    """Where its URL starts, in bytes."""
    end: int = 0


class Lines:
    """The decoded lines of a file, counted and hashed while they are read."""

    def __init__(self, lines: Iterable[bytes], name: str) -> None:
        """`name` is the file's, for messages."""
        self._lines = iter(lines)
        self.name = name
        self.line = 0
        """Number of the last line read."""
        self.row: list[str] = []
        """The lines of this row so far."""
        self.digest = hashlib.sha256()
        self.columns = Columns()
        """Set by the format when it has read the header."""
        self.left_out = Counter[LeftOut]()
        """How many links are no resources."""
        self.parts: list[tuple[int, str]] = []
        """Lines and URLs of files that belong to this one, as an index of sitemaps names them."""
        self.mark_bytes = 0
        """How many bytes a byte order mark takes at the start of the file, once its first line is read."""
        self.url_place = 0
        """Which field of a row has the URL, from 0; set with the columns."""
        self.header = (0, 0)
        """The first and the last line of the header; set with the columns."""
        self._row_bytes = 0

    @property
    def start(self) -> int:
        """Number of the first line of this row."""
        return self.line - len(self.row) + 1

    def start_row(self) -> None:
        """The next line is the first of a row."""
        self.row.clear()
        self._row_bytes = 0

    def unpack(self) -> None:
        """From here on the lines are those of the file inside, if this one is packed with gzip.

        Raises:
            ResourcesError: it is damaged; while the lines are read.
        """
        first = next(self._lines, b"")
        self._lines = chain((first,), self._lines)
        if first.startswith(_GZIP):
            self._lines = self._unpacked(self._lines)

    def beginning(self) -> bytes:
        """The first lines, which will be read again; without a byte order mark."""
        seen: list[bytes] = []
        while sum(map(len, seen)) < _BEGINNING and (line := next(self._lines, b"")):
            seen.append(line)
        self._lines = chain(seen, self._lines)
        return b"".join(seen).removeprefix(_BYTE_ORDER_MARK)

    def whole(self, most: int = MAX_DOCUMENT_BYTES) -> tuple[str, int]:
        """The text of the whole file, and how many bytes come before it: those of a mark.

        Raises:
            ResourcesError: it is too long, or not UTF-8.
        """
        pieces, size = [], 0
        for piece in self._lines:
            size += len(piece)
            if size > most:
                raise ResourcesError(
                    f"{self.name}: longer than {most // 1_000_000} MB; split the list, "
                    "or keep it as CSV, which is read row by row"
                )
            self.digest.update(piece)
            pieces.append(piece)
        content = b"".join(pieces)
        mark = len(_BYTE_ORDER_MARK) if content.startswith(_BYTE_ORDER_MARK) else 0
        return self._text(content[mark:]), mark

    def __iter__(self) -> Iterator[str]:
        for content in self._lines:
            self.line += 1
            self._row_bytes += len(content)
            self.digest.update(content)
            text = self._decoded(content)
            self.row.append(text)
            yield text

    def leave_out(self, reason: LeftOut) -> None:
        """Counts a link that is no resource."""
        self.left_out[reason] += 1

    def fault(self, line: int, what: str, column: int = 0) -> ResourcesError:
        """An error that says which line is wrong, why, and what to do."""
        place = f"{line}:{column}" if column else f"{line}"
        return ResourcesError(f"{self.name}:{place}: {what}")

    def _decoded(self, content: bytes) -> str:
        if self._row_bytes > MAX_ROW_BYTES:
            raise self.fault(
                self.line - len(self.row), "the row is longer than 1 MB; is this a CSV file?"
            )
        if b"\0" in content:
            raise self.fault(
                self.line, "the line contains a NUL byte; save the file as UTF-8 text"
            )
        if self.line == 1 and content.startswith(_BYTE_ORDER_MARK):
            self.mark_bytes = len(_BYTE_ORDER_MARK)
            content = content.removeprefix(_BYTE_ORDER_MARK)
        try:
            return content.decode()
        except UnicodeDecodeError:
            raise self.fault(
                self.line,
                'the line is not UTF-8; save the file as UTF-8, which Excel calls "CSV UTF-8"',
            ) from None

    def _text(self, content: bytes) -> str:
        if content.startswith(_UTF_16_MARKS):
            raise self.fault(1, "the file is UTF-16; save it as UTF-8")
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            before = content[: error.start]
            line_start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
            column = len(before[line_start:].decode()) + 1
            raise self.fault(
                _lines_in(before), "this byte is not UTF-8; save the file as UTF-8", column
            ) from None
        nul = text.find("\0")
        if nul >= 0:
            before = text[:nul].encode()
            raise self.fault(_lines_in(before), "a NUL byte; save the file as UTF-8 text")
        return text

    def _unpacked(self, packed: Iterable[bytes]) -> Iterator[bytes]:
        """The lines of a gzip file, unpacked piece by piece, so that a bomb does not fill the memory."""
        rest = b""
        for piece in self._inflated(packed):
            *lines, rest = (rest + piece).splitlines(keepends=True) or [b""]
            yield from lines
            if len(rest) > MAX_ROW_BYTES or rest.endswith(b"\n"):
                yield rest
                rest = b""
        if rest:
            yield rest

    def _inflated(self, packed: Iterable[bytes]) -> Iterator[bytes]:
        inflater, size = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), 0
        try:
            for piece in packed:
                waiting = piece
                while waiting and not inflater.eof:
                    unpacked = inflater.decompress(waiting, _PIECE)
                    size += len(unpacked)
                    if size > MAX_UNPACKED_BYTES:
                        most = MAX_UNPACKED_BYTES // 1_000_000
                        what = f"longer than {most} MB when it is unpacked; split the list"
                        raise ResourcesError(f"{self.name}: {what}")
                    yield unpacked
                    waiting = inflater.unconsumed_tail
        except zlib.error:
            raise ResourcesError(f"{self.name}: the gzip file is damaged; pack it again") from None
        yield inflater.flush()
        if not inflater.eof:
            raise ResourcesError(f"{self.name}: the gzip file is cut short; pack it again")


def _lines_in(before: bytes) -> int:
    """The number of the line that comes after these bytes."""
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
