"""Pure: which edits of a page are noise, and of which kind."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from crawler.compare.content.memory import Memory
from crawler.compare.content.noise_words import BOXES, heading_kind, noise_kind, own_kind
from crawler.compare.content.regions import VERY_ALIKE, Edit, Region
from crawler.model import NoiseKind, WordFinding

MAX_NOISY_WORDS = 80
"""Words that come or go at once in one place; more are never noise."""
LONG = 25
"""Words of a line that is seldom noise."""
_MAX_BOX = 10
"""Edits of a box that is noise by the words of its first line."""
_SENTENCE = 10
"""Words that make a line more than a title."""
_ENDED_SENTENCE = 5
"""The same for a line that ends as sentences do."""
_WELL_KNOWN = 3
"""Flips from which on a place is noise whatever comes there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """An edit, and what it was taken for."""

    edit: Edit
    region: Region
    noise: NoiseKind | None
    """What it is taken for by its words and by what was learned; None for nothing."""
    is_known: bool = False
    """Whether its lines came or went before."""
    words: tuple[WordFinding, ...] = ()
    """That matter to a list, if its lines did not come or go before."""

    @property
    def is_possible(self) -> bool:
        """Whether it may be news: words that matter are, also where noise stands."""
        return self.noise is None or bool(self.words)


def sift(region: Region, memory: Memory, headings: Container[str]) -> list[Sifted]:
    """Each edit of a region, with the kind of noise it is; headings are never noise."""
    unknown = [edit for edit in region.edits if not _knows(edit, memory)]
    first = next((edit for edit in unknown if edit.added), None)
    look = _Look(
        region=region,
        memory=memory,
        headings=headings,
        kind=_box_kind(first, region) if first and len(unknown) <= _MAX_BOX else None,
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
    """Which noise the words of the first line that came, or of the line above, give away."""
    is_much: bool
    """Whether more came or went than noise does."""


def _is_much(unknown: Sequence[Edit], region: Region, memory: Memory) -> bool:
    came = [edit for edit in unknown if edit.added]
    gone = [edit for edit in unknown if not edit.added]
    usual = memory.usual_lines(region)
    is_crowded = len(came) > max(usual, 1) and memory.flips(region)[0] < _WELL_KNOWN
    is_gap = not came and sum(edit.words for edit in gone) > LONG
    words = max(sum(edit.words for edit in edits) for edits in (came, gone))
    return (
        words > MAX_NOISY_WORDS
        or is_crowded
        or is_gap
        or is_passage(gone)
        or is_passage(came, max(2, 2 * usual))
    )


def is_passage(edits: Sequence[Edit], least: int = 3) -> bool:
    """Whether several lines only came, or only went, at least one of them a sentence."""
    came = [edit for edit in edits if not edit.removed]
    gone = [edit for edit in edits if not edit.added]
    more, fewer = (came, gone) if len(came) > len(gone) else (gone, came)
    has_sentence = any(map(_is_sentence, more))
    return has_sentence and len(more) >= least and len(fewer) <= len(more) // 3


def _is_sentence(edit: Edit) -> bool:
    """Whether a line is more than a title."""
    is_ended = any(line.folded.endswith((".", ":", "!", "?", "\u3002")) for line in edit.lines)
    return edit.words >= (_ENDED_SENTENCE if is_ended else _SENTENCE)


def _kind(edit: Edit, region: Region) -> NoiseKind | None:
    kinds = (noise_kind(line, region.heading) for line in reversed(edit.lines))
    return next(filter(None, kinds), None)


def _box_kind(first: Edit, region: Region) -> NoiseKind | None:
    kind = _kind(first, region)
    title = first.added.in_order if first.added else ""
    return kind if kind in BOXES else heading_kind(title)


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
    if is_heading(edit, look.headings):
        return False
    if any(own_kind(line) for line in edit.lines):
        return True
    if is_awaited(edit, look.region, look.memory):
        return look.memory.has_flipped_since(edit, look.region)
    if _changes_again(edit, look.memory):
        return True
    if look.kind and sum(one.words for one in look.region.edits) <= MAX_NOISY_WORDS:
        return not is_steady_prose(edit, look.memory)
    return _is_learned(edit, look)


def is_heading(edit: Edit, headings: Container[str]) -> bool:
    """Whether the first heading of the page came or went."""
    return any(line.folded in headings for line in edit.lines)


def _knows(edit: Edit, memory: Memory) -> bool:
    return all(map(memory.knows, edit.lines))


def is_awaited(edit: Edit, region: Region, memory: Memory) -> bool:
    """Whether an edit waits to be confirmed, and most of what came with it is still there."""
    came = [one.added for one in region.edits if one.added and not memory.knows(one.added)]
    stayed = sum(line.hash in memory.awaited_added for line in came)
    return 2 * stayed >= len(came) and memory.awaited_since(edit) is not None


def _changes_again(edit: Edit, memory: Memory) -> bool:
    """Whether the line that took the place of another one has changed since the night before."""
    removed, added = edit.removed, edit.added
    if removed is None or added is None:
        return False
    return removed.hash in memory.awaited_removed and added.hash not in memory.awaited_added


def _is_learned(edit: Edit, look: _Look) -> bool:
    """Whether a change of this shape, or in this place, is noise."""
    memory = look.memory
    fewer, more = memory.flips(look.region)
    is_likely_noise = fewer >= _WELL_KNOWN and edit.likeness < VERY_ALIKE
    if is_steady_prose(edit, memory) and not is_likely_noise:
        return False
    if look.is_much:
        return False
    if any(map(memory.knows_shape, edit.lines)):
        return True
    return fewer >= 1 or more >= 3


def is_steady_prose(edit: Edit, memory: Memory) -> bool:
    """Whether a line was edited that never changed by itself so far."""
    removed, added = edit.removed, edit.added
    if removed is None or added is None or not is_steady(edit, memory):
        return False
    return removed.numberless_hash != added.numberless_hash


def is_steady(edit: Edit, memory: Memory) -> bool:
    """Whether a line went, or was replaced, that never changed by itself so far."""
    removed = edit.removed
    return removed is not None and not memory.knows(removed) and not memory.is_young(removed)
