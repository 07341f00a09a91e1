"""Pure: how often a strategy was right, and what misled it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from time import process_time

from tests.content_changes.edits import Size
from tests.content_changes.pages import Edit, Night
from tests.content_changes.strategies import Learning, Plain, Told

FIRST_WEEK = 7
_PATIENCE = 9
"""Nights after an edit on which it may still be told."""


@dataclass(slots=True)
class Tally:
    """What came of all pages of a half."""

    page_nights: int = 0
    later_nights: int = 0
    """From night 7 on."""
    false: int = 0
    later_false: int = 0
    edits: Counter[Size] = field(default_factory=Counter)
    seen: Counter[Size] = field(default_factory=Counter)
    at_once: int = 0
    rewrites: int = 0
    """Told as rewritten or replaced."""
    false_words: int = 0
    seconds: float = 0.0
    looks: int = 0
    stored: int = 0
    misled: Counter[str] = field(default_factory=Counter)
    """False notices by the kinds of noise that they tell of."""
    details: list[str] = field(default_factory=list)

    def play(self, key: str, nights: Iterable[Night], strategy: Plain | Learning) -> None:
        """Count what a strategy says of a page on all its nights."""
        pending: list[Edit] = []
        for number, night in enumerate(nights):
            for edit in night.edits:
                self.edits[edit.size] += 1
                pending.append(edit)
            started = process_time()
            told = strategy.look(night.page, number)
            self.seconds += process_time() - started
            self.looks += 1
            if number:
                self._count(key, number, night, told, pending)
            for edit in [one for one in pending if number == one.night + _PATIENCE]:
                self.details.append(f"missed {edit.size} {key} {edit.night} {edit.word or ''}")
                pending.remove(edit)
        for edit in pending:
            self.details.append(f"unseen {edit.size} {key} {edit.night} {edit.word or ''}")
        self.stored += strategy.stored

    def _count(self, key: str, number: int, night: Night, told: Told, pending: list[Edit]) -> None:
        self.page_nights += 1
        self.later_nights += number >= FIRST_WEEK
        if not told.is_news:
            return
        found = [edit for edit in pending if _tells(told, edit)]
        for edit in found:
            pending.remove(edit)
            self.seen[edit.size] += 1
            self.at_once += edit.night == number
            if edit.night < number:
                self.details.append(f"late {edit.size} {key} {edit.night} {edit.word or ''}")
            self.rewrites += edit.size is Size.REWRITE and told.change in ("rewritten", "replaced")
        if told.words and not any(edit.word or edit.size is not Size.TYPO for edit in found):
            self.false_words += 1
            self.details.append(f"words {key} {number} {told.words}")
        if not found and not _touches(told, pending):
            self._count_false(key, number, night, told)

    def _count_false(self, key: str, number: int, night: Night, told: Told) -> None:
        self.false += 1
        self.later_false += number >= FIRST_WEEK
        kinds = {night.noise[trace] for trace in told.traces or () if trace in night.noise}
        self.misled.update(kinds or {"a line that went"})
        self.details.append(f"false {key} {number} {sorted(kinds)}")


def _touches(told: Told, pending: Sequence[Edit]) -> bool:
    return any(told.traces is None or told.traces & edit.traces for edit in pending)


def _tells(told: Told, edit: Edit) -> bool:
    """Whether an edit is told; one of words by its word."""
    if edit.word is None or told.traces is None:
        return told.traces is None or bool(told.traces & edit.traces)
    return any(one.word is edit.word and one.appeared is not edit.goes for one in told.words)
