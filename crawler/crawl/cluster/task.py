"""IO: the task of Dask that runs a shard on a worker: a process, and its messages through queues."""

import asyncio
import pickle
import threading
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import Any
from uuid import uuid4

from distributed import Client, get_worker

from crawler.crawl.cluster.cut_off import run_shard
from crawler.crawl.cluster.mailbox import Mailbox
from crawler.crawl.cluster.packets import OVER, Packet, PacketStream
from crawler.crawl.remote_call import LostError, RemoteCall
from crawler.crawl.shard_jobs import ShardJob
from crawler.crawl.worker import Raised, Returned

TICK = 0.5
"""Seconds from one look at what is to be sent to the next, when the shard tells nothing."""
MOST_UNSENT = 2000
"""Messages of the shard that wait to be sent before the shard has to wait."""
RETRY_SECONDS = 1.0
"""After a fault of the connection to the scheduler."""


async def look(inbox: str, shard: str) -> None:
    """Runs a shard in a process of its own; its job comes from the coordinator, through a queue.

    It ends when the coordinator has all that the shard told, or wants no more of it, or is silent.
    """
    worker = get_worker()
    call = f"{shard}-{uuid4().hex}"
    client = Client(
        worker.scheduler.address,
        security=worker.security,
        asynchronous=True,
        set_as_default=False,
    )
    async with client:
        to_us = await Mailbox.opened(client, call)
        to_coordinator = await Mailbox.opened(client, inbox)
        relay = _Relay(call, to_us, to_coordinator)
        try:
            await relay.run(shard.encode())
        finally:
            relay.kill()
            await to_us.close()
            if relay.is_abandoned:
                # Else up to 64 packets of a run that was killed stay in the scheduler.
                await to_coordinator.close()
            else:
                to_coordinator.release()


class _Relay:
    """Passes packets between the coordinator and the shard's process."""

    def __init__(self, call: str, to_us: Mailbox, to_coordinator: Mailbox) -> None:
        self._stream = PacketStream(call, monotonic())
        self._to_us = to_us
        self._to_coordinator = to_coordinator
        self._loop = asyncio.get_running_loop()
        self._process: RemoteCall | None = None
        self._told: deque[object] = deque()
        """What the shard told, and was not sent yet."""
        self._has_room = threading.Event()
        """Whether the shard's process may tell more."""
        self._has_room.set()
        self._has_news = asyncio.Event()
        """Whether there may be something to send, or room for it."""
        self._has_ended = False
        self._is_over = asyncio.Event()

    @property
    def is_abandoned(self) -> bool:
        """Whether the coordinator was silent for too long."""
        return self._stream.is_lost(monotonic())

    async def run(self, hello: bytes) -> None:
        """Returns when the call is over."""
        async with asyncio.TaskGroup() as group:
            work = (self._listen(), self._send(hello), self._end_with_lease())
            tasks = [group.create_task(one) for one in work]
            await self._is_over.wait()
            for task in tasks:
                task.cancel()

    def kill(self) -> None:
        """End the process, if it still runs."""
        self._has_room.set()
        if self._process is not None:
            self._process.kill()

    async def _listen(self) -> None:
        while True:
            try:
                packets = await self._to_us.take()
            except OSError:
                await asyncio.sleep(RETRY_SECONDS)
                continue
            for packet in packets:
                if packet.number == OVER:
                    self._is_over.set()
                    return
                body = self._stream.taken(packet, monotonic())
                for message in pickle.loads(body) if body is not None else ():  # noqa: S301 -- ours
                    await self._pass_on(message)
            self._has_news.set()

    async def _pass_on(self, message: object) -> None:
        if isinstance(message, ShardJob):
            try:
                self._process = await asyncio.to_thread(self._started, message)
            except LostError as error:
                self._tell_last(Raised(str(error)))
            else:
                asyncio.wrap_future(self._process).add_done_callback(self._end)
        elif self._process is not None:
            self._process.send(message)

    def _started(self, job: ShardJob) -> RemoteCall:
        """The shard's process; its job is told the time by this machine's clock."""
        return RemoteCall(self._receive, run_shard, job.elsewhere(monotonic()))

    def _receive(self, _: RemoteCall, messages: tuple[object, ...]) -> None:
        # In a thread; the loop may be closed by now.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._tell, messages)
            self._has_room.wait()

    def _tell(self, messages: tuple[object, ...]) -> None:
        self._told.extend(messages)
        if len(self._told) > MOST_UNSENT:
            self._has_room.clear()
        self._has_news.set()

    def _end(self, ended: asyncio.Future[Any]) -> None:
        if not ended.cancelled():
            error = ended.exception()
            self._tell_last(Returned(ended.result()) if error is None else Raised(str(error)))

    def _tell_last(self, last: Returned | Raised) -> None:
        self._has_ended = True
        self._tell((last,))

    async def _end_with_lease(self) -> None:
        """The queue of a coordinator that was killed fills up: whoever sends then waits for ever."""
        while not self.is_abandoned:  # noqa: ASYNC110  (a clock has no event)
            await asyncio.sleep(TICK)
        self._is_over.set()

    async def _send(self, hello: bytes) -> None:
        await self._put(self._stream.packed(hello, monotonic()))
        while not (self._has_ended and not self._told and self._stream.is_confirmed):
            with suppress(TimeoutError):
                async with asyncio.timeout(TICK):
                    await self._has_news.wait()
            self._has_news.clear()
            now = monotonic()
            for packet in self._stream.due(now):
                await self._put(packet)
            if self._told and self._stream.has_room:
                batch = tuple(self._told)
                self._told.clear()
                self._has_room.set()
                await self._put(self._stream.packed(pickle.dumps(batch), now))
        self._is_over.set()

    async def _put(self, packet: Packet) -> None:
        try:
            await self._to_coordinator.put(packet)
        except OSError:
            await asyncio.sleep(RETRY_SECONDS)
