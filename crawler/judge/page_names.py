"""Pure: what a title or a first heading says about its page, by phrases in some languages."""

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


class Names:
    """Titles and headings of one page or list entry, taken apart once for all phrases."""

    def __init__(self, *texts: str) -> None:
        """The texts as they stand, the empty ones included, cut to the length of a title."""
        self._texts = tuple(text[:TITLE_LENGTH] for text in texts)

    def say(self, spoken: Iterable[str], alone: frozenset[str] = frozenset()) -> bool:
        """Whether a short part of them holds a phrase, or is one of `alone`."""
        if not alone.isdisjoint(self._bare):
            return True
        return any(phrase in self._short for phrase in spoken)

    @cached_property
    def say_missing(self) -> bool:
        """Whether they say, in one of some languages, that the page is missing."""
        return self.say(MISSING, phrases.MISSING_ALONE) or any(
            "404" in _WORDS.findall(part) and len(part.split()) <= CODE_WORDS
            for part in self._parts
            if "404" in part
        )

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        return tuple(part for text in self._texts for part in _PARTS.split(plain(text)) if part)

    @cached_property
    def _bare(self) -> frozenset[str]:
        return frozenset(_SIGNS.sub(" ", part).strip() for part in self._parts)

    @cached_property
    def _short(self) -> str:
        """The parts that are short enough to be about their page, a line each."""
        return "\n".join(part for part in self._parts if len(part.split()) <= PHRASE_WORDS)


def plain(text: str) -> str:
    """The text as phrases are compared with it: cleaned, in lower case, with straight apostrophes."""
    return clean(html.unescape(text)).casefold().replace("\u2019", "'")
