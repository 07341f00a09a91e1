"""Pure: shards of a few minutes for a cluster: how long hosts take, and who goes with whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.config import Settings
from crawler.crawl.shard_jobs import domain_of
from crawler.model import Lane

SHARD_SECONDS = 180.0
"""How long a shard should take: its start costs a second, and its loss up to this."""
SHORTEST_SECONDS = 10.0
"""For a list that would be over sooner; shorter ones would be all starts and ends."""
SHARDS_PER_SLOT = 4
"""So that no slot is idle for long while another one has its last shard."""
RESPONSE_SECONDS = 0.5
"""From a request to its answer, its robots.txt and retries included; assumed for all hosts."""


@dataclass(frozen=True, slots=True)
class _Domain:
    """All lanes of a registrable domain."""

    lanes: tuple[Lane, ...]
    seconds: float
    """Of the lane that takes longest, when nothing else is asked."""
    urgency: int

    @property
    def work(self) -> float:
        """Seconds of requests, one after the other."""
        return RESPONSE_SECONDS * sum(len(lane.targets) for lane in self.lanes)


def lane_seconds(lane: Lane, settings: Settings) -> float:
    """How long the lane takes by the pace of its host."""
    own, fetch = settings.host(lane.host), settings.fetch
    delay = fetch.host_delay if own.host_delay is None else own.host_delay
    return len(lane.targets) * max(delay, RESPONSE_SECONDS / (own.per_host or fetch.per_host))


def packed(lanes: Iterable[Lane], settings: Settings, slots: int) -> tuple[tuple[Lane, ...], ...]:
    """The lanes in shards of whole registrable domains: urgent ones first, then those that take longest.

    A domain that takes longer than a shard should is beside others that do. `slots` are those of the
    cluster, which share `concurrency`.
    """
    domains = sorted(
        _domains(lanes, settings), key=lambda one: (-one.urgency, -one.seconds, -one.work)
    )
    at_once = max(settings.fetch.concurrency // slots, 1)
    whole = sum(one.work for one in domains) / at_once
    seconds = min(max(whole / (slots * SHARDS_PER_SLOT), SHORTEST_SECONDS), SHARD_SECONDS)
    parts: list[list[Lane]] = []
    room = 0.0
    for one in domains:
        if room <= 0:
            parts.append([])
            room = seconds * at_once
        parts[-1] += one.lanes
        room -= one.work
    return tuple(map(tuple, parts))


def _domains(lanes: Iterable[Lane], settings: Settings) -> Sequence[_Domain]:
    found: dict[str, list[Lane]] = {}
    for lane in lanes:
        found.setdefault(domain_of(lane), []).append(lane)
    return [
        _Domain(
            lanes=tuple(own),
            seconds=max(lane_seconds(lane, settings) for lane in own),
            urgency=max(lane.targets[0].urgency for lane in own),
        )
        for own in found.values()
    ]
