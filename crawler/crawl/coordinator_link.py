"""IO: how a shard talks to the coordinator: directly, or through a pipe from its own process."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import Protocol

from crawler.crawl import portable
from crawler.crawl.ending import Stop
from crawler.crawl.messages import ConcurrencyNow, KnownRecords, News, RecordsWanted, StopNow
from crawler.crawl.shard_jobs import ShardJob
from crawler.crawl.worker import BATCH_SECONDS, Channel
from crawler.fetch import Sleep
from crawler.model import Check, Record, Target

MOST_UNSENT = 2000
"""Messages that wait to be sent before a shard waits with its next target; some 5 for a target."""
NewsListener = Callable[[News], None]
"""Called on the event loop with each message of a shard."""


class CoordinatorLink(Protocol):
    """What a shard asks of the process that it runs in."""

    stop: Stop
    """Set when the shard has to end before its deadline."""

    def tell(self, news: News) -> None:
        """Send a message to the coordinator."""

    def listen(self, limit: Callable[[int], None]) -> None:
        """Call `limit` when other than the job's number of requests may be on the wire at once."""

    def records_of(self, target: Target) -> Awaitable[Mapping[str, Record]]:
        """The records of the target's resources, perhaps among others; asked for at once."""

    def portable(self, check: Check, known: Mapping[str, Record]) -> Check:
        """The check as it is told, given the records of its target's resources."""

    async def ready(self) -> None:
        """Return when the coordinator keeps up with what it is told."""

    def now(self) -> datetime:
        """The time now."""

    def sleep(self, seconds: float) -> Awaitable[None]:
        """Wait between two attempts."""


class LocalLink:
    """For a shard on the coordinator's event loop."""

    def __init__(
        self,
        listener: NewsListener,
        stop: Stop,
        known: Mapping[str, Record],
        *,
        clock: Callable[[], datetime],
        sleep: Sleep,
    ) -> None:
        self.tell = listener
        self.stop = stop
        self.now = clock
        self.sleep = sleep
        self._all_records = asyncio.get_running_loop().create_future()
        self._all_records.set_result(known)

    def records_of(self, target: Target) -> Awaitable[Mapping[str, Record]]:
        """All records: the mapping reads each one when it is looked up."""
        return self._all_records

    def portable(self, check: Check, known: Mapping[str, Record]) -> Check:
        """The check as it is: its text is packed beside the event loop, if it is new at all."""
        return check

    def listen(self, limit: Callable[[int], None]) -> None:
        """Does nothing: it stays as it is."""

    async def ready(self) -> None:
        """Return at once: what is told is taken at once."""


class PipeLink:
    """For a shard in a process of its own."""

    def __init__(self, channel: Channel, job: ShardJob) -> None:
        self._loop = asyncio.get_running_loop()
        self.sleep = asyncio.sleep
        self.stop: Stop = self._loop.create_future()
        self._channel = channel
        self._job = job
        self._wanted: dict[tuple[str, ...], asyncio.Future[Mapping[str, Record]]] = {}
        self._limit: Callable[[int], None] = lambda requests: None
        channel.listen(self._receive)

    def tell(self, news: News) -> None:
        """Send a message in a batch with those that follow soon."""
        self._channel.send(news)

    def records_of(self, target: Target) -> Awaitable[Mapping[str, Record]]:
        """The records of the target's resources, from the coordinator."""
        keys = tuple(resource.key for resource in target.resources)
        answer: asyncio.Future[Mapping[str, Record]] = self._loop.create_future()
        self._wanted[keys] = answer
        self._channel.send(RecordsWanted(keys=keys))
        return answer

    def portable(self, check: Check, known: Mapping[str, Record]) -> Check:
        """The check with its text packed."""
        return portable.packed(check, known)

    async def ready(self) -> None:
        """Return when few messages wait to be sent."""
        while self._channel.unsent > MOST_UNSENT:  # noqa: ASYNC110  (a thread sends them)
            await asyncio.sleep(BATCH_SECONDS)

    def now(self) -> datetime:
        """The coordinator's time: a process of its own has only the monotonic clock."""
        return self._job.now + timedelta(seconds=monotonic() - self._job.monotonic_now)

    def listen(self, limit: Callable[[int], None]) -> None:
        """Call `limit` with what the coordinator says."""
        self._limit = limit

    def _receive(self, message: KnownRecords | ConcurrencyNow | StopNow) -> None:
        # In a thread; the loop may be closed by now.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._accept, message)

    def _accept(self, message: KnownRecords | ConcurrencyNow | StopNow) -> None:
        match message:
            case KnownRecords():
                answer = self._wanted.pop(message.keys)
                if not answer.done():
                    answer.set_result(message.records)
            case ConcurrencyNow():
                self._limit(message.requests)
            case StopNow():
                self.stop.set_result(None)
