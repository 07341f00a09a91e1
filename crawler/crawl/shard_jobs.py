"""Pure: how a crawl is split into shards, and what each of them is given and returns."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import urls
from crawler.config import FetchSettings, Settings
from crawler.fetch import Resolver
from crawler.model import Lane, Plan, ProbeProfile, Target
from crawler.robots import RobotsFile

HOSTS_PER_PROCESS = 500
"""With fewer hosts, another process gains less time than its start costs: 0.5 s, and 60 MB."""
SLOTS_PER_PROCESS = 64
"""Requests at once that one process keeps up with on half a core: some 130 pages a second."""


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
    resolver: Resolver | None = None
    done: frozenset[str] = frozenset()
    """Keys of the targets that need no first look any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardResult:
    """What a shard has learned about its hosts; its checks were sent as messages."""

    robots_files: tuple[RobotsFile, ...] = ()
    profiles: tuple[ProbeProfile, ...] = ()


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


def process_count(plan: Plan, settings: FetchSettings, cores: int) -> int:
    """How many processes to use for the plan; 1 means that no other process is started."""
    worthwhile = min(
        cores, len(plan.lanes) // HOSTS_PER_PROCESS, settings.concurrency // SLOTS_PER_PROCESS
    )
    count = settings.processes or worthwhile
    return max(1, min(count, len(set(map(_domain, plan.lanes)))) if count > 1 else 1)


def split_job(job: ShardJob, count: int) -> tuple[ShardJob, ...]:
    """The job of a whole crawl, split into `count` jobs that share its `concurrency`.

    What is known of a host goes to the shard that has the host in its list. Redirects may lead to
    a host that nobody lists: what is known of it goes to all shards.
    """
    if count == 1:
        return (job,)
    parts = split_lanes(job.lanes, count)
    shard_of = {_domain(lane): index for index, part in enumerate(parts) for lane in part}

    def part_of_job(index: int, lanes: tuple[Lane, ...]) -> ShardJob:
        def concerns(origin: str) -> bool:
            domain = urls.registrable_domain(urls.host(origin))
            return shard_of.get(domain, index) == index

        return replace(
            job,
            lanes=lanes,
            settings=_with_share(job.settings, index, count),
            robots_files={o: file for o, file in job.robots_files.items() if concerns(o)},
            profiles={o: profile for o, profile in job.profiles.items() if concerns(o)},
        )

    return tuple(part_of_job(index, part) for index, part in enumerate(parts))


def split_lanes(lanes: Collection[Lane], count: int) -> tuple[tuple[Lane, ...], ...]:
    """The lanes in `count` parts with about as many targets each; registrable domains stay whole."""
    targets_in: dict[str, int] = {}
    for lane in lanes:
        domain = _domain(lane)
        targets_in[domain] = targets_in.get(domain, 0) + len(lane.targets)
    sizes, part_of = [0] * count, dict[str, int]()
    for domain in sorted(targets_in, key=targets_in.__getitem__, reverse=True):
        part_of[domain] = smallest = sizes.index(min(sizes))
        sizes[smallest] += targets_in[domain]
    parts: list[list[Lane]] = [[] for _ in range(count)]
    for lane in lanes:
        parts[part_of[_domain(lane)]].append(lane)
    return tuple(map(tuple, parts))


def _with_share(settings: Settings, index: int, count: int) -> Settings:
    """The settings with the part of `concurrency` that one of `count` shards has, at least 1."""
    share, rest = divmod(settings.fetch.concurrency, count)
    concurrency = max(1, share + (index < rest))
    return replace(settings, fetch=replace(settings.fetch, concurrency=concurrency))


def _domain(lane: Lane) -> str:
    return urls.registrable_domain(urls.host(lane.targets[0].url))


def _backlog(lane: Lane) -> int:
    return len(lane.targets)
