"""Pure: compares the text of a page with the one that is known, and learns its noise."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.compare.content.differences import Difference, difference
from crawler.compare.content.excerpts import excerpts
from crawler.compare.content.extent import extent
from crawler.compare.content.learning import lesson_of
from crawler.compare.content.lines import Line
from crawler.compare.content.list_words import notices, word_findings
from crawler.compare.content.memory import Lesson, Memory, remembered
from crawler.compare.content.regions import Edit, regions
from crawler.compare.content.sifting import Sifted, has_stayed, is_sure, sift
from crawler.model import ContentChange, ContentComparison, Noise, NoiseKind, PageText

_MAX_LEARNED = 300
"""Differing lines on either side from which on nothing is learned: no page has so much noise."""
_MAX_TRACES = 64


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
    found = regions(pages.differing, memory.knows)
    sifted = [one for region in found for one in sift(region, memory)]
    told = _told(pages, sifted, memory)
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


def _told(pages: _Pages, sifted: Sequence[Sifted], memory: Memory) -> list[Sifted]:
    """The edits to tell tonight; none when all may still be noise.

    A single sure one is reason enough to tell all: tonight's text is the one to compare with then.
    """
    warned = [one for one in sifted if not one.is_known and notices(one.edit.lines)]
    possible = [one for one in sifted if one.noise is None or one in warned]
    headings = {Line(index=0, text=page.heading).folded for page in (pages.before, pages.now)}
    is_news = (
        bool(warned)
        or any(is_sure(one, possible, memory, headings) for one in possible)
        or any(has_stayed(one, memory) for one in possible)
        or bool(word_findings(pages.before, pages.now, (), ()))
    )
    return possible if is_news else []


def _news(
    pages: _Pages, edits: Sequence[Edit], ignored: Counter[NoiseKind], after: Noise
) -> ContentComparison:
    removed = [edit.removed for edit in edits if edit.removed]
    added = [edit.added for edit in edits if edit.added]
    traces = dict.fromkeys(line.hash for line in (*added, *removed))
    return ContentComparison(
        change=extent(pages.before, pages.now, pages.differing, edits),
        pairs=excerpts(edits),
        lines=len(edits),
        words=word_findings(pages.before, pages.now, removed, added),
        ignored=tuple(ignored.most_common()),
        noise=after,
        traces=tuple(traces)[:_MAX_TRACES],
    )


def _unsifted(differing: Difference) -> list[Edit]:
    gone = [Edit(removed=line, added=None) for line in differing.removed]
    return gone + [Edit(removed=None, added=line) for line in differing.added]
