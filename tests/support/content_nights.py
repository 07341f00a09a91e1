"""Pure: the text of a page night after night, compared as a run does it."""

from collections.abc import Iterable
from datetime import date, timedelta

from crawler.compare.content import compare_content
from crawler.model import ContentComparison, Noise, PageText

FIRST_NIGHT = date(2026, 11, 1)
SUBJECTS = ("setup", "settings", "templates", "routing", "sessions", "caching", "logging", "tests")
PROSE = tuple(
    f"This part of the guide explains {subject} and how it works together with the rest."
    for subject in SUBJECTS
)
"""Lines of an article, none like another one."""


def page(lines: Iterable[str], title: str = "A guide", heading: str = "") -> PageText:
    """A page with these lines."""
    return PageText(title=title, heading=heading, text="\n".join(lines))


def compared(nights: Iterable[PageText]) -> list[ContentComparison]:
    """The comparison of each night after the first one."""
    first, *others = nights
    known, noise, found = first, Noise(), []
    for number, now in enumerate(others, 1):
        found.append(compare_content(known, now, noise, FIRST_NIGHT + timedelta(days=number)))
        noise = found[-1].noise
        known = now if found[-1].is_news or found[-1].is_back else known
    return found


def news(nights: Iterable[PageText]) -> list[int]:
    """The nights that have news; the first text is of night 0."""
    return [number for number, one in enumerate(compared(nights), 1) if one.is_news]
