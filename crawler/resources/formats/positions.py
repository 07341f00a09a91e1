"""Pure: where the characters of a decoded text stand in its lines and in its bytes."""

import re
from bisect import bisect_right
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|\r|\n")


class Spot(NamedTuple):
    """Where a piece of the text stands, in the fields of an `Entry`."""

    line: int
    """From 1."""
    column: int
    """In characters, from 1."""
    end_column: int
    """After the last character."""
    start: int
    """In bytes, from the start of the file."""
    end: int


class Positions:
    """The lines of a text, and the bytes of its characters in UTF-8.

    Fast where the places that are asked for come in the order of the text.
    """

    def __init__(self, text: str, *, offset: int = 0) -> None:
        """`offset` is how many bytes come before the text: those of a byte order mark."""
        self.text = text
        self.line_starts = [0, *(found.end() for found in _BREAK.finditer(text))]
        """The index of each line's first character."""
        self._offset = offset
        self._is_ascii = text.isascii()
        self._known = (0, 0)
        """The last character asked for, and how many bytes come before it."""

    def spot(self, start: int, end: int) -> Spot:
        """The place of the characters from `start` up to `end`."""
        line = self.line_of(start)
        column = start - self.line_starts[line - 1] + 1
        return Spot(line, column, column + end - start, self._byte(start), self._byte(end))

    def line_of(self, index: int) -> int:
        """The number of the line with that character."""
        return bisect_right(self.line_starts, index)

    def line_text(self, line: int) -> str:
        """The text of a line, with its line break."""
        ends = [*self.line_starts[line : line + 1], len(self.text)]
        return self.text[self.line_starts[line - 1] : ends[0]]

    def _byte(self, index: int) -> int:
        if self._is_ascii:
            return self._offset + index
        character, byte = self._known
        if index >= character:
            byte += len(self.text[character:index].encode())
        else:
            byte -= len(self.text[index:character].encode())
        self._known = (index, byte)
        return self._offset + byte
