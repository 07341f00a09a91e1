"""Pure: the decoded lines of a list, and the entries that a format reads from them."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from crawler.errors import ResourcesError
from crawler.model import Columns

MAX_ROW_BYTES = 1_000_000
"""Of the longest row that is read, over all its lines, endings included."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


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


class Lines:
    """The decoded lines of a file, counted and hashed while they are read."""

    def __init__(self, lines: Iterable[bytes], name: str) -> None:
        """`name` is the file's, for messages."""
        self._lines = lines
        self._name = name
        self.line = 0
        """Number of the last line read."""
        self.row: list[str] = []
        """The lines of this row so far."""
        self.digest = hashlib.sha256()
        self.columns = Columns()
        """Set by the format when it has read the header."""
        self.url_place = 0
        """Which field of a row has the URL, from 0; set with the columns."""
        self._row_bytes = 0

    @property
    def start(self) -> int:
        """Number of the first line of this row."""
        return self.line - len(self.row) + 1

    def start_row(self) -> None:
        """The next line is the first of a row."""
        self.row.clear()
        self._row_bytes = 0

    def __iter__(self) -> Iterator[str]:
        for content in self._lines:
            self.line += 1
            self._row_bytes += len(content)
            self.digest.update(content)
            text = self._decoded(content)
            self.row.append(text)
            yield text

    def _decoded(self, content: bytes) -> str:
        if self._row_bytes > MAX_ROW_BYTES:
            raise self.fault(
                self.line - len(self.row), "the row is longer than 1 MB; is this a CSV file?"
            )
        if b"\0" in content:
            raise self.fault(
                self.line, "the line contains a NUL byte; save the file as UTF-8 text"
            )
        if self.line == 1:
            content = content.removeprefix(_BYTE_ORDER_MARK)
        try:
            return content.decode()
        except UnicodeDecodeError:
            raise self.fault(
                self.line,
                'the line is not UTF-8; save the file as UTF-8, which Excel calls "CSV UTF-8"',
            ) from None

    def fault(self, line: int, what: str) -> ResourcesError:
        """An error that says which line is wrong, why, and what to do."""
        return ResourcesError(f"{self._name}:{line}: {what}")
