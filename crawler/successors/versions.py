"""Pure: versions in the paths of URLs, and which of several versions of a page to prefer."""

import re
from collections.abc import Iterable
from functools import lru_cache

from crawler import urls

_VERSION = re.compile(
    r"(?:v|release-|r)?\d+(?:[._-](?:\d+|x))*(?:[._-]?(?:a|b|rc|alpha|beta|dev|post)\d*)?"
    r"|v?latest|v?stable|current|dev(?:el)?|development|main|master|next|nightly|edge|trunk|head|canary",
    re.IGNORECASE,
)
_LASTING = ("stable", "current", "latest")
"""Names for whatever version is the present one, the best first."""


@lru_cache(maxsize=4096)
def _is_version(name: str) -> bool:
    return _VERSION.fullmatch(name) is not None


def versions_in(url: str) -> tuple[str, ...]:
    """The names in the path that are versions, in lower case.

    >>> versions_in("https://example.org/en/v2.1/guide/latest")
    ('v2.1', 'latest')
    """
    return tuple(name.lower() for name in _names(url) if _is_version(name))


def without_versions(url: str) -> str:
    """What all versions of a page have in common: host and path without versions.

    >>> without_versions("https://example.org/en/v2.1/guide/a.html")
    'example.org/en/guide/a.html'
    """
    rest = [name for name in _names(url) if not _is_version(name)]
    return "/".join((urls.host_key(url), *rest))


def at_versions(url: str, names: Iterable[str]) -> tuple[str, ...]:
    """The URL with other versions in place of its own, the present ones first; none if it has no version.

    >>> at_versions("https://example.org/en/v2.1/a", ["3.0", "latest"])
    ('https://example.org/en/latest/a', 'https://example.org/en/3.0/a')
    """
    own = versions_in(url)
    if len(own) != 1:
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


def _names(url: str) -> list[str]:
    return [name for name in urls.path(url).split("/") if name]
