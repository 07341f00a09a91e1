"""IO: what one attempt may still cost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from crawler.retry import RESENDS


class Allowance:
    """Of an attempt: for its pages, its redirects and the robots.txt files on its way together."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        """Left, on the wire."""
        self._resends = RESENDS

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        """Counts the time that the block takes. Raises: `TimeoutError` when none is left."""
        started_at = monotonic()
        try:
            async with asyncio.timeout(self.seconds):
                yield
        finally:
            self.seconds -= monotonic() - started_at

    def take_resend(self) -> bool:
        """Whether a request may be sent a second time."""
        self._resends -= 1
        return self._resends >= 0
