"""Pure: what a page is called, as sets of words, and how far two names agree."""

import re
from collections.abc import Collection, Iterable

from crawler.judge.title_words import GENERIC_WORDS, POOR_WORDS
from crawler.judge.titles import Title
from crawler.model import LastGood, Page, Record

Name = frozenset[str]
"""The words of one name: stems without stop words, and numbers."""

_PARTS = re.compile(r"\s+[|\u00b7\u2022\u2013\u2014:\u00bb\u00ab/-]+\s+|\s*[|\u00bb\u2014]\s*")
"""Between the name of a page and that of its site."""
_SIGNS = re.compile(r"[\u00b6#\u21a9\u2693\uf0c1]+\s*$")
"""Links to a heading itself, which are in its text."""


def name_of(text: str) -> Name:
    """The words of a name; empty when it has none.

    >>> sorted(name_of("Upgrading to 3.2"))
    ['3.2', 'upgrading']
    """
    title = Title(_SIGNS.sub("", text), "")
    return frozenset(title.words + title.numbers)


def names_of_page(page: Page | None) -> tuple[Name, ...]:
    """The names that a page gives itself: heading, headline, title and the parts of the title."""
    if page is None:
        return ()
    title = page.title.value if page.title else ""
    parts = [part for part in _PARTS.split(title) if part.strip()]
    texts = [page.first_heading or "", page.headline.value if page.headline else "", title]
    # The name of the site stands last, as a rule.
    return _names((*texts, *parts[:1]))


def names_of_record(record: Record) -> tuple[Name, ...]:
    """The names of a resource: its title in the list, and those of its last good page."""
    return _distinct((*listed_names(record), *names_of_last_good(record.last_good)))


def listed_names(record: Record) -> tuple[Name, ...]:
    """The listed title, unless that is poor ("here", "Chapter 7")."""
    text = record.resource.title
    return () if Title(text, "", is_given=True).is_poor else _names((text,))


def names_of_last_good(last_good: LastGood | None) -> tuple[Name, ...]:
    """The names that the last good page gave itself."""
    return names_of_page(last_good.page) if last_good else ()


def without_words(names: Iterable[Name], words: Collection[str]) -> tuple[Name, ...]:
    """The names without these words; one that has no others is left out."""
    return _distinct(left for name in names if (left := name.difference(words)))


def telling_words(name: Name) -> Name:
    """The words of a name that are not those of any page, such as "introduction" or "page"."""
    return name - GENERIC_WORDS - POOR_WORDS


def agreement(first: Iterable[Name], second: Collection[Name]) -> float | None:
    """How far the best two names agree, 0 to 1; None when one side has no name."""
    found = [word_agreement(one, other) for one in first for other in second]
    return max(found) if found else None


def word_agreement(first: Name, second: Name) -> float:
    """The share of words that two names have in common (F1), 0 to 1."""
    return 2 * len(first & second) / (len(first) + len(second)) if first or second else 0.0


def _names(texts: Iterable[str]) -> tuple[Name, ...]:
    return _distinct(name for text in texts if text and (name := name_of(text)))


def _distinct(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(names))
