"""Pure: how much of a remembered text a page contains, leaving out what other pages have as well."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

_SHINGLE = 5
"""Words that make one shingle."""
MIN_SHINGLES = 20
"""A text with fewer of its own says nothing."""
_MAX_TITLES = 3
"""Different titles that are remembered for a line; more make no difference."""
_MAX_LINES = 200_000
"""Different lines of a site that are remembered."""
# Scripts written without blanks are compared by character.
_WORD = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)


def shingles(text: str) -> frozenset[int]:
    """A hash of each different run of five words, in any letter case and across lines."""
    return _of_words(_WORD.findall(text.casefold()))


def _of_words(words: list[str]) -> frozenset[int]:
    runs = zip(*(words[n:] for n in range(_SHINGLE)), strict=False)
    return frozenset(map(hash, runs))


@dataclass(slots=True)
class SiteLines:
    """Which lines the pages of a site have, and under which titles."""

    _titles: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """By hash of the line, the first different ones."""

    def add(self, title: str, text: str) -> None:
        """Remember the lines of a page; versions of one page have one title."""
        for line in set(map(hash, text.splitlines())):
            known = self._titles.get(line, ())
            is_new = title not in known and len(known) < _MAX_TITLES
            if is_new and (known or len(self._titles) < _MAX_LINES):
                self._titles[line] = (*known, title)

    def is_template(self, line: str, titles: Iterable[str]) -> bool:
        """Whether pages with other titles than these have the line, too."""
        return not set(self._titles.get(hash(line), ())).issubset(titles)


def own_shingles(text: str, is_template: Callable[[str], bool]) -> frozenset[int]:
    """The shingles of a text without the lines that are part of a template."""
    found: set[int] = set()
    words: list[str] = []
    for line in text.splitlines():
        if is_template(line):
            found |= _of_words(words)
            words = []
        else:
            words += _WORD.findall(line.casefold())
    return frozenset(found | _of_words(words))


def containment(remembered: frozenset[int], page: frozenset[int]) -> float | None:
    """The share of remembered shingles that a page has, 0 to 1; None when there are too few of them."""
    if len(remembered) < MIN_SHINGLES:
        return None
    return len(remembered & page) / len(remembered)
