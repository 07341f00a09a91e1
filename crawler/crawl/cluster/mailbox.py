"""IO: a queue of Dask's scheduler, in which packets wait for one reader."""

import asyncio
from contextlib import suppress
from typing import Self

from distributed import Client, Queue

from crawler.crawl.cluster.packets import Packet

CLOSING_SECONDS = 1.0


class Mailbox:
    """A queue; all methods raise `OSError` while there is no connection to the scheduler."""

    def __init__(self, client: Client, name: str, most: int, queue: Queue) -> None:
        """Use `opened`."""
        self._client = client
        self._name = name
        self._most = most
        self._queue = queue

    @classmethod
    async def opened(cls, client: Client, name: str, most: int = 0) -> Self:
        """The queue of this name, for at most so many packets; 0 for any number."""
        return cls(client, name, most, await Queue(name, client=client, maxsize=most))

    async def put(self, packet: Packet) -> None:
        """Add a packet; it waits while the queue is full, and may be lost with the connection."""
        self._require_client()
        try:
            await self._queue.put(tuple(packet))
        except KeyError:
            await self._open_again()

    async def take(self) -> tuple[Packet, ...]:
        """All packets that there are; it waits for the first."""
        self._require_client()
        try:
            found = (await self._queue.get(), *await self._queue.get(batch=True))
        except KeyError:
            await self._open_again()
            return ()
        return tuple(Packet(*one) for one in found if one is not None)

    async def close(self) -> None:
        """Give it up as its reader; what waits in the scheduler, to put or to take, waits no more."""
        with suppress(OSError, KeyError, TimeoutError):
            self._require_client()
            async with asyncio.timeout(CLOSING_SECONDS):
                await self._queue.get(batch=True)
                await self._queue.put(None)
        self.release()

    def release(self, *, for_all: bool = False) -> None:
        """Give it up; the scheduler forgets it when both ends have, or at once with `for_all`."""
        for _ in range(1 + for_all):
            self._queue.close()

    async def _open_again(self) -> None:
        """After the start of a new scheduler, which does not know the queue."""
        self._queue = await Queue(self._name, client=self._client, maxsize=self._most)

    def _require_client(self) -> None:
        # One that has given up has no scheduler any more.
        if self._client.scheduler is None:
            raise ConnectionError("the client of Dask is closed")
