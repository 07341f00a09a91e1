"""Pure: the URLs that a run asks, and those that it does not."""

from dataclasses import dataclass
from enum import StrEnum

from crawler.model.listing import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server sent with a page for asking whether it changed (RFC 9110 §8.8)."""

    etag: str | None = None
    last_modified: str | None = None
    settings_digest: str | None = None
    """Of the run that received them; None during that run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One URL to ask, for all resources that list it."""

    url: str
    """Normal form of the URL, with its fragment; the cell's text if that is no URL."""
    resources: tuple[Resource, ...]
    validators: Validators | None = None
    urgency: int = 0
    """How long it has waited, compared with others: what is more urgent is asked first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The targets of one host; at most `per_host` of them are asked at once."""

    host: str
    """Host key: lower-case host name or address, with `:port` if that is not the scheme's default."""
    targets: tuple[Target, ...]


class NotAskedReason(StrEnum):
    """Why no request was sent for a target."""

    INVALID_URL = "invalid_url"
    UNSUPPORTED_SCHEME = "unsupported_scheme"
    EXCLUDED = "excluded"
    ROBOTS_DISALLOWED = "robots_disallowed"
    ROBOTS_UNAVAILABLE = "robots_unavailable"
    OUT_OF_BUDGET = "out_of_budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAsked:
    """No request was sent, or no further one, on purpose."""

    reason: NotAskedReason
    target_uri: str = ""
    """What was not asked: the target itself, or a later hop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run asks, and what it does not."""

    lanes: tuple[Lane, ...]
    """Largest backlog first."""
    not_asked: tuple[tuple[Target, NotAsked], ...] = ()
