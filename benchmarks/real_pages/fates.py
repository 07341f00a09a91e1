"""Pure: what becomes of listed pages, and which verdicts are right on which night."""

from collections.abc import Mapping
from enum import StrEnum

from crawler.model import Verdict

NIGHTS = (1, 2, 3, 4)
QUIET_NIGHT = 2
"""On it, nothing happens but noise; what was rotten before is confirmed."""


class Hope(StrEnum):
    """What a maintainer would want to read of a listed page on one night."""

    LIVES = "lives"
    MOVED = "moved"
    GONE = "gone"
    FAILS = "fails"


RIGHT: Mapping[Hope, frozenset[Verdict]] = {
    Hope.LIVES: frozenset({Verdict.OK, Verdict.MOVED}),
    Hope.MOVED: frozenset({Verdict.MOVED}),
    Hope.GONE: frozenset({Verdict.DEAD, Verdict.SUSPECT}),
    # A robots.txt that cannot be had for status 503 forbids to ask for the page.
    Hope.FAILS: frozenset({Verdict.FAILING, Verdict.SKIPPED}),
}
"""The verdicts that are right."""


class Fate(StrEnum):
    """What becomes of a listed page."""

    LIVING = "living"
    NOISY = "noisy"
    """It lives, and a line of it is different each night."""
    NEGOTIATED = "negotiated"
    """It lives, at a URL without extension that the server negotiates a language for."""
    APP = "app"
    """It lives, drawn by the script of a page that is at every path of its host."""
    ROTTEN = "rotten"
    """The page is gone from the start; its host is as ever."""
    DYING = "dying"
    """It is gone from the third night on."""
    MOVED = "moved"
    MOVING = "moving"
    """It has moved from the third night on."""
    SITE_MOVED = "site_moved"
    """All of its site has moved to another host."""
    TAKEN = "taken"
    """Another page is at every URL of the host from the start."""
    HIJACKED = "hijacked"
    """Another page is there on the fourth night."""
    UNAVAILABLE = "unavailable"
    """Status 503 on the third night, and only then."""
    HANGING = "hanging"
    """No answer on the third night, and only then."""


_LIVES, _MOVED, _GONE, _FAILS = Hope.LIVES, Hope.MOVED, Hope.GONE, Hope.FAILS
_HOPES: Mapping[Fate, tuple[Hope, Hope, Hope, Hope]] = {
    Fate.LIVING: (_LIVES, _LIVES, _LIVES, _LIVES),
    Fate.NOISY: (_LIVES, _LIVES, _LIVES, _LIVES),
    Fate.NEGOTIATED: (_LIVES, _LIVES, _LIVES, _LIVES),
    Fate.APP: (_LIVES, _LIVES, _LIVES, _LIVES),
    Fate.ROTTEN: (_GONE, _GONE, _GONE, _GONE),
    Fate.DYING: (_LIVES, _LIVES, _GONE, _GONE),
    Fate.MOVED: (_MOVED, _MOVED, _MOVED, _MOVED),
    Fate.MOVING: (_LIVES, _LIVES, _MOVED, _MOVED),
    Fate.SITE_MOVED: (_MOVED, _MOVED, _MOVED, _MOVED),
    Fate.TAKEN: (_GONE, _GONE, _GONE, _GONE),
    Fate.HIJACKED: (_LIVES, _LIVES, _LIVES, _GONE),
    Fate.UNAVAILABLE: (_LIVES, _LIVES, _FAILS, _LIVES),
    Fate.HANGING: (_LIVES, _LIVES, _FAILS, _LIVES),
}

STAYS = frozenset({Fate.LIVING, Fate.NOISY, Fate.NEGOTIATED, Fate.APP})
"""Nothing ever happens to these pages."""
ROTS = frozenset({Fate.ROTTEN, Fate.DYING, Fate.TAKEN})
"""These pages are gone on the last night, without having been hijacked after good nights."""


def hope(fate: Fate, night: int) -> Hope:
    """What is true of a page on a night.

    >>> hope(Fate.DYING, 2), hope(Fate.DYING, 3)
    (<Hope.LIVES: 'lives'>, <Hope.GONE: 'gone'>)
    """
    return _HOPES[fate][night - 1]


def is_right(fate: Fate, night: int, verdict: Verdict) -> bool:
    """Whether a verdict is right; a page that lives may be called moved."""
    return verdict in RIGHT[hope(fate, night)]
