"""Pure: how many links were in trouble in each night, as stacked areas of an SVG."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.model import FindingClass

TROUBLE: tuple[FindingClass, ...] = (
    FindingClass.BROKEN,
    FindingClass.SUSPECT,
    FindingClass.FAILING,
    FindingClass.MOVED,
    FindingClass.BLOCKED,
    FindingClass.SKIPPED,
)
"""The states that are drawn, from the bottom up; what works fills the rest of the list."""
_PROBLEMS = TROUBLE[:3]
Night = tuple[date, Mapping[FindingClass, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The picture of some nights; `x` grows by one a night, `y` falls by one for each link."""

    nights: tuple[Night, ...]
    top: int
    """The round number of links at the upper edge."""
    paths: tuple[tuple[FindingClass, str], ...]
    """An SVG path for each state that occurs, the lowest first."""

    @property
    def last_date(self) -> date:
        """The last night with a run, or that of the picture."""
        return next(
            (night for night, counts in reversed(self.nights) if counts), self.nights[-1][0]
        )

    @property
    def last(self) -> Mapping[FindingClass, int]:
        """How many links were in each state in the last night with a run."""
        return next((counts for _, counts in reversed(self.nights) if counts), {})

    @property
    def course(self) -> tuple[int | None, ...]:
        """How many links were broken, failing or in doubt in each night; None without a run."""
        return tuple(
            sum(counts.get(kind, 0) for kind in _PROBLEMS) if counts else None
            for _, counts in self.nights
        )

    @property
    def has_course(self) -> bool:
        """Whether there is more than one night to compare."""
        return sum(bool(counts) for _, counts in self.nights) > 1


def draw(nights: Sequence[Night]) -> Health:
    """The picture of the nights; a night without a run is a gap."""
    most = max((sum(counts.get(k, 0) for k in TROUBLE) for _, counts in nights), default=0)
    top = round_up(most)
    paths = ((kind, "".join(_segments(nights, kind, top))) for kind in TROUBLE)
    return Health(
        nights=tuple(nights), top=top, paths=tuple((kind, path) for kind, path in paths if path)
    )


def as_reported(nights: Sequence[Night], today: Mapping[FindingClass | None, int]) -> list[Night]:
    """The nights, the last with a run as reports count its links.

    A check alone does not always make the class: a blocked one ends no suspicion, and counts as
    blocked only after several runs in a row.
    """
    last = max((n for n, (_, counts) in enumerate(nights) if counts), default=None)
    if last is None:
        return [*nights]
    counted = {kind: today.get(kind, 0) for kind in FindingClass}
    return [*nights[:last], (nights[last][0], counted), *nights[last + 1 :]]


def round_up(number: int) -> int:
    """The next of 2, 4, 10, 20, 40, 100, …: each has a half.

    >>> [round_up(number) for number in (0, 3, 10, 41, 101)]
    [2, 4, 10, 100, 200]
    """
    power = 1
    while True:
        for step in (2, 4, 10):
            if number <= step * power:
                return step * power
        power *= 10


def _segments(nights: Sequence[Night], kind: FindingClass, top: int) -> Iterator[str]:
    """A rectangle for each row of nights in which the state has the same place."""
    below = TROUBLE[: TROUBLE.index(kind)]
    begin, before = 0, (0, 0)
    for x, (_, counts) in enumerate((*nights, (date.max, {}))):
        low = sum(counts.get(other, 0) for other in below)
        place = (low, counts.get(kind, 0))
        if place != before or x == len(nights):
            if before[1]:
                y, height, width = top - sum(before), before[1], x - begin
                yield f"M{begin} {y}h{width}v{height}h-{width}z"
            begin, before = x, place
