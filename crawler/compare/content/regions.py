"""Pure: where on a page lines came and went: between which steady lines."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

from crawler.compare.content.differences import Difference
from crawler.compare.content.lines import Line, hash_of

_MAX_STEPS = 12
"""How far a steady line is looked for."""
_MAX_PAIRED = 24
"""Lines of a region, on either side, that are compared with each other."""
ALIKE = 0.5
"""Likeness from which on a line is taken for one that was edited, if it stands in its place."""
VERY_ALIKE = 0.75
"""The same for a line that stands elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A line that went, the line that came, or both if they are alike."""

    removed: Line | None
    added: Line | None
    likeness: float = 0.0

    @property
    def lines(self) -> tuple[Line, ...]:
        """Those there are."""
        return tuple(line for line in (self.removed, self.added) if line)

    @property
    def words(self) -> int:
        """Words that came or went; the longer line of two."""
        return max(len(line.word_list) for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """What came and went between two steady lines."""

    neighbours: tuple[int, int]
    """Hash of the line before it, and negative hash of the line after it."""
    heading: str
    """The steady line before it, folded."""
    edits: tuple[Edit, ...]


def regions(differing: Difference, is_restless: Callable[[Line], bool]) -> tuple[Region, ...]:
    """The regions of a difference; restless lines are not steady."""
    found: dict[tuple[str, str], _Unpaired] = {}
    for before, after, run in _runs(differing.before, differing.removed, is_restless):
        found.setdefault((before, after), _Unpaired()).removed.extend(run)
    for before, after, run in _runs(differing.now, differing.added, is_restless):
        found.setdefault((before, after), _Unpaired()).added.extend(run)
    edits = _paired_across([list(_edits(lines.removed, lines.added)) for lines in found.values()])
    return tuple(
        Region(neighbours=(hash_of(before), -hash_of(after)), heading=before, edits=tuple(own))
        for (before, after), own in zip(found, edits, strict=True)
    )


def _paired_across(regions: Sequence[Sequence[Edit]]) -> list[list[Edit]]:
    """The edits of each region, with lines that are much alike paired across regions.

    Of a line that a text has several times, it is not known which one was edited.
    """
    edits = [edit for own in regions for edit in own]
    came = {edit.added: edit for edit in edits if edit.added and not edit.removed}
    free = dict(islice(came.items(), _MAX_PAIRED))
    pairs: dict[Line, Edit] = {}
    gone = (edit.removed for edit in edits if edit.removed and not edit.added)
    for removed in islice(gone, _MAX_PAIRED):
        rated = [(removed.likeness(added), -added.index, added) for added in free]
        likeness, _, best = max(rated, default=(0.0, 0, removed))
        if likeness >= VERY_ALIKE:
            del free[best]
            pair = Edit(removed=removed, added=best, likeness=likeness)
            pairs[removed] = pairs[best] = pair
    return [[*_in_place(own, pairs)] for own in regions]


def _in_place(edits: Sequence[Edit], pairs: Mapping[Line, Edit]) -> Iterator[Edit]:
    """The edits, with pairs in the place of the lines that came, and without those that went."""
    for edit in edits:
        if edit.added is None and edit.removed in pairs:
            continue
        is_open = edit.added is not None and edit.removed is None
        yield pairs.get(edit.added, edit) if edit.added and is_open else edit


@dataclass(frozen=True, slots=True)
class _Unpaired:
    """Lines of one region, those that went and those that came."""

    removed: list[Line] = field(default_factory=list)
    added: list[Line] = field(default_factory=list)


def _runs(
    text: Sequence[str], lines: Sequence[Line], is_restless: Callable[[Line], bool]
) -> Iterator[tuple[str, str, list[Line]]]:
    """Runs of differing lines, each with the steady line before and after it."""
    counts = Counter(text)
    differing = {line.index for line in lines}

    def is_steady(line: Line) -> bool:
        is_single = counts[line.text] == 1 and bool(line.text.strip())
        return is_single and line.index not in differing and not is_restless(line)

    def steady(at: int, step: int) -> str:
        """The first steady line from there on; empty if there is none near."""
        near = range(at, at + step * _MAX_STEPS, step)
        lines = (Line(index=n, text=text[n]) for n in near if 0 <= n < len(text))
        return next((line.in_order for line in lines if is_steady(line)), "")

    for run in _consecutive(lines):
        yield steady(run[0].index - 1, -1), steady(run[-1].index + 1, 1), run


def _consecutive(lines: Sequence[Line]) -> Iterator[list[Line]]:
    for _, run in groupby(enumerate(lines), key=lambda pair: pair[1].index - pair[0]):
        yield [line for _, line in run]


def _edits(removed: Sequence[Line], added: Sequence[Line]) -> Iterator[Edit]:
    """Each line once, with the unused line of the other side that is most like it."""
    left = dict.fromkeys(range(len(added)))
    for line in removed:
        among = [n for n in left if n < _MAX_PAIRED] if line in removed[:_MAX_PAIRED] else []
        rated = max(((line.likeness(added[n]), -n) for n in among), default=(0.0, 0))
        if rated[0] >= ALIKE:
            del left[-rated[1]]
            yield Edit(removed=line, added=added[-rated[1]], likeness=rated[0])
        else:
            yield Edit(removed=line, added=None)
    yield from (Edit(removed=None, added=added[n]) for n in left)
