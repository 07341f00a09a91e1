"""Pure: a found page compared with what is remembered of a lost resource."""

from collections.abc import Collection
from dataclasses import dataclass

from crawler import urls
from crawler.judge.titles import stems
from crawler.model import CandidateSource
from crawler.successors.candidates import Candidate
from crawler.successors.found_page import FoundPage
from crawler.successors.lost import MAX_COUNTED, Lost
from crawler.successors.names import Name, agreement, telling_words, without_words, word_agreement
from crawler.successors.shingles import SiteLines, containment, own_shingles, shingles
from crawler.successors.slugs import slug_of

_SOME_TEXT = 0.2
_SAME_TITLE = 0.5
"""So much more of the text has to be in a page with another title."""
_RELATED_TEXT, _RELATED_TITLE = 0.1, 0.5
_MUCH_TEXT = 0.5
"""With less of the text, and another title, no page is safe anyway."""
_TELLING_WORDS = 2
"""A title of so many words that are not those of any page ("Guide") names one page."""
_NAMED_BY_ITSELF = frozenset(
    {
        CandidateSource.STORED_REDIRECT,
        CandidateSource.CANONICAL,
        CandidateSource.KNOWN_MOVE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteKnowledge:
    """What is known of a site beside single pages."""

    lines: SiteLines
    words: frozenset[str] = frozenset()
    """Those of the site's own name, which are in the titles of all its pages."""
    names: frozenset[Name] = frozenset()
    """What many pages of the site are called, its front page for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How far a found page agrees with what is remembered; all likenesses are from 0 to 1."""

    found: FoundPage
    candidate: Candidate
    """How its URL was found."""
    title: float
    """0 when one of them has no name."""
    text: float | None
    """How much of the remembered text it holds, without templates; None when that says nothing."""
    slug: float
    known: float = 0.0
    """How much of the page's own text, without templates, was remembered; 0 when none was."""
    is_titled: bool = True
    """Whether the title that both have could not be that of many pages, as "Introduction" is."""
    has_other_subject: bool = False
    """Whether it is the same text about something else: a word of the title was exchanged, in the text too."""
    is_elsewhere: bool = False
    """Whether it is on another domain, and it was not the lost page itself that named it."""

    @property
    def strength(self) -> tuple[float, float, float]:
        """For choosing the best: by text, then by title, then by path.

        A page may have been split: the one with its title and some of its text comes first then.
        """
        text = self.text or 0.0
        is_named = self.title == 1 and text >= _SOME_TEXT
        return (text + _SAME_TITLE if is_named else text, self.title, self.slug)


def compare(lost: Lost, found: FoundPage, candidate: Candidate, site: SiteKnowledge) -> Comparison:
    """How far a page agrees with a lost resource."""
    ours = _telling(lost.names, site)
    theirs = _telling(found.names, site)
    title = agreement(ours, theirs) or 0.0
    text = _text_containment(lost, found, site.lines)
    is_like = title < 1 and (text or 0) >= _MUCH_TEXT
    is_own_word = candidate.source in _NAMED_BY_ITSELF
    return Comparison(
        found=found,
        candidate=candidate,
        title=title,
        text=text,
        slug=_slug_agreement(lost, found.url),
        known=_known_share(lost, found, site.lines),
        is_titled=any(len(telling_words(one)) >= _TELLING_WORDS for one in {*ours} & {*theirs}),
        has_other_subject=is_like and _has_other_subject(lost, found, site),
        is_elsewhere=not is_own_word and urls.domain(found.url) != urls.domain(lost.url),
    )


def _has_other_subject(lost: Lost, found: FoundPage, site: SiteKnowledge) -> bool:
    """Whether the lost page's title has a word of its text that the page lacks, and the other way round."""
    ours = frozenset[str]().union(*_telling(lost.own_names, site))
    theirs = frozenset[str]().union(*_telling(found.names, site))
    text = frozenset(stems(found.page.text[:MAX_COUNTED]))
    is_gone = any(word in lost.words for word in ours - theirs - text)
    return is_gone and any(word in text for word in theirs - ours - lost.words.keys())


def may_be_related(lost: Lost, found: FoundPage, page_shingles: frozenset[int]) -> bool:
    """Whether a page is worth a comparison: it has some of the text, templates included, or half the title."""
    shared = len(lost.shingles & page_shingles)
    if shared and shared >= _RELATED_TEXT * len(lost.shingles):
        return True
    return (agreement(lost.names, found.names) or 0.0) >= _RELATED_TITLE


def _known_share(lost: Lost, found: FoundPage, lines: SiteLines) -> float:
    own = _own_shingles(found.page.text, lost, found, lines)
    return containment(own, lost.shingles) or 0.0


def _text_containment(lost: Lost, found: FoundPage, lines: SiteLines) -> float | None:
    """How much of the remembered text a page holds; None when that says nothing."""
    if not lost.text:
        return None
    own = _own_shingles(lost.text, lost, found, lines)
    return containment(own, shingles(found.page.text))


def _own_shingles(text: str, lost: Lost, found: FoundPage, lines: SiteLines) -> frozenset[int]:
    """Those of a text of the two, without lines that pages with other titles have as well."""
    titles = {lost.title, found.title}
    return own_shingles(text, lambda line: lines.is_template(line, titles))


def _telling(names: Collection[Name], site: SiteKnowledge) -> tuple[Name, ...]:
    """The names that are not the site's, without the words of its name."""
    own = [name for name in names if name not in site.names]
    return without_words(own, site.words)


def _slug_agreement(lost: Lost, url: str) -> float:
    slug = slug_of(url)
    last = word_agreement(lost.slug.last, slug.last)
    return max(last, word_agreement(lost.slug.words, slug.words))
