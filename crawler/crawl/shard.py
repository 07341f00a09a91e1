"""IO: one shard of a crawl: a task for each lane, and one limit for the requests of all lanes."""

import asyncio
import contextlib
import itertools
from collections import Counter
from collections.abc import Mapping
from contextvars import ContextVar
from functools import partial

from crawler import guard, urls
from crawler.config import Settings
from crawler.crawl.collapse import site, text_mark
from crawler.crawl.coordinator_link import CoordinatorLink
from crawler.crawl.ending import until
from crawler.crawl.host_turns import HostTurns
from crawler.crawl.messages import (
    AttemptEnded,
    Fault,
    HostsAsked,
    LeftSite,
    LookBegan,
    LookEnded,
    RobotsAnswered,
)
from crawler.crawl.pending_checks import needs_second_look, prepare_checks
from crawler.crawl.prober import Prober
from crawler.crawl.robots_gate import RobotsGate
from crawler.crawl.shard_jobs import (
    ShardJob,
    ShardMemory,
    ShardResult,
    key_of,
    select,
    with_concurrency,
)
from crawler.errors import describe
from crawler.fetch import Fetcher, Lateness, Transport, open_files
from crawler.fetch.lateness import TICK
from crawler.fetch.page_reader import PageReader
from crawler.model import Fetch, Lane, NotAsked, NotAskedReason, Record, Target

LANES_PER_SLOT, MIN_LANES = 4, 256
"""Lanes in progress for each slot, and the least number of them: enough that no slot is idle while lanes
wait for their hosts. A lane takes 12 kB of memory as soon as it waits for its first turn."""
TICKS_PER_HOSTS_ASKED = round(0.4 / TICK)
"""The coordinator is told every 0.4 s which hosts are asked."""
_LANE_HOST: ContextVar[str] = ContextVar("_LANE_HOST")
"""The host of the lane that a task works for, whatever hosts redirects lead it to."""
_URGENCY: ContextVar[int] = ContextVar("_URGENCY", default=0)
"""Of the target that a task works for."""
_LONGEST_LANE = 10**9
"""No lane has so many targets."""


