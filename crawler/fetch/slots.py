"""IO: a number of slots, in which the longest lanes come first."""

import asyncio
import heapq
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count

ALWAYS = 1
"""Requests that may be on the wire whatever waits to be read, which a hostile page may do for long."""


class Slots:
    """A number of slots, each given to what waits with the largest backlog behind it.

    First come, first served would make the longest lane wait a whole round of all hosts for each of
    its turns, and the run as long as that lane. A page that waits to be read takes a slot as well,
    since otherwise all that servers send would pile up in memory; `unread` counts these.
    """

    def __init__(self, size: int, unread: Callable[[], int] = lambda: 0) -> None:
        self._size = size
        self._unread = unread
        self._taken = 0
        self._order = count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []

    def resize(self, size: int) -> None:
        """Have so many slots from now on; what is held above that stays so until it is given back."""
        self._size = size
        self._hand_out()

    @asynccontextmanager
    async def held(self, backlog: int) -> AsyncIterator[None]:
        """Holds a slot; entered when there is one for this backlog."""
        await self.acquire(backlog)
        try:
            yield
        finally:
            self.release()

    async def acquire(self, backlog: int) -> None:
        """Return once a slot is held."""
        if self._has_room():
            self._taken += 1
            return
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (-backlog, next(self._order), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.release()
            raise

    def release(self) -> None:
        """Give the slot to the next in order, or back."""
        self._taken -= 1
        self._hand_out()

    def _hand_out(self) -> None:
        while self._waiting and self._has_room():
            turn = heapq.heappop(self._waiting)[2]
            if not turn.done():
                self._taken += 1
                turn.set_result(None)

    def _has_room(self) -> bool:
        return self._taken < max(self._size - self._unread(), min(self._size, ALWAYS))
