"""Pure: which column of a list holds what, by the words of its header."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from crawler.text import clean

EXAMPLE = "number,category,title,url"

ROW_NUMBER = "row number"
"""The name of a column that counts the rows, for people: each insertion changes it, so it identifies
no row, as a number or id does."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "url": (
        "url",
        "link",
        "href",
        "address",
        "uri",
        "hyperlink",
        "web address",
        "web page",
        "webpage",
        "web site",
        "website",
        "homepage",
        "page url",
        "link url",
        "site url",
        "website url",
        "resource url",
        "urls",
        "links",
    ),
    "number": ("number",),
    "id": ("id",),
    ROW_NUMBER: ("no", "nr", "num", "#", "n°", "№"),
    "title": (
        "title",
        "name",
        "label",
        "text",
        "caption",
        "link text",
        "link title",
        "link name",
        "page title",
        "site name",
        "resource name",
    ),
    "category": ("category", "group", "section", "topic", "subject", "theme", "chapter"),
}
"""The columns that are read, each with what a header may call it; our own word comes first."""
_WORDS = {word for words in _NAMES.values() for word in words}
_SHOWN_LENGTH = 40
_NUMBER = re.compile(r"[0-9]{1,18}")
"""Fits the 64 bits of a database column."""


class Unclear(Exception):  # noqa: N818  (the caller makes it an error, with file and line)
    """A header that does not say which column holds what; the text says what to do."""


def places(titles: Sequence[str]) -> dict[str, int]:
    """Where the columns that are read are, by our name for them.

    Raises:
        Unclear: no column holds the URL, two may, or two have the same name.
    """
    words = [plain(title) for title in titles]
    for name in _NAMES:
        if words.count(name) > 1:
            raise Unclear(f"two columns are called {name}; rename one of them")
    _check_urls(titles, words)
    found = {name: _place(words, known) for name, known in _NAMES.items()}
    if found["number"] is not None:
        found[ROW_NUMBER] = None
    return {name: place for name, place in found.items() if place is not None}


def recognised(titles: Sequence[str]) -> tuple[bool, int]:
    """Whether a column may hold the URL, and how many columns have a name that is known."""
    words = [plain(title) for title in titles]
    has_url = any(word in _NAMES["url"] for word in words)
    return has_url, sum(word in _WORDS for word in words)


def names(name: str) -> tuple[str, ...]:
    """What the column of that name may be called, in small letters; our own word comes first."""
    return _NAMES[name]


def our_name(name: str) -> str:
    """What a person calls the column of that name."""
    return "number" if name == ROW_NUMBER else name


def whole_number(text: str) -> int | None:
    """The number of a resource or row, from 0 up; None for any other text."""
    digits = text.strip()
    return int(digits) if _NUMBER.fullmatch(digits) else None


def shown(title: str) -> str:
    """The title of a column, for a person."""
    return clean(title, _SHOWN_LENGTH)


def _check_urls(titles: Sequence[str], words: Sequence[str]) -> None:
    if "url" in words:
        return
    fitting = [word for word in words if word in _NAMES["url"]]
    if not fitting:
        has_url = any("://" in title for title in titles)
        why = "this line has a URL and is no header; " if has_url else ""
        raise Unclear(
            f"{why}no column is called url, link or address; "
            f"the first line must be a header like {EXAMPLE}"
        )
    if len(fitting) > 1:
        raise Unclear(
            f"{' and '.join(fitting)} may each be the column of the URLs; call the right one url"
        )


def _place(words: Sequence[str], known: Sequence[str]) -> int | None:
    return next((words.index(word) for word in known if word in words), None)


@lru_cache(maxsize=1000)
def plain(title: str) -> str:
    """A title as names of columns are written here.

    >>> plain("Page_URL:")
    'page url'
    """
    plain = clean(title).lower().replace("_", " ").replace("-", " ")
    return " ".join(plain.split()).rstrip(":.* ")
