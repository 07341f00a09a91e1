"""Pure: how far a found page can be trusted, by a table of rules tried in order."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler.model import Band, CandidateSource
from crawler.successors.comparing import Comparison
from crawler.successors.patterns import AGREEING


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A page's claim to be the successor: its comparison, and how far those of other pages are behind."""

    best: Comparison
    next_text: float
    """Of the best other page that is no version of it; 0 without one."""
    next_title: float
    has_rival_version: bool
    """Whether another version of it is as good, and nothing says which of them is meant."""
    is_taken: bool
    """Whether it is the successor of another lost resource, which fits it better."""
    is_in_other_hands: bool = False
    """Whether the site of the lost resource seems to have another owner, who may show what he likes."""
    is_alone: bool = False
    """Whether no other page was found."""

    @property
    def text(self) -> float:
        """Of the page; 0 when no text is remembered."""
        return self.best.text or 0.0

    @property
    def lead(self) -> float:
        """By how much it is better than the next page, by text or else by title."""
        if self.best.text is None:
            return self.best.title - self.next_title
        return self.best.text - self.next_text

    @property
    def is_clear(self) -> bool:
        """Whether it is better than the next page by far, or as good and the only one with the title."""
        is_only_one = self.best.title == SAME_TITLE > self.next_title
        return self.lead >= CLEAR_LEAD or (is_only_one and self.lead >= 0)


SAME_TITLE = SAME_SLUG = 1.0
MOST_TITLE = 0.8
HALF = 0.5
MOST_TEXT, MUCH_TEXT, SOME_TEXT, LITTLE_TEXT = 0.8, 0.3, 0.2, 0.1
CLEAR_LEAD = 0.15
MOSTLY_KNOWN, PARTLY_KNOWN = 0.4, 0.2
"""A page of which so much was remembered is not another, larger one; with its title, less is enough."""
ALL_KNOWN = 0.8
"""With another title, nearly all of it has to be known."""

Rule = Callable[[Claim], bool]


def _is_the_same_page(one: Claim) -> bool:
    """Most of the text is there, and not much else; half of it is enough under nearly the same title."""
    least = HALF if one.best.title >= MOST_TITLE else MOST_TEXT
    known = MOSTLY_KNOWN if one.best.title >= HALF else ALL_KNOWN
    return one.text >= least and one.best.known >= known and one.is_clear


def _has_its_text_and_title(one: Claim) -> bool:
    """Half of the text is there, under the same title, and not lost in much else."""
    known = MOSTLY_KNOWN if one.best.is_elsewhere else PARTLY_KNOWN
    is_it = one.text >= HALF and one.best.title == SAME_TITLE and one.is_clear
    return is_it and one.best.known >= known


def _was_rewritten(one: Claim) -> bool:
    """Some of the text is there, under the same title, at a similar path, and nowhere else."""
    least = SOME_TEXT if one.best.slug == SAME_SLUG else MUCH_TEXT
    is_same_title = one.best.title == SAME_TITLE and one.best.slug >= HALF
    is_it = one.text >= least and is_same_title and one.lead >= CLEAR_LEAD
    return is_it and not one.best.is_elsewhere


def _is_the_only_one_of_its_title(one: Claim) -> bool:
    """No text is remembered, but the title, which no other page of the site has."""
    is_it = one.best.text is None and one.best.title == SAME_TITLE and one.best.is_titled
    return is_it and one.next_title < MOST_TITLE and not one.best.is_elsewhere


def _moved_as_its_neighbours(one: Claim) -> bool:
    candidate = one.best.candidate
    is_pattern = candidate.source is CandidateSource.PATTERN
    has_examples = is_pattern and len(candidate.neighbours) >= AGREEING
    is_titled = one.best.text is None and one.best.title >= MOST_TITLE
    return has_examples and (one.text >= LITTLE_TEXT or is_titled)


SAFE: tuple[Rule, ...] = (
    _is_the_same_page,
    _has_its_text_and_title,
    _was_rewritten,
    _is_the_only_one_of_its_title,
    _moved_as_its_neighbours,
)
"""One is enough, unless the page is doubtful: another version of it, or another resource, has the same claim."""


def _has_its_text(one: Claim) -> bool:
    """Half of the text is there, perhaps within a larger page."""
    return one.text >= HALF and one.is_clear


def _has_some_of_its_text(one: Claim) -> bool:
    is_told = one.is_clear or one.best.title == SAME_TITLE
    return one.text >= SOME_TEXT and one.best.title >= HALF and is_told


def _has_nearly_its_title(one: Claim) -> bool:
    return one.best.title >= MOST_TITLE and (one.best.text is None or one.text >= LITTLE_TEXT)


LIKELY: tuple[Rule, ...] = (
    *SAFE,
    _has_its_text,
    _has_some_of_its_text,
    _has_nearly_its_title,
)


def _has_something_of_it(one: Claim) -> bool:
    return one.text >= LITTLE_TEXT or one.best.title >= HALF


SHOWN: tuple[Rule, ...] = (_has_something_of_it,)


def band_of(one: Claim) -> Band | None:
    """How far it can be trusted; None when it is not worth showing."""
    is_doubtful = any(
        (one.has_rival_version, one.is_taken, one.is_in_other_hands, one.best.has_other_subject)
    )
    if not is_doubtful and any(rule(one) for rule in SAFE):
        return Band.SAFE
    if any(rule(one) for rule in LIKELY):
        return Band.LIKELY
    return Band.SHOWN if any(rule(one) for rule in SHOWN) else None
