"""IO: a whole crawl: starts its shards, and collects, stores and watches what they find."""

import asyncio
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial

from crawler import guard
from crawler.config import Settings
from crawler.crawl import canaries
from crawler.crawl.check_collection import CheckCollection
from crawler.crawl.ending import Stop, until
from crawler.crawl.messages import (
    AttemptEnded,
    Fault,
    FirstLooksEnded,
    HostsAsked,
    LeftSite,
    LookBegan,
    LookEnded,
    News,
)
from crawler.crawl.outbox import Outbox
from crawler.crawl.pending_checks import check_of, prepare_checks
from crawler.crawl.remote_call import LostError, StartError
from crawler.crawl.shard_executors import (
    LoopExecutor,
    ProcessExecutor,
    ShardExecutor,
    available_cores,
)
from crawler.crawl.shard_jobs import (
    ShardJob,
    ShardResult,
    key_of,
    process_count,
    split_job,
    targets_of,
)
from crawler.crawl.surroundings import CrawlResult, Progress, Surroundings
from crawler.crawl.watch import Watch
from crawler.fetch import Transport
from crawler.guard import Distrust, Outage
from crawler.model import Check, Facts, Fetch, NotAsked, NotAskedReason, Plan, Target

MAX_PROCESSES = 3
"""How many processes a shard gets, one after the other, if each of them is lost."""


