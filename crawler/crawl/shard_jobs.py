"""Pure: a crawl cut into shards: what each is given, and what it says; all of it values that pickle."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import urls
from crawler.config import FetchSettings, Settings
from crawler.fetch import Resolver
from crawler.model import Check, Lane, Plan, ProbeProfile, Record, Target
from crawler.robots import RobotsFile

HOSTS_EACH = 500
"""Hosts that a process of its own takes before it gains more than its start costs, 0.5 s and 60 MB."""
SLOTS_EACH = 64
"""Requests at once that one process keeps up with on half a core: some 130 pages a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardJob:
    """What a shard is to look at, and all that it needs for it."""

    lanes: tuple[Lane, ...]
    settings: Settings
    """With the shard's part of the requests that may be on the wire at once."""
    version: str
    now: datetime
    moment: float
    """The same on the machine's monotonic clock, in seconds."""
    deadline: float
    """On that clock."""
    robots_files: Mapping[str, RobotsFile]
    profiles: Mapping[str, ProbeProfile]
    tokens: tuple[str, str]
    """Names that no page has."""
    resolver: Resolver | None = None
    done: frozenset[str] = frozenset()
    """Targets, by key of their first resource, that had their first look already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardResult:
    """What a shard has learned of its hosts; its checks it has told one by one."""

    robots_files: tuple[RobotsFile, ...] = ()
    profiles: tuple[ProbeProfile, ...] = ()


# --- what a shard says while it goes on ---------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBegan:
    """The look at a target begins."""

    host: str
    resources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptEnded:
    """An attempt at a host, at a page or robots.txt, has ended."""

    host: str
    is_unreached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftSite:
    """The look at a target has ended at another site."""

    host: str
    elsewhere: str
    resources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LookEnded:
    """One look at a target has ended: its checks, one for each resource, and marks of their texts."""

    checks: tuple[Check, ...]
    text_marks: tuple[bytes | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An error of our own, which costs the one target that brought it to light its check."""

    target: Target
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostsAsked:
    """The hosts that a request is on the wire to."""

    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLooksEnded:
    """The first look at all targets has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsWanted:
    """What is known of these resources is wanted; `KnownRecords` is the answer."""

    keys: tuple[str, ...]


News = (
    LookBegan
    | AttemptEnded
    | LeftSite
    | LookEnded
    | Fault
    | HostsAsked
    | FirstLooksEnded
    | RecordsWanted
)


# --- what it is told ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecords:
    """What is known of resources that were asked about, of those of which anything is."""

    keys: tuple[str, ...]
    records: Mapping[str, Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLooks:
    """All first looks are over; these targets, by key of their first resource, get a second one."""

    keys: frozenset[str]


# --- the cut ------------------------------------------------------------------------------------


def processes(plan: Plan, settings: FetchSettings, cores: int) -> int:
    """How many processes the plan is worth, at least 1, which is none beside this one."""
    pay = min(cores, len(plan.lanes) // HOSTS_EACH, settings.concurrency // SLOTS_EACH)
    number = settings.processes or pay
    return max(1, min(number, len(set(map(_domain, plan.lanes)))) if number > 1 else 1)


def cut(lanes: Collection[Lane], number: int) -> tuple[tuple[Lane, ...], ...]:
    """The lanes in so many parts of whole registrable domains, about as large as each other."""
    domains: dict[str, int] = {}
    for lane in lanes:
        domain = _domain(lane)
        domains[domain] = domains.get(domain, 0) + len(lane.targets)
    sizes, part_of = [0] * number, dict[str, int]()
    for domain in sorted(domains, key=domains.__getitem__, reverse=True):
        part_of[domain] = smallest = sizes.index(min(sizes))
        sizes[smallest] += domains[domain]
    parts: list[list[Lane]] = [[] for _ in range(number)]
    for lane in lanes:
        parts[part_of[_domain(lane)]].append(lane)
    return tuple(map(tuple, parts))


def jobs(whole: ShardJob, number: int) -> tuple[ShardJob, ...]:
    """The job of a crawl, cut into so many; each with its part of what may be asked at once.

    What was learned of hosts before goes to where they are listed; of those that nobody lists, and
    redirects may lead to, to all.
    """
    if number == 1:
        return (whole,)
    parts = cut(whole.lanes, number)
    owners = {_domain(lane): n for n, part in enumerate(parts) for lane in part}
    return tuple(_part(whole, part, n, owners, number) for n, part in enumerate(parts))


def _part(
    whole: ShardJob, lanes: tuple[Lane, ...], n: int, owners: Mapping[str, int], number: int
) -> ShardJob:
    def concerns(origin: str) -> bool:
        return owners.get(urls.registrable_domain(urls.host(origin)), n) == n

    fetch = whole.settings.fetch
    share, rest = divmod(fetch.concurrency, number)
    concurrency = max(1, share + (n < rest))
    return replace(
        whole,
        lanes=lanes,
        settings=replace(whole.settings, fetch=replace(fetch, concurrency=concurrency)),
        robots_files={o: file for o, file in whole.robots_files.items() if concerns(o)},
        profiles={o: profile for o, profile in whole.profiles.items() if concerns(o)},
    )


def _domain(lane: Lane) -> str:
    return urls.registrable_domain(urls.host(lane.targets[0].url))
