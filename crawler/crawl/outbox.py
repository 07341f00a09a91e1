"""IO: finished checks, handed on in batches while the crawl goes on."""

import asyncio
from collections.abc import Callable, Sequence
from types import TracebackType

from crawler.model import Check

BATCH_SECONDS = 0.4
"""How long a finished check waits for others before all are handed on together."""

Keep = Callable[[Sequence[Check]], None]
"""Stores checks; called in a thread, never twice at once."""


class Outbox:
    """Hands checks to `keep`, and then to `report` on the event loop; nothing put in is lost.

    A failing `keep` ends the `async with` block that the outbox is used in, with its exception in
    the group that the block raises.
    """

    def __init__(self, keep: Keep, report: Callable[[tuple[Check, ...]], None]) -> None:
        self._keep = keep
        self._report = report
        self._waiting: list[Check] = []
        self._closing = asyncio.Event()
        self._group = asyncio.TaskGroup()

    def put(self, check: Check) -> None:
        """Take a check; it is kept within `BATCH_SECONDS` and the time that `keep` takes."""
        self._waiting.append(check)

    async def __aenter__(self) -> "Outbox":
        await self._group.__aenter__()
        self._group.create_task(self._hand_on())
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._closing.set()
        await self._group.__aexit__(exc_type, exc, traceback)

    async def _hand_on(self) -> None:
        try:
            while not self._closing.is_set():
                try:
                    async with asyncio.timeout(BATCH_SECONDS):
                        await self._closing.wait()
                except TimeoutError:
                    await self._flush()
        finally:
            await self._flush()

    async def _flush(self) -> None:
        checks, self._waiting = tuple(self._waiting), []
        if checks:
            keeping = asyncio.ensure_future(asyncio.to_thread(self._keep, checks))
            try:
                await asyncio.shield(keeping)
            except asyncio.CancelledError:
                # The thread cannot be stopped; the next batch must not overtake it.
                await keeping
                raise
        self._report(checks)
