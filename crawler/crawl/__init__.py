"""IO: the plan, carried out: a task for each lane, one global limit, checks handed on as they end."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from crawler import compare, guard, urls
from crawler.config import Settings
from crawler.crawl.collapse import collapsed, text_mark
from crawler.crawl.gate import Gate
from crawler.crawl.looks import Look, Reading, check_of, judged_again, looks_at
from crawler.crawl.outbox import Keep, Outbox
from crawler.crawl.probing import Prober, made_up_names
from crawler.crawl.turns import Turns
from crawler.crawl.watch import Watch, any_of
from crawler.errors import CrawlerError
from crawler.fetch import Fetcher, Resolver, Sleep
from crawler.guard import Distrust
from crawler.model import (
    Check,
    Facts,
    Fetch,
    Lane,
    NotAsked,
    NotAskedReason,
    Plan,
    ProbeProfile,
    Record,
    Target,
    Verdict,
)
from crawler.robots import RobotsFile

LANES_AT_ONCE = 16
"""Lanes under way for each slot: enough that lanes which wait for their host leave no slot idle."""
TROUBLED = frozenset({Verdict.DEAD, Verdict.FAILING})
"""Verdicts that get a second look."""
AHEAD_OF_ALL = 1_000_000
"""A backlog with which a request gets the next free slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a crawl is."""

    checks: tuple[Check, ...]
    """What was handed on since the last report; a second look hands a resource on again."""
    done: int
    total: int
    asking: tuple[str, ...]
    """Hosts with a request on the wire."""
    budget_left: float
    """Seconds."""


Clock = Callable[[], datetime]
Listener = Callable[[Progress], None]
"""Called on the event loop after `Keep` has returned, and now and then without new checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a crawl needs from outside its plan and settings."""

    clock: Clock
    keep: Keep
    listen: Listener
    version: str
    robots_files: Mapping[str, RobotsFile] = field(default_factory=dict)
    profiles: Mapping[str, ProbeProfile] = field(default_factory=dict)
    """How hosts answered made-up URLs, by origin."""
    known: Mapping[str, Record] = field(default_factory=dict)
    """What is known of the resources, by key: a page that was not modified is the last good one."""
    resolver: Resolver | None = None
    sleep: Sleep = asyncio.sleep
    """Waits between the attempts of a look, and between the looks."""
    tokens: tuple[str, str] = field(default_factory=made_up_names)
    """Names that no page has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An error of our own, which costs the one target that brought it to light its check."""

    target: Target
    error: Exception


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """What a crawl brought; the checks are in the order of the plan, whatever ended first.

    They are without their pages: those went to `Keep`. A crawl that is not trusted was stopped, and
    has no check of what had not ended by then.
    """

    # Python spells out the result of a task where it puts a signal's handler back.
    checks: tuple[Check, ...] = field(repr=False)
    robots_files: tuple[RobotsFile, ...] = field(repr=False)
    profiles: tuple[ProbeProfile, ...] = ()
    """Of the hosts of which something was learned."""
    faults: tuple[Fault, ...] = ()
    """Targets without a check because of an error of our own."""
    distrust: Distrust | None = None
    """Why the crawl is not trusted; None when it is."""

    @property
    def trusted(self) -> bool:
        """Whether what failed did so on the other side."""
        return self.distrust is None


async def crawl(plan: Plan, settings: Settings, surroundings: Surroundings) -> Crawled:
    """Every resource of the plan, checked, within the run's budget.

    When the budget ends, what has no answer yet is `out_of_budget`. On cancellation the checks that
    have ended are kept before the cancellation goes on.

    Raises:
        CrawlerError: what `keep` raised; the crawl stops at once.

    """
    try:
        return await _Crawl(plan, settings, surroundings).run()
    except ExceptionGroup as group:
        for error in group.exceptions:
            if isinstance(error, CrawlerError):
                raise error from None
        raise


class _Crawl:
    def __init__(self, plan: Plan, settings: Settings, surroundings: Surroundings) -> None:
        self._plan = plan
        self._settings = settings
        self._around = surroundings
        self._backlog = Counter({lane.host: len(lane.targets) for lane in plan.lanes})
        self._turns = Turns(settings, self._backlog.__getitem__)
        self._fetcher = Fetcher(
            settings,
            version=surroundings.version,
            turns=self._turns,
            resolver=surroundings.resolver,
            listen=self._heed,
        )
        self._watch = Watch(
            guard.telling_hosts(plan.lanes, surroundings.known),
            len(settings.guard.canaries),
            lambda: any_of(map(self._canary_answers, settings.guard.canaries)),
        )
        self._gate = Gate(
            settings,
            self._fetcher,
            now=surroundings.clock(),
            known=surroundings.robots_files,
            slow_down=self._turns.slow_down,
        )
        self._prober = Prober(
            settings,
            partial(self._fetcher.probe, gate=self._gate),
            now=surroundings.clock(),
            known=surroundings.profiles,
        )
        self._checks: dict[str, Check] = {}
        self._text_marks: dict[str, int | None] = {}
        self._faults: list[Fault] = []
        self._total = sum(len(target.resources) for target in _targets(plan))
        self._deadline = asyncio.get_running_loop().time() + settings.fetch.budget
        self._outbox = Outbox(surroundings.keep, self._report)

    async def run(self) -> Crawled:
        async with self._fetcher, self._outbox:
            for target, not_asked in self._plan.not_asked:
                self._conclude_without_asking(target, not_asked)
            distrust = await self._looks()
            if distrust is None:
                self._judge_what_collapsed()
        keys = (r.key for target in _targets(self._plan) for r in target.resources)
        return Crawled(
            checks=tuple(self._checks[key] for key in keys if key in self._checks),
            robots_files=tuple(self._gate.fetched),
            profiles=self._prober.profiles(),
            faults=tuple(self._faults),
            distrust=distrust,
        )

    async def _looks(self) -> Distrust | None:
        try:
            async with asyncio.timeout_at(self._deadline):
                distrust = await self._first_look()
                if distrust is None:
                    await self._second_look()
                return distrust
        except TimeoutError:
            self._run_out_of_budget()
            return self._watch.doubt()

    async def _first_look(self) -> Distrust | None:
        """None when all have been looked at; what the crawl is not trusted for stops it at once."""
        async with asyncio.TaskGroup() as group:
            verdict = group.create_task(self._watch.verdict())
            looks = group.create_task(self._pass(self._plan.lanes, looks=1))
            await asyncio.wait((verdict, looks), return_when=asyncio.FIRST_COMPLETED)
            looks.cancel()
            self._watch.close()
        return verdict.result()

    async def _second_look(self) -> None:
        wait = self._settings.fetch.recheck_after
        lanes = _lanes_of(self._plan, self._is_troubled)
        if lanes and 0 < wait < self._seconds_left():
            await self._around.sleep(wait)
            self._backlog.update({lane.host: len(lane.targets) for lane in lanes})
            await self._pass(lanes, looks=2)

    def _is_troubled(self, target: Target) -> bool:
        checks = (self._checks.get(resource.key) for resource in target.resources)
        return any(check and check.judgement.verdict in TROUBLED for check in checks)

    def _run_out_of_budget(self) -> None:
        for target in _targets(self._plan):
            if target.resources[0].key not in self._checks:
                not_asked = NotAsked(reason=NotAskedReason.OUT_OF_BUDGET, target_uri=target.uri)
                self._conclude_without_asking(target, not_asked)

    async def _pass(self, lanes: Sequence[Lane], *, looks: int) -> None:
        room = asyncio.Semaphore(LANES_AT_ONCE * self._settings.fetch.concurrency)
        async with asyncio.TaskGroup() as group:
            for lane in lanes:
                await room.acquire()
                task = group.create_task(self._ask_lane(lane, looks))
                task.add_done_callback(lambda _: room.release())

    async def _ask_lane(self, lane: Lane, looks: int) -> None:
        per_host = self._settings.host(lane.host).per_host or self._settings.fetch.per_host
        permits = asyncio.Semaphore(per_host)
        async with asyncio.TaskGroup() as group:
            for target in lane.targets:
                await permits.acquire()
                group.create_task(self._look(target, lane.host, permits, looks))
        await self._fetcher.close_host(lane.host)
        if not any(map(self._is_troubled, lane.targets)):
            self._prober.forget(lane.host)

    async def _look(
        self, target: Target, host: str, permits: asyncio.Semaphore, number: int
    ) -> None:
        self._watch.begins(target)
        try:
            looks = await self._ask(target, permits, number)
            # All of them or none, should the budget end meanwhile.
            checks = [await self._prober.check(look) for look in looks]
            for look, check in zip(looks, checks, strict=True):
                self._put(look, check)
        except Exception as error:  # noqa: BLE001  (one page must not cost the others their night)
            self._faults.append(Fault(target=target, error=error))
        self._backlog[host] -= 1

    async def _ask(
        self, target: Target, permits: asyncio.Semaphore, number: int
    ) -> tuple[Look, ...]:
        async def sleep(seconds: float) -> None:
            # While one target waits for its retry, the lane serves the next; so it does for probes.
            permits.release()
            await self._around.sleep(seconds)
            await permits.acquire()

        try:
            fetch = await self._fetcher.fetch(target, gate=self._gate, sleep=sleep)
        finally:
            permits.release()
        self._watch.ended(target, fetch)
        return self._looks_at(target, fetch, number)

    def _heed(self, uri: str, fetch: Fetch) -> None:
        """Take note of an attempt: of what it says about the network, and about our pace."""
        self._watch.attempted(uri, fetch.facts)
        exchanges = fetch.facts.exchanges
        if exchanges and exchanges[-1].status_code == 429:
            pause = min(fetch.retry_after or 0.0, self._settings.fetch.max_retry_after)
            self._turns.ease_off(urls.host_key(fetch.final_uri), pause)

    async def _canary_answers(self, uri: str) -> bool:
        host = urls.host_key(uri)
        self._backlog[host] += AHEAD_OF_ALL
        try:
            fetch = await self._fetcher.glance(uri)
        finally:
            self._backlog[host] -= AHEAD_OF_ALL
        return guard.answers_itself(fetch.facts)

    def _conclude_without_asking(self, target: Target, not_asked: NotAsked) -> None:
        fetch = Fetch(facts=Facts(outcome=not_asked), attempts=0)
        for look in self._looks_at(target, fetch, 0):
            self._put(look, check_of(look, self._settings))

    def _looks_at(self, target: Target, fetch: Fetch, number: int) -> tuple[Look, ...]:
        around = self._around
        reading = Reading(target=target, fetch=fetch, number=number, read_at=around.clock())
        return looks_at(reading, around.known, around.tokens)

    def _put(self, look: Look, check: Check) -> None:
        key = check.resource.key
        first = self._checks.get(key)
        kept = check if first is None else compare.better(first, check)
        if kept is check:
            self._text_marks[key] = text_mark(look.page)
        self._hand_on(replace(kept, looks=check.looks))

    def _judge_what_collapsed(self) -> None:
        """Judge again what only many pages together tell, from what was kept of them."""
        for key, count in collapsed(self._checks.values(), self._text_marks).items():
            check = self._checks[key]
            if check.judgement.verdict is Verdict.SUSPECT:
                self._hand_on(judged_again(check, self._settings, collapsed=count))

    def _hand_on(self, check: Check) -> None:
        self._outbox.put(check)
        self._checks[check.resource.key] = replace(check, page=None)  # went to `Keep`

    def _report(self, checks: tuple[Check, ...]) -> None:
        self._around.listen(
            Progress(
                checks=checks,
                done=len(self._checks),
                total=self._total,
                asking=self._turns.asking(),
                budget_left=self._seconds_left(),
            )
        )

    def _seconds_left(self) -> float:
        return self._deadline - asyncio.get_running_loop().time()


def _targets(plan: Plan) -> Iterator[Target]:
    yield from (target for target, _ in plan.not_asked)
    yield from (target for lane in plan.lanes for target in lane.targets)


def _lanes_of(plan: Plan, wanted: Callable[[Target], bool]) -> tuple[Lane, ...]:
    lanes = (replace(lane, targets=tuple(filter(wanted, lane.targets))) for lane in plan.lanes)
    return tuple(sorted(filter(_backlog, lanes), key=_backlog, reverse=True))


def _backlog(lane: Lane) -> int:
    return len(lane.targets)