class Coordinator:
    """Carries out a plan; `run` it once."""

    def __init__(self, plan: Plan, settings: Settings, surroundings: Surroundings) -> None:
        loop = asyncio.get_running_loop()
        self._plan = plan
        self._settings = settings
        self._around = surroundings
        self._total = sum(len(target.resources) for target in _targets(plan))
        self._deadline = loop.time() + settings.fetch.budget
        self._outbox = Outbox(surroundings.keep, self._report)
        listed = (resource for target in _targets(plan) for resource in target.resources)
        self._collection = CheckCollection(
            settings, listed, self._outbox.put, surroundings.read_back
        )
        self._watch = self._watcher()
        self._results: list[ShardResult] = []
        self._hosts_asked: dict[int, tuple[str, ...]] = {}
        """By shard, as `_in_first_look` is."""
        self._in_first_look = set[int]()
        self._second_looks: asyncio.Future[frozenset[str]] = loop.create_future()
        """Keys of the targets to look at again, once they are chosen."""
        self._stop: Stop = loop.create_future()
        self._is_cut_short = False
        """Whether the stop came before the end."""

    def _watcher(self) -> Watch:
        settings, around, lanes = self._settings, self._around, self._plan.lanes
        if around.is_recheck:
            hosts, least = frozenset(lane.host for lane in lanes), 1
        else:
            hosts, least = guard.hosts_with_news(lanes, around.known), guard.MIN_HOSTS
        ask = partial(canaries.is_any_answered, settings, around.version, around.resolver)
        return Watch(hosts, len(settings.guard.canaries), ask, least)

    async def run(self) -> CrawlResult:
        """The checks, and what was learned about the hosts."""
        async with self._outbox:
            for target, not_asked in self._plan.not_asked:
                self._add_unasked(target, not_asked)
            distrust = await self._run_shards()
            if distrust is None:
                if not self._is_cut_short:
                    self._add_out_of_budget()
                await self._outbox.flush()
                self._collection.judge_collapsed_pages()
        has_second = bool(self._settings.fetch.recheck_after)
        robots_files = {file.origin: file for r in self._results for file in r.robots_files}
        profiles = {profile.origin: profile for r in self._results for profile in r.profiles}
        return CrawlResult(
            checks=self._collection.checks(with_open_ones=not (self._is_cut_short and has_second)),
            robots_files=tuple(robots_files.values()),
            profiles=tuple(profiles[origin] for origin in sorted(profiles)),
            faults=self._collection.faults(),
            distrust=distrust,
            is_cut_short=self._is_cut_short,
        )

    # --- shards ---------------------------------------------------------------------------------

    async def _run_shards(self) -> Distrust | None:
        """Why the crawl is not trusted; None when it is."""
        if self._around.stop.is_set():
            self._is_cut_short = True
            return None
        # A resolver that somebody else has made may not pickle.
        cores = 1 if self._around.resolver else available_cores()
        count = process_count(self._plan, self._settings.fetch, cores)
        jobs = split_job(self._whole_job(), count)
        self._in_first_look.update(range(count))
        executor = self._loop_executor() if count == 1 else await self._process_executor()
        try:
            async with asyncio.TaskGroup() as group:
                running = [
                    group.create_task(self._run_shard(executor, job, index))
                    for index, job in enumerate(jobs)
                ]
                waiting = group.create_task(self._wait_for_stop())
                distrust = await self._watch_shards(running)
                if distrust is None:
                    await asyncio.wait(running, timeout=self._around.grace_seconds)
                for task in (*running, waiting):
                    task.cancel()
        finally:
            executor.shutdown()
        return distrust

    def _loop_executor(self) -> LoopExecutor:
        return LoopExecutor(self._around.known, self._around.clock, self._around.sleep)

    async def _process_executor(self) -> ProcessExecutor:
        # Certificates that cannot be read are an error before any process is started.
        async with Transport(self._settings):
            return ProcessExecutor(self._around.known)

    def _whole_job(self) -> ShardJob:
        around = self._around
        return ShardJob(
            lanes=self._plan.lanes,
            settings=self._settings,
            version=around.version,
            now=around.clock(),
            monotonic_now=asyncio.get_running_loop().time(),
            deadline=self._deadline,
            robots_files=around.robots_files,
            profiles=around.profiles,
            tokens=around.tokens,
            resolver=around.resolver,
        )

    async def _watch_shards(self, running: Collection[asyncio.Task[None]]) -> Distrust | None:
        """Why the crawl is not trusted, as soon as that is clear; None at the end or the deadline."""
        try:
            async with until(self._deadline, self._stop):
                distrust = await self._watch.verdict()
                if distrust is None:
                    self._second_looks.set_result(await self._choose_second_looks())
                    await asyncio.wait(running)
                return distrust
        except TimeoutError:
            self._watch.close()
            self._is_cut_short = self._stop.done()
            distrust = self._watch.distrust()
            # A stop leaves no time for the canaries; no failure of a first look counts then anyway.
            is_unproven = self._is_cut_short and isinstance(distrust, Outage)
            return None if is_unproven else distrust

    async def _wait_for_stop(self) -> None:
        await self._around.stop.wait()
        self._stop.set_result(None)

    async def _choose_second_looks(self) -> frozenset[str]:
        """Keys of the targets to look at again, after the wait between the looks."""
        wait, collection = self._settings.fetch.recheck_after, self._collection
        is_wanted = collection.needs_second_look if wait else collection.is_missing
        keys = frozenset(map(key_of, filter(is_wanted, targets_of(self._plan.lanes))))
        if not keys or wait >= self._seconds_left():
            return frozenset()
        await self._outbox.flush()  # a second look may have to read the first one back
        await self._around.sleep(wait)
        return keys

    async def _run_shard(self, executor: ShardExecutor, job: ShardJob, index: int) -> None:
        listener = partial(self._receive, index)
        loss = ""
        for _ in range(MAX_PROCESSES):
            try:
                result = await executor.submit(
                    self._rest_of(job), listener, self._second_looks, self._stop
                )
            except StartError:
                executor = self._loop_executor()
            except LostError as error:
                loss = str(error)
            else:
                self._results.append(result)
                break
        else:
            for target in filter(self._collection.is_missing, targets_of(job.lanes)):
                self._collection.add_fault(Fault(target=target, error=loss))
        self._hosts_asked.pop(index, None)
        self._end_first_look(index)

    def _rest_of(self, job: ShardJob) -> ShardJob:
        """The part of a job that is unfinished after its process was lost."""
        targets = targets_of(job.lanes)
        done = (key_of(target) for target in targets if not self._collection.is_missing(target))
        return replace(job, done=frozenset(done))

    # --- what shards tell -----------------------------------------------------------------------

    def _receive(self, index: int, news: News) -> None:
        match news:
            case LookBegan() | AttemptEnded() | LeftSite():
                self._watch.note(news)
            case LookEnded():
                for check, mark in zip(news.checks, news.text_marks, strict=True):
                    self._collection.add(check, mark)
            case Fault():
                self._collection.add_fault(news)
            case HostsAsked():
                self._hosts_asked[index] = news.hosts
            case FirstLooksEnded():
                self._end_first_look(index)

    def _end_first_look(self, index: int) -> None:
        self._in_first_look.discard(index)
        if not self._in_first_look:
            self._watch.close()

    def _report(self, checks: tuple[Check, ...]) -> None:
        self._around.listen(
            Progress(
                checks=checks,
                done=len(self._collection),
                total=self._total,
                asking=tuple(host for hosts in self._hosts_asked.values() for host in hosts),
                budget_left=self._seconds_left(),
            )
        )

    def _seconds_left(self) -> float:
        return self._deadline - asyncio.get_running_loop().time()

    # --- targets that are not asked -------------------------------------------------------------

    def _add_unasked(self, target: Target, not_asked: NotAsked) -> None:
        around = self._around
        prepared = prepare_checks(
            target,
            Fetch(facts=Facts(outcome=not_asked), attempts=0),
            look=0,
            read_at=around.clock(),
            known=around.known,
            tokens=around.tokens,
        )
        for pending in prepared:
            self._collection.add(check_of(pending, self._settings), None)

    def _add_out_of_budget(self) -> None:
        for target in filter(self._collection.is_missing, _targets(self._plan)):
            not_asked = NotAsked(reason=NotAskedReason.OUT_OF_BUDGET, target_uri=target.url)
            self._add_unasked(target, not_asked)


def _targets(plan: Plan) -> Iterator[Target]:
    """All targets of the plan, in its order."""
    yield from (target for target, _ in plan.not_asked)
    yield from targets_of(plan.lanes)
