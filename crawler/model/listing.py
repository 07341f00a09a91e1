"""Pure: the list, and what a run asks of it."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One row of the list."""

    key: str
    """Lasting identity: the row's number (or id), or the first URL it was seen with."""
    number: int | None = None
    title: str = ""
    url: str
    """The cell's text, trimmed and without userinfo, otherwise as written; may be no URL at all."""
    category: str = ""
    line: int = 0
    """Line of the file on which the row starts, from 1; 0 for a resource that left the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something odd in the list that a person should know; it stops nothing."""

    line: int
    text: str
    """One sentence; without the row's content, which may contain a password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceList:
    """The list as read: its resources in file order, and notices about it."""

    resources: tuple[Resource, ...]
    notices: tuple[Notice, ...] = ()
    digest: str = ""
    """SHA-256 of the file's bytes, hexadecimal."""


# --- the plan -----------------------------------------------------------------------------------


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

    uri: str
    """Normal form of the URL, with its fragment; the cell's text if that is no URL."""
    resources: tuple[Resource, ...]
    validators: Validators | None = None


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
