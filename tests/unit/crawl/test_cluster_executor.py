"""What hands shards to a cluster, with no cluster behind it."""

import asyncio
import json
import pickle
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from crawler import __version__
from crawler.crawl.cluster import executor as under_test
from crawler.crawl.cluster import workers
from crawler.crawl.cluster.executor import MOST_UNSTORED, ClusterExecutor
from crawler.crawl.cluster.packets import OVER, Packet
from crawler.crawl.coordinator_link import NewsListener
from crawler.crawl.messages import HostsAsked, News
from crawler.crawl.remote_call import LostError
from crawler.crawl.shard_executors import MakeJob
from crawler.crawl.shard_jobs import ShardJob, ShardResult


@dataclass(eq=False)
class Task:
    """A future of Dask."""

    shard: str
    workers: list[str] | None
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

    async def nthreads(self) -> dict[str, int]:
        self.asked_for_workers += 1
        return self.slots

    def submit(self, *words: Any, workers: list[str] | None, **_: object) -> Task:
        self.tasks.append(Task(words[2], workers))
        return self.tasks[-1]


class Mail:
    """All mailboxes of a cluster."""

    def __init__(self) -> None:
        self.put_packets: list[Packet] = []
        self.packets: asyncio.Queue[Packet] = asyncio.Queue()
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
        return (await self.packets.get(),)

    async def close(self) -> None:
        pass

    def release(self, *, for_all: bool = False) -> None:
        pass


def no_job(slot: int, slots: int) -> ShardJob:
    raise AssertionError("no job is wanted")


@dataclass
class Scene:
    """An executor that runs, with all that it talks to."""

    client: Client
    mail: Mail
    executor: ClusterExecutor
    stop: asyncio.Future[None]

    def submit(
        self, make: MakeJob = no_job, listener: NewsListener = lambda news: None
    ) -> asyncio.Future[ShardResult]:
        return self.executor.submit(make, listener, self.stop)

    def tell(self, number: int, body: bytes) -> None:
        """A packet from the shard."""
        self.mail.packets.put_nowait(Packet("call", number, 0, body))

    def greet(self, shard: str) -> None:
        hello = {"shard": shard, "worker": "a", "version": __version__}
        self.tell(0, json.dumps(hello).encode())


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
        executor = ClusterExecutor(client, {}, unstored)
        await executor.start()
        try:
            stop = asyncio.get_running_loop().create_future()
            await scene(Scene(client, mail, executor, stop))
        finally:
            await executor.shutdown()

    asyncio.run(main())


def test_a_shard_does_not_wait_for_workers_that_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(on: Scene) -> None:
        on.executor.workers.refuse("b", "is another version")
        on.submit()
        await until(lambda: len(on.client.tasks) == 1)
        assert on.client.tasks[0].workers == ["a"]
        on.client.slots = {"b": 1, "c": 1}
        await until(lambda: len(on.client.tasks) == 2)
        assert on.client.tasks[1].workers == ["c"]

    play(monkeypatch, Client(a=1, b=1), scene)


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


def test_what_a_lost_worker_had_told_is_read_before_its_shard_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
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
        on.client.slots, asked = {"b": 1}, on.client.asked_for_workers
        await until(lambda: on.client.asked_for_workers > asked + 3)
        assert (future.done(), heard) == (False, [])
        unstored[0] = 0
        with pytest.raises(LostError, match="its worker at a was lost"):
            await future
        assert heard == [news]

    monkeypatch.setattr(workers, "NEW_SECONDS", 0)
    play(monkeypatch, Client(a=1), scene, lambda: unstored[0])
