"""IO: where shards run: in this process, or each in one of its own."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from crawler.crawl.jobs import News, ShardJob, ShardResult
from crawler.crawl.processes import Call, Processes
from crawler.crawl.shard import Means, Shard, ticking
from crawler.crawl.worker import Channel
from crawler.fetch import Sleep

Hear = Callable[[News], None]
"""Called on the event loop with what a shard says."""
Again = asyncio.Future[frozenset[str]]
"""Which targets get a second look, once that is known."""


def cores() -> int:
    """How many of the machine's cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Place(Protocol):
    """Where a shard runs."""

    async def run(self, job: ShardJob, hear: Hear, again: Again) -> ShardResult:
        """What the shard has learned. Raises: `LostError` when its process is gone."""

    def close(self) -> None:
        """End what is still running."""


class Here:
    """Shards on this event loop."""

    def __init__(self, clock: Callable[[], datetime], sleep: Sleep) -> None:
        self._clock = clock
        self._sleep = sleep

    async def run(self, job: ShardJob, hear: Hear, again: Again) -> ShardResult:
        """What the shard has learned."""

        def asked() -> Awaitable[frozenset[str]]:
            return asyncio.shield(again)

        means = Means(tell=hear, again=asked, clock=self._clock, sleep=self._sleep)
        return await Shard(job, means).run()

    def close(self) -> None:
        """Nothing is left: a shard ends with its task."""


class Apart:
    """Shards in processes of their own."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._processes = Processes(self._pass_on)
        self._hearers: dict[Call, Hear] = {}

    async def run(self, job: ShardJob, hear: Hear, again: Again) -> ShardResult:
        """What the shard has learned. Raises: `LostError` when its process is gone."""
        call = self._processes.submit(run_shard, job)
        self._hearers[call] = hear

        def say(known: Again) -> None:
            if not known.cancelled():
                call.say(known.result())

        again.add_done_callback(say)
        try:
            result: ShardResult = await asyncio.wrap_future(call)
        finally:
            again.remove_done_callback(say)
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
            self._hearers[call](one)


def run_shard(channel: Channel, job: ShardJob) -> ShardResult:
    """A shard, run by the process at the other end of the channel."""

    async def main() -> ShardResult:
        loop = asyncio.get_running_loop()
        again = loop.create_future()

        def take(keys: object) -> None:
            if not again.done():
                again.set_result(keys)

        def hear(keys: object) -> None:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(take, keys)

        channel.hear(hear)
        means = Means(tell=channel.say, again=lambda: again, clock=ticking(job))
        return await Shard(job, means).run()

    return asyncio.run(main())
