"""Pure: which edits are told at once, and for how many nights the others must stay."""

from collections.abc import Sequence

from crawler.compare.content.memory import Memory
from crawler.compare.content.regions import VERY_ALIKE, Edit, Region
from crawler.compare.content.sifting import (
    LONG,
    MAX_NOISY_WORDS,
    Sifted,
    is_awaited,
    is_passage,
    is_steady,
    is_steady_prose,
)

_WEEK = 7
"""Nights in which most noise shows itself: what has not changed by then is seldom noise."""
_PROSE = 5
"""Words of a line from which on its likeness to another one says much."""
_LONG_SENTENCE = 25
"""Words of a line that is told at once where nothing came so far."""
_SHORT = 8
"""Words of a line from which on any likeness says much."""
_ALIKE_FOR_SHORT = 0.65
"""Likeness of two lines that are shorter, and yet the same line, edited."""
_NEARLY_SAME = 0.9
"""The same in the first week for lines of fewer than `_PROSE` words."""
_FLIPS_BEFORE = 2
"""Flips of a place where an edit waits, its own included."""
_PASSAGE = 2
"""Lines, with a sentence among them, that are no noise if they come together."""
_MAX_SWAPPED = 2
"""Lines that take the place of as many others in one night, as slots and rolling lists do."""
_LONG_PATIENCE = 8
"""Nights: what changes every week has changed again by then."""


def is_sure(one: Sifted, memory: Memory) -> bool:
    """Whether an edit that is no noise as far as is known is told at once."""
    edit, region = one.edit, one.region
    if memory.age >= _WEEK and is_steady(edit, memory) and _is_quiet(region, memory):
        return True
    if is_steady_prose(edit, memory):
        return _is_clear(edit, is_early=memory.age < _WEEK or memory.flips(region)[0] > 0)
    if is_passage(region.edits, _PASSAGE):
        return True
    if memory.age >= _WEEK and memory.flips(region) == (0, 0) and edit.words >= _LONG_SENTENCE:
        return True
    came = sum(other.words for other in region.edits if other.added)
    gone = sum(other.words for other in region.edits if not other.added)
    return max(came, gone) > MAX_NOISY_WORDS


def _is_quiet(region: Region, memory: Memory) -> bool:
    """Whether nothing came to a place so far; a list from which a line goes may be near another one."""
    fewer, more = memory.flips(region)
    return fewer == 0 and (more == 0 or any(edit.added for edit in region.edits))


def _is_clear(edit: Edit, *, is_early: bool) -> bool:
    """Whether two lines are so much alike that one is the other, edited."""
    if is_early:
        return edit.likeness >= (VERY_ALIKE if edit.words >= _PROSE else _NEARLY_SAME)
    return edit.words >= _SHORT or edit.likeness >= _ALIKE_FOR_SHORT


def has_stayed(one: Sifted, possible: Sequence[Sifted], memory: Memory) -> bool:
    """Whether an edit has waited long enough, and is still there."""
    since = memory.awaited_since(one.edit)
    if since is None or not (one.noise or is_awaited(one.edit, one.region, memory)):
        return False
    is_doubtful = one.noise or _is_near_noise(one, memory)
    patience = _LONG_PATIENCE if is_doubtful else _patience(possible, memory)
    return (memory.night - since).days >= patience


def _is_near_noise(one: Sifted, memory: Memory) -> bool:
    """Whether something had come to the place of an edit, or near it, before the edit did."""
    fewer, more = memory.flips(one.region)
    return (fewer if one.edit.added else more) >= _FLIPS_BEFORE


def _patience(possible: Sequence[Sifted], memory: Memory) -> int:
    """Nights for which an edit must stay: many, if a short line took the place of another one."""
    edits = [one.edit for one in possible if one.edit.likeness < VERY_ALIKE]
    gone = [edit.removed for edit in edits if edit.removed]
    came = [edit.added for edit in edits if edit.added]
    is_swap = 0 < len(gone) <= _MAX_SWAPPED and 0 < len(came) <= _MAX_SWAPPED
    if is_swap and all(len(line.word_list) <= LONG for line in (*gone, *came)):
        return _LONG_PATIENCE
    return 1 if memory.age >= _WEEK else 2
