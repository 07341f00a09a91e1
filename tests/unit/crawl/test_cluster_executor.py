"""What hands shards to a cluster, with no cluster behind it."""

import asyncio
import pickle
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from crawler import __version__
from crawler.config import FetchSettings
from crawler.crawl.cluster import connection
from crawler.crawl.cluster import executor as under_test
from crawler.crawl.cluster.executor import MOST_UNSTORED, ClusterExecutor
from crawler.crawl.cluster.packets import OVER, Packet
from crawler.crawl.coordinator_link import NewsListener
from crawler.crawl.messages import ConcurrencyNow, HostsAsked, News
from crawler.crawl.remote_call import LostError
from crawler.crawl.shard_executors import MakeJob
from crawler.crawl.shard_jobs import ShardJob, ShardResult
from crawler.errors import ClusterError


@dataclass(eq=False)
class Task:
    """A future of Dask."""

    shard: str
    workers: list[str]
    status: str = "pending"
    is_asked: bool = False
    may_tell: asyncio.Event = field(default_factory=asyncio.Event)

    async def exception(self) -> Exception:
        self.is_asked = True
        await self.may_tell.wait()
        return RuntimeError("killed")


class Client:
    """A scheduler with these workers, which never run anything."""

    status = "running"

    def __init__(self, **slots: int) -> None:
        self.slots = slots
        self.tasks: list[Task] = []
        self.asked_for_workers = 0
        self.answers: dict[str, object] = {}
        """What workers answer that cannot be used, or None while one does not answer, by address."""
        self.has_answer = asyncio.Event()
        self.scheduler_fault: Exception | None = None
        self.has_hung = False
        self.wanted: list[Task] = []
        """Tasks for any worker."""

    async def nthreads(self) -> dict[str, int]:
        self.asked_for_workers += 1
        if self.has_hung:
            await asyncio.Event().wait()
        return self.slots

    async def run_on_scheduler(self, *_: object) -> None:
        if self.scheduler_fault:
            raise self.scheduler_fault

    async def run(self, *_: object, workers: list[str], on_error: str) -> dict[str, object]:
        (one,) = workers
        assert on_error == "return"
        while (answer := self.answers.get(one, (__version__, True))) is None:
            await self.has_answer.wait()
        return {one: answer}

    def submit(self, *words: Any, workers: list[str] | None = None, **_: object) -> Task:
        if workers is None:
            self.wanted.append(Task("", []))
            return self.wanted[-1]
        self.tasks.append(Task(words[2], workers))
        return self.tasks[-1]


class Mail:
    """All mailboxes of a cluster."""

    def __init__(self) -> None:
        self.put_packets: list[Packet] = []
        self.packets: asyncio.Queue[Packet | OSError] = asyncio.Queue()
        self.may_open = asyncio.Event()
        self.may_open.set()
        self.opening = 0

    async def opened(self, *_: object) -> "Mail":
        self.opening += 1
        await self.may_open.wait()
        return self

    async def put(self, packet: Packet) -> None:
        self.put_packets.append(packet)

    async def take(self) -> tuple[Packet, ...]:
        if isinstance(packet := await self.packets.get(), OSError):
            raise packet
        return (packet,)

    async def close(self) -> None:
        pass

    def release(self, *, for_all: bool = False) -> None:
        pass


FETCH = FetchSettings(ca_bundle="/of/ours.pem", concurrency=9)


def no_job(slot: int, slots: int) -> ShardJob:
    raise AssertionError("no job is wanted")


@dataclass
class Scene:
    """An executor that runs, with all that it talks to."""

    client: Client
    mail: Mail
    executor: ClusterExecutor
    stop: asyncio.Future[None]
    said: list[str]

    def submit(
        self, make: MakeJob = no_job, listener: NewsListener = lambda news: None
    ) -> asyncio.Future[ShardResult]:
        return self.executor.submit(make, listener, self.stop)

    def tell(self, number: int, body: bytes) -> None:
        """A packet from the shard."""
        self.mail.packets.put_nowait(Packet("call", number, 0, body))

    def greet(self, shard: str) -> None:
        self.tell(0, shard.encode())


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not is_so():  # noqa: ASYNC110  (it has no event)
            await asyncio.sleep(0.01)


