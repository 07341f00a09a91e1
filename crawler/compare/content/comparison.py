"""Pure: compares the text of a page with the one that is known, and learns its noise."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date

from crawler.compare.content.differences import Difference, difference
from crawler.compare.content.excerpts import excerpts
from crawler.compare.content.extent import extent
from crawler.compare.content.learning import lesson_of
from crawler.compare.content.lines import Line
from crawler.compare.content.list_words import word_findings
from crawler.compare.content.memory import MAX_KNOWN, Lesson, Memory, latest, remembered
from crawler.compare.content.regions import Edit, regions
from crawler.compare.content.sifting import MAX_NOISY_WORDS, Sifted, is_heading, sift
from crawler.compare.content.waiting import has_stayed, is_sure
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

_MAX_LEARNED = 150
"""Differing lines on either side from which on nothing is learned: no page has so much noise."""
_MAX_RECALLED = 60
"""Lines by which a text is known again of which nothing is learned."""
_MOSTLY = 0.8
"""Share of them that must be there."""
_MUCH = 0.4
"""Share of a text's words from which on it is another one."""
_MAX_TRACES = 64
_WEEK = 7
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
        return _of_very_many(pages, memory)
    headings = {Line(index=0, text=page.heading).folded for page in (before, now)} - {""}
    found = regions(pages.differing, memory.is_restless)
    sifted = [one for region in found for one in sift(region, memory, headings)]
    sifted = [replace(one, words=_said(pages, one)) for one in sifted]
    is_back = _is_back(pages, sifted, memory)
    told = [] if is_back else _told(pages, sifted, memory, headings)
    after = remembered(memory, lesson_of(sifted, told, memory))
    ignored = (
        Counter(one.noise for one in sifted if one.noise and not one.is_possible)
        + pages.differing.masked
    )
    if told:
        return _news(pages, [one.edit for one in told], ignored, after)
    is_waiting = not is_back and any(one.is_possible for one in sifted)
    return ContentComparison(
        change=ContentChange.EDITED if is_waiting else ContentChange.SAME,
        is_confirmed=not is_waiting,
        is_back=is_back,
        ignored=tuple(ignored.most_common()),
        noise=_swapped(after, pages.differing.added, pages.differing.removed)
        if is_back
        else after,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages:
    before: PageText
    now: PageText
    differing: Difference


def _of_very_many(pages: _Pages, memory: Memory) -> ContentComparison:
    """For more edits than can be noise: news, unless the page is what it was before."""
    gone, came = _longest(pages.differing.removed), _longest(pages.differing.added)
    after = remembered(memory, Lesson(known=[line.hash for line in gone]))
    if came and sum(map(memory.knows, came)) >= _MOSTLY * len(came):
        return ContentComparison(is_back=True, noise=_swapped(after, came, gone))
    return _news(pages, _unsifted(pages.differing), Counter(), after)


def _longest(lines: Sequence[Line]) -> list[Line]:
    """Those by which a text is known again."""
    return sorted(lines, key=lambda line: -len(line.text))[:_MAX_RECALLED]


def _is_back(pages: _Pages, sifted: Sequence[Sifted], memory: Memory) -> bool:
    """Whether most of the text are lines that were there before, for the first time since they went.

    What comes and goes again and again is noise; then either text is as good to compare with.
    """
    came = [one for one in sifted if one.edit.added]
    gone = [one.edit.removed for one in sifted if one.edit.removed]
    is_news = any(one.words for one in sifted) or any(one.is_possible for one in came)
    if is_news or all(map(memory.knows, gone)):
        return False
    words = sum(one.edit.words for one in came if one.is_known)
    return words >= max(1, _MUCH * sum(len(line.split()) for line in pages.differing.now))


def _swapped(noise: Noise, came: Sequence[Line], gone: Sequence[Line]) -> Noise:
    """The noise after a text came back: an edit of its lines is news, and the others may come again."""
    back = {number for line in came for number in (line.hash, line.numberless_hash)}
    steady = [line for line in noise.known if line not in back]
    left = [line.hash for line in _longest(gone)]
    return replace(noise, known=latest((*steady, *left), MAX_KNOWN), awaited=())


def _told(
    pages: _Pages, sifted: Sequence[Sifted], memory: Memory, headings: Container[str]
) -> list[Sifted]:
    """The edits to tell tonight; none when all may still be noise.

    A single sure one is reason enough to tell all: tonight's text is the one to compare with then.
    """
    possible = [one for one in sifted if one.is_possible]
    is_news = (
        any(is_heading(one.edit, headings) for one in possible)
        or any(is_sure(one, memory) for one in possible if not one.noise)
        or any(has_stayed(one, possible, memory) for one in possible)
        or any(_is_urgent(one, found, memory) for one in possible for found in one.words)
        or bool(_words(pages, ()))
    )
    return possible if is_news else []


def _said(pages: _Pages, one: Sifted) -> tuple[WordFinding, ...]:
    """The words in an edit that count although it may be noise: in adverts, only notices do."""
    if one.is_known or one.edit.words > MAX_NOISY_WORDS:
        return ()
    is_advert = one.noise is NoiseKind.ADVERT
    found = _words(pages, [one.edit])
    return tuple(word for word in found if word.place is WordPlace.NOTICE or not is_advert)


def _is_urgent(one: Sifted, found: WordFinding, memory: Memory) -> bool:
    """Whether a word need not wait for the next night."""
    if found.place is WordPlace.NOTICE:
        return True
    if one.noise or memory.flips(one.region) != (0, 0):
        return False
    return found.word not in _OFTEN_IN_ADVERTS or memory.age >= _WEEK


def _words(pages: _Pages, edits: Sequence[Edit]) -> tuple[WordFinding, ...]:
    removed = [edit.removed for edit in edits if edit.removed][:_MAX_LEARNED]
    added = [edit.added for edit in edits if edit.added][:_MAX_LEARNED]
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
