"""IO: what runs shards, on this event loop or in processes, as `concurrent.futures` runs calls."""

import asyncio
import itertools
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from crawler.crawl.coordinator_link import LocalLink, NewsListener, PipeLink
from crawler.crawl.ending import Stop
from crawler.crawl.messages import KnownRecords, News, RecordsWanted, StopNow
from crawler.crawl.remote_call import RemoteCall
from crawler.crawl.shard import Shard
from crawler.crawl.shard_jobs import ShardJob, ShardResult
from crawler.crawl.worker import Channel
from crawler.fetch import Sleep
from crawler.model import Record


def available_cores() -> int:
    """How many of the machine's cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


MakeJob = Callable[[int, int], ShardJob]
"""Makes a job, given which of how many slots it gets."""


class ShardExecutor(Protocol):
    """Runs shards."""

    def submit(
        self, make_job: MakeJob, listener: NewsListener, stop: Stop
    ) -> asyncio.Future[ShardResult]:
        """The future of a shard, which begins when there is a slot; to cancel the future ends it.

        `make_job` is called when it begins, and `listener` with what the shard tells, before the
        future has its result.
        The future's exception is `LostError` when the shard's process ended too early.
        Raises: `StartError` when the system has no room for another process.
        """

    async def shutdown(self) -> None:
        """End what still runs, and return when it is gone."""


class LoopExecutor:
    """Runs shards as tasks of this event loop, of which there are at most `slots`."""

    def __init__(
        self,
        known: Mapping[str, Record],
        clock: Callable[[], datetime],
        sleep: Sleep,
        slots: int,
    ) -> None:
        self._known = known
        self._clock = clock
        self._sleep = sleep
        self._slots = slots

    def submit(
        self, make_job: MakeJob, listener: NewsListener, stop: Stop
    ) -> asyncio.Future[ShardResult]:
        """The shard's task; it is cancelled with the task that awaits it."""
        link = LocalLink(listener, stop, self._known, clock=self._clock, sleep=self._sleep)
        return asyncio.create_task(Shard(make_job(0, self._slots), link).run())

    async def shutdown(self) -> None:
        """Does nothing: a shard ends with the task that awaits it."""


class ProcessExecutor:
    """Runs each shard in a process of its own, of which there is room for `slots` at once."""

    def __init__(self, known: Mapping[str, Record], slots: int) -> None:
        self._known = known
        self._slots = slots
        self._numbers = itertools.count()
        self._loop = asyncio.get_running_loop()
        self._calls: list[RemoteCall] = []

    def submit(
        self, make_job: MakeJob, listener: NewsListener, stop: Stop
    ) -> asyncio.Future[ShardResult]:
        """The future of the shard's process."""

        def receive(call: RemoteCall, messages: tuple[News | RecordsWanted, ...]) -> None:
            # In a thread; the loop may be closed by now.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._pass_on, call, messages, listener)

        def send_stop(_: Stop) -> None:
            call.send(StopNow())

        def clean_up(_: asyncio.Future[ShardResult]) -> None:
            stop.remove_done_callback(send_stop)
            call.kill()

        job = make_job(next(self._numbers), self._slots)
        call = RemoteCall(receive, run_shard, job)
        self._calls.append(call)
        stop.add_done_callback(send_stop)
        future: asyncio.Future[ShardResult] = asyncio.wrap_future(call)
        future.add_done_callback(clean_up)
        return future

    async def shutdown(self) -> None:
        """Kill the processes that still run, and return when all are gone."""
        for call in self._calls:
            call.kill()
        for call in self._calls:
            call.join()

    def _pass_on(
        self, call: RemoteCall, messages: tuple[News | RecordsWanted, ...], listener: NewsListener
    ) -> None:
        for message in messages:
            if isinstance(message, RecordsWanted):
                call.send(records_for(message, self._known))
            else:
                listener(message)


def records_for(wanted: RecordsWanted, known: Mapping[str, Record]) -> KnownRecords:
    """The records that a shard asks for."""
    found = ((key, known.get(key)) for key in wanted.keys)
    records = {key: record for key, record in found if record is not None}
    return KnownRecords(keys=wanted.keys, records=records)


def run_shard(channel: Channel, job: ShardJob) -> ShardResult:
    """What the shard has learned; called in a process of its own."""

    async def main() -> ShardResult:
        return await Shard(job, PipeLink(channel, job)).run()

    return asyncio.run(main())