def play(
    monkeypatch: pytest.MonkeyPatch,
    client: Client,
    scene: Callable[[Scene], Awaitable[None]],
    unstored: Callable[[], int] = lambda: 0,
) -> None:
    async def main() -> None:
        mail = Mail()
        monkeypatch.setattr(under_test, "Mailbox", mail)
        monkeypatch.setattr(under_test, "WORKERS_SECONDS", 0)
        said: list[str] = []
        executor = ClusterExecutor(client, {}, unstored, fetch=FETCH, announce=said.append)
        await executor.start()
        try:
            stop = asyncio.get_running_loop().create_future()
            await scene(Scene(client, mail, executor, stop, said))
        finally:
            await executor.shutdown()

    asyncio.run(main())


def test_a_shard_does_not_wait_for_workers_that_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(on: Scene) -> None:
        on.submit()
        await until(lambda: len(on.client.tasks) == 1)
        assert on.client.tasks[0].workers == ["a"]
        on.client.slots = {"b": 1, "c": 1}
        await until(lambda: len(on.client.tasks) == 2)
        assert on.client.tasks[1].workers == ["c"]

    client = Client(a=1, b=1)
    client.answers["b"] = ("0.0.1", True)
    play(monkeypatch, client, scene)


def test_a_cluster_that_starts_workers_for_work_has_some(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(on: Scene) -> None:
        asked = on.client.asked_for_workers
        await until(lambda: on.client.asked_for_workers > asked + 1)
        assert not on.client.wanted
        on.submit()
        await until(lambda: len(on.client.wanted) == 1)
        on.client.wanted[0].status = "finished"  # on a worker that has gone again
        await until(lambda: len(on.client.wanted) == 2)
        asked = on.client.asked_for_workers
        await until(lambda: on.client.asked_for_workers > asked + 1)
        on.client.slots = {"a": 1}
        await until(lambda: len(on.client.tasks) == 1)
        assert len(on.client.wanted) == 2

    play(monkeypatch, Client(), scene)


def test_each_slot_gets_a_shard_and_the_rest_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(on: Scene) -> None:
        futures = [on.submit() for _ in range(4)]
        await until(lambda: len(on.client.tasks) == 3)
        assert Counter(one.workers[0] for one in on.client.tasks) == {"a": 1, "b": 2}
        futures[0].cancel()
        await until(lambda: len(on.client.tasks) == 4)
        assert on.client.tasks[3].workers == on.client.tasks[0].workers

    play(monkeypatch, Client(a=1, b=2), scene)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (("0.0.1", True), "has version 0.0.1 of the crawler; install resource-crawler[cluster] "),
        (ModuleNotFoundError("No module"), "cannot run the crawler (No module); install resource"),
        ((__version__, False), "cannot read fetch.ca_bundle, /of/ours.pem; put that file there"),
    ],
)
def test_a_worker_that_cannot_be_used_is_named_and_gets_no_shard(
    monkeypatch: pytest.MonkeyPatch, answer: object, fault: str
) -> None:
    async def scene(on: Scene) -> None:
        futures = [on.submit() for _ in range(2)]
        await until(lambda: len(on.client.tasks) == 1)
        assert on.client.tasks[0].workers == ["b"]
        (said,) = on.said
        assert said.startswith(f"The worker a gets nothing: it {fault}")
        on.client.slots = {"a": 1}
        with pytest.raises(ClusterError, match=re.escape(f"no worker can be used: a {fault}")):
            await asyncio.gather(*futures)

    client = Client(a=1, b=1)
    client.answers["a"] = answer
    play(monkeypatch, client, scene)


