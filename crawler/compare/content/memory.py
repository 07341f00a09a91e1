"""Pure: what is remembered of a page's noise, and what a night adds to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from crawler.compare.content.lines import Line, hash_of
from crawler.compare.content.regions import Edit, Region
from crawler.model import Awaited, Noise, NoisyPlace

MAX_KNOWN = 200
"""Lines that are remembered; a page with more of them is told of again and again."""
_MAX_PLACES = 32
_MAX_SHAPES = 16
_MAX_YOUNG = 30
_YOUNG = timedelta(days=14)
"""So long a line that came with an edit may still turn out to be noise."""
_FORGOTTEN = timedelta(days=60)
"""A place where nothing happened for so long is steady again."""
_SHAPE_WORDS = 14
"""Words of the longest line whose shape is remembered."""
_SAME_SHAPE = 0.5
"""Share of the words of the longer line that are in both."""

Shape = tuple[int, ...]
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Memory:
    """A resource's noise, to be asked about lines and places."""

    noise: Noise
    night: date

    @cached_property
    def known(self) -> frozenset[int]:
        """Hashes of lines that are no news."""
        return frozenset(self.noise.known)

    @cached_property
    def places(self) -> Mapping[int, NoisyPlace]:
        """By neighbour."""
        return {place.neighbour: place for place in self.noise.places}

    @cached_property
    def shapes(self) -> tuple[frozenset[int], ...]:
        """Of lines that came and went."""
        return tuple(map(frozenset, self.noise.shapes))

    @property
    def age(self) -> int:
        """Nights since the first text."""
        return (self.night - self.noise.since).days if self.noise.since else 0

    @cached_property
    def awaited_added(self) -> Mapping[int, date]:
        """Lines that came and wait to be confirmed, with the night on which they came."""
        return {line: one.night for one in self.noise.awaited for line in one.added}

    @cached_property
    def awaited_removed(self) -> Mapping[int, date]:
        """Lines that went, likewise."""
        return {line: one.night for one in self.noise.awaited for line in one.removed}

    def awaited_since(self, edit: Edit) -> date | None:
        """The night since which a line that came waits; for a removal, since the line went."""
        if edit.added:
            return self.awaited_added.get(edit.added.hash)
        return self.awaited_removed.get(edit.removed.hash) if edit.removed else None

    def has_flipped_since(self, edit: Edit, region: Region) -> bool:
        """Whether other lines came to the place of an edit that waits, or went from it."""
        since = self.awaited_since(edit)
        found = [self.places.get(neighbour) for neighbour in region.neighbours]
        return since is not None and all(place and place.last > since for place in found)

    def is_young(self, line: Line) -> bool:
        """Whether the line came with an edit not long ago."""
        return any(line.hash == young for young, _ in self.noise.young)

    def knows(self, line: Line) -> bool:
        """Whether the line, or one that differs in numbers only, came or went before."""
        return line.hash in self.known or line.numberless_hash in self.known

    def is_restless(self, line: Line) -> bool:
        """Whether a line is no neighbour by which to know a place again."""
        return self.knows(line) or self.is_young(line)

    def knows_shape(self, line: Line) -> bool:
        """Whether a short line is at least half like one that came and went."""
        ours = frozenset(shape_of(line))
        return bool(ours) and any(_is_like(ours, other) for other in self.shapes)

    def flips(self, region: Region) -> tuple[int, int]:
        """How often something came or went at its neighbours, the fewer first."""
        found = (self.places.get(n) for n in region.neighbours)
        fewer, more = sorted(place.flips if place else 0 for place in found)
        return fewer, more

    def usual_lines(self, region: Region) -> int:
        """The most lines that came at once to this place."""
        found = (self.places.get(n) for n in region.neighbours)
        return max((place.lines for place in found if place), default=0)


def _is_like(ours: frozenset[int], other: frozenset[int]) -> bool:
    return len(ours & other) >= _SAME_SHAPE * max(len(ours), len(other))


def shape_of(line: Line) -> Shape:
    """Hashes of the words of a short line; empty for a long one."""
    if len(line.word_list) > _SHAPE_WORDS:
        return ()
    return tuple(sorted({hash_of(word) & 0xFFFFFF for word in line.words}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What a night taught about a page's noise."""

    known: Iterable[int] = ()
    """Hashes of lines that are no news from now on."""
    noisy: Iterable[Region] = ()
    """Regions in which noise came or went that is not known."""
    shapes: Iterable[Shape] = ()
    came: Iterable[int] = ()
    """Hashes of lines that came with an edit which was told."""
    awaited: tuple[Awaited, ...] = ()


def remembered(memory: Memory, lesson: Lesson) -> Noise:
    """The noise after a night."""
    noise = memory.noise
    return replace(
        noise,
        since=noise.since or memory.night,
        known=latest((*noise.known, *lesson.known), MAX_KNOWN),
        young=_young(memory, lesson.came),
        places=_places(memory, lesson.noisy),
        shapes=latest((*noise.shapes, *filter(None, lesson.shapes)), _MAX_SHAPES),
        awaited=lesson.awaited,
    )


def latest(items: Sequence[_T], most: int) -> tuple[_T, ...]:
    """The last `most` different items, each where it was last."""
    return tuple(dict.fromkeys(reversed(items)))[:most][::-1]


def _young(memory: Memory, came: Iterable[int]) -> tuple[tuple[int, date], ...]:
    night = memory.night
    kept = [young for young in memory.noise.young if night - young[1] <= _YOUNG]
    return (*kept, *((line, night) for line in came))[-_MAX_YOUNG:]


def _places(memory: Memory, noisy: Iterable[Region]) -> tuple[NoisyPlace, ...]:
    places = dict(memory.places)
    for region in noisy:
        for neighbour in region.neighbours:
            places[neighbour] = _flipped(
                places.pop(neighbour, None), neighbour, region, memory.night
            )
    kept = [place for place in places.values() if memory.night - place.last <= _FORGOTTEN]
    return tuple(kept[-_MAX_PLACES:])


def _flipped(old: NoisyPlace | None, neighbour: int, region: Region, night: date) -> NoisyPlace:
    lines = max(1, sum(edit.added is not None for edit in region.edits))
    if old is None:
        return NoisyPlace(neighbour=neighbour, flips=1, lines=lines, last=night)
    flips = old.flips + (old.last != night)
    return replace(old, flips=flips, lines=max(lines, old.lines), last=night)
