"""IO: a whole crawl: starts its shards, and collects, stores and watches what they find."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import replace
from functools import partial
from typing import TypeVar

from crawler import guard, robots, urls
from crawler.config import Settings
from crawler.crawl import canaries
from crawler.crawl.check_collection import CheckCollection
from crawler.crawl.crew import Crew, started
from crawler.crawl.ending import Stop, until
from crawler.crawl.messages import (
    AttemptEnded,
    Fault,
    HostsAsked,
    LeftSite,
    LookBegan,
    LookEnded,
    News,
    NoNetwork,
    RobotsAnswered,
)
from crawler.crawl.outbox import Outbox
from crawler.crawl.pending_checks import check_of, prepare_checks
from crawler.crawl.remote_call import LostError, StartError
from crawler.crawl.shard_executors import ShardExecutor
from crawler.crawl.shard_jobs import (
    ShardJob,
    ShardMemory,
    domain_of,
    key_of,
    share_of,
    targets_of,
    with_validators,
)
from crawler.crawl.surroundings import CrawlResult, Progress, Surroundings
from crawler.crawl.watch import Watch
from crawler.errors import ClusterError, first_error
from crawler.guard import Distrust, Outage
from crawler.model import Check, Facts, Fetch, Lane, NotAsked, NotAskedReason, Plan, Target
from crawler.robots import RobotsFile

MAX_PROCESSES = 3
"""How many processes a shard gets, one after the other, if each of them is lost."""


_Result = TypeVar("_Result")


class Coordinator:
    """Carries out a plan; `run` it once."""

    def __init__(self, plan: Plan, settings: Settings, surroundings: Surroundings) -> None:
        loop = asyncio.get_running_loop()
        self._plan = plan
        self._settings = settings
        self._around = surroundings
        self._total = sum(len(target.resources) for target in _targets(plan))
        self._deadline = loop.time() + settings.fetch.budget
        self._outbox = Outbox(surroundings.keep, surroundings.learn, self._report)
        listed = (resource for target in _targets(plan) for resource in target.resources)
        self._collection = CheckCollection(
            settings, listed, self._outbox.put, surroundings.read_back
        )
        self._watch = self._watcher()
        self._hosts_asked: dict[int, tuple[str, ...]] = {}
        """By shard."""
        self._robots_files: dict[int, dict[str, RobotsFile]] = {}
        """By shard and origin; those that were requested in this run."""
        self._memories: dict[int, ShardMemory] = {}
        """Of the first looks, by shard."""
        self._stop: Stop = loop.create_future()
        self._is_over = False
        """Whether the deadline or a stop came before the end."""
        self._is_cut_short = False
        """Whether it was a stop, or the cluster was lost."""
        self._broken_off = ""
        """Why the cluster could not be used to the end."""

    def _watcher(self) -> Watch:
        settings, around, lanes = self._settings, self._around, self._plan.lanes
        if around.is_recheck:
            hosts, least = frozenset(lane.host for lane in lanes), 1
        else:
            hosts, least = guard.hosts_with_news(lanes, around.failed), guard.MIN_HOSTS
        ask = partial(canaries.is_any_answered, settings, around.version, around.resolver)
        return Watch(hosts, len(settings.guard.canaries), ask, least)

    async def run(self) -> CrawlResult:
        """The checks, and what was learned about the hosts."""
        async with self._outbox:
            for target, not_asked in self._plan.not_asked:
                self._add_unasked(target, not_asked)
            distrust = await self._distrust()
            if distrust is None:
                if not self._is_cut_short:
                    self._add_out_of_budget()
                await self._outbox.flush()
                self._collection.judge_collapsed_pages()
        leaves_open = self._is_cut_short and self._has_second
        return CrawlResult(
            checks=self._collection.checks(with_open_ones=not leaves_open),
            faults=self._collection.faults(),
            distrust=distrust,
            is_cut_short=self._is_cut_short,
            broken_off=self._broken_off,
        )

    @property
    def _has_second(self) -> bool:
        """Whether a failure needs a second look to count."""
        return bool(self._settings.fetch.recheck_after)

    # --- shards ---------------------------------------------------------------------------------

    async def _distrust(self) -> Distrust | None:
        """Why the crawl is not trusted, when all shards have ended; None when it is."""
        distrust = None
        try:
            distrust = await self._run_shards()
        except* ClusterError as lost:
            if not len(self._collection):
                raise
            # What was judged until then counts, as after a stop.
            self._is_cut_short = True
            self._broken_off = str(first_error(lost))
            distrust = self._distrust_until_now()
        return distrust

    async def _run_shards(self) -> Distrust | None:
        if self._around.stop.is_set():
            self._is_cut_short = True
            return None
        async with asyncio.TaskGroup() as group, AsyncExitStack() as stack:
            waiting = group.create_task(self._wait_for_stop())
            stack.callback(waiting.cancel)
            crew = await self._in_time(stack.enter_async_context(self._started()))
            return await self._distrust_of(crew) if crew else None

    def _started(self) -> AbstractAsyncContextManager[Crew]:
        return started(self._whole_job(), self._around, self._outbox.__len__)

    async def _distrust_of(self, crew: Crew) -> Distrust | None:
        """Why what the crew has found is not trusted, when all of its shards have ended."""
        async with asyncio.TaskGroup() as group:
            first = group.create_task(self._first_looks(crew))
            distrust = await self._verdict()
            if distrust is None:
                await self._end_of(first)
                if chosen := await self._in_time(self._choose_second_looks()):
                    await self._end_of(group.create_task(self._second_looks(crew, chosen)))
            first.cancel()
        return distrust

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

    async def _wait_for_stop(self) -> None:
        await self._around.stop.wait()
        self._tell_stop()

    def _tell_stop(self) -> None:
        if not self._stop.done():
            self._stop.set_result(None)

    async def _in_time(self, work: Awaitable[_Result]) -> _Result | None:
        """The result of the work; None when the deadline or a stop comes before."""
        try:
            async with until(self._deadline, self._stop):
                return await work
        except TimeoutError:
            if not self._is_over:
                self._is_over = True
                self._is_cut_short = self._stop.done()
                # At the deadline too: some shards may not have begun.
                self._tell_stop()
            return None

    async def _verdict(self) -> Distrust | None:
        """Why the crawl is not trusted, as soon as that is clear; None at the end or the deadline."""
        distrust = await self._in_time(self._watch.verdict())
        return self._distrust_until_now() if self._is_over else distrust

    def _distrust_until_now(self) -> Distrust | None:
        """Why what was told before the deadline, a stop or the loss of the cluster is not trusted."""
        self._watch.close()
        distrust = self._watch.distrust()
        # No canary was asked in time. Where the second looks are missing, no failure counts anyway.
        is_harmless = self._is_cut_short and self._has_second and isinstance(distrust, Outage)
        return None if is_harmless else distrust

    async def _end_of(self, looks: asyncio.Task[None]) -> None:
        """Returns when the looks have ended; a little after the deadline or a stop they are cancelled."""
        await self._in_time(asyncio.wait([looks]))
        if not looks.done():
            await asyncio.wait([looks], timeout=self._around.grace_seconds)
            looks.cancel()

    async def _first_looks(self, crew: Crew) -> None:
        async with asyncio.TaskGroup() as group:
            for index in range(len(crew.jobs.parts)):
                make = partial(crew.jobs.first, index)
                group.create_task(self._run_shard(crew, index, make, crew.executor))
        self._watch.close()

    async def _second_looks(self, crew: Crew, chosen: frozenset[str]) -> None:
        executor = crew.executor_for(len(chosen))
        async with asyncio.TaskGroup() as group:
            for index, lanes in enumerate(crew.jobs.parts):
                if not chosen.isdisjoint(map(key_of, targets_of(lanes))):
                    memory = self._memories.get(index, ShardMemory())
                    make = partial(crew.jobs.second, index, chosen, memory)
                    group.create_task(self._run_shard(crew, index, make, executor))

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

    async def _run_shard(
        self,
        crew: Crew,
        index: int,
        make_job: Callable[[int], ShardJob],
        executor: ShardExecutor,
    ) -> None:
        def make_rest(slot: int, slots: int) -> ShardJob:
            job = make_job(share_of(self._settings.fetch, slot, slots))
            return self._rest_of(job, self._robots_files.get(index, {}))

        listener, loss = partial(self._receive, index), ""
        for _ in range(MAX_PROCESSES):
            try:
                result = await executor.submit(make_rest, listener, self._stop)
            except StartError:
                executor = crew.for_few
            except LostError as error:
                loss = str(error)
            else:
                self._outbox.put_profiles(result.profiles)
                self._memories[index] = result.memory
                self._forget_settled_sites(index, crew.jobs.parts[index])
                break
        else:
            for target in filter(self._collection.is_missing, targets_of(crew.jobs.parts[index])):
                self._collection.add_fault(Fault(target=target, error=loss))
        self._hosts_asked.pop(index, None)

    def _rest_of(self, job: ShardJob, files: Mapping[str, RobotsFile]) -> ShardJob:
        """What is left of a job, with the files that an earlier look at it, or a lost process, has found."""
        has_look = self._collection.has_look
        done = (key_of(one) for one in targets_of(job.lanes) if has_look(one, job.look))
        lanes = with_validators(job.lanes, self._around.validators)
        known = {**job.robots_files, **files} if files else job.robots_files
        return replace(job, lanes=lanes, done=frozenset(done), robots_files=known)

    def _forget_settled_sites(self, index: int, lanes: Iterable[Lane]) -> None:
        """Keep the files of those sites only that are looked at again, or that nobody lists."""
        in_doubt = {
            domain_of(lane)
            for lane in lanes
            if any(map(self._collection.needs_second_look, lane.targets))
        }
        settled = set(map(domain_of, lanes)) - in_doubt
        self._robots_files[index] = {
            origin: file
            for origin, file in self._robots_files.get(index, {}).items()
            if urls.registrable_domain(urls.host(origin)) not in settled
        }

    def _note_robots(self, index: int, file: RobotsFile) -> None:
        self._robots_files.setdefault(index, {})[file.origin] = file
        if not robots.is_temporary(file):
            self._outbox.put_file(file)

    # --- what shards tell -----------------------------------------------------------------------

    def _receive(self, index: int, news: News) -> None:
        match news:
            case LookBegan() | AttemptEnded() | LeftSite() | NoNetwork():
                self._watch.note(news)
            case RobotsAnswered(file=file):
                self._note_robots(index, file)
            case LookEnded():
                for check, mark in zip(news.checks, news.text_marks, strict=True):
                    self._collection.add(check, mark)
            case Fault():
                self._collection.add_fault(news)
            case HostsAsked():
                self._hosts_asked[index] = news.hosts

    def _report(self, checks: tuple[Check, ...]) -> None:
        self._around.listen(
            Progress(
                checks=checks,
                done=len(self._collection),
                total=self._total,
                asking=tuple(host for hosts in self._hosts_asked.values() for host in hosts),
                budget_left=self._seconds_left(),
                verdicts=self._collection.counts(),
                in_doubt=self._collection.in_doubt,
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
