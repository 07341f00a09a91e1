"""IO: a shard in a process of a worker, which gives itself back when the worker has no network."""

import asyncio
from dataclasses import dataclass

from crawler.crawl import canaries
from crawler.crawl.cluster.holding import DOUBT_SECONDS, Holding
from crawler.crawl.coordinator_link import PipeLink
from crawler.crawl.messages import News
from crawler.crawl.shard import Shard
from crawler.crawl.shard_jobs import ShardJob, ShardResult
from crawler.crawl.worker import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """In place of a result: the worker reaches nobody, and none of the failures was told."""

    hosts: int
    """That were asked."""
    unreached: int
    """Of these."""


def run_shard(channel: Channel, job: ShardJob) -> ShardResult | CutOff:
    """What the shard has learned; called in a process of its own."""

    async def main() -> ShardResult | CutOff:
        link = _HoldingLink(channel, job)
        return await _result(Shard(job, link), link)

    return asyncio.run(main())


async def _result(shard: Shard, link: "_HoldingLink") -> ShardResult | CutOff:
    looking = asyncio.create_task(shard.run())
    watching = asyncio.create_task(link.cut())
    await asyncio.wait({looking, watching}, return_when=asyncio.FIRST_COMPLETED)
    try:
        if looking.done() and await link.is_connected():
            return await looking
        return link.cut_off()
    finally:
        for task in (looking, watching):
            task.cancel()
        await asyncio.gather(looking, watching, return_exceptions=True)


class _HoldingLink(PipeLink):
    """Tells the coordinator of hosts that were not reached when something else was."""

    def __init__(self, channel: Channel, job: ShardJob) -> None:
        super().__init__(channel, job)
        self._holding = Holding()
        # Without canaries there is nothing that could clear a doubt: the coordinator watches.
        self._is_holding = bool(job.settings.guard.canaries)

    def tell(self, news: News) -> None:
        """Send a message, and those that were held back until now."""
        if not self._is_holding:
            super().tell(news)
            return
        for one in self._holding.passed(news, self._loop.time()):
            super().tell(one)

    def cut_off(self) -> CutOff:
        """What is told in place of a result."""
        return CutOff(hosts=self._holding.asked, unreached=self._holding.unreached)

    async def cut(self) -> None:
        """Returns when nobody has answered for a while, no canary either."""
        while True:
            await asyncio.sleep(DOUBT_SECONDS / 6)
            if self._holding.is_doubtful(self._loop.time()) and not await self.is_connected():
                return

    async def is_connected(self) -> bool:
        """Whether a canary answers, or nothing is in doubt; what was held back is told then."""
        if not self._holding.has_any:
            return True
        if self.stop.done() or self._loop.time() >= self._job.deadline:
            # There is no time for canaries, and nothing of this counts.
            return True
        settings, job = self._job.settings, self._job
        is_answered = await canaries.is_any_answered(settings, job.version, job.resolver)
        if is_answered:
            for one in self._holding.released(self._loop.time(), by_canary=True):
                super().tell(one)
        return is_answered
