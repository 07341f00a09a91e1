"""IO: one shard of a crawl: a task for each lane, one limit for all of its requests."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

from crawler import guard, urls
from crawler.crawl.collapse import site, sites, text_mark
from crawler.crawl.gate import Gate
from crawler.crawl.jobs import (
    Asking,
    Attempted,
    Begun,
    Concluded,
    Fault,
    Landed,
    LookedAtAll,
    News,
    ShardJob,
    ShardResult,
)
from crawler.crawl.looks import Reading, looks_at
from crawler.crawl.probing import Prober
from crawler.crawl.turns import Turns
from crawler.errors import describe
from crawler.fetch import Fetcher, Lateness, Sleep, Transport
from crawler.fetch.lateness import TICK
from crawler.fetch.page_reader import PageReader
from crawler.model import Fetch, Lane, NotAsked, NotAskedReason, Record, Target, Verdict

LANES_EACH, FEWEST_LANES = 4, 256
"""Lanes under way, for each slot and at least: enough that those which wait for their host leave no
slot idle. Each takes 12 kB, from when it begins to wait for its first turn."""
TROUBLED = frozenset({Verdict.DEAD, Verdict.FAILING})
"""Verdicts that get a second look."""
ASKING_TICKS = round(0.4 / TICK)
"""Ticks after which it is told again who is asked."""
_LANE: ContextVar[str] = ContextVar("_LANE")
"""The host of the lane that a task works for, whatever hosts redirects lead it to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a shard is given by the process that it runs in."""

    tell: Callable[[News], None]
    again: Callable[[], Awaitable[frozenset[str]]]
    """Which targets, by key of their first resource, get a second look; asked after the first."""
    known: Callable[[Target], Awaitable[Mapping[str, Record]]]
    """What is known of a target's resources, by key."""
    clock: Callable[[], datetime]
    sleep: Sleep = asyncio.sleep
    """Waits between the attempts of a look."""


def ticking(job: ShardJob) -> Callable[[], datetime]:
    """The wall clock that a job brings with it, for a process that has none."""
    return lambda: job.now + timedelta(seconds=monotonic() - job.moment)


def key_of(target: Target) -> str:
    """What a target is known by."""
    return target.resources[0].key


def lanes_of(lanes: Iterable[Lane], wanted: Callable[[Target], bool]) -> tuple[Lane, ...]:
    """The lanes with only those targets, largest backlog first."""
    left = (replace(lane, targets=tuple(filter(wanted, lane.targets))) for lane in lanes)
    return tuple(sorted(filter(_backlog, left), key=_backlog, reverse=True))


