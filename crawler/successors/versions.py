"""Pure: versions in URLs, and which of several versions of a page to prefer."""

import re
from collections.abc import Iterable
from functools import lru_cache

from crawler import urls

_VERSION = re.compile(
    r"(?:v|release-|r)?\d+(?:[._-](?:\d+|x))*(?:[._-]?(?:a|b|rc|alpha|beta|dev|post)\d*)?"
    r"|v?latest|v?stable|current|dev(?:el)?|development|main|master|next|nightly|edge|trunk|head|canary",
    re.IGNORECASE,
)
_AT_END = re.compile(
    r"(?P<name>.*[a-z].*?)[-_.](?P<version>v\d+(?:[._-]\d+)*|\d+(?:\.\d+)+)(?P<ending>\.[a-z]{1,5})?",
    re.IGNORECASE,
)
"""At the end of a name. A plain number there is rather that of a chapter."""
_IN_QUERY = re.compile(r"(?:^|[&;])(?:v|ver|version|release)=([^&;]+)", re.IGNORECASE)
_LONGEST = 200
"""Characters of a name whose end is looked at."""
_LASTING = ("stable", "current", "latest")
"""Names for whatever version is the present one, the best first."""


@lru_cache(maxsize=4096)
def _is_version(name: str) -> bool:
    return _VERSION.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def _split(name: str) -> tuple[str, str]:
    """A name of a path without its version, and that; either may be empty."""
    if _is_version(name):
        return "", name.lower()
    found = _AT_END.fullmatch(name) if len(name) <= _LONGEST else None
    if found is None:
        return name, ""
    return found["name"] + (found["ending"] or ""), found["version"].lower()


def versions_in(url: str) -> tuple[str, ...]:
    """The versions in a URL, in lower case: names of its path, ends of them, and in its query.

    >>> versions_in("https://example.org/en/v2.1/guide-3.0.html?version=latest")
    ('v2.1', '3.0', 'latest')
    """
    named = (version for _, version in map(_split, _names(url)) if version)
    return (*named, *map(str.lower, _IN_QUERY.findall(_query(url))))


def without_versions(url: str) -> str:
    """What all versions of a page have in common: host and path without versions.

    >>> without_versions("https://example.org/en/v2.1/guide/a.html")
    'example.org/en/guide/a.html'
    """
    rest = [rest for rest, _ in map(_split, _names(url)) if rest]
    return "/".join((urls.host_key(url), *rest))


def at_versions(url: str, names: Iterable[str]) -> tuple[str, ...]:
    """The URL with other versions in place of its own, the present ones first; none if it has no version.

    >>> at_versions("https://example.org/en/v2.1/a", ["3.0", "latest"])
    ('https://example.org/en/latest/a', 'https://example.org/en/3.0/a')
    """
    own = versions_in(url)
    if len(own) != 1 or f"/{own[0]}/" not in url.lower():
        return ()
    others = sorted(set(names) - set(own), key=lambda name: (_lasting_rank((name,)), name))
    start, _, end = url.lower().partition(f"/{own[0]}/")
    return tuple(f"{url[: len(start)]}/{name}/{url[len(url) - len(end) :]}" for name in others)


def preferred(lost_url: str, versions: Iterable[str]) -> str:
    """Of URLs of several versions of a page, the one to list in place of the lost URL.

    That of its own version, else the one without a version, else the one for the present version, else
    the shortest.
    """
    own = versions_in(lost_url)

    def rank(url: str) -> tuple[bool, int, int, str]:
        found = versions_in(url)
        return (not own or found != own, _lasting_rank(found), len(url), url)

    return min(versions, key=rank)


def _lasting_rank(found: tuple[str, ...]) -> int:
    if not found:
        return 0
    ranks = [_LASTING.index(name) + 1 for name in found if name in _LASTING]
    return min(ranks, default=len(_LASTING) + 1)


def _query(url: str) -> str:
    return urls.without_fragment(url).partition("?")[2]


def _names(url: str) -> list[str]:
    return [name for name in urls.path(url).split("/") if name]
