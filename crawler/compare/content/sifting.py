"""Pure: which edits of a page are noise, and which of the others are sure to be none."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from crawler.compare.content.memory import Memory
from crawler.compare.content.noise_words import noise_kind
from crawler.compare.content.regions import Edit, Region
from crawler.model import NoiseKind

MAX_NOISY_WORDS = 80
"""Words that come or go at once in one place; more are never noise."""
_PROSE = 6
"""Words of a line from which on its likeness to another one says something."""
LONG = 25
"""Words of a line that is seldom noise."""
_MATURE = 14
"""Nights after which what has not changed yet is seldom noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """An edit, and what it was taken for."""

    edit: Edit
    region: Region
    noise: NoiseKind | None
    """None for what may be news."""
    is_known: bool = False
    """Whether its lines came or went before."""


def sift(region: Region, memory: Memory) -> list[Sifted]:
    """Each edit of a region, with the kind of noise it is."""
    is_bulk = (
        sum(edit.words for edit in region.edits if not _knows(edit, memory)) > MAX_NOISY_WORDS
    )
    return [_sifted(edit, region, memory, is_bulk=is_bulk) for edit in region.edits]


def _sifted(edit: Edit, region: Region, memory: Memory, *, is_bulk: bool) -> Sifted:
    kinds = (noise_kind(line, region.heading) for line in reversed(edit.lines))
    kind = next(filter(None, kinds), None)
    is_known = _knows(edit, memory)
    is_noise = is_known or (
        not (is_bulk or _stays(edit, memory))
        and (kind is not None or _is_learned(edit, region, memory))
    )
    return Sifted(
        edit=edit,
        region=region,
        noise=(kind or NoiseKind.OTHER) if is_noise else None,
        is_known=is_known,
    )


def _knows(edit: Edit, memory: Memory) -> bool:
    return all(map(memory.knows, edit.lines))


def _stays(edit: Edit, memory: Memory) -> bool:
    return any(line.hash in memory.awaited for line in edit.lines)


def _is_learned(edit: Edit, region: Region, memory: Memory) -> bool:
    """Whether a change of this shape, or in this place, is noise."""
    is_steady = edit.removed is not None and not memory.knows(edit.removed)
    if is_steady and is_edited_prose(edit) and not _is_young(edit, memory):
        return False
    if any(map(memory.knows_shape, edit.lines)):
        return True
    if is_steady and edit.words > LONG:
        return False
    fewer, more = memory.flips(region)
    return fewer >= 1 or more >= 3


def _is_young(edit: Edit, memory: Memory) -> bool:
    return edit.removed is not None and memory.is_young(edit.removed)


def is_edited_prose(edit: Edit) -> bool:
    """Whether a sentence was edited, in more than its numbers."""
    return (
        edit.removed is not None
        and edit.added is not None
        and edit.words >= _PROSE
        and edit.removed.numberless_hash != edit.added.numberless_hash
    )


def is_sure(
    one: Sifted, possible: Sequence[Sifted], memory: Memory, headings: Container[str]
) -> bool:
    """Whether an edit that is no noise as far as is known need not wait for the next night."""
    edit = one.edit
    if any(line.folded in headings for line in edit.lines if line.folded):
        return True
    if is_edited_prose(edit) and not _is_young(edit, memory):
        return True
    if edit.words > LONG and memory.age >= _MATURE:
        return True
    return sum(other.edit.words for other in possible) > MAX_NOISY_WORDS


def has_stayed(one: Sifted, memory: Memory) -> bool:
    """Whether an edit waited for this night to confirm it, and is still there."""
    return not awaited_hashes([one]).isdisjoint(memory.awaited)


def awaited_hashes(waiting: Iterable[Sifted]) -> frozenset[int]:
    """Hashes of the lines that confirm edits if they are still there the next night.

    A line that went says nothing when others came to its place: those must stay.
    """
    waiting = tuple(waiting)
    came = {one.region.neighbours for one in waiting if one.edit.added}
    return frozenset(
        line.hash
        for one in waiting
        for line in (one.edit.added, one.edit.removed)
        if line and (line is one.edit.added or one.region.neighbours not in came)
    )
