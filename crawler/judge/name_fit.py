"""Pure: how well a page's names (title, headings, description) and text fit its listed title and URL."""

import re
from collections.abc import Iterable
from functools import cached_property

from crawler.judge.thresholds import HALF_AGREEMENT, HIGH_AGREEMENT, LOW_AGREEMENT, SPECIFIC_WORDS
from crawler.judge.titles import PlaceText, Title, agreement, found_in, sought_in

_DIGIT = re.compile(r"\d")
_ABBREVIATION = 3
"""Characters of the longest word in a URL that tells nothing by itself."""
_BEGINNING = 5
"""Characters of a word in a URL with which a word of a title has to begin."""


class NameFit:
    """How well a page fits what it is listed with; all shares are 0 to 1.

    Words that other pages of the site have in their names as well are ignored. They count after all if
    the rest of the listed title has no word of the URL, and fewer than half of the title's words. While
    the site's words are not known, the names must have half of the words that title and URL share.
    """

    def __init__(
        self,
        listed: Title,
        address: Title,
        names: Iterable[PlaceText],
        opening: PlaceText,
        of_site: frozenset[str] | None = None,
    ) -> None:
        """`listed` is the listed title, `address` the last name in the listed URL.

        `of_site` are the words of the site; None when they are not known.
        """
        self._listed = listed
        self._address = address
        self._names = tuple(names)
        self._opening = opening
        self._knows_site = of_site is not None
        self._of_site = of_site or frozenset()

    def without(self, of_site: frozenset[str]) -> "NameFit":
        """The same without the words of the site."""
        return NameFit(self._listed, self._address, self._names, self._opening, of_site)

    @cached_property
    def agreement(self) -> float | None:
        """Share of the title's words in the names or the text; None when the title says nothing."""
        if self._told == self._sought:
            return agreement(self._listed, (*self._names, self._opening))
        found = self._found | found_in(self._listed, (self._opening,))
        return len(found & self._told) / len(self._told)

    @property
    def agrees(self) -> bool:
        """Whether the page is about what the listed title says: agreement >= 0.6."""
        return (self.agreement or 0) >= HIGH_AGREEMENT

    @property
    def disagrees(self) -> bool:
        """Whether the page has next to nothing of the listed title: agreement < 0.34; False without one."""
        return self.agreement is not None and self.agreement < LOW_AGREEMENT

    @cached_property
    def is_named(self) -> bool:
        """Whether the page has the listed title as its own.

        Its names have >= 0.6 of the words, and half of those that are in the URL too; or they have
        >= 0.34, and agreement with the text as well is >= 0.6.
        """
        return self._has_key_words and (
            self._share >= HIGH_AGREEMENT or (self._share >= LOW_AGREEMENT and self.agrees)
        )

    @cached_property
    def fits_title(self) -> bool:
        """Whether the names alone have >= 0.6 of the listed title."""
        return self._share >= HIGH_AGREEMENT and self._has_key_words

    @property
    def fits(self) -> bool:
        """Whether the names alone fit the listed title or the URL."""
        return self.fits_title or self.is_named_like_url

    @cached_property
    def is_named_like_url(self) -> bool:
        """Whether the names have at least half of the own words in the URL's last name.

        Their beginnings are enough, as URLs are short: `sync` for "Synchronization".
        """
        words = self._address_words - self._of_site
        found = words & found_in(self._address, self._names)
        found = found.union(filter(self._begins_a_name, words - found))
        return bool(words) and len(found) >= HALF_AGREEMENT * len(words)

    def _begins_a_name(self, word: str) -> bool:
        start = word[:_BEGINNING]
        return len(start) > 2 and any(
            one.startswith(start) and one not in self._of_site
            for text in self._names
            for one in text.words
        )

    @property
    def is_title_telling(self) -> bool:
        """Whether the listed title says anything."""
        return self.agreement is not None

    @property
    def is_address_telling(self) -> bool:
        """Whether the last name in the URL has a word of its own, in letters of the page's names.

        Words of fewer than 4 characters in a URL are abbreviations, which no title has.
        """
        if not any(
            len(word) > _ABBREVIATION or not word.isascii() for word in self._address_words
        ):
            return False
        is_latin = all(map(str.isascii, self._address_words))
        return not (is_latin and any(text.is_of_other_script for text in self._names))

    @property
    def is_title_specific(self) -> bool:
        """Whether the listed title has at least 2 words of its own, or one that the URL has, too."""
        own = set() if self._listed.is_poor else set(self._listed.own_words)
        return len(own) >= SPECIFIC_WORDS or not own.isdisjoint(self._address_words)

    @cached_property
    def _sought(self) -> frozenset[str]:
        return sought_in(self._listed)

    @cached_property
    def _address_words(self) -> frozenset[str]:
        if self._address.is_poor or not self._address.own_words:
            return frozenset()
        return frozenset(word for word in self._address.sought_words if not _DIGIT.search(word))

    @cached_property
    def _found(self) -> frozenset[str]:
        return frozenset(found_in(self._listed, self._names))

    @cached_property
    def _told(self) -> frozenset[str]:
        """The words of the listed title that say something about this page."""
        rest = self._sought - self._of_site
        is_enough = not rest.isdisjoint(self._address_words) or 2 * len(rest) >= len(self._sought)
        return rest if rest and is_enough else self._sought

    @cached_property
    def _share(self) -> float:
        """Share of the words in the names; 0 when the title says nothing."""
        found = self._found & self._told
        return len(found) / len(self._told) if found else 0.0

    @cached_property
    def _has_key_words(self) -> bool:
        """Whether the names have at least half of the words that title and URL share, as far as needed."""
        if self._knows_site:
            return True
        keys = self._told & self._address_words
        return len(keys & self._found) >= HALF_AGREEMENT * len(keys)
