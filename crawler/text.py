"""Pure: foreign text, cleaned once when it comes in, so that no other module needs to.

All functions take time linear in the length of the text: Unicode's normal forms sort runs of
combining marks in quadratic time, so such runs are shortened first.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import groupby

TITLE_LENGTH = 300
"""Characters of a title that are kept."""
DESCRIPTION_LENGTH = 1000
"""Characters of a description that are kept."""
URL_LENGTH = 2000
"""Characters of a URL that are kept."""

# Unicode general categories: controls (C0, C1, DEL), format characters (zero-width, bidi controls,
# byte order mark) and lone surrogates. Unassigned code points stay: they are often new emojis, which
# the next version of Python knows, and a title must not change with the version.
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})

MAX_MARKS = 30
"""Combining marks in a row that stay. Source: UAX #15, §13 (stream-safe text format)."""
_LONG_RUN = re.compile(rf"[^\0-\u02ff]{{{MAX_MARKS + 1}}}")
"""No combining mark is below U+0300: without such a run there are not too many marks."""
_MARKS_BY_DECOMPOSITION = frozenset("\u0f73\u0f75\u0f81")
"""Characters of combining class 0 that decompose into marks alone."""
# All but the characters of most languages: those never change in NFC, nor the character before them.
_UNSURE = re.compile(
    "[^\0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u2328\u3001-\u3029"
    "\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]"
)
_ASSIGNED = (range(0x20000), range(0xE0000, 0xE1000))
"""Code points among which marks and invisible characters are; the planes between are ideographs."""
_COMPOSED = 8
"""More characters than compose to one, so that a text cut before NFC is long enough after it."""


def clean(text: str, length: int | None = None) -> str:
    r"""Foreign text as one line in NFC: no controls, no invisible or direction marks, no surrogates.

    White space of any kind, line separators included, collapses to single blanks; a text longer than
    `length` characters is cut and ends in an ellipsis. Long runs of combining marks are cut too.

    >>> clean("  Learn\u200b \u202eSQL\n\tnow ")
    'Learn SQL now'
    """
    line = " ".join(text.split())
    # A printable text has nothing to drop, and this test is much faster.
    if not line.isprintable():
        line = " ".join(without_invisible(line).replace("\0", "").split())
    if not line.isascii():
        kept = line if length is None else _with_few_marks(line)[: _COMPOSED * length]
        line = " ".join(normal(kept).split())
    if length is not None and len(line) > length:
        return line[: length - 1].rstrip() + "…"
    return line


def without_invisible(text: str) -> str:
    """The text without controls, format characters and lone surrogates; line feed and NUL stay."""
    return _invisible().sub("", text)


def is_normal(text: str) -> bool:
    """Whether the text is in NFC, and stays so with ASCII between its characters; False when unsure."""
    return _UNSURE.search(text) is None


def normal(text: str) -> str:
    """The text in NFC, with few combining marks in a row."""
    marked = _with_few_marks(text)
    if unicodedata.is_normalized("NFC", marked):
        return marked
    return unicodedata.normalize("NFC", marked)


def _with_few_marks(text: str) -> str:
    """The text, with at most `MAX_MARKS` combining marks in a row."""
    return _long_marks().sub(r"\1", text) if _LONG_RUN.search(text) else text


@cache
def _invisible() -> re.Pattern[str]:
    dropped = _ranges(lambda c: unicodedata.category(c) in _DROPPED_CATEGORIES and c not in "\0\n")
    return re.compile(f"[{dropped}]+")


@cache
def _long_marks() -> re.Pattern[str]:
    marks = _ranges(lambda c: unicodedata.combining(c) > 0 or c in _MARKS_BY_DECOMPOSITION)
    return re.compile(f"([{marks}]{{{MAX_MARKS}}})[{marks}]+")


def _ranges(belongs: Callable[[str], bool]) -> str:
    """The characters of a class, as ranges for the brackets of a pattern."""
    codes = (code for part in _ASSIGNED for code in part if belongs(chr(code)))
    # Within a range, a code and its place in the sequence grow alike, so their difference stays.
    runs = (list(run) for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0]))
    return "".join(f"\\U{run[0][1]:08x}-\\U{run[-1][1]:08x}" for run in runs)
