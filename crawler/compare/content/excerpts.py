"""Pure: edits as short pairs of lines that a person can compare."""

from collections.abc import Iterable

from crawler.compare.content.regions import Edit
from crawler.model import EXCERPT_LENGTH, MAX_PAIRS, LinePair
from crawler.text import clean

_LEAD = 60
"""Characters that are quoted before the first difference of two long lines."""


def excerpts(edits: Iterable[Edit]) -> tuple[LinePair, ...]:
    """The edits with the most words, in the order of the page; if there are many, half of them came.

    What is there now says more of a page than what was.
    """
    longest = sorted(enumerate(edits), key=lambda pair: -pair[1].words)
    came = [pair for pair in longest if pair[1].added][: MAX_PAIRS // 2]
    places = {place for place, _ in came}
    others = [pair for pair in longest if pair[0] not in places][: MAX_PAIRS - len(came)]
    return tuple(_pair(edit) for _, edit in sorted(came + others, key=lambda pair: pair[0]))


def _pair(edit: Edit) -> LinePair:
    before = clean(edit.removed.text) if edit.removed else ""
    after = clean(edit.added.text) if edit.added else ""
    start = _start(before, after) if max(len(before), len(after)) > EXCERPT_LENGTH else 0
    return LinePair(before=_cut(before, start), after=_cut(after, start))


def _start(before: str, after: str) -> int:
    """Where two lines are quoted from: a word some characters before they first differ."""
    pairs = enumerate(zip(before, after, strict=False))
    differs = next((n for n, (old, new) in pairs if old != new), min(len(before), len(after)))
    return before.rfind(" ", 0, differs - _LEAD) + 1 if before and after and differs > _LEAD else 0


def _cut(line: str, start: int) -> str:
    quoted = f"…{line[start:]}" if start and line else line
    return clean(quoted, EXCERPT_LENGTH)