class Shard:
    """Looks at the targets of a job, and tells what comes of it as it comes; `run` it once."""

    def __init__(self, job: ShardJob, means: Means) -> None:
        self._job = job
        self._means = means
        self._settings = job.settings
        self._backlog = Counter[str]()
        self._reader = PageReader(self._left)
        self._turns = Turns(job.settings, self._left, Lateness(), lambda: self._reader.waiting)
        self._turns.lateness.add_listener(self._tell_whom_we_ask)
        self._ticks = 0
        self._fetcher = Fetcher(
            job.settings,
            version=job.version,
            transport=Transport(job.settings, job.resolver),
            turns=self._turns,
            listen=self._heed,
            reader=self._reader,
        )
        self._gate = Gate(
            job.settings,
            self._fetcher,
            now=job.now,
            known=job.robots_files,
            slow_down=self._turns.slow_down,
        )
        self._prober = Prober(
            job.settings,
            partial(self._fetcher.probe, gate=self._gate),
            now=job.now,
            known=job.profiles,
        )
        self._sites = sites(job.lanes)
        """Where texts are to be compared."""
        self._open: set[str] = set()
        """Targets that may get a second look."""

    async def run(self) -> ShardResult:
        """What was learned until all was looked at, or the deadline came."""
        async with self._reader, self._fetcher:
            with self._turns.lateness.measured(), contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(self._job.deadline):
                    await self._looks()
        return ShardResult(
            robots_files=tuple(self._gate.fetched), profiles=self._prober.profiles()
        )

    async def _looks(self) -> None:
        lanes, done = self._job.lanes, self._job.done
        if done:
            lanes = lanes_of(lanes, lambda target: key_of(target) not in done)
        await self._pass(lanes, 1)
        self._means.tell(LookedAtAll())
        keys = await self._means.again()
        await self._pass(lanes_of(self._job.lanes, lambda target: key_of(target) in keys), 2)

    async def _pass(self, lanes: tuple[Lane, ...], number: int) -> None:
        self._backlog.update({lane.host: len(lane.targets) for lane in lanes})
        slots = self._settings.fetch.concurrency
        room = asyncio.Semaphore(max(LANES_EACH * slots, FEWEST_LANES))
        async with asyncio.TaskGroup() as group:
            for lane in lanes:
                await room.acquire()
                task = group.create_task(self._ask_lane(lane, number))
                task.add_done_callback(lambda _: room.release())

    async def _ask_lane(self, lane: Lane, number: int) -> None:
        _LANE.set(lane.host)
        per_host = self._settings.host(lane.host).per_host or self._settings.fetch.per_host
        permits = asyncio.Semaphore(per_host)
        async with asyncio.TaskGroup() as group:
            for target in lane.targets:
                await permits.acquire()
                group.create_task(self._look(target, lane.host, permits, number))
        if self._open.isdisjoint(map(key_of, lane.targets)):
            self._prober.forget(lane.host)

    async def _look(
        self, target: Target, host: str, permits: asyncio.Semaphore, number: int
    ) -> None:
        self._means.tell(Begun(host=host, resources=len(target.resources)))
        try:
            fetch = await self._fetch(target, permits)
            if not _is_unheard(fetch):
                await self._conclude(target, fetch, number)
        except Exception as error:  # noqa: BLE001  (one page must not cost the others their night)
            self._means.tell(Fault(target=target, error=describe(error)))
        self._backlog[host] -= 1

    async def _fetch(self, target: Target, permits: asyncio.Semaphore) -> Fetch:
        async def sleep(seconds: float) -> None:
            # While one target waits for its retry, the lane serves the next; so it does for probes.
            permits.release()
            await self._means.sleep(seconds)
            await permits.acquire()

        self._open.add(key_of(target))
        try:
            return await self._fetcher.fetch(target, gate=self._gate, sleep=sleep)
        finally:
            permits.release()

    async def _conclude(self, target: Target, fetch: Fetch, number: int) -> None:
        elsewhere = guard.foreign_host(fetch.facts)
        if elsewhere:
            host, resources = urls.host_key(target.url), len(target.resources)
            self._means.tell(Landed(host=host, elsewhere=elsewhere, resources=resources))
        known = await self._means.known(target)
        reading = Reading(target=target, fetch=fetch, number=number, read_at=self._means.clock())
        looks = looks_at(reading, known, self._job.tokens)
        # All of them or none, should the budget end meanwhile.
        checks = tuple([await self._prober.check(look) for look in looks])
        if not any(check.judgement.verdict in TROUBLED for check in checks):
            self._open.discard(key_of(target))
        is_compared = site(target.url) in self._sites
        marks = tuple(text_mark(look.page) if is_compared else None for look in looks)
        self._means.tell(Concluded(checks=checks, text_marks=marks))

    def _left(self) -> int:
        """How many targets are left of the lane that the running task works for."""
        return self._backlog[_LANE.get()]

    def _heed(self, uri: str, fetch: Fetch) -> None:
        """Take note of an attempt: of what it says about the network, and about our pace."""
        host, facts = urls.host_key(uri), fetch.facts
        self._means.tell(Attempted(host=host, is_unreached=guard.is_unreached(facts)))
        if facts.status_code == 429:
            pause = min(fetch.retry_after or 0.0, self._settings.fetch.max_retry_after)
            self._turns.ease_off(urls.host_key(facts.final_url), pause)

    def _tell_whom_we_ask(self, _: float) -> None:
        self._ticks += 1
        if self._ticks % ASKING_TICKS == 0:
            self._means.tell(Asking(hosts=self._turns.asking()))


def _is_unheard(fetch: Fetch) -> bool:
    """Whether we were too late ourselves to hear what was answered, as often as we asked."""
    outcome = fetch.facts.outcome
    return isinstance(outcome, NotAsked) and outcome.reason is NotAskedReason.OUT_OF_BUDGET


def _backlog(lane: Lane) -> int:
    return len(lane.targets)
