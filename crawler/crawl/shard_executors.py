"""IO: what runs shards, on this event loop or in processes, as `concurrent.futures` runs calls."""

import asyncio
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from crawler.crawl.coordinator_link import LocalLink, NewsListener, PipeLink, SecondLookKeys
from crawler.crawl.ending import Stop
from crawler.crawl.messages import KnownRecords, News, RecordsWanted, SecondLooks, StopNow
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


class ShardExecutor(Protocol):
    """Runs shards."""

    def submit(
        self, job: ShardJob, listener: NewsListener, choice: SecondLookKeys, stop: Stop
    ) -> asyncio.Future[ShardResult]:
        """The future of a shard, which has begun; to cancel the future ends the shard.

        `listener` is called with what the shard tells, before the future has its result.
        The future's exception is `LostError` when the shard's process ended too early.
        Raises: `StartError` when the system has no room for another process.
        """

    def shutdown(self) -> None:
        """End what still runs, and return when it is gone."""


class LoopExecutor:
    """Runs shards as tasks of this event loop."""

    def __init__(
        self, known: Mapping[str, Record], clock: Callable[[], datetime], sleep: Sleep
    ) -> None:
        self._known = known
        self._clock = clock
        self._sleep = sleep

    def submit(
        self, job: ShardJob, listener: NewsListener, choice: SecondLookKeys, stop: Stop
    ) -> asyncio.Future[ShardResult]:
        """The shard's task; it is cancelled with the task that awaits it."""
        link = LocalLink(listener, choice, stop, self._known, clock=self._clock, sleep=self._sleep)
        return asyncio.create_task(Shard(job, link).run())

    def shutdown(self) -> None:
        """Does nothing: a shard ends with the task that awaits it."""


class ProcessExecutor:
    """Runs each shard in a process of its own."""

    def __init__(self, known: Mapping[str, Record]) -> None:
        self._known = known
        self._loop = asyncio.get_running_loop()
        self._calls: list[RemoteCall] = []

    def submit(
        self, job: ShardJob, listener: NewsListener, choice: SecondLookKeys, stop: Stop
    ) -> asyncio.Future[ShardResult]:
        """The future of the shard's process."""

        def receive(call: RemoteCall, messages: tuple[News | RecordsWanted, ...]) -> None:
            # In a thread; the loop may be closed by now.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._pass_on, call, messages, listener)

        def send_choice(chosen: SecondLookKeys) -> None:
            if not chosen.cancelled():
                call.send(SecondLooks(keys=chosen.result()))

        def send_stop(_: Stop) -> None:
            call.send(StopNow())

        def clean_up(_: asyncio.Future[ShardResult]) -> None:
            choice.remove_done_callback(send_choice)
            stop.remove_done_callback(send_stop)
            call.kill()

        call = RemoteCall(receive, run_shard, job)
        self._calls.append(call)
        choice.add_done_callback(send_choice)
        stop.add_done_callback(send_stop)
        future: asyncio.Future[ShardResult] = asyncio.wrap_future(call)
        future.add_done_callback(clean_up)
        return future

    def shutdown(self) -> None:
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
                found = ((key, self._known.get(key)) for key in message.keys)
                records = {key: record for key, record in found if record is not None}
                call.send(KnownRecords(keys=message.keys, records=records))
            else:
                listener(message)


def run_shard(channel: Channel, job: ShardJob) -> ShardResult:
    """What the shard has learned; called in a process of its own."""

    async def main() -> ShardResult:
        return await Shard(job, PipeLink(channel, job)).run()

    return asyncio.run(main())
