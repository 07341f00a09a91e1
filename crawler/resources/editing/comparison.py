"""Pure: two readings of a list, before and after an edit, and whether they differ only as intended."""

import re
from collections.abc import Callable, Iterable, Mapping, Set
from itertools import zip_longest
from typing import NamedTuple

from crawler.model import Resource, ResourceList
from crawler.resources.parsing import clean_text, repeated_urls
from crawler.text import DESCRIPTION_LENGTH, TITLE_LENGTH


class Intended(NamedTuple):
    """How a resource may differ."""

    urls: frozenset[str]
    """Its new URL, in the ways in which it is spelt at its places."""
    texts: tuple[tuple[str, str], ...]
    """What is written at its places, before and after; other texts may quote it."""


def difference(before: ResourceList, after: ResourceList, intended: Mapping[int, Intended]) -> str:
    """What differs that should not, in a sentence; empty for nothing. `intended` goes by index."""
    if len(before.resources) != len(after.resources):
        return (
            f"the list would have {len(after.resources):,} resources then, "
            f"instead of {len(before.resources):,}; edit it by hand"
        )
    swap = _swapping(pair for one in intended.values() for pair in one.texts)
    for index, (old, new) in enumerate(zip(before.resources, after.resources, strict=True)):
        urls = intended[index].urls if index in intended else {old.url}
        what = "URL" if new.url not in urls else _differing(old, new, swap)
        if what:
            return f"the {what} of line {old.line} would change too; edit the list by hand"
    return _around(before, after)


def difference_of_removal(
    before: ResourceList, after: ResourceList, gone: Set[int], links: int
) -> str:
    """What differs beside resources that are gone; empty for nothing.

    So many `links` of them are still there, in a section of a document whose links are left out.
    """
    kept = [one for n, one in enumerate(before.resources) if n not in gone]
    for old, new in zip_longest(kept, after.resources):
        if old is None or new is None or _identity(old) != _identity(new):
            line = (old or new).line
            return f"the resource on line {line} would change too; take the others out by hand"
    more = sum(dict(after.left_out).values()) - sum(dict(before.left_out).values())
    if more != links or len(after.notices) > len(before.notices):
        return "links that are left out would become others; take it out by hand"
    return ""


def _identity(one: Resource) -> tuple[object, ...]:
    """All but where it stands."""
    key = "" if one.has_url_key else one.key
    return key, one.url, one.number, one.title, one.category, one.description, one.file


def _around(before: ResourceList, after: ResourceList) -> str:
    """What differs in all that is not a resource; notices of URLs that repeat may come and go."""
    new = set(after.notices) - set(before.notices)
    odd = new.difference(repeated_urls(after.resources)) if new else new
    if odd:
        one = min(odd, key=lambda notice: (notice.file, notice.line))
        return f"then there would be something odd on line {one.line}: {one.text}"
    same = (before.left_out, before.columns, before.files, before.parts)
    if same != (after.left_out, after.columns, after.files, after.parts):
        return "links that are no resources would become some; edit the list by hand"
    return ""


_SAME: tuple[tuple[str, Callable[[Resource], object]], ...] = (
    ("number", lambda one: one.number),
    ("id", lambda one: "" if one.has_url_key else one.key),
    ("place", lambda one: (one.file, one.line, [(p.file, p.line) for p in one.places])),
)
_QUOTING: tuple[tuple[str, Callable[[Resource], str], int], ...] = (
    ("title", lambda one: one.title, TITLE_LENGTH),
    ("category", lambda one: one.category, TITLE_LENGTH),
    ("description", lambda one: one.description, DESCRIPTION_LENGTH),
)
"""Texts in which a URL of the list may stand."""


def _swapping(texts: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    """Puts the new texts in the place of the old ones; one of these may begin like another."""
    new_of = {old: new for old, new in texts if old}
    if not new_of:
        return str
    longest_first = sorted(new_of, key=len, reverse=True)
    any_old = re.compile("|".join(map(re.escape, longest_first)))
    return lambda text: any_old.sub(lambda found: new_of[found[0]], text)


def _differing(old: Resource, new: Resource, swap: Callable[[str], str]) -> str:
    for name, read in _SAME:
        if read(old) != read(new):
            return name
    for name, text, length in _QUOTING:
        if text(old) == text(new) or _shows_url(name, old, new):
            continue
        if clean_text(swap(text(old)), length) != text(new):
            return name
    return ""


def _shows_url(name: str, old: Resource, new: Resource) -> bool:
    """Whether a link's text is its URL before or after: as long as it is, it is no title."""
    titled, other = (new, old) if new.title else (old, new)
    shown = (other.url, other.url.partition("://")[2])
    return name == "title" and not other.title and titled.title in shown
