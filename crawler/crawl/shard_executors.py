"""IO: where shards run: in this process, or each in one of its own."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from crawler.crawl.remote_call import Call, Processes
from crawler.crawl.shard import Means, Shard, ticking
from crawler.crawl.shard_jobs import (
    KnownRecords,
    News,
    RecordsWanted,
    SecondLooks,
    ShardJob,
    ShardResult,
)
from crawler.crawl.worker import Channel
from crawler.fetch import Sleep
from crawler.model import Record, Target

Hear = Callable[[News], None]
"""Called on the event loop with what a shard says."""
Repeated = asyncio.Future[frozenset[str]]
"""Which targets get a second look, once that is known."""
Records = Mapping[str, Record]
"""What is known of the resources, by key."""


def cores() -> int:
    """How many of the machine's cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Place(Protocol):
    """Where a shard runs."""

    async def run(self, job: ShardJob, hear: Hear, repeated: Repeated) -> ShardResult:
        """What the shard has learned. Raises: `LostError` when its process is gone."""

    def close(self) -> None:
        """End what is still running."""


class Here:
    """Shards on this event loop."""

    def __init__(self, known: Records, clock: Callable[[], datetime], sleep: Sleep) -> None:
        self._known = known
        self._clock = clock
        self._sleep = sleep

    async def run(self, job: ShardJob, hear: Hear, repeated: Repeated) -> ShardResult:
        """What the shard has learned."""

        def again() -> Awaitable[frozenset[str]]:
            return asyncio.shield(repeated)

        means = Means(tell=hear, again=again, known=self._of, clock=self._clock, sleep=self._sleep)
        return await Shard(job, means).run()

    def close(self) -> None:
        """Nothing is left: a shard ends with its task."""

    async def _of(self, target: Target) -> Records:
        return self._known


class Apart:
    """Shards in processes of their own."""

    def __init__(self, known: Records) -> None:
        self._known = known
        self._loop = asyncio.get_running_loop()
        self._processes = Processes(self._pass_on)
        self._hearers: dict[Call, Hear] = {}

    async def run(self, job: ShardJob, hear: Hear, repeated: Repeated) -> ShardResult:
        """What the shard has learned. Raises: `LostError` when its process is gone."""
        call = self._processes.submit(run_shard, job)
        self._hearers[call] = hear

        def say(chosen: Repeated) -> None:
            if not chosen.cancelled():
                call.say(SecondLooks(keys=chosen.result()))

        repeated.add_done_callback(say)
        try:
            result: ShardResult = await asyncio.wrap_future(call)
        finally:
            repeated.remove_done_callback(say)
            call.end()
        return result

    def close(self) -> None:
        """End what is still running."""
        self._processes.shutdown(cancel_futures=True)

    def _pass_on(self, call: Call, news: tuple[News, ...]) -> None:
        # The loop may be closed by now.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._hand_over, call, news)

    def _hand_over(self, call: Call, news: tuple[News, ...]) -> None:
        for one in news:
            if isinstance(one, RecordsWanted):
                found = ((key, self._known.get(key)) for key in one.keys)
                records = {key: record for key, record in found if record is not None}
                call.say(KnownRecords(keys=one.keys, records=records))
            else:
                self._hearers[call](one)


def run_shard(channel: Channel, job: ShardJob) -> ShardResult:
    """A shard, run by the process at the other end of the channel."""

    async def main() -> ShardResult:
        distant = _Distant(channel)
        means = Means(
            tell=channel.say, again=distant.again, known=distant.known, clock=ticking(job)
        )
        return await Shard(job, means).run()

    return asyncio.run(main())


class _Distant:
    """What has to be asked of the process at the other end."""

    def __init__(self, channel: Channel) -> None:
        self._loop = asyncio.get_running_loop()
        self._channel = channel
        self._repeated: Repeated = self._loop.create_future()
        self._asked: dict[tuple[str, ...], asyncio.Future[Records]] = {}
        channel.hear(self._hear)

    async def again(self) -> frozenset[str]:
        return await self._repeated

    async def known(self, target: Target) -> Records:
        keys = tuple(resource.key for resource in target.resources)
        answer: asyncio.Future[Records] = self._loop.create_future()
        self._asked[keys] = answer
        self._channel.say(RecordsWanted(keys=keys))
        return await answer

    def _hear(self, message: SecondLooks | KnownRecords) -> None:
        # The loop may be closed by now.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._take, message)

    def _take(self, message: SecondLooks | KnownRecords) -> None:
        match message:
            case KnownRecords():
                answer = self._asked.pop(message.keys)
                if not answer.done():
                    answer.set_result(message.records)
            case SecondLooks():
                if not self._repeated.done():
                    self._repeated.set_result(message.keys)
