"""Pure: what the edits of a night teach about a page's noise."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from crawler.compare.content.lines import Line
from crawler.compare.content.memory import Lesson, Memory, Shape, shape_of
from crawler.compare.content.sifting import MAX_NOISY_WORDS, Sifted, is_awaited
from crawler.model import Awaited

_MAX_TOLD = 60
"""Lines of an edit that are no news when they come back."""


def lesson_of(sifted: Sequence[Sifted], told: Sequence[Sifted], memory: Memory) -> Lesson:
    """What to remember of a night's edits, some of which are told, or none."""
    noise = [one for one in sifted if not one.is_possible]
    waiting = [] if told else [one for one in sifted if one.is_possible]
    return Lesson(
        known=(*_left(sifted, memory), *_known(noise), *_told(told)),
        noisy=[one.region for one in (*noise, *waiting, *told) if _is_flip(one, memory)],
        shapes=_shapes(noise, memory),
        came=[one.edit.added.hash for one in told if one.edit.added],
        awaited=_awaited(waiting, memory),
    )


def _left(sifted: Iterable[Sifted], memory: Memory) -> list[int]:
    """Hashes of the lines that were awaited, and did not stay or came back."""
    edits = [one.edit for one in sifted]
    came = {edit.added.hash for edit in edits if edit.added}
    gone = {edit.removed.hash for edit in edits if edit.removed}
    return [line for line in memory.awaited_added if line not in came] + [
        line for line in memory.awaited_removed if line not in gone
    ]


def _known(noise: Iterable[Sifted]) -> Iterator[int]:
    """Of lines taken for noise; those that differ in numbers only are one."""
    for one in noise:
        yield from (line.numberless_hash for line in one.edit.lines)


def _told(told: Iterable[Sifted]) -> list[int]:
    gone = [one.edit.removed for one in told if one.edit.removed]
    return [line.hash for line in gone[:_MAX_TOLD]]


def _is_flip(one: Sifted, memory: Memory) -> bool:
    """Whether something new came to a place, or went from it, that may be noise."""
    return (
        not one.is_known
        and one.edit.words <= MAX_NOISY_WORDS
        and not is_awaited(one.edit, one.region, memory)
    )


def _shapes(noise: Iterable[Sifted], memory: Memory) -> Iterator[Shape]:
    for one in noise:
        for line in one.edit.lines:
            if not memory.knows_shape(line):
                yield shape_of(line)


def _awaited(waiting: Sequence[Sifted], memory: Memory) -> tuple[Awaited, ...]:
    """The lines that wait on, each with the night on which it came."""
    edits = [one.edit for one in waiting]
    added = _by_night((edit.added for edit in edits), memory.awaited_added, memory)
    removed = _by_night((edit.removed for edit in edits), memory.awaited_removed, memory)
    nights = sorted({*added, *removed})
    return tuple(
        Awaited(night=night, added=tuple(added[night]), removed=tuple(removed[night]))
        for night in nights
    )


def _by_night(
    lines: Iterable[Line | None], since: Mapping[int, date], memory: Memory
) -> defaultdict[date, list[int]]:
    nights: defaultdict[date, list[int]] = defaultdict(list)
    for line in filter(None, lines):
        nights[since.get(line.hash, memory.night)].append(line.hash)
    return nights
