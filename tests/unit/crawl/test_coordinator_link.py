"""A shard in a process of its own, and the coordinator that it hears and waits for."""

import asyncio
from collections.abc import Callable
from typing import cast

from crawler.crawl.coordinator_link import MOST_UNSENT, PipeLink
from crawler.crawl.messages import ConcurrencyNow
from crawler.crawl.worker import Channel
from tests.support.crawling import make_job


class FullChannel:
    """A channel in which messages wait."""

    def __init__(self) -> None:
        self.unsent = MOST_UNSENT + 1

    def listen(self, listener: Callable[[object], None]) -> None:
        """Nothing comes."""


class TalkingChannel(FullChannel):
    """A channel through which messages come."""

    def listen(self, listener: Callable[[object], None]) -> None:
        self.receive = listener


JOB = make_job()


def test_a_shard_is_ready_when_few_of_its_messages_wait() -> None:
    async def main() -> None:
        channel = FullChannel()
        link = PipeLink(cast(Channel, channel), JOB)
        ready = asyncio.create_task(link.ready())
        await asyncio.sleep(0)
        assert not ready.done()
        channel.unsent = MOST_UNSENT
        await ready

    asyncio.run(main())


def test_a_shard_learns_how_many_requests_it_may_have() -> None:
    async def main() -> list[int]:
        channel, limits = TalkingChannel(), list[int]()
        PipeLink(cast(Channel, channel), JOB).listen(limits.append)
        channel.receive(ConcurrencyNow(requests=5))
        await asyncio.sleep(0)
        return limits

    assert asyncio.run(main()) == [5]
