"""Pure: where a resource that is lost may have gone, and why that is believed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_PROPOSALS = 3
"""For one resource, the best ones."""


class CandidateSource(StrEnum):
    """Where a candidate for the new address of a resource was found."""

    LIVE_REDIRECT = "live_redirect"
    """The listed URL redirects there for good."""
    STORED_REDIRECT = "stored_redirect"
    """The listed URL redirected there for good before it was lost."""
    CANONICAL = "canonical"
    """The last good page named it as its canonical URL."""
    VARIANT = "variant"
    """The listed URL in another spelling: https, `www.`, a slash, a file extension."""
    PATTERN = "pattern"
    """Other resources of the host moved in the same way."""
    KNOWN_MOVE = "known_move"
    """The host is known to have moved as a whole."""
    SITEMAP = "sitemap"
    NAVIGATION = "navigation"
    """A page of the site links to it."""
    ARCHIVED_REDIRECT = "archived_redirect"
    """An archive has a capture of the redirect to it."""
    ARCHIVED_COPY = "archived_copy"
    """It is a copy in an archive."""


class Band(StrEnum):
    """How far a proposal can be trusted, the surest first."""

    SAFE = "safe"
    """May be applied without being looked at."""
    LIKELY = "likely"
    """May be applied after a look."""
    SHOWN = "shown"
    """Is only a hint, and never applied with others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why a candidate is believed to be the resource; all likenesses are from 0 to 1."""

    source: CandidateSource
    found_at: str = ""
    """URL of the sitemap, page or archive that named it; empty for the other sources."""
    neighbours: tuple[str, ...] = ()
    """URLs of resources that moved in the same way, for `PATTERN`."""
    title: float | None = None
    """Agreement of its title with the listed title or that of the last good page, the better one."""
    text: float | None = None
    """How much of the last good page's text it holds; None when no text is remembered."""
    slug: float = 0.0
    """Agreement of the words in both paths."""
    lead: float | None = None
    """By how much it is better than the next candidate; None when there was no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A new address for a resource; it was fetched, read and judged like one."""

    key: str
    """Of the resource."""
    resource_url: str
    """As listed when it was looked for; a proposal for another URL is out of date."""
    url: str
    band: Band
    score: float
    """From 0 to 1, for putting proposals in order; the band is decided by rules, not by it."""
    grounds: Grounds
    title: str = ""
    """Of the proposed page."""
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """When a new address was looked for, since the resource is lost."""

    resource_url: str
    """As listed at the time."""
    first_at: datetime
    last_at: datetime
    times: int
    """Searches that came to their end; one that was cut short is made again in the next run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A URL that was replaced in a file of the list, for a person who wanted it."""

    id: int = 0
    """Number in the database; 0 until it is stored."""
    key: str
    """Of the resource, by which it was known then."""
    file: str
    """That of its first place."""
    before: str
    after: str
    """Both as URLs."""
    texts: tuple[tuple[str, str], ...] = ()
    """For each of its places, in order, what stood there and what was written instead."""
    made_at: datetime
    undone_at: datetime | None = None
