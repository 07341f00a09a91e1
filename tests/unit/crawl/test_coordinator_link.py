"""A shard in a process of its own waits for a coordinator that does not keep up."""

import asyncio
from collections.abc import Callable
from typing import cast

from crawler.config import Settings
from crawler.crawl.coordinator_link import MOST_UNSENT, PipeLink
from crawler.crawl.shard_jobs import ShardJob
from crawler.crawl.worker import Channel
from tests.support.builders import NOW


class FullChannel:
    """A channel in which messages wait."""

    def __init__(self) -> None:
        self.unsent = MOST_UNSENT + 1

    def listen(self, listener: Callable[[object], None]) -> None:
        """Nothing comes."""


def test_a_shard_is_ready_when_few_of_its_messages_wait() -> None:
    job = ShardJob(
        lanes=(),
        settings=Settings(),
        version="1.2.3",
        now=NOW,
        monotonic_now=0.0,
        deadline=10.0,
        robots_files={},
        profiles={},
        tokens=("one", "two"),
    )

    async def main() -> None:
        channel = FullChannel()
        link = PipeLink(cast(Channel, channel), job)
        ready = asyncio.create_task(link.ready())
        await asyncio.sleep(0)
        assert not ready.done()
        channel.unsent = MOST_UNSENT
        await ready

    asyncio.run(main())
