"""Pure: foreign text, cleaned once on its way in, so that nothing downstream needs to.

All of it takes time linear in the text, whatever stands there: Unicode's normal forms sort runs of
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
# byte order mark) and lone surrogates. Unassigned code points stay: what one version of Python does
# not know yet is often an emoji that the next one does, and a title must not change with it.
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})

MAX_MARKS = 30
"""Combining marks in a row that are kept. Source: UAX #15, §13 (stream-safe text format)."""
_LONG_RUN = re.compile(rf"[^\0-\u02ff]{{{MAX_MARKS + 1}}}")
"""The first combining mark is U+0300: without such a run there are no marks to be dropped."""
_MARKS_BY_DECOMPOSITION = frozenset("\u0f73\u0f75\u0f81")
"""Characters of combining class 0 that decompose into marks alone."""
# What the languages of most pages are written with: never changed in NFC, nor changing what is before.
_UNSURE = re.compile(
    "[^\0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u2328\u3001-\u3029"
    "\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]"
)
_ASSIGNED = (range(0x20000), range(0xE0000, 0xE1000))
"""Code points among which there are marks and invisible characters; the planes between hold ideographs."""
_COMPOSED = 8
"""More characters than one that they compose to can come from, so that a cut text stays long enough."""


def clean(text: str, length: int | None = None) -> str:
    r"""Foreign text as one line in NFC: no controls, no invisible or direction marks, no surrogates.

    White space of any kind, line separators included, folds to single blanks; a text longer than
    `length` characters is cut and ends in an ellipsis, and so is a run of combining marks, silently.

    >>> clean("  Learn\u200b \u202eSQL\n\tnow ")
    'Learn SQL now'
    """
    folded = " ".join(text.split())
    # What is printable has nothing to drop, and asking once is much faster.
    if not folded.isprintable():
        folded = " ".join(without_invisible(folded).replace("\0", "").split())
    if not folded.isascii():
        kept = folded if length is None else _with_few_marks(folded)[: _COMPOSED * length]
        folded = " ".join(normal(kept).split())
    if length is not None and len(folded) > length:
        return folded[: length - 1].rstrip() + "…"
    return folded


def without_invisible(text: str) -> str:
    """The text without controls, format characters and lone surrogates; line feed and NUL stay."""
    return _invisible().sub("", text)


def is_normal(text: str) -> bool:
    """Whether the text is in NFC, whatever ASCII stands between its characters; False when unsure."""
    return _UNSURE.search(text) is None


def normal(text: str) -> str:
    """The text in NFC, with few combining marks in a row."""
    marked = _with_few_marks(text)
    if unicodedata.is_normalized("NFC", marked):
        return marked
    return unicodedata.normalize("NFC", marked)


def _with_few_marks(text: str) -> str:
    """The text with the first `MAX_MARKS` of all combining marks that stand in a row."""
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
    """The characters of a class, as the ranges that stand in the brackets of a pattern."""
    codes = (code for part in _ASSIGNED for code in part if belongs(chr(code)))
    # What is counted on along with its place stays at the same difference through a range.
    runs = (list(run) for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0]))
    return "".join(f"\\U{run[0][1]:08x}-\\U{run[-1][1]:08x}" for run in runs)
