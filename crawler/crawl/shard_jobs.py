"""Pure: how a crawl is split into shards, and what each of them is given and returns."""

import pickle
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, Generic, Self, TypeVar

from crawler import urls
from crawler.config import FetchSettings, Settings
from crawler.crawl.collapse import sites_with_several_pages
from crawler.crawl.prober import LearnedProbes
from crawler.fetch import Resolver
from crawler.model import Lane, ProbeProfile, Resource, Target, Validators
from crawler.robots import RobotsFile

_Known = TypeVar("_Known")

_PIECE = 1_000
"""Lanes that are pickled together."""

HOSTS_PER_PROCESS = 500
"""With fewer hosts, another process gains less time than its start costs: 0.5 s, and 60 MB."""
SLOTS_PER_PROCESS = 64
"""Requests at once that one process keeps up with on half a core: some 130 pages a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardMemory:
    """What the first look at some targets has found, and the second one goes by; it pickles."""

    delays: Mapping[str, float] = field(default_factory=dict)
    """By host, the seconds between requests where they are more than the settings say."""
    probes: LearnedProbes = field(default_factory=LearnedProbes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardJob:
    """The targets of a shard, and all that it needs to look at them; it pickles."""

    lanes: tuple[Lane, ...]
    settings: Settings
    """With the shard's part of `concurrency`."""
    version: str
    now: datetime
    monotonic_now: float
    """The same moment on the machine's monotonic clock, in seconds."""
    deadline: float
    """On the monotonic clock."""
    robots_files: Mapping[str, RobotsFile]
    """By origin."""
    profiles: Mapping[str, ProbeProfile]
    """By origin."""
    tokens: tuple[str, str]
    """Names that no page has."""
    sites: frozenset[str] = frozenset()
    """Those with more than one target, whose texts are compared."""
    resolver: Resolver | None = None
    look: int = 1
    """1 for the first look at the targets, 2 for the second one."""
    done: frozenset[str] = frozenset()
    """Keys of the targets that need this look no more."""
    memory: ShardMemory = field(default_factory=ShardMemory)
    """Of the first look, for the second one."""

    def __reduce__(self) -> tuple[Callable[..., "ShardJob"], tuple[dict[str, Any], list[bytes]]]:
        """Lanes in pieces: until it is done, `pickle` remembers what it wrote, in 4 to 9 times its size."""
        rest = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "lanes"}
        starts = range(0, len(self.lanes), _PIECE)
        return _job_of, (rest, [pickle.dumps(self.lanes[n : n + _PIECE]) for n in starts])

    def later(self, monotonic_now: float) -> Self:
        """The job at a later time of the same monotonic clock."""
        now = self.now + timedelta(seconds=monotonic_now - self.monotonic_now)
        return replace(self, now=now, monotonic_now=monotonic_now)

    def elsewhere(self, monotonic_now: float) -> Self:
        """The job on another machine, at the same time by its monotonic clock."""
        left = self.deadline - self.monotonic_now
        return replace(self, monotonic_now=monotonic_now, deadline=monotonic_now + left)


