"""Pure: how hosts answer probes: other URLs of theirs, requested to judge a listed page."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ProbeKind(StrEnum):
    """What a probe asks for."""

    SIBLING = "sibling"
    """A made-up URL beside the resource's: same folder and extension, or other query values."""
    HOME = "home"
    """The front page of the resource's site."""


class Landing(StrEnum):
    """Where a probe's redirects led; no URL, because its made-up name differs each time."""

    ITSELF = "itself"
    HOME = "home"
    """The front page of the site."""
    WITH_RESOURCE = "with_resource"
    """The final URL of the resource, which was redirected, too."""
    MISSING_PAGE = "missing_page"
    """A page for missing pages, by its path."""
    SIGN_IN = "sign_in"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What another URL of the resource's host answered, and how alike its page is to the resource's."""

    kind: ProbeKind
    status_code: int | None = None
    """Of the final response; None when there was none, or robots.txt forbids asking."""
    landing: Landing = Landing.ITSELF
    title: str = ""
    """Without the made-up name."""
    first_heading: str = ""
    word_count: int = 0
    likeness: float = 0.0
    """Of the main texts of the resource and the probe, 0 to 1, in steps of 0.05."""

    @property
    def succeeded(self) -> bool:
        """Whether there was a final response, and its status is 2xx."""
        return self.status_code is not None and 200 <= self.status_code < 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Probing:
    """The probes of one resource."""

    probes: tuple[Probe, ...] = ()
    alike: float = 0.0
    """Likeness of the two siblings to each other, 0 to 1, in steps of 0.05."""
    remembered: bool = False
    """Whether they are from an earlier night: then they may clear a page, but never condemn it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedProbe:
    """How a host answered made-up URLs of one kind in an earlier run."""

    kind: str
    """Origin, folder and extension of such URLs: `judge.probe_key`."""
    honest: bool
    """Whether all of them got 404 or 410."""
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeProfile:
    """What is remembered of a host's answers to made-up URLs; it may clear a page, never condemn it."""

    origin: str
    probes: tuple[RememberedProbe, ...] = ()
    """In the order of their kinds, one for each."""
