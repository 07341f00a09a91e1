"""Pure: finds phrases in a page's title and first heading, such as "page not found"."""

import html
import re
from collections.abc import Iterable
from functools import cached_property

from crawler.judge import phrases
from crawler.judge.thresholds import CODE_WORDS, PHRASE_WORDS
from crawler.text import TITLE_LENGTH, clean

_PARTS = re.compile(r"\s+[|\-\u2013\u2014\u00b7\u2022\u00bb\u203a/]+\s+|:\s+|[|]|[.!?]\s+")
_SIGNS = re.compile(r"[\s.!?\u2026:;,()\[\]#\"']+")
_WORDS = re.compile(r"\w+")
MISSING = tuple(phrase for _language, spoken in phrases.MISSING for phrase in spoken)
"""Of all languages."""


class PageNames:
    """Titles and headings of one page or list entry, cut into parts once for all phrases."""

    def __init__(self, *texts: str, sites: frozenset[str] = frozenset()) -> None:
        """The texts as they are, perhaps empty; each is cut to the length of a title.

        `sites` are names of the site, in lower case and without signs: "404media". A part that is one
        of them says nothing about the page.
        """
        self._texts = tuple(text[:TITLE_LENGTH] for text in texts)
        self._sites = sites

    def contain(self, sought: Iterable[str], alone: frozenset[str] = frozenset()) -> bool:
        """Whether a part of at most 9 words contains a phrase, or a whole part is one of `alone`."""
        if not alone.isdisjoint(self._whole_parts):
            return True
        return any(phrase in self._short_parts for phrase in sought)

    @cached_property
    def say_missing(self) -> bool:
        """Whether they say that the page is missing: by a phrase, or by "404" and at most 2 words more."""
        return self.contain(MISSING, phrases.MISSING_ALONE) or any(
            "404" in _WORDS.findall(part) and len(part.split()) <= CODE_WORDS
            for part in self._parts
            if "404" in part
        )

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        parts = (part for text in self._texts for part in _PARTS.split(plain(text)) if part)
        if not self._sites:
            return tuple(parts)
        return tuple(part for part in parts if "".join(_WORDS.findall(part)) not in self._sites)

    @cached_property
    def _whole_parts(self) -> frozenset[str]:
        return frozenset(_SIGNS.sub(" ", part).strip() for part in self._parts)

    @cached_property
    def _short_parts(self) -> str:
        """The parts that are short enough to be about their own page, one a line."""
        return "\n".join(part for part in self._parts if len(part.split()) <= PHRASE_WORDS)


def plain(text: str) -> str:
    """The text in the form of `phrases`: cleaned, in lower case, with straight apostrophes."""
    return clean(html.unescape(text)).casefold().replace("\u2019", "'")
