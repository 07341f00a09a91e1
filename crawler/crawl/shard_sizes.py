"""Pure: shards of a few minutes for a cluster: how long hosts take, and who goes with whom."""

from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from crawler import urls
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
"""From a request to its answer, its robots.txt and retries included, where a host is not known."""
QUICKEST_SECONDS = 0.05
"""However quick a host is: what is read has to be judged, too."""


@dataclass(frozen=True, slots=True)
class _Domain:
    """All lanes of a registrable domain."""

    lanes: tuple[Lane, ...]
    seconds: float
    """Of the lane that takes longest, when nothing else is asked."""
    work: float
    """Seconds of requests, one after the other."""
    urgency: int


def usual_seconds(
    lanes: Sequence[Lane], latest: Iterable[tuple[str, float]], settings: Settings
) -> Sequence[float]:
    """Of each lane, the seconds that its host takes for a target, with its share of robots.txt.

    `latest` has listed URLs, with the seconds that all attempts of the latest look took. Of a host
    it is the mean, not the median: a shard has to wait for the slow ones, too.
    """
    numbers = {lane.host: number for number, lane in enumerate(lanes)}
    sums, counts = array("d", bytes(8 * len(lanes))), array("Q", bytes(8 * len(lanes)))
    longest = settings.fetch.attempts * settings.fetch.total_timeout
    for url, seconds in latest:
        number = None
        with suppress(ValueError):  # the list may have a mistyped URL in its place since
            number = numbers.get(urls.host_key(url))
        if number is not None:
            sums[number] += min(max(seconds, QUICKEST_SECONDS), longest)
            counts[number] += 1
    return array(
        "d",
        (
            total / count * (1 + 1 / len(lane.targets)) if count else RESPONSE_SECONDS
            for lane, total, count in zip(lanes, sums, counts, strict=True)
        ),
    )


def lane_seconds(lane: Lane, each: float, settings: Settings) -> float:
    """How long the lane takes by the pace of its host, with `each` seconds for a target."""
    own, fetch = settings.host(lane.host), settings.fetch
    delay = fetch.host_delay if own.host_delay is None else own.host_delay
    return len(lane.targets) * max(delay, each / (own.per_host or fetch.per_host))


def in_shards(
    lanes: Sequence[Lane], latest: Iterable[tuple[str, float]], settings: Settings, slots: int
) -> tuple[tuple[Lane, ...], ...]:
    """The lanes in shards of whole registrable domains: urgent ones first, then those that take longest.

    A domain that takes longer than a shard should is beside others that do. `latest` is as for
    `usual_seconds`. `slots` are those of the cluster, which share `concurrency`.
    """
    domains = sorted(
        _domains(lanes, usual_seconds(lanes, latest, settings), settings),
        key=lambda one: (-one.urgency, -one.seconds, -one.work),
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


def _domains(
    lanes: Sequence[Lane], each: Sequence[float], settings: Settings
) -> Sequence[_Domain]:
    found: dict[str, list[tuple[Lane, float]]] = {}
    for lane, seconds in zip(lanes, each, strict=True):
        found.setdefault(domain_of(lane), []).append((lane, seconds))
    return [
        _Domain(
            lanes=tuple(lane for lane, _ in own),
            seconds=max(lane_seconds(lane, seconds, settings) for lane, seconds in own),
            work=sum(len(lane.targets) * seconds for lane, seconds in own),
            urgency=max(lane.targets[0].urgency for lane, _ in own),
        )
        for own in found.values()
    ]
