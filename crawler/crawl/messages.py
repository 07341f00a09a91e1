"""Pure: what a shard and the coordinator tell each other; all of it values that pickle."""

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.model import Check, Record, Target
from crawler.robots import RobotsFile

# --- from a shard -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBegan:
    """A look at a target has begun."""

    host: str
    resources: int
    """How many resources list the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptEnded:
    """An attempt at a page or a robots.txt of the host has ended."""

    host: str
    is_unreached: bool
    """Whether it failed before any HTTP answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsAnswered:
    """A robots.txt was asked for, and answered."""

    file: RobotsFile


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftSite:
    """The redirects of a target of the host have led to another site."""

    host: str
    final_host: str
    resources: int
    """How many resources list the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookEnded:
    """A look at a target has ended, with a check for each resource that lists it."""

    checks: tuple[Check, ...]
    text_marks: tuple[bytes | None, ...]
    """For each check, `collapse.text_mark` of its page; None where texts are not compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An error of our own; the target gets no check in this run, and the others go on."""

    target: Target
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostsAsked:
    """The hosts that have a request on the wire now."""

    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoNetwork:
    """No worker of the cluster is left that reaches anybody; no failure of theirs was told."""

    hosts: int
    """Asked by the last of them."""
    unreached: int
    """Of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsWanted:
    """The shard, in a process of its own, asks for the records of these resources."""

    keys: tuple[str, ...]


News = (
    LookBegan
    | AttemptEnded
    | RobotsAnswered
    | LeftSite
    | LookEnded
    | Fault
    | HostsAsked
    | NoNetwork
)
"""What a shard tells the coordinator, wherever it runs."""


# --- to a shard in a process of its own ---------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecords:
    """The answer to `RecordsWanted`."""

    keys: tuple[str, ...]
    """All that were asked for."""
    records: Mapping[str, Record]
    """By key; a new resource has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcurrencyNow:
    """The shard's part of `fetch.concurrency` has changed, as a worker has come or gone."""

    requests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNow:
    """The shard is to end as at its deadline."""