def _job_of(rest: Mapping[str, Any], pieces: Iterable[bytes]) -> ShardJob:
    lanes = chain.from_iterable(map(pickle.loads, pieces))
    return ShardJob(lanes=tuple(lanes), **rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardResult:
    """What a shard has learned about its hosts; its checks and robots.txt files were sent as messages."""

    profiles: tuple[ProbeProfile, ...] = ()
    memory: ShardMemory = field(default_factory=ShardMemory)


def key_of(target: Target) -> str:
    """What identifies a target: the key of its first resource."""
    return target.resources[0].key


def targets_of(lanes: Iterable[Lane]) -> Iterable[Target]:
    """The targets of all lanes, in order."""
    return (target for lane in lanes for target in lane.targets)


def select(lanes: Iterable[Lane], is_wanted: Callable[[Target], bool]) -> tuple[Lane, ...]:
    """The lanes with the wanted targets only, largest backlog first; without empty lanes."""
    selected = (replace(lane, targets=tuple(filter(is_wanted, lane.targets))) for lane in lanes)
    return tuple(sorted(filter(_backlog, selected), key=_backlog, reverse=True))


def process_count(lanes: Sequence[Lane], settings: FetchSettings, cores: int) -> int:
    """How many processes to use for these lanes; 1 means that no other process is started."""
    worthwhile = min(
        cores, len(lanes) // HOSTS_PER_PROCESS, settings.concurrency // SLOTS_PER_PROCESS
    )
    count = settings.processes or worthwhile
    return max(1, min(count, len(set(map(domain_of, lanes)))) if count > 1 else 1)


class JobMaker:
    """Makes the jobs of the shards of a crawl, each when it is wanted.

    What is known of a host goes to the shard that has the host in its list. Redirects may lead to
    a host that nobody lists: what is known of it goes to all shards.
    """

    def __init__(self, whole: ShardJob, parts: Sequence[tuple[Lane, ...]]) -> None:
        """`whole` is the job of the whole crawl, and `parts` are its lanes, by shard."""
        self.parts = parts
        self._whole = whole
        # A single shard of this machine reads what it wants to know from the database.
        self._is_whole = len(parts) == 1 and not whole.settings.crawl.cluster
        if not self._is_whole:
            lanes = [lane for part in parts for lane in part]
            self._files = _KnownHosts(whole.robots_files, lanes)
            self._profiles = _KnownHosts(whole.profiles, lanes)

    def first(self, index: int, share: int) -> ShardJob:
        """The job of the shard for its first look, with so many requests at once."""
        lanes, whole = self.parts[index], self._whole
        job = replace(
            whole,
            lanes=lanes,
            settings=with_concurrency(whole.settings, share),
            sites=sites_with_several_pages(lanes),
        )
        if self._is_whole:
            return job
        return replace(job, robots_files=self._files.of(lanes), profiles=self._profiles.of(lanes))

    def second(self, index: int, chosen: Set[str], memory: ShardMemory, share: int) -> ShardJob:
        """The job for the second look at the chosen targets, with the `memory` of the first one."""
        job = self.first(index, share)
        lanes = select(job.lanes, lambda target: key_of(target) in chosen)
        return replace(job, look=2, lanes=lanes, memory=memory)


def split_lanes(lanes: Collection[Lane], count: int) -> tuple[tuple[Lane, ...], ...]:
    """The lanes in `count` parts with about as many targets each; registrable domains stay whole."""
    if count == 1:
        return (tuple(lanes),)
    targets_in: dict[str, int] = {}
    for lane in lanes:
        domain = domain_of(lane)
        targets_in[domain] = targets_in.get(domain, 0) + len(lane.targets)
    sizes, part_of = [0] * count, dict[str, int]()
    for domain in sorted(targets_in, key=targets_in.__getitem__, reverse=True):
        part_of[domain] = smallest = sizes.index(min(sizes))
        sizes[smallest] += targets_in[domain]
    parts: list[list[Lane]] = [[] for _ in range(count)]
    for lane in lanes:
        parts[part_of[domain_of(lane)]].append(lane)
    return tuple(map(tuple, parts))


def share_of(settings: FetchSettings, index: int, count: int) -> int:
    """The part of `concurrency` that one of `count` shards has, at least 1."""
    share, rest = divmod(settings.concurrency, count)
    return max(1, share + (index % count < rest))


def with_concurrency(settings: Settings, concurrency: int) -> Settings:
    """The settings with so many requests at once."""
    return replace(settings, fetch=replace(settings.fetch, concurrency=concurrency))


class _KnownHosts(Generic[_Known]):
    """What is known of hosts, by origin, read for one shard after the other."""

    def __init__(self, known: Mapping[str, _Known], lanes: Collection[Lane]) -> None:
        self._known = known
        self._beside: dict[str, list[str]] = {}
        """The origins of hosts that are not listed, by domain; those of a domain that is not, under ""."""
        hosts, domains = {lane.host for lane in lanes}, set(map(domain_of, lanes))
        for origin in known:
            if urls.host_key(origin) not in hosts:
                domain = urls.registrable_domain(urls.host(origin))
                self._beside.setdefault(domain if domain in domains else "", []).append(origin)

    def of(self, lanes: Iterable[Lane]) -> dict[str, _Known]:
        """What is known of the hosts of these domains, and of those that nobody lists."""
        listed = (f"{scheme}://{lane.host}" for lane in lanes for scheme in ("http", "https"))
        domains = ("", *dict.fromkeys(map(domain_of, lanes)))
        beside = (origin for domain in domains for origin in self._beside.get(domain, ()))
        found = ((origin, self._known.get(origin)) for origin in chain(listed, beside))
        return {origin: known for origin, known in found if known is not None}


def with_validators(
    lanes: Iterable[Lane], validators: Callable[[Resource], Validators | None]
) -> tuple[Lane, ...]:
    """The lanes, whose targets have the validators of the first resource of each."""

    def of(target: Target) -> Target:
        known = validators(target.resources[0])
        return replace(target, validators=known) if known else target

    return tuple(replace(lane, targets=tuple(map(of, lane.targets))) for lane in lanes)


def domain_of(lane: Lane) -> str:
    """The registrable domain of the lane."""
    return urls.registrable_domain(urls.host(lane.targets[0].url))


def _backlog(lane: Lane) -> int:
    return len(lane.targets)
