"""IO: what one attempt may still cost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic

from crawler.retry import RESENDS


class AttemptBudget:
    """Of an attempt: for its pages, its redirects and the robots.txt files on its way together.

    `clock` may stand still for a time that is not to be counted.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self.seconds = seconds
        """Left, on the wire."""
        self._clock = clock
        self._resends = RESENDS

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        """Counts the time that the block takes. Raises: `TimeoutError` when none is left."""
        started_at = self._clock()
        loop = asyncio.get_running_loop()
        handle: asyncio.TimerHandle | None = None

        def look() -> None:
            nonlocal handle
            left = self.seconds - (self._clock() - started_at)
            if left > 0:
                handle = loop.call_later(left, look)
            else:
                timeout.reschedule(loop.time())

        try:
            async with asyncio.timeout(None) as timeout:
                look()
                try:
                    yield
                finally:
                    if handle is not None:
                        handle.cancel()
        finally:
            self.seconds -= self._clock() - started_at

    def take_resend(self) -> bool:
        """Whether a request may be sent a second time."""
        self._resends -= 1
        return self._resends >= 0
