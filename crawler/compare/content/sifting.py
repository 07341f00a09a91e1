"""Pure: which edits of a page are noise, and which of the others are sure to be none."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from crawler.compare.content.memory import Memory
from crawler.compare.content.noise_words import noise_kind, own_kind
from crawler.compare.content.regions import Edit, Region
from crawler.model import NoiseKind

MAX_NOISY_WORDS = 80
"""Words that come or go at once in one place; more are never noise."""
_VERY_ALIKE = 0.75
_PROSE = 8
"""Words of a line from which on its likeness to another one says something."""
LONG = 25
"""Words of a line that is seldom noise."""
_MAX_BOX = 6
"""Lines that came or went of a box that is noise by the words of one of them."""
_WEEK = 7
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


def sift(region: Region, memory: Memory, headings: Container[str]) -> list[Sifted]:
    """Each edit of a region, with the kind of noise it is; headings are never noise."""
    unknown = [edit for edit in region.edits if not _knows(edit, memory)]
    kinds = (_kind(edit, region) for edit in unknown)
    look = _Look(
        region=region,
        memory=memory,
        headings=headings,
        kind=next(filter(None, kinds), None) if len(unknown) <= _MAX_BOX else None,
        is_much=_is_much(unknown, region, memory),
    )
    return [_sifted(edit, look) for edit in region.edits]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What the edits of a region are judged by."""

    region: Region
    memory: Memory
    headings: Container[str]
    kind: NoiseKind | None
    """Which noise the words of one of its lines, or of the line above, give away."""
    is_much: bool
    """Whether more came or went than noise does."""


def _is_much(unknown: Sequence[Edit], region: Region, memory: Memory) -> bool:
    came = sum(edit.added is not None for edit in unknown)
    gone = sum(edit.words for edit in unknown if not edit.added and not _is_young(edit, memory))
    words = sum(edit.words for edit in unknown)
    usual = memory.usual_lines(region)
    return words > MAX_NOISY_WORDS or gone > LONG or came > max(usual, 1)


def _kind(edit: Edit, region: Region) -> NoiseKind | None:
    kinds = (noise_kind(line, region.heading) for line in reversed(edit.lines))
    return next(filter(None, kinds), None)


def _sifted(edit: Edit, look: _Look) -> Sifted:
    is_known = _knows(edit, look.memory)
    is_noise = is_known or _is_noise(edit, look)
    return Sifted(
        edit=edit,
        region=look.region,
        noise=(_kind(edit, look.region) or look.kind or NoiseKind.OTHER) if is_noise else None,
        is_known=is_known,
    )


def _is_noise(edit: Edit, look: _Look) -> bool:
    if is_heading(edit, look.headings) or _stays(edit, look.region, look.memory):
        return False
    if any(own_kind(line) for line in edit.lines) or _changes_again(edit, look.memory):
        return True
    if look.kind and sum(one.words for one in look.region.edits) <= MAX_NOISY_WORDS:
        return not _is_steady_prose(edit, look.memory)
    return _is_learned(edit, look)


def is_heading(edit: Edit, headings: Container[str]) -> bool:
    """Whether the first heading of the page came or went."""
    return any(line.folded in headings for line in edit.lines)


def _knows(edit: Edit, memory: Memory) -> bool:
    return all(map(memory.knows, edit.lines))


def _stays(edit: Edit, region: Region, memory: Memory) -> bool:
    """Whether an edit waited for this night to confirm it, and is still there.

    A line that went says nothing when others came to its place: those must stay.
    """
    waiting = memory.noise.awaited
    if waiting is None:
        return False
    if edit.added:
        return edit.added.hash in waiting.added
    came = any(one.added for one in region.edits)
    return not came and edit.removed is not None and edit.removed.hash in waiting.removed


def _changes_again(edit: Edit, memory: Memory) -> bool:
    """Whether the line that took the place of another one has changed since the night before."""
    waiting, removed, added = memory.noise.awaited, edit.removed, edit.added
    if waiting is None or removed is None or added is None:
        return False
    return removed.hash in waiting.removed and added.hash not in waiting.added


def _is_learned(edit: Edit, look: _Look) -> bool:
    """Whether a change of this shape, or in this place, is noise."""
    memory = look.memory
    if _is_steady_prose(edit, memory):
        return False
    if any(map(memory.knows_shape, edit.lines)):
        return True
    fewer, more = memory.flips(look.region)
    return not look.is_much and (fewer >= 1 or more >= 3)


def _is_steady_prose(edit: Edit, memory: Memory) -> bool:
    """Whether a line was edited that never changed by itself so far."""
    removed = edit.removed
    if removed is None or memory.knows(removed) or memory.is_young(removed):
        return False
    return edit.added is not None and removed.numberless_hash != edit.added.numberless_hash


def _is_young(edit: Edit, memory: Memory) -> bool:
    return edit.removed is not None and memory.is_young(edit.removed)


def is_sure(one: Sifted, possible: Sequence[Sifted], memory: Memory) -> bool:
    """Whether an edit that is no noise as far as is known need not wait for the next night."""
    edit = one.edit
    if _is_steady_prose(edit, memory):
        return memory.age >= _WEEK or (edit.words >= _PROSE and edit.likeness >= _VERY_ALIKE)
    if edit.words > LONG and memory.age >= _MATURE and memory.flips(one.region) == (0, 0):
        return not _is_young(edit, memory)
    return sum(other.edit.words for other in possible) > MAX_NOISY_WORDS


def has_stayed(one: Sifted, memory: Memory) -> bool:
    """Whether an edit waited for this night to confirm it, and is still there."""
    return _stays(one.edit, one.region, memory)
