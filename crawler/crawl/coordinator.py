"""IO: a crawl as a whole: what its shards say is kept, watched and counted, and judged together."""

import asyncio
import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from crawler import compare, guard
from crawler.config import Settings
from crawler.crawl import jobs
from crawler.crawl.collapse import collapsed
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
from crawler.crawl.looks import Reading, check_of, judged_again, looks_at
from crawler.crawl.outbox import Outbox
from crawler.crawl.places import Apart, Here, Place, cores
from crawler.crawl.processes import LostError, StartError
from crawler.crawl.shard import TROUBLED, key_of
from crawler.crawl.surroundings import Crawled, Progress, Surroundings
from crawler.crawl.turns import Turns
from crawler.crawl.watch import Watch, any_of
from crawler.fetch import Fetcher, Lateness, Transport
from crawler.guard import Distrust
from crawler.model import (
    Check,
    Facts,
    Fetch,
    NotAsked,
    NotAskedReason,
    Plan,
    Target,
    Verdict,
)

TRIES = 3
"""Processes that a shard gets, one after the other, when they are lost."""


class Coordinator:
    """Carries out a plan; `run` it once."""

    def __init__(self, plan: Plan, settings: Settings, surroundings: Surroundings) -> None:
        loop = asyncio.get_running_loop()
        self._plan = plan
        self._settings = settings
        self._around = surroundings
        self._watch = Watch(
            guard.hosts_with_news(plan.lanes, surroundings.known),
            len(settings.guard.canaries),
            self._canary_answers,
        )
        self._checks: dict[str, Check] = {}
        self._text_marks: dict[str, bytes | None] = {}
        self._faults: dict[str, Fault] = {}
        self._results: list[ShardResult] = []
        self._asking: dict[int, tuple[str, ...]] = {}
        self._in_first_look: set[int] = set()
        self._repeated: asyncio.Future[frozenset[str]] = loop.create_future()
        self._total = sum(len(target.resources) for target in _targets(plan))
        self._deadline = loop.time() + settings.fetch.budget
        self._outbox = Outbox(surroundings.keep, self._report)

    async def run(self) -> Crawled:
        """What `crawl` brings."""
        async with self._outbox:
            for target, not_asked in self._plan.not_asked:
                self._conclude_without_asking(target, not_asked)
            distrust = await self._looked_at()
            if distrust is None:
                self._run_out_of_budget()
                self._judge_what_collapsed()
        keys = (r.key for target in _targets(self._plan) for r in target.resources)
        robots_files = {file.origin: file for r in self._results for file in r.robots_files}
        profiles = {profile.origin: profile for r in self._results for profile in r.profiles}
        return Crawled(
            checks=tuple(self._checks[key] for key in keys if key in self._checks),
            robots_files=tuple(robots_files.values()),
            profiles=tuple(profiles[origin] for origin in sorted(profiles)),
            faults=tuple(self._faults.values()),
            distrust=distrust,
        )

    # --- shards ---------------------------------------------------------------------------------

    async def _looked_at(self) -> Distrust | None:
        # A resolver of somebody else's may not pickle.
        at_most = 1 if self._around.resolver else cores()
        number = jobs.processes(self._plan, self._settings.fetch, at_most)
        shards = jobs.jobs(self._whole(), number)
        self._in_first_look = set(range(number))
        with contextlib.closing(await self._place(number)) as place:
            async with asyncio.TaskGroup() as group:
                running = [
                    group.create_task(self._shard(place, job, index))
                    for index, job in enumerate(shards)
                ]
                distrust = await self._watched(running)
                await self._end(running, at_once=distrust is not None)
        return distrust

    async def _place(self, number: int) -> Place:
        if number == 1:
            return self._here()
        # Settings that cannot be used are told of before any process begins.
        async with self._fetcher(self._turns()):
            return Apart(self._around.known)

    def _here(self) -> Here:
        around = self._around
        return Here(around.known, around.clock, around.sleep)

    def _whole(self) -> ShardJob:
        around = self._around
        return ShardJob(
            lanes=self._plan.lanes,
            settings=self._settings,
            version=around.version,
            now=around.clock(),
            moment=asyncio.get_running_loop().time(),
            deadline=self._deadline,
            robots_files=around.robots_files,
            profiles=around.profiles,
            tokens=around.tokens,
            resolver=around.resolver,
        )

    async def _watched(self, running: Iterable[asyncio.Task[None]]) -> Distrust | None:
        """What the crawl is not trusted for, as soon as that is clear; None when the shards have ended."""
        try:
            async with asyncio.timeout_at(self._deadline):
                distrust = await self._watch.verdict()
                if distrust is None:
                    self._repeated.set_result(await self._second_look())
                    await asyncio.wait(running)
                return distrust
        except TimeoutError:
            distrust = self._watch.doubt()
            self._watch.close()
            return distrust

    async def _end(self, running: Iterable[asyncio.Task[None]], *, at_once: bool) -> None:
        if not at_once:
            await asyncio.wait(running, timeout=self._around.grace_seconds)
        for task in running:
            task.cancel()

    async def _second_look(self) -> frozenset[str]:
        """What is worth another look, once the wait for it is over."""
        wait = self._settings.fetch.recheck_after
        targets = (target for lane in self._plan.lanes for target in lane.targets)
        wanted = self._is_troubled if wait else self._is_unheard
        keys = frozenset(key_of(target) for target in targets if wanted(target))
        if not keys or wait >= self._seconds_left():
            return frozenset()
        await self._around.sleep(wait)
        return keys

    def _is_troubled(self, target: Target) -> bool:
        checks = (self._checks.get(resource.key) for resource in target.resources)
        in_trouble = any(check and check.judgement.verdict in TROUBLED for check in checks)
        return in_trouble or self._is_unheard(target)

    def _is_unheard(self, target: Target) -> bool:
        """Whether we were too late ourselves to hear an answer, or the process was lost."""
        return key_of(target) not in self._checks and key_of(target) not in self._faults

    async def _shard(self, place: Place, job: ShardJob, index: int) -> None:
        hear = partial(self._heed, index)
        lost = ""
        for _ in range(TRIES):
            try:
                result = await place.run(self._rest_of(job), hear, self._repeated)
            except StartError:
                place = self._here()
            except LostError as error:
                lost = str(error)
            else:
                self._results.append(result)
                break
        else:
            self._give_up(job, lost)
        self._asking.pop(index, None)
        self._is_looked_at(index)

    def _rest_of(self, job: ShardJob) -> ShardJob:
        """What is left of a job when the process is lost that began it."""
        targets = (target for lane in job.lanes for target in lane.targets)
        done = (key_of(target) for target in targets if not self._is_unheard(target))
        return replace(job, done=frozenset(done))

    def _give_up(self, job: ShardJob, lost: str) -> None:
        for target in filter(self._is_unheard, (t for lane in job.lanes for t in lane.targets)):
            self._faults[key_of(target)] = Fault(target=target, error=lost)

    # --- what they say --------------------------------------------------------------------------

    def _heed(self, index: int, news: News) -> None:
        match news:
            case Begun() | Attempted() | Landed():
                self._watch_over(news)
            case Concluded():
                for check, mark in zip(news.checks, news.text_marks, strict=True):
                    self._put(check, mark)
            case Fault():
                self._faults[key_of(news.target)] = news
            case Asking():
                self._asking[index] = news.hosts
            case LookedAtAll():
                self._is_looked_at(index)

    def _watch_over(self, news: Begun | Attempted | Landed) -> None:
        match news:
            case Begun():
                self._watch.begins(news.host, news.resources)
            case Attempted():
                self._watch.attempted(news.host, is_unreached=news.is_unreached)
            case Landed():
                self._watch.landed(news.host, news.elsewhere, news.resources)

    def _is_looked_at(self, index: int) -> None:
        self._in_first_look.discard(index)
        if not self._in_first_look:
            self._watch.close()

    def _put(self, check: Check, text_mark: bytes | None) -> None:
        key = check.resource.key
        first = self._checks.get(key)
        kept = check if first is None else compare.better(first, check)
        if kept is check:
            self._text_marks[key] = text_mark
        self._hand_on(replace(kept, looks=check.looks))

    def _hand_on(self, check: Check) -> None:
        self._outbox.put(check)
        self._checks[check.resource.key] = replace(check, page=None)  # went to `Keep`

    def _report(self, checks: tuple[Check, ...]) -> None:
        self._around.listen(
            Progress(
                checks=checks,
                done=len(self._checks),
                total=self._total,
                asking=tuple(host for hosts in self._asking.values() for host in hosts),
                budget_left=self._seconds_left(),
            )
        )

    def _seconds_left(self) -> float:
        return self._deadline - asyncio.get_running_loop().time()

    # --- what needs no shard --------------------------------------------------------------------

    def _conclude_without_asking(self, target: Target, not_asked: NotAsked) -> None:
        around = self._around
        fetch = Fetch(facts=Facts(outcome=not_asked), attempts=0)
        reading = Reading(target=target, fetch=fetch, number=0, read_at=around.clock())
        for look in looks_at(reading, around.known, around.tokens):
            self._put(check_of(look, self._settings), None)

    def _run_out_of_budget(self) -> None:
        """What nothing was heard of, of any target, is not to be judged."""
        for target in filter(self._is_unheard, _targets(self._plan)):
            not_asked = NotAsked(reason=NotAskedReason.OUT_OF_BUDGET, target_uri=target.url)
            self._conclude_without_asking(target, not_asked)

    def _judge_what_collapsed(self) -> None:
        """Judge again what only many pages together tell, from what was kept of them."""
        for key, count in collapsed(self._checks.values(), self._text_marks).items():
            check = self._checks[key]
            if check.judgement.verdict is Verdict.SUSPECT:
                self._hand_on(judged_again(check, self._settings, collapsed=count))

    # --- canaries -------------------------------------------------------------------------------

    def _turns(self) -> Turns:
        return Turns(self._settings, lambda: 1, Lateness())

    def _fetcher(self, turns: Turns) -> Fetcher:
        around = self._around
        return Fetcher(
            self._settings,
            version=around.version,
            transport=Transport(self._settings, around.resolver),
            turns=turns,
        )

    async def _canary_answers(self) -> bool:
        turns = self._turns()
        async with self._fetcher(turns) as fetcher:
            with turns.lateness.measured():
                canaries = self._settings.guard.canaries
                return await any_of(_answers(fetcher, uri) for uri in canaries)


async def _answers(fetcher: Fetcher, uri: str) -> bool:
    return guard.is_answered_by_site((await fetcher.glance(uri)).facts)


def _targets(plan: Plan) -> Iterator[Target]:
    yield from (target for target, _ in plan.not_asked)
    yield from (target for lane in plan.lanes for target in lane.targets)
