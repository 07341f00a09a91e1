"""IO: runs shards on the workers of a Dask cluster, as many at once as it has slots."""

import asyncio
import itertools
import json
import pickle
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from distributed import Client, Queue

from crawler import __version__
from crawler.crawl.cluster.packets import Packet, PacketStream, over
from crawler.crawl.cluster.task import look
from crawler.crawl.coordinator_link import NewsListener
from crawler.crawl.ending import Stop
from crawler.crawl.messages import RecordsWanted, StopNow
from crawler.crawl.remote_call import LostError
from crawler.crawl.shard_executors import MakeJob, records_for
from crawler.crawl.shard_jobs import ShardResult
from crawler.crawl.worker import Raised, Returned
from crawler.errors import ClusterError
from crawler.model import Record

TICK = 0.1
"""Seconds."""
SLOTS_SECONDS = 2.0
"""How often it is asked which workers there are."""
NO_WORKER_SECONDS = 60.0
"""How long a run waits for a worker that can be used."""
INBOX_SIZE = 64
"""Packets that the scheduler keeps for the coordinator; workers wait while there are so many."""


@dataclass(eq=False, slots=True)
class _Submission:
    """A shard that was handed to the cluster, or waits for that."""

    make_job: MakeJob
    listener: NewsListener
    future: asyncio.Future[ShardResult]
    slot: int = 0
    task: Any = None
    """The future of Dask; None while it waits."""
    call: "_Call | None" = None
    """None until it runs on a worker."""


@dataclass(eq=False, slots=True)
class _Call:
    """A shard that runs on a worker."""

    submission: _Submission
    stream: PacketStream
    worker: str
    queue: Queue
    outbox: list[object] = field(default_factory=list)
    """Messages for the shard."""


