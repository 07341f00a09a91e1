"""The task of Dask that passes on what a shard tells."""

import asyncio

import pytest

from crawler.crawl.cluster import packets
from crawler.crawl.cluster.packets import Packet
from crawler.crawl.cluster.task import _Relay


class FullMailbox:
    """A queue that is full, and from which nothing comes: its other end was killed."""

    async def put(self, _: Packet) -> None:
        await asyncio.Event().wait()

    async def take(self) -> tuple[Packet, ...]:
        await asyncio.Event().wait()
        return ()


def test_a_task_ends_though_the_queue_of_a_killed_coordinator_is_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(packets, "LEASE_SECONDS", 0.1)

    async def main() -> bool:
        relay = _Relay("call", FullMailbox(), FullMailbox())  # type: ignore[arg-type]
        await relay.run(b"{}")
        return relay.is_abandoned

    assert asyncio.run(asyncio.wait_for(main(), 60))
