"""IO: when a crawl ends: at its deadline, or when a stop is requested."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

Stop = asyncio.Future[None]
"""Done as soon as the crawl is to end."""


@asynccontextmanager
async def until(deadline: float, stop: Stop) -> AsyncIterator[None]:
    """Ends the block at the deadline, or earlier when the stop comes.

    Raises:
        TimeoutError: one of them came before the block had ended.
    """
    async with asyncio.timeout_at(deadline) as limit:

        def end_now(_: Stop) -> None:
            # It is called a little after the stop, when the block may have ended by itself.
            with suppress(RuntimeError):
                limit.reschedule(asyncio.get_running_loop().time())

        stop.add_done_callback(end_now)
        try:
            yield
        finally:
            stop.remove_done_callback(end_now)
