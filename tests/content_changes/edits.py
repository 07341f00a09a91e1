"""Pure: edits of a document, by size, from what its next release changed; and words put in."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from random import Random

from crawler.fingerprint import likeness, masked
from crawler.model import ListWord


class Size(StrEnum):
    """How large an edit is."""

    TYPO = "typo"
    """At most three words of one line."""
    PARAGRAPH = "paragraph"
    """4 to 80 words."""
    SECTION = "section"
    """More than 80 words, less than 40 % of the page."""
    REWRITE = "rewrite"
    TITLE = "title"
    WORDS = "words"
    """A sentence that matters to a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """Lines from `start` up to `end` that become other lines."""

    size: Size
    start: int
    end: int
    lines: tuple[str, ...]


def hunks(now: Sequence[str], later: Sequence[str]) -> Iterator[Hunk]:
    """What a later text of a document changes, by size; counters and dates alone are no edit."""
    words = sum(len(line.split()) for line in now)
    matcher = SequenceMatcher(None, now, later, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        old, new = now[start:end], later[first:last]
        if tag == "equal" or start == 0 or not _is_edit(old, new):
            continue
        if len(old) == len(new) > 1 and len(old) <= 8:
            yield from _single(now, start, new, words)
        else:
            yield Hunk(size=_size(old, new, words), start=start, end=end, lines=tuple(new))


def _single(now: Sequence[str], start: int, new: Sequence[str], words: int) -> Iterator[Hunk]:
    """Neighbouring lines that were edited one by one."""
    for at, line in enumerate(new, start):
        if _is_edit([now[at]], [line]):
            size = _size([now[at]], [line], words)
            yield Hunk(size=size, start=at, end=at + 1, lines=(line,))


def _is_edit(old: Sequence[str], new: Sequence[str]) -> bool:
    before, after = (sorted(masked(line).casefold() for line in lines) for lines in (old, new))
    return before != after


def _size(old: Sequence[str], new: Sequence[str], words: int) -> Size:
    before, after = (Counter(" ".join(lines).split()) for lines in (old, new))
    changed = max((before - after).total(), (after - before).total())
    if changed <= 3 and len(old) == len(new) == 1:
        return Size.TYPO
    if changed <= 80:
        return Size.PARAGRAPH
    return Size.SECTION if changed < 0.4 * words else Size.REWRITE


def rewritten(now: Sequence[str], others: Sequence[Sequence[str]]) -> Sequence[str] | None:
    """Another release with little of this text; None if there is none."""
    text = "\n".join(now)
    rated = [(likeness(text, "\n".join(lines)), n) for n, lines in enumerate(others)]
    alike, number = min(rated, default=(1.0, 0))
    return others[number] if alike < 0.35 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A sentence that matters to those who list a page."""

    word: ListWord
    line: str
    goes: bool = False
    """Whether it stands on the page from the first night on, and goes."""


_SAYINGS: dict[ListWord, tuple[str, ...]] = {
    ListWord.UNMAINTAINED: (
        "This project is no longer maintained.",
        "{p} is unmaintained. Use it at your own risk.",
        "Notice: {p} is not actively maintained and needs a new maintainer.",
        "Dieses Projekt wird nicht mehr gepflegt.",
    ),
    ListWord.DEPRECATED: (
        "{p} is deprecated.",
        "DEPRECATED: please use another package.",
        "This package has been deprecated in favour of its successor.",
    ),
    ListWord.ARCHIVED: (
        "This repository has been archived by the owner on Mar 3, 2026. It is now read-only.",
        "{p} is archived.",
        "Public archive: this repository was archived and gets no more updates.",
    ),
    ListWord.MOVED_TO: (
        "{p} has moved to a new organisation.",
        "We have moved to https://new.example.org.",
        "The new home of {p}: new.example.org",
    ),
    ListWord.NO_LONGER: (
        "Warning: {p} no longer works with old releases.",
        "Note: the hosted service is no longer available.",
    ),
    ListWord.TRIAL: ("Start your 14-day trial", "Trial: 30 days with all features."),
    ListWord.FREE: ("Free for everybody", "Important: it is free for teams of up to five."),
    ListWord.PRICE: (
        "Pricing: from $12 a month",
        "Plans and pricing",
        "Important: it costs € 9 per seat.",
    ),
    ListWord.LICENCE: (
        "Notice: {p} is now under the Business Source License.",
        "Important: the license changes with the next release.",
    ),
}


_STEMS: dict[ListWord, tuple[str, ...]] = {
    ListWord.UNMAINTAINED: ("maintain", "no longer"),
    ListWord.DEPRECATED: ("deprecat",),
    ListWord.ARCHIVED: ("archive",),
    ListWord.MOVED_TO: ("moved to", "new home"),
    ListWord.NO_LONGER: ("no longer",),
    ListWord.TRIAL: ("trial",),
    ListWord.FREE: ("free",),
    ListWord.PRICE: ("pric", "$", "€"),
    ListWord.LICENCE: ("licen",),
}


def saying(dice: Random, package: str, text: str) -> Saying | None:
    """A sentence with a word that the text does not have yet; a quarter of them go."""
    folded = text.casefold()
    words = [word for word, stems in _STEMS.items() if not any(stem in folded for stem in stems)]
    if not words:
        return None
    word = dice.choice(words)
    line = dice.choice(_SAYINGS[word]).format(p=package)
    return Saying(word=word, line=line, goes=dice.random() < 0.25)
