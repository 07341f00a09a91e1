"""IO: a limited number of slots, given first to the lanes with the most targets left."""

import asyncio
import heapq
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count

ALWAYS = 1
"""Requests that may be on the wire however many pages wait: a hostile page may take long to read."""


class Slots:
    """A limited number of slots; a free one goes to the waiting task with the largest backlog.

    If the first to come were the first to get one, the longest lane would wait a whole round of
    all hosts for each of its requests, and the run would take as long as that lane. A page that
    waits to be read takes a slot as well, because otherwise all that servers send would pile up in
    memory; `unread` counts these pages.
    """

    def __init__(self, size: int, unread: Callable[[], int] = lambda: 0) -> None:
        self._size = size
        self._unread = unread
        self._taken = 0
        self._order = count()
        self._waiting: list[tuple[int, bool, int, asyncio.Future[None]]] = []

    def resize(self, size: int) -> None:
        """Change the number of slots; those held above it are kept until they are released."""
        self._size = size
        self._hand_out()

    @asynccontextmanager
    async def held(self, backlog: int) -> AsyncIterator[None]:
        """Holds a slot during the block; waits for one first."""
        await self.acquire(backlog)
        try:
            yield
        finally:
            self.release()

    async def acquire(self, backlog: int, *, is_begun: bool = False) -> None:
        """Return once a slot is held; with equal backlogs, a host that was asked before goes first."""
        if self._has_room():
            self._taken += 1
            return
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (-backlog, not is_begun, next(self._order), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.release()
            raise

    def release(self) -> None:
        """Give a slot back, to the next task in order if one waits."""
        self._taken -= 1
        self._hand_out()

    def _hand_out(self) -> None:
        while self._waiting and self._has_room():
            turn = heapq.heappop(self._waiting)[-1]
            if not turn.done():
                self._taken += 1
                turn.set_result(None)

    def _has_room(self) -> bool:
        return self._taken < max(self._size - self._unread(), min(self._size, ALWAYS))
