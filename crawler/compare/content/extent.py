"""Pure: whether a page was edited, rewritten, or replaced."""

from collections.abc import Iterable

from crawler.compare.content.differences import Difference
from crawler.compare.content.regions import Edit
from crawler.fingerprint import likeness, words
from crawler.model import ContentChange, PageText

_MUCH = 0.4
"""Share of a text's words that must be new or gone before it is worth comparing whole texts."""
_REWRITTEN = 0.35
"""Likeness of two texts below which the page is another one under the same name."""
_REPLACED = 0.05
"""Likeness below which nothing is left."""
_FEW_WORDS = 120
"""In a shorter text, one line makes much of the whole."""


def extent(
    before: PageText, now: PageText, differing: Difference, edits: Iterable[Edit]
) -> ContentChange:
    """How far the text of a page changed, when these edits are its news."""
    changed = sum(edit.words for edit in edits)
    total = sum(len(line.split()) for line in differing.now)
    if changed < _MUCH * total:
        return ContentChange.EDITED
    alike = likeness(before.text, now.text)
    same_title = not before.title or not now.title or words(before.title) & words(now.title)
    if alike < _REPLACED and not same_title:
        return ContentChange.REPLACED
    if alike < _REWRITTEN and (total >= _FEW_WORDS or before.title != now.title):
        return ContentChange.REWRITTEN
    return ContentChange.EDITED