class ClusterExecutor:
    """Runs each shard as a task of Dask; an asynchronous context manager.

    When the cluster cannot be used any more, the future of every shard raises `ClusterError`.
    """

    def __init__(self, client: Client, known: Mapping[str, Record]) -> None:
        self._client = client
        self._known = known
        self._loop = asyncio.get_running_loop()
        self._inbox = f"crawler-{uuid4().hex}"
        self._waiting: deque[_Submission] = deque()
        self._running: dict[str, _Submission] = {}
        """By the name that the task has for its shard."""
        self._calls: dict[str, _Call] = {}
        self._avoided: dict[str, str] = {}
        """Workers that get nothing more, with the reason."""
        self._workers: dict[str, int] = {}
        """Slots of all other workers, by address."""
        self._worker_seen_at = self._looked_at = self._loop.time()
        self._is_idle = False
        """Whether everything that came was read a moment ago."""
        self._tasks: list[asyncio.Task[None]] = []
        self._endings: set[asyncio.Task[None]] = set()
        self._queue: Queue = None

    async def start(self) -> None:
        """Begin to listen."""
        self._queue = await Queue(self._inbox, client=self._client, maxsize=INBOX_SIZE)
        await self._look_for_workers()
        for work in (self._listen, self._tick_on):
            task = asyncio.create_task(work())
            task.add_done_callback(self._fail_with)
            self._tasks.append(task)

    @property
    def workers(self) -> Mapping[str, int]:
        """Addresses of the workers, with the number of their slots."""
        return self._workers

    @property
    def _slots(self) -> int:
        return sum(self._workers.values())

    def submit(
        self, make_job: MakeJob, listener: NewsListener, stop: Stop
    ) -> asyncio.Future[ShardResult]:
        """The future of the shard."""
        future: asyncio.Future[ShardResult] = self._loop.create_future()
        submission = _Submission(make_job, listener, future)

        def tell_stop(_: Stop) -> None:
            if submission.call is not None:
                submission.call.outbox.append(StopNow())
            elif not future.done():
                future.set_result(ShardResult())

        stop.add_done_callback(tell_stop)
        future.add_done_callback(lambda _: stop.remove_done_callback(tell_stop))
        future.add_done_callback(lambda _: self._let_go(submission))
        self._waiting.append(submission)
        return future

    async def shutdown(self) -> None:
        """End what still runs, and listen no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for submission in (*self._running.values(), *self._waiting):
            submission.future.cancel()
        await asyncio.sleep(0)  # what is called when futures are cancelled
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(1):
                await asyncio.gather(*self._endings)
                await self._queue.put(None)  # somebody in the scheduler waits for it
                self._queue.close()

    # --- what comes -----------------------------------------------------------------------------

    async def _listen(self) -> None:
        while True:
            self._is_idle = True
            first = await self._queue.get()
            self._is_idle = False
            for packet in (first, *await self._queue.get(batch=True)):
                await self._take(Packet(*packet))

    async def _take(self, packet: Packet) -> None:
        call = self._calls.get(packet.call)
        if call is None:
            await self._answer(packet)
            return
        body = call.stream.taken(packet, self._loop.time())
        future = call.submission.future
        for message in pickle.loads(body) if body is not None else ():  # noqa: S301 -- our workers
            match message:
                case _ if future.done():
                    return
                case RecordsWanted():
                    call.outbox.append(records_for(message, self._known))
                case Returned():
                    future.set_result(message.result)
                case Raised(error=error):
                    _lose(future, error)
                case news:
                    call.submission.listener(news)

    async def _answer(self, packet: Packet) -> None:
        """Begin a call if its shard waits for one; tell any other one that it is over."""
        hello = json.loads(packet.body) if packet.number == 0 else {}
        submission = self._running.get(hello.get("shard", ""))
        queue = await Queue(packet.call, client=self._client)
        if submission is None or submission.call is not None or not self._is_usable(hello):
            await queue.put(tuple(over(packet.call)))
            queue.close()
            if submission is not None:
                self._refuse(submission)
            return
        now = self._loop.time()
        stream = PacketStream(packet.call, now)
        stream.taken(packet, now)
        slots = max(self._slots, 1)
        job = submission.make_job(submission.slot, slots)
        call = _Call(submission, stream, hello["worker"], queue, [job])
        submission.call = self._calls[packet.call] = call

    def _refuse(self, submission: _Submission) -> None:
        """After a call of a shard that another worker had, or of a worker that cannot be used."""
        if submission.call is not None:
            _lose(submission.future, f"its worker at {submission.call.worker} was lost")
        else:
            self._forget(submission)
            self._waiting.appendleft(submission)

    def _is_usable(self, hello: Mapping[str, str]) -> bool:
        """Whether the worker has our version of the crawler."""
        version = hello["version"]
        if version != __version__:
            self._avoided[hello["worker"]] = f"it has version {version} of the crawler"
        return version == __version__

    # --- what goes ------------------------------------------------------------------------------

    async def _tick_on(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            now = self._loop.time()
            if now - self._looked_at > SLOTS_SECONDS:
                await self._look_for_workers()
            self._begin_waiting()
            await asyncio.gather(*map(self._send, tuple(self._calls.values())))
            for submission in tuple(self._running.values()):
                self._check(submission, now)

    async def _send(self, call: _Call) -> None:
        now = self._loop.time()
        packets = list(call.stream.due(now))
        if call.outbox and call.stream.has_room:
            body = pickle.dumps(tuple(call.outbox))
            call.outbox.clear()
            packets.append(call.stream.packed(body, now))
        for packet in packets:
            await call.queue.put(tuple(packet))

    def _check(self, submission: _Submission, now: float) -> None:
        """Notice a shard that was lost."""
        status, call = submission.task.status, submission.call
        if call is not None and self._is_idle and call.stream.is_lost(now):
            _lose(submission.future, f"its worker at {call.worker} did not answer any more")
        elif status == "error":
            error = submission.task.exception()
            _lose(submission.future, f"its worker failed ({error})")

    async def _look_for_workers(self) -> None:
        self._looked_at = self._loop.time()
        found = await self._client.nthreads()
        self._workers = {one: n for one, n in found.items() if one not in self._avoided}
        if self._workers:
            self._worker_seen_at = self._looked_at
        elif self._looked_at - self._worker_seen_at > NO_WORKER_SECONDS:
            why = "".join(f"; {one} was not used: {why}" for one, why in self._avoided.items())
            raise ClusterError(f"crawl.cluster: there is no worker to run shards{why}")

    def _begin_waiting(self) -> None:
        while self._waiting and len(self._running) < self._slots:
            submission = self._waiting.popleft()
            taken = {one.slot for one in self._running.values()}
            submission.slot = next(n for n in itertools.count() if n not in taken)
            name = uuid4().hex
            self._running[name] = submission
            submission.task = self._client.submit(
                look,
                self._inbox,
                name,
                key=f"crawler-shard-{name}",
                pure=False,
                workers=list(self._workers) if self._avoided else None,
            )

    def _let_go(self, submission: _Submission) -> None:
        """Forget a shard whose future is done."""
        with suppress(ValueError):
            self._waiting.remove(submission)
        self._forget(submission)
        if (call := submission.call) is not None:
            del self._calls[call.stream.call]
            ending = self._loop.create_task(_end(call))
            self._endings.add(ending)
            ending.add_done_callback(self._endings.discard)

    def _forget(self, submission: _Submission) -> None:
        """Forget the task of a shard."""
        submission.task = None
        for name, one in tuple(self._running.items()):
            if one is submission:
                del self._running[name]

    def _fail_with(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or (error := task.exception()) is None:
            return
        for submission in (*self._running.values(), *self._waiting):
            if not submission.future.done():
                submission.future.set_exception(error)


async def _end(call: _Call) -> None:
    with suppress(OSError):
        await call.queue.put(tuple(over(call.stream.call)))
        call.queue.close()


def _lose(future: asyncio.Future[ShardResult], why: str) -> None:
    if not future.done():
        future.set_exception(LostError(why))