class Shard:
    """Looks at the targets of a job, and tells the coordinator what it finds; `run` it once."""

    def __init__(self, job: ShardJob, link: CoordinatorLink) -> None:
        self._job = job
        self._link = link
        self._settings = _with_room(job.settings)
        self._backlog = Counter[str]()
        """How many targets are left, by host."""
        self._reader = PageReader(self._precedence)
        self._turns = HostTurns(
            self._settings, self._precedence, Lateness(), lambda: self._reader.waiting
        )
        self._ticks = itertools.count(1)
        self._turns.lateness.add_listener(self._tell_hosts_asked)
        link.listen(lambda requests: self._turns.limit(open_files.room_for(requests)))
        self._fetcher = Fetcher(
            job.settings,
            version=job.version,
            transport=Transport(job.settings, job.resolver, self._turns.waiting),
            turns=self._turns,
            listen=self._note_attempt,
            reader=self._reader,
        )
        self._gate = RobotsGate(
            job.settings,
            self._fetcher,
            now=job.now,
            known=job.robots_files,
            slow_down=self._turns.slow_down,
            note=lambda file: link.tell(RobotsAnswered(file=file)),
        )
        ask = partial(self._fetcher.probe, gate=self._gate)
        self._prober = Prober(
            job.settings, ask, now=job.now, known=job.profiles, learned=job.memory.probes
        )
        self._may_need_second_look: set[str] = set()
        """Keys of targets."""

    async def run(self) -> ShardResult:
        """What was learned until all targets were looked at, or until the deadline or the stop."""
        for host, delay in self._job.memory.delays.items():
            self._turns.slow_down(host, delay)
        async with self._reader, self._fetcher:
            with self._turns.lateness.measured(), contextlib.suppress(TimeoutError):
                async with until(self._job.deadline, self._link.stop):
                    await self._look_at_lanes(self._unfinished_lanes())
        return ShardResult(
            profiles=self._prober.profiles(),
            memory=ShardMemory(delays=self._turns.delays(), probes=self._prober.learned()),
        )

    def _unfinished_lanes(self) -> tuple[Lane, ...]:
        lanes, done = self._job.lanes, self._job.done
        return select(lanes, lambda target: key_of(target) not in done) if done else lanes

    async def _look_at_lanes(self, lanes: tuple[Lane, ...]) -> None:
        self._backlog.update({lane.host: len(lane.targets) for lane in lanes})
        slots = self._settings.fetch.concurrency
        room = asyncio.Semaphore(max(LANES_PER_SLOT * slots, MIN_LANES))
        async with asyncio.TaskGroup() as group:
            for lane in lanes:
                await room.acquire()
                task = group.create_task(self._look_at_lane(lane))
                task.add_done_callback(lambda _: room.release())

    async def _look_at_lane(self, lane: Lane) -> None:
        _LANE_HOST.set(lane.host)
        per_host = self._settings.host(lane.host).per_host or self._settings.fetch.per_host
        permits = asyncio.Semaphore(per_host)
        async with asyncio.TaskGroup() as group:
            for target in lane.targets:
                await self._link.ready()
                await permits.acquire()
                group.create_task(self._look_at(target, lane.host, permits))
        if self._may_need_second_look.isdisjoint(map(key_of, lane.targets)):
            self._prober.forget(lane.host)

    async def _look_at(self, target: Target, host: str, permits: asyncio.Semaphore) -> None:
        _URGENCY.set(target.urgency)
        self._link.tell(LookBegan(host=host, resources=len(target.resources)))
        # From another machine they come while the page does.
        records = self._link.records_of(target)
        try:
            fetch = await self._fetch(target, permits)
            if not _was_missed(fetch):
                await self._check(target, fetch, await records)
        except Exception as error:  # noqa: BLE001  (the other targets must get their checks)
            self._link.tell(Fault(target=target, error=describe(error)))
        self._backlog[host] -= 1

    async def _fetch(self, target: Target, permits: asyncio.Semaphore) -> Fetch:
        async def sleep(seconds: float) -> None:
            # While a target waits for its next attempt, the lane goes on with another target.
            permits.release()
            await self._link.sleep(seconds)
            await permits.acquire()

        self._may_need_second_look.add(key_of(target))
        try:
            return await self._fetcher.fetch(target, gate=self._gate, sleep=sleep)
        finally:
            # And while its checks wait for probes.
            permits.release()

    async def _check(self, target: Target, fetch: Fetch, known: Mapping[str, Record]) -> None:
        self._tell_if_it_left_its_site(target, fetch)
        prepared = prepare_checks(
            target,
            fetch,
            known=known,
            look=self._job.look,
            read_at=self._link.now(),
            tokens=self._job.tokens,
        )
        # All checks of a target are sent in one message: if the budget ends before that, it has none.
        checks = tuple([await self._prober.check(pending) for pending in prepared])
        if not any(map(needs_second_look, checks)):
            self._may_need_second_look.discard(key_of(target))
        is_compared = site(target.url) in self._job.sites
        cases = (pending.case for pending in prepared)
        marks = tuple(
            text_mark(case.evidence.page) if is_compared and not case.signals.is_accepted else None
            for case in cases
        )
        sent = tuple(self._link.portable(check, known) for check in checks)
        self._link.tell(LookEnded(checks=sent, text_marks=marks))

    def _tell_if_it_left_its_site(self, target: Target, fetch: Fetch) -> None:
        final_host = guard.foreign_host(fetch.facts)
        if final_host:
            host, resources = urls.host_key(target.url), len(target.resources)
            self._link.tell(LeftSite(host=host, final_host=final_host, resources=resources))

    def _precedence(self) -> int:
        """The larger goes first: the more urgent request, then the lane with more targets left."""
        return _URGENCY.get() * _LONGEST_LANE + self._backlog[_LANE_HOST.get()]

    def _note_attempt(self, url: str, fetch: Fetch) -> None:
        """Report whether the host was reached; ask it less often after a 429."""
        host, facts = urls.host_key(url), fetch.facts
        self._link.tell(AttemptEnded(host=host, is_unreached=guard.is_unreached(facts)))
        if facts.status_code == 429:
            pause = min(fetch.retry_after or 0.0, self._settings.fetch.max_retry_after)
            self._turns.ease_off(urls.host_key(facts.final_url), pause)

    def _tell_hosts_asked(self, _: float) -> None:
        if next(self._ticks) % TICKS_PER_HOSTS_ASKED == 0:
            self._link.tell(HostsAsked(hosts=self._turns.asking()))


def _with_room(settings: Settings) -> Settings:
    """The settings with no more requests at once than this process may have connections."""
    return with_concurrency(settings, open_files.room_for(settings.fetch.concurrency))


def _was_missed(fetch: Fetch) -> bool:
    """Whether we were too late for the answer to every attempt: then there is nothing to judge."""
    outcome = fetch.facts.outcome
    return isinstance(outcome, NotAsked) and outcome.reason is NotAskedReason.OUT_OF_BUDGET
