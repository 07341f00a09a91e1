"""Pure: compares the text of a page with the one that is known, and learns its noise."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.compare.content.differences import Difference, difference
from crawler.compare.content.excerpts import excerpts
from crawler.compare.content.extent import extent
from crawler.compare.content.learning import lesson_of
from crawler.compare.content.lines import Line
from crawler.compare.content.list_words import word_findings
from crawler.compare.content.memory import Lesson, Memory, remembered
from crawler.compare.content.regions import Edit, regions
from crawler.compare.content.sifting import (
    MAX_NOISY_WORDS,
    Sifted,
    has_stayed,
    is_heading,
    is_sure,
    sift,
)
from crawler.model import (
    ContentChange,
    ContentComparison,
    ListWord,
    Noise,
    NoiseKind,
    PageText,
    WordFinding,
    WordPlace,
)

_MAX_LEARNED = 300
"""Differing lines on either side from which on nothing is learned: no page has so much noise."""
_MAX_TRACES = 64
_OFTEN_IN_ADVERTS = frozenset({ListWord.FREE, ListWord.TRIAL, ListWord.PRICE})


def compare_content(
    before: PageText, now: PageText, noise: Noise, night: date
) -> ContentComparison:
    """What changed since `before`, the text of the last news, or else the first one.

    `noise` is what the comparison of the night before returned, or else `Noise()`.
    """
    pages = _Pages(before=before, now=now, differing=difference(before.text, now.text))
    memory = Memory(noise=noise, night=night)
    if max(len(pages.differing.removed), len(pages.differing.added)) > _MAX_LEARNED:
        return _news(pages, _unsifted(pages.differing), Counter(), remembered(memory, Lesson()))
    headings = {Line(index=0, text=page.heading).folded for page in (before, now)} - {""}
    found = regions(pages.differing, memory.is_restless)
    sifted = [one for region in found for one in sift(region, memory, headings)]
    told = _told(pages, sifted, memory, headings)
    after = remembered(memory, lesson_of(sifted, told, memory))
    ignored = Counter(one.noise for one in sifted if one.noise) + pages.differing.masked
    if told:
        return _news(pages, [one.edit for one in told], ignored, after)
    is_waiting = any(one.noise is None for one in sifted)
    return ContentComparison(
        change=ContentChange.EDITED if is_waiting else ContentChange.SAME,
        is_confirmed=not is_waiting,
        ignored=tuple(ignored.most_common()),
        noise=after,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages:
    before: PageText
    now: PageText
    differing: Difference


def _told(
    pages: _Pages, sifted: Sequence[Sifted], memory: Memory, headings: Container[str]
) -> list[Sifted]:
    """The edits to tell tonight; none when all may still be noise.

    A single sure one is reason enough to tell all: tonight's text is the one to compare with then.
    """
    possible = [one for one in sifted if one.noise is None or _is_warning(one, pages)]
    is_news = (
        any(one.noise for one in possible)
        or any(is_heading(one.edit, headings) for one in possible)
        or any(is_sure(one, possible, memory) for one in possible)
        or any(has_stayed(one, memory) for one in possible)
        or any(map(_is_urgent, _words(pages, [one.edit for one in possible])))
    )
    return possible if is_news else []


def _is_warning(one: Sifted, pages: _Pages) -> bool:
    """Whether a line that may be noise is a notice with a word that matters to a list."""
    if one.is_known or one.edit.words > MAX_NOISY_WORDS:
        return False
    return any(found.place is WordPlace.NOTICE for found in _words(pages, [one.edit]))


def _is_urgent(found: WordFinding) -> bool:
    is_said = found.place in (WordPlace.TITLE, WordPlace.NOTICE)
    return is_said or found.word not in _OFTEN_IN_ADVERTS


def _words(pages: _Pages, edits: Sequence[Edit]) -> tuple[WordFinding, ...]:
    removed = [edit.removed for edit in edits if edit.removed]
    added = [edit.added for edit in edits if edit.added]
    return word_findings(pages.before, pages.now, removed, added)


def _news(
    pages: _Pages, edits: Sequence[Edit], ignored: Counter[NoiseKind], after: Noise
) -> ContentComparison:
    traces = dict.fromkeys(line.hash for edit in edits for line in edit.lines)
    return ContentComparison(
        change=extent(pages.before, pages.now, pages.differing, edits),
        pairs=excerpts(edits),
        lines=len(edits),
        words=_words(pages, edits),
        ignored=tuple(ignored.most_common()),
        noise=after,
        traces=tuple(traces)[:_MAX_TRACES],
    )


def _unsifted(differing: Difference) -> list[Edit]:
    gone = [Edit(removed=line, added=None) for line in differing.removed]
    return gone + [Edit(removed=None, added=line) for line in differing.added]
