"""IO: a shard that was handed to a cluster, and its call on a worker."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from crawler.crawl.cluster.mailbox import Mailbox
from crawler.crawl.cluster.packets import PacketStream
from crawler.crawl.coordinator_link import NewsListener
from crawler.crawl.remote_call import LostError
from crawler.crawl.shard_executors import MakeJob
from crawler.crawl.shard_jobs import ShardResult


@dataclass(eq=False, slots=True)
class Submission:
    """A shard that was handed to the cluster, or waits for that."""

    make_job: MakeJob
    listener: NewsListener
    future: asyncio.Future[ShardResult]
    slot: int = 0
    task: Any = None
    """The future of Dask; None while the shard waits for a worker."""
    worker: str = ""
    """The address of the one that has it."""
    since: float = 0.0
    """When it was handed to that one."""
    call: "Call | None" = None
    """None until it runs on a worker."""

    def lose(self, why: str) -> None:
        """Give it up, unless it has ended."""
        if not self.future.done():
            self.future.set_exception(LostError(why))


@dataclass(eq=False, slots=True)
class Call:
    """A shard that runs on a worker."""

    submission: Submission
    stream: PacketStream
    mailbox: Mailbox
    """Of the worker's end."""
    concurrency: int
    """How many requests the shard may have on the wire at once, by what it was told."""
    outbox: list[object] = field(default_factory=list)
    """Messages for the shard."""
    sending: asyncio.Lock = field(default_factory=asyncio.Lock)
    """A packet must not overtake another."""
