"""Pure: how far a found page can be trusted, by a table of rules tried in order."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler.model import Band, CandidateSource
from crawler.successors.comparing import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A comparison, and where it stands among those of other pages."""

    best: Comparison
    next_text: float
    """Of the best other page that is no version of it; 0 without one."""
    next_title: float
    has_rival_version: bool
    """Whether another version of it is as good, and nothing says which of them is meant."""
    is_taken: bool
    """Whether it is the successor of another lost resource, which fits it better."""
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
    def is_named(self) -> bool:
        """Whether title or path agree by half."""
        return max(self.best.title, self.best.slug) >= NAMED


NAMED = 0.5
SAME_TITLE = 1.0
MOST_TEXT, MUCH_TEXT, SOME_TEXT, LITTLE_TEXT = 0.5, 0.3, 0.2, 0.1
CLEAR_LEAD = 0.15
HALF_TITLE, MOST_TITLE = 0.5, 0.8

Rule = Callable[[Standing], bool]


def _is_most_of_the_text(one: Standing) -> bool:
    return one.text >= MOST_TEXT and (one.lead >= CLEAR_LEAD or one.best.title == SAME_TITLE)


def _is_much_of_the_text(one: Standing) -> bool:
    is_clear = one.lead >= CLEAR_LEAD or one.best.title == SAME_TITLE
    return one.text >= SOME_TEXT and is_clear and one.best.title >= HALF_TITLE


def _is_the_only_one_of_its_title(one: Standing) -> bool:
    is_without_text = one.best.text is None
    return is_without_text and one.best.title == SAME_TITLE and one.next_title < MOST_TITLE


def _moved_as_its_neighbours(one: Standing) -> bool:
    is_pattern = one.best.candidate.source is CandidateSource.PATTERN
    return is_pattern and (one.text >= LITTLE_TEXT or one.best.title >= HALF_TITLE)


SAFE: tuple[Rule, ...] = (
    _is_most_of_the_text,
    _is_much_of_the_text,
    _is_the_only_one_of_its_title,
    _moved_as_its_neighbours,
)
"""One is enough, unless there is something against it."""


def _is_some_of_the_text(one: Standing) -> bool:
    return one.text >= SOME_TEXT and one.best.title >= HALF_TITLE


def _has_nearly_its_title(one: Standing) -> bool:
    return one.best.title >= MOST_TITLE and (one.best.text is None or one.text >= LITTLE_TEXT)


LIKELY: tuple[Rule, ...] = (
    _is_most_of_the_text,
    _is_much_of_the_text,
    _is_some_of_the_text,
    _has_nearly_its_title,
    _moved_as_its_neighbours,
)


def _has_something_of_it(one: Standing) -> bool:
    return one.text >= LITTLE_TEXT or one.best.title >= HALF_TITLE


SHOWN: tuple[Rule, ...] = (_has_something_of_it,)


def band_of(one: Standing) -> Band | None:
    """How far it can be trusted; None when it is not worth showing."""
    is_contested = one.has_rival_version or one.is_taken
    if not is_contested and any(rule(one) for rule in SAFE):
        return Band.SAFE
    if any(rule(one) for rule in LIKELY):
        return Band.LIKELY
    return Band.SHOWN if any(rule(one) for rule in SHOWN) else None
