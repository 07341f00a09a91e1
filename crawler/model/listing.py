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
    """Something about the list that a person should know, and that stops nothing."""

    line: int
    text: str
    """One sentence without the row's content (it may hold a password)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceList:
    """The list as read: its resources in file order, and what is odd about it."""

    resources: tuple[Resource, ...]
    notices: tuple[Notice, ...] = ()
    digest: str = ""
    """SHA-256 of the file's bytes, hexadecimal."""


# --- the plan -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave with a page, so that it can be asked whether it changed (RFC 9110 §8.8)."""

    etag: str | None = None
    last_modified: str | None = None
    settings_digest: str | None = None
    """Of the run that they were got in; None while that run goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One URL to ask, on behalf of every resource that lists it."""

    url: str
    """Normal form of the URL, with its fragment; the cell's text when that is not one."""
    resources: tuple[Resource, ...]
    validators: Validators | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The targets of one host, asked one after the other (or `per_host` at a time)."""

    host: str
    """Host key: lower-case host name or address, with `:port` when it is not the scheme's own."""
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
    """No (further) request was sent, on purpose."""

    reason: NotAskedReason
    target_uri: str = ""
    """What was not asked: the target itself, or a later hop of its redirects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run asks, and what it leaves out without asking."""

    lanes: tuple[Lane, ...]
    """Largest backlog first."""
    not_asked: tuple[tuple[Target, NotAsked], ...] = ()