def test_a_worker_that_does_not_answer_gets_a_shard_when_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene(on: Scene) -> None:
        on.submit()
        on.submit()
        await until(lambda: len(on.client.tasks) == 1)
        assert on.client.tasks[0].workers == ["b"]
        on.client.answers.clear()
        on.client.has_answer.set()
        await until(lambda: len(on.client.tasks) == 2)
        assert on.client.tasks[1].workers == ["a"]

    client = Client(a=1, b=1)
    client.answers["a"] = None
    monkeypatch.setattr(under_test, "WORKER_SECONDS", 0.01)
    play(monkeypatch, client, scene)


def test_a_scheduler_without_the_crawler_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(_: Scene) -> None:
        raise AssertionError("it has started")

    client = Client(a=1)
    client.scheduler_fault = ModuleNotFoundError("No module")
    with pytest.raises(ClusterError, match="the scheduler cannot run the crawler"):
        play(monkeypatch, client, scene)


def test_a_scheduler_that_hangs_from_the_start_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene(_: Scene) -> None:
        raise AssertionError("nothing begins")

    async def never(*_: object) -> None:
        await asyncio.Event().wait()

    client = Client(a=1)
    client.scheduler_fault = TimeoutError()
    monkeypatch.setattr(Mail, "opened", never)
    with pytest.raises(ClusterError, match="the scheduler does not answer; restart it"):
        play(monkeypatch, client, scene)


def test_a_shard_whose_worker_does_not_begin_goes_to_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene(on: Scene) -> None:
        on.submit()
        await until(lambda: len(on.client.tasks) == 1)
        asked = on.client.asked_for_workers
        await until(lambda: on.client.asked_for_workers > asked + 3)
        assert len(on.client.tasks) == 1  # nobody else could do it
        on.client.slots = {"a": 1, "b": 1}
        await until(lambda: len(on.client.tasks) == 2)
        assert [one.workers for one in on.client.tasks] == [["a"], ["b"]]
        on.greet(on.client.tasks[0].shard)
        await until(lambda: bool(on.mail.put_packets))
        assert on.mail.put_packets[0].number == OVER

    monkeypatch.setattr(under_test, "LEASE_SECONDS", 0.0)
    play(monkeypatch, Client(a=1), scene)


def test_a_shard_that_was_stopped_as_it_began_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(on: Scene) -> None:
        future = on.submit()
        await until(lambda: len(on.client.tasks) == 1)
        on.mail.may_open.clear()
        on.greet(on.client.tasks[0].shard)
        await until(lambda: on.mail.opening == 2)
        on.stop.set_result(None)
        assert await future == ShardResult()
        on.mail.may_open.set()
        await until(lambda: bool(on.mail.put_packets))
        assert [(one.call, one.number) for one in on.mail.put_packets] == [("call", OVER)]

    play(monkeypatch, Client(a=1), scene)


def test_a_shard_that_was_given_to_another_worker_as_it_began_is_over_for_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene(on: Scene) -> None:
        future = on.submit(lambda slot, slots: cast("ShardJob", Job()))
        await until(lambda: len(on.client.tasks) == 1)
        on.mail.may_open.clear()
        on.greet(on.client.tasks[0].shard)
        await until(lambda: on.mail.opening == 2)
        on.client.slots = {"b": 1}
        await until(lambda: len(on.client.tasks) == 2)
        on.mail.may_open.set()
        await until(lambda: bool(on.mail.put_packets))
        assert [one.number for one in on.mail.put_packets] == [OVER]
        on.greet(on.client.tasks[1].shard)
        await until(lambda: len(on.mail.put_packets) == 2)
        assert (on.mail.put_packets[1].number, future.done()) == (0, False)

    play(monkeypatch, Client(a=1), scene)


def test_a_shard_whose_worker_gave_up_unheard_begins_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene(on: Scene) -> None:
        on.submit()
        await until(lambda: len(on.client.tasks) == 1)
        on.client.tasks[0].status = "finished"
        await until(lambda: len(on.client.tasks) == 2)

    play(monkeypatch, Client(a=1), scene)


