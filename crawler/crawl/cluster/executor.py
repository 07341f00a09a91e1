"""IO: runs shards on the workers of a Dask cluster, as many at once as it has slots."""

import asyncio
import itertools
import pickle
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import uuid4

from distributed import Client

from crawler.config import FetchSettings
from crawler.crawl.cluster.connection import CLOSING_SECONDS, LOST, RETRY_SECONDS, until_lost
from crawler.crawl.cluster.cut_off import CutOff
from crawler.crawl.cluster.examination import WORKER_SECONDS, fault_of, require_scheduler
from crawler.crawl.cluster.mailbox import Mailbox
from crawler.crawl.cluster.packets import LEASE_SECONDS, Packet, PacketStream, over
from crawler.crawl.cluster.submission import Call, Submission
from crawler.crawl.cluster.task import look
from crawler.crawl.cluster.workers import Workers
from crawler.crawl.coordinator_link import NewsListener
from crawler.crawl.ending import Stop
from crawler.crawl.messages import ConcurrencyNow, NoNetwork, RecordsWanted, StopNow
from crawler.crawl.portable import with_texts
from crawler.crawl.shard_executors import MakeJob, records_for
from crawler.crawl.shard_jobs import ShardResult, share_of
from crawler.crawl.worker import Raised, Returned
from crawler.errors import ClusterError
from crawler.model import Record

TICK = 0.1
"""Seconds from one look at what is to be sent to the next."""
WORKERS_SECONDS = 2.0
"""How often it is asked which workers there are."""
MOST_UNSTORED = 2000
"""Checks that wait to be stored; with more, the shards have to wait."""
INBOX_SIZE = 64
"""Packets that the scheduler keeps for the coordinator; workers wait while there are so many."""


