"""Pure: words for what has changed in the text of a page, and for the noise in it."""

from collections.abc import Iterable

from crawler.model import ListWord, NoiseKind, WordPlace
from crawler.report.wording import plural

EDITED = "Its text was edited: {lines}."
REWRITTEN = "Little of its text is left: {lines} changed."
REPLACED = "Nothing of its text and title is left."
RELAUNCHED = "{pages} of {site} changed alike in one night, as after a relaunch of the site."
APPEARED = "New in {place}: {what}."
WENT = "Gone from {place}: {what}."
LOOK = "Look once whether it is still what the list says."
NOW, WAS = "Now:", "Was:"
"""Before a line of the page."""

WORDS: dict[str, str] = {
    ListWord.LICENCE: "a licence",
    ListWord.PRICE: "a price",
    ListWord.FREE: "that something is free",
    ListWord.TRIAL: "a trial",
    ListWord.DEPRECATED: "that something is deprecated",
    ListWord.ARCHIVED: "that something is archived",
    ListWord.UNMAINTAINED: "that nobody maintains it",
    ListWord.NO_LONGER: "what is no longer so",
    ListWord.MOVED_TO: "that something has moved",
}
OTHER_WORD = "something that matters to a list"

PLACES: dict[str, str] = {
    WordPlace.TITLE: "its title",
    WordPlace.HEADING: "a heading",
    WordPlace.NOTICE: "a notice",
    WordPlace.FIRST_SCREEN: "its beginning",
}
OTHER_PLACE = "its text"

NOISE: dict[NoiseKind, str] = {
    NoiseKind.DATE: "dates",
    NoiseKind.COUNTER: "counters",
    NoiseKind.IDENTIFIER: "machine-made names",
    NoiseKind.ORDER: "another order",
    NoiseKind.ADVERT: "adverts",
    NoiseKind.RELATED: "related pages",
    NoiseKind.COMMENTS: "comments",
    NoiseKind.CONSENT: "cookie banners",
    NoiseKind.OTHER: "lines that come and go",
}
"""What is ignored in a text."""


def lines(count: int | None) -> str:
    """How many lines there are; some where that is not known."""
    return plural(count, "line", "lines") if count else "some lines"


def ignored(noise: Iterable[tuple[NoiseKind, int]]) -> str:
    """How many lines are ignored, and of which kinds; empty for none.

    >>> ignored([(NoiseKind.DATE, 2), (NoiseKind.ADVERT, 1)])
    '3 lines (dates, adverts)'
    """
    kinds = dict(noise)
    if not kinds:
        return ""
    return f"{lines(sum(kinds.values()))} ({', '.join(NOISE[kind] for kind in kinds)})"