def test_a_shard_shares_with_those_that_begin_later(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(on: Scene) -> None:
        def told() -> list[object]:
            bodies = [one.body for one in on.mail.put_packets if one.number >= 0]
            return [message for body in bodies for message in pickle.loads(body)]  # noqa: S301

        def make(slot: int, slots: int) -> ShardJob:
            shares.append((slot, slots))
            return cast("ShardJob", Job())

        shares: list[tuple[int, int]] = []
        on.submit(make)
        second = on.submit(make)
        await until(lambda: len(on.client.tasks) == 1)
        on.greet(on.client.tasks[0].shard)
        await until(lambda: len(told()) == 1)
        on.client.slots = {"a": 1, "b": 1}
        await until(lambda: len(told()) == 2)
        assert (shares, told()[1]) == ([(0, 1)], ConcurrencyNow(requests=5))
        second.cancel()
        on.client.slots = {"a": 1}
        await until(lambda: len(told()) == 3)
        assert told()[2] == ConcurrencyNow(requests=9)

    play(monkeypatch, Client(a=1), scene)


def test_a_worker_that_is_lost_while_the_connection_is_broken_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene(on: Scene) -> None:
        future = on.submit(lambda slot, slots: cast("ShardJob", Job()))
        await until(lambda: len(on.client.tasks) == 1)
        on.greet(on.client.tasks[0].shard)
        await until(lambda: bool(on.mail.put_packets))  # the job
        on.client.slots = {"b": 1}
        on.mail.packets.put_nowait(OSError("broken"))
        with pytest.raises(LostError, match="its worker at a was lost"):
            await future

    monkeypatch.setattr(under_test, "RETRY_SECONDS", 0)
    play(monkeypatch, Client(a=1), scene)


def test_a_scheduler_that_hangs_ends_every_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(on: Scene) -> None:
        first, second = on.submit(), on.submit()
        await until(lambda: len(on.client.tasks) == 1)
        on.client.has_hung = True
        for future in (first, second):
            with pytest.raises(ClusterError, match="the scheduler has said nothing for"):
                await future

    monkeypatch.setattr(connection, "SILENCE_SECONDS", 0.5)
    play(monkeypatch, Client(a=1), scene)


def test_a_shard_that_is_given_up_while_another_is_looked_at_harms_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene(on: Scene) -> None:
        first, second = on.submit(), on.submit()
        await until(lambda: len(on.client.tasks) == 2)
        on.client.tasks[0].status = "error"
        await until(lambda: on.client.tasks[0].is_asked)
        second.cancel()
        on.client.tasks[0].may_tell.set()
        with pytest.raises(LostError):
            await first
        third = on.submit()
        await until(lambda: len(on.client.tasks) == 3)
        assert not third.done()
        with suppress(asyncio.CancelledError):
            await second

    play(monkeypatch, Client(a=2), scene)


class Job:
    """Stands for a job."""

    def later(self, now: float) -> "Job":
        return self


@pytest.mark.parametrize("is_worker_there", [False, True])
def test_what_a_lost_shard_had_told_is_read_before_it_is_given_up(
    monkeypatch: pytest.MonkeyPatch, *, is_worker_there: bool
) -> None:
    unstored, heard, news = [0], list[News](), HostsAsked(hosts=("h.test",))

    async def scene(on: Scene) -> None:
        future = on.submit(lambda slot, slots: cast("ShardJob", Job()), heard.append)
        await until(lambda: len(on.client.tasks) == 1)
        on.greet(on.client.tasks[0].shard)
        await until(lambda: bool(on.mail.put_packets))  # the job
        unstored[0] = MOST_UNSTORED + 1
        on.tell(1, pickle.dumps((news,)))
        await until(on.mail.packets.empty)
        if is_worker_there:
            on.client.tasks[0].status = "error"
        else:
            on.client.slots = {"b": 1}
        asked = on.client.asked_for_workers
        await until(lambda: on.client.asked_for_workers > asked + 3)
        assert (future.done(), heard) == (False, [])
        unstored[0] = 0
        with pytest.raises(LostError, match="its worker at a was lost"):
            await future
        assert heard == [news]

    play(monkeypatch, Client(a=1), scene, lambda: unstored[0])
