"""Pure: which lines of two texts differ, when dates, counters and their order are left aside."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.compare.content.lines import Line
from crawler.model import NoiseKind

MAX_LINES = 4_000
"""Lines of a text that are compared: its first ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The lines of two texts that have no equal in the other one, in their order."""

    before: Sequence[str]
    """All lines of the earlier text."""
    now: Sequence[str]
    removed: tuple[Line, ...]
    added: tuple[Line, ...]
    masked: Counter[NoiseKind]
    """Lines of the later text that are equal but for what is masked, by its kind."""


def difference(before: str, now: str) -> Difference:
    """How two texts differ; lines that moved are no difference."""
    old, new = (text.split("\n", MAX_LINES)[:MAX_LINES] for text in (before, now))
    masked: Counter[NoiseKind] = Counter()
    removed, added = _unequal(old, new)
    if not (removed or added) and old != new:
        masked[NoiseKind.ORDER] += 1
    removed, added, _ = _without_equal(removed, added, lambda line: line.folded)
    removed, added, equal = _without_equal(removed, added, lambda line: line.in_order)
    masked.update(line.kinds[0] if line.kinds else NoiseKind.ORDER for line in equal)
    return Difference(before=old, now=new, removed=removed, added=added, masked=masked)


_Lines = tuple[Line, ...]


def _unequal(old: Sequence[str], new: Sequence[str]) -> tuple[_Lines, _Lines]:
    count_old, count_new = Counter(old), Counter(new)
    return tuple(_lines(old, count_old - count_new)), tuple(_lines(new, count_new - count_old))


def _lines(all_lines: Sequence[str], wanted: Counter[str]) -> Iterator[Line]:
    """The first of the wanted lines, as often as each is wanted, without blank ones."""
    if not wanted:
        return
    for index, text in enumerate(all_lines):
        if wanted.get(text, 0) > 0:
            wanted[text] -= 1
            if text and not text.isspace():
                yield Line(index=index, text=text)


def _without_equal(
    removed: _Lines, added: _Lines, key: Callable[[Line], str]
) -> tuple[_Lines, _Lines, list[Line]]:
    """Both without the lines that have an equal in the other one, and these lines of `added`."""
    waiting: defaultdict[str, list[Line]] = defaultdict(list)
    for line in removed:
        waiting[key(line)].append(line)
    equal, left = [], []
    for line in added:
        if waiting.get(key(line)):
            waiting[key(line)].pop()
            equal.append(line)
        else:
            left.append(line)
    if not equal:
        return removed, added, []
    return _by_index(line for lines in waiting.values() for line in lines), tuple(left), equal


def _by_index(lines: Iterable[Line]) -> _Lines:
    return tuple(sorted(lines, key=lambda line: line.index))
