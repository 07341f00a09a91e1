"""IO: what one attempt may still cost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic

from crawler.fetch.alarm import Alarm
from crawler.retry import RESENDS


class AttemptBudget:
    """The time and resends of one attempt: its page, its redirects, and their robots.txt files.

    `clock` may stand still during time that is not to be counted (`Lateness.clock`).
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self.seconds = seconds
        """Time left for requests."""
        self._clock = clock
        self._resends = RESENDS

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        """Counts the time that the block takes. Raises: `TimeoutError` when none is left."""
        started_at = self._clock()
        loop = asyncio.get_running_loop()
        alarm = Alarm()

        def end_if_spent() -> None:
            left = self.seconds - (self._clock() - started_at)
            if left > 0:
                alarm.set(left, end_if_spent)
            else:
                timeout.reschedule(loop.time())

        try:
            async with asyncio.timeout(None) as timeout:
                end_if_spent()
                try:
                    yield
                finally:
                    alarm.cancel()
        finally:
            self.seconds -= self._clock() - started_at

    def take_resend(self) -> bool:
        """Count one more request that is sent again; False when no more are allowed."""
        self._resends -= 1
        return self._resends >= 0