class ClusterExecutor:
    """Runs each shard as a task of Dask; `start` it first.

    When the cluster cannot be used any more, the future of every shard raises `ClusterError`.
    """

    def __init__(
        self,
        client: Client,
        known: Mapping[str, Record],
        unstored: Callable[[], int],
        *,
        fetch: FetchSettings,
        announce: Callable[[str], None],
    ) -> None:
        """`unstored` says how many checks wait to be stored; `announce` takes sentences for a person."""
        self.workers = Workers(asyncio.get_running_loop().time())
        self._client = client
        self._known = known
        self._unstored = unstored
        self._fetch = fetch
        self._announce = announce
        self._loop = asyncio.get_running_loop()
        self._name = f"crawler-{uuid4().hex}"
        self._waiting: deque[Submission] = deque()
        self._running: dict[str, Submission] = {}
        """By the name that the task has for its shard."""
        self._calls: dict[str, Call] = {}
        self._is_idle = True
        """Whether everything that came has been read."""
        self._fault: BaseException | None = None
        """Why the cluster cannot be used any more."""
        self._tasks: list[asyncio.Task[None]] = []
        self._endings: set[asyncio.Task[None]] = set()
        self._examinations: dict[str, asyncio.Task[None]] = {}
        """Of workers that have not answered yet, by address."""
        self._work: Any = None
        """What the scheduler has for the next worker, where there is none."""

    async def start(self) -> None:
        """Begin to listen.

        Raises:
            ClusterError: there is no connection to the scheduler any more, or it cannot be used.
        """
        try:
            # It waits for a while only.
            await require_scheduler(self._client)
            self._inbox = await Mailbox.opened(self._client, self._name, INBOX_SIZE)
            await self._look_for_workers()
            if self._examinations:
                await asyncio.wait(self._examinations.values(), timeout=WORKER_SECONDS)
        except OSError as error:
            raise ClusterError(LOST) from error
        for work in (self._listen, self._tick, self._watch_connection):
            task = asyncio.create_task(work())
            task.add_done_callback(self._fail_with)
            self._tasks.append(task)

    def submit(
        self, make_job: MakeJob, listener: NewsListener, stop: Stop
    ) -> asyncio.Future[ShardResult]:
        """The future of the shard."""
        future: asyncio.Future[ShardResult] = self._loop.create_future()
        submission = Submission(make_job, listener, future)

        def tell_stop(_: Stop) -> None:
            if submission.call is not None:
                submission.call.outbox.append(StopNow())
            elif not future.done():
                future.set_result(ShardResult())

        def clean_up(_: asyncio.Future[ShardResult]) -> None:
            stop.remove_done_callback(tell_stop)
            self._let_go(submission)

        stop.add_done_callback(tell_stop)
        future.add_done_callback(clean_up)
        if self._fault is not None:
            future.set_exception(self._fault)
        else:
            self._waiting.append(submission)
        return future

    async def shutdown(self) -> None:
        """End what still runs, and listen no more."""
        tasks = (*self._tasks, *self._examinations.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for submission in (*self._running.values(), *self._waiting):
            submission.future.cancel()
        await asyncio.sleep(0)  # the futures call back
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await asyncio.gather(*self._endings, self._inbox.close())

    # --- what comes -----------------------------------------------------------------------------

    async def _listen(self) -> None:
        while True:
            try:
                await self._receive()
            except OSError:
                await self._reconnected()

    async def _receive(self) -> None:
        packets = await self._inbox.take()
        self._is_idle = False
        while self._unstored() > MOST_UNSTORED:  # noqa: ASYNC110  (a thread stores them)
            await asyncio.sleep(TICK)
        for packet in packets:
            await self._take(packet)
        await self._send_all()
        self._is_idle = True

    async def _watch_connection(self) -> None:
        """Raises `ClusterError` when the scheduler is lost."""
        raise ClusterError(await until_lost(self._client, lambda: self.workers.seen_at))

    async def _reconnected(self) -> None:
        """Returns when there is a connection again."""
        self._is_idle = False
        await asyncio.sleep(RETRY_SECONDS)
        while self._client.status != "running":  # noqa: ASYNC110  (Dask has no event)
            await asyncio.sleep(RETRY_SECONDS)
        for call in self._calls.values():
            # Nobody could be heard meanwhile.
            call.stream.heard_at = self._loop.time()
        self._is_idle = True

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
                    call.outbox.append(with_texts(records_for(message, self._known)))
                case Returned(result=CutOff()):
                    self._avoid(call, message.result)
                case Returned():
                    future.set_result(message.result)
                case Raised(error=error):
                    call.submission.lose(error)
                case news:
                    call.submission.listener(news)

    async def _answer(self, packet: Packet) -> None:
        """Begin a call if its shard waits for one; tell any other one that it is over."""
        shard = packet.body.decode() if packet.number == 0 else ""
        mailbox = await Mailbox.opened(self._client, packet.call)
        # Meanwhile it may have been given to another worker, or a stop may have come.
        submission = self._running.get(shard)
        if submission is not None and submission.future.done():
            submission = None
        if submission is None or submission.call:
            await mailbox.put(over(packet.call))
            mailbox.release()
            if submission is not None:
                submission.lose(f"its worker at {submission.worker} was lost")
            return
        now = self._loop.time()
        stream = PacketStream(packet.call, now)
        stream.taken(packet, now)
        job = submission.make_job(submission.slot, self._slots)
        call = Call(
            submission, stream, mailbox, self._concurrency_of(submission), [job.later(now)]
        )
        submission.call = self._calls[packet.call] = call

    def _avoid(self, call: Call, found: CutOff) -> None:
        """Give the shard of a worker without a network to another one."""
        self.workers.cut_off(call.submission.worker, self._loop.time())
        self._end(call)
        self._wait_again(call.submission)
        if not self.workers.slots and not self.workers.unknown:
            call.submission.listener(NoNetwork(hosts=found.hosts, unreached=found.unreached))
            for future in (one.future for one in self._waiting if not one.future.done()):
                future.set_result(ShardResult())

    # --- what goes ------------------------------------------------------------------------------

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            with suppress(OSError):  # `_listen` connects again
                if self._loop.time() - self.workers.seen_at > WORKERS_SECONDS:
                    await self._look_for_workers()
                self._begin_waiting()
                self._share_out()
                await self._send_all()
                for submission in tuple(self._running.values()):
                    await self._check(submission)

    async def _send_all(self) -> None:
        await asyncio.gather(*map(self._send, tuple(self._calls.values())))

    async def _send(self, call: Call) -> None:
        async with call.sending:
            now = self._loop.time()
            packets = list(call.stream.due(now))
            if call.outbox and call.stream.has_room:
                body = pickle.dumps(tuple(call.outbox))
                call.outbox.clear()
                packets.append(call.stream.packed(body, now))
            for packet in packets:
                await call.mailbox.put(packet)

    async def _check(self, submission: Submission) -> None:
        """Notice a shard that was lost."""
        call, task = submission.call, submission.task
        if task is None:
            return  # it was given up while another one was looked at
        if call is not None:
            # What it had told before its end comes first.
            is_gone = task.status == "error" or not self.workers.has(submission.worker)
            if self._is_idle and (is_gone or self._is_silent(call)):
                submission.lose(f"its worker at {submission.worker} was lost")
        elif task.status == "error":
            error = await task.exception()
            submission.lose(f"its worker was lost ({type(error).__name__})")
        elif (
            task.status in {"cancelled", "lost", "finished"}  # with the connection, or unheard
            or not self.workers.has(submission.worker)  # Dask would wait for it
            or self._is_late(submission)
        ):
            self._wait_again(submission)

    def _is_silent(self, call: Call) -> bool:
        """Whether a worker has sent nothing for too long; others are preferred to it then."""
        is_silent = call.stream.is_lost(self._loop.time())
        if is_silent:
            self.workers.note_silence(call.submission.worker, self._loop.time())
        return is_silent

    def _is_late(self, submission: Submission) -> bool:
        """Whether a worker has not begun for too long, and there is another one for the shard.

        A worker that hangs is in the scheduler's list for five minutes more.
        """
        if not self._is_idle or self._loop.time() - submission.since < LEASE_SECONDS:
            return False
        self.workers.note_silence(submission.worker, self._loop.time())
        return not self.workers.is_usable(submission.worker)

    async def _look_for_workers(self) -> None:
        if self._client.status != "running":
            return
        slots, has_shards = await self._client.nthreads(), bool(self._waiting or self._running)
        self.workers.note(slots, self._loop.time(), is_wanted=has_shards)
        if slots or not has_shards:
            self._work = None
        elif self._work is None or self._work.status != "pending":
            # Some clusters start workers when there is work; our shards wait here for one.
            self._work = self._client.submit(abs, 0, pure=False)
        for worker in self.workers.unknown - self._examinations.keys():
            self._examinations[worker] = self._loop.create_task(self._examine(worker))

    async def _examine(self, worker: str) -> None:
        """Note whether a worker can be used, as soon as it answers."""
        fault = await fault_of(self._client, worker, self._fetch.ca_bundle)
        del self._examinations[worker]
        if fault is not None:
            self.workers.note_answer(worker, fault)
        if fault:
            self._announce(f"The worker {worker} gets nothing: it {fault}.")

    def _begin_waiting(self) -> None:
        is_connected = self._client.status == "running"
        while is_connected and self._waiting and (worker := self._free_worker()):
            submission = self._waiting.popleft()
            taken = {one.slot for one in self._running.values()}
            submission.slot = next(n for n in itertools.count() if n not in taken)
            submission.worker, submission.since = worker, self._loop.time()
            name = uuid4().hex
            self._running[name] = submission
            submission.task = self._client.submit(
                look,
                self._name,
                name,
                key=f"crawler-shard-{name}",
                pure=False,
                workers=[worker],
            )

    def _free_worker(self) -> str:
        return self.workers.free(Counter(one.worker for one in self._running.values()))

    @property
    def _slots(self) -> int:
        """By how many shards `fetch.concurrency` is shared."""
        # One whose worker has just gone may go on for a while.
        return max(self.workers.slots, len(self._running), 1)

    def _concurrency_of(self, submission: Submission) -> int:
        return share_of(self._fetch, submission.slot, self._slots)

    def _share_out(self) -> None:
        """Tell shards how many requests they may have on the wire now, where that has changed."""
        for call in self._calls.values():
            requests = self._concurrency_of(call.submission)
            if requests != call.concurrency:
                call.concurrency = requests
                call.outbox.append(ConcurrencyNow(requests=requests))

    # --- ends -----------------------------------------------------------------------------------

    def _let_go(self, submission: Submission) -> None:
        """Forget a shard whose future is done."""
        with suppress(ValueError):
            self._waiting.remove(submission)
        self._forget_task(submission)
        if submission.call is not None:
            self._end(submission.call)

    def _wait_again(self, submission: Submission) -> None:
        """The shard is the next to begin."""
        self._forget_task(submission)
        submission.call = None
        if not submission.future.done():
            self._waiting.appendleft(submission)

    def _forget_task(self, submission: Submission) -> None:
        submission.task = None
        for name, one in tuple(self._running.items()):
            if one is submission:
                del self._running[name]

    def _end(self, call: Call) -> None:
        """Tell the worker that the call is over."""

        async def tell() -> None:
            with suppress(OSError):
                await call.mailbox.put(over(call.stream.call))
                call.mailbox.release(for_all=not self.workers.has(call.submission.worker))

        del self._calls[call.stream.call]
        ending = self._loop.create_task(tell())
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    def _fail_with(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or (error := task.exception()) is None:
            return
        self._fault = error
        for submission in (*self._running.values(), *self._waiting):
            if not submission.future.done():
                submission.future.set_exception(error)
