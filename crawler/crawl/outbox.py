"""IO: finished checks, stored in batches while the crawl goes on."""

import asyncio
from collections.abc import Callable, Sequence
from types import TracebackType

from crawler.model import Check, ProbeProfile
from crawler.robots import RobotsFile

BATCH_SECONDS = 0.4
"""How long a finished check waits for others, which are then stored together."""

Keep = Callable[[Sequence[Check]], None]
"""Stores checks; called in a thread, never twice at once."""
Learn = Callable[[Sequence[RobotsFile], Sequence[ProbeProfile]], None]
"""Stores what was learned of hosts; never called while `Keep` is."""


class Outbox:
    """Passes checks to `keep` in batches, and then to `report` on the event loop; none is lost.

    When `keep` fails, the `async with` block of the outbox ends at once, and raises its exception in
    an exception group.
    """

    def __init__(
        self, keep: Keep, learn: Learn, report: Callable[[tuple[Check, ...]], None]
    ) -> None:
        self._keep = keep
        self._learn = learn
        self._report = report
        self._waiting: list[Check] = []
        self._files: list[RobotsFile] = []
        self._profiles: list[ProbeProfile] = []
        self._is_closing = asyncio.Event()
        self._sending = asyncio.Lock()
        self._group = asyncio.TaskGroup()

    def put(self, check: Check) -> None:
        """Add a check; `keep` gets it within `BATCH_SECONDS`, or after the batch that it is storing."""
        self._waiting.append(check)

    def __len__(self) -> int:
        """How many checks wait to be stored."""
        return len(self._waiting)

    def put_file(self, file: RobotsFile) -> None:
        """Add a robots.txt; `learn` gets it with the next batch."""
        self._files.append(file)

    def put_profiles(self, profiles: Sequence[ProbeProfile]) -> None:
        """Add how hosts answer for made-up URLs; `learn` gets it with the next batch."""
        self._profiles += profiles

    async def flush(self) -> None:
        """Return when everything that was put so far is stored and reported."""
        async with self._sending:
            await self._send_batch()

    async def __aenter__(self) -> "Outbox":
        await self._group.__aenter__()
        self._group.create_task(self._send_batches())
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_closing.set()
        await self._group.__aexit__(exc_type, exc, traceback)

    async def _send_batches(self) -> None:
        try:
            while not self._is_closing.is_set():
                try:
                    async with asyncio.timeout(BATCH_SECONDS):
                        await self._is_closing.wait()
                except TimeoutError:
                    await self.flush()
        finally:
            await self.flush()

    async def _send_batch(self) -> None:
        checks = tuple(self._waiting)
        files, profiles = tuple(self._files), tuple(self._profiles)
        self._waiting.clear()
        self._files.clear()
        self._profiles.clear()
        if checks or files or profiles:
            storing = asyncio.to_thread(self._store, checks, files, profiles)
            keeping = asyncio.ensure_future(storing)
            try:
                await asyncio.shield(keeping)
            except asyncio.CancelledError:
                # The thread cannot be stopped; the next batch must not overtake it.
                await keeping
                raise
        self._report(checks)

    def _store(
        self,
        checks: tuple[Check, ...],
        files: tuple[RobotsFile, ...],
        profiles: tuple[ProbeProfile, ...],
    ) -> None:
        if checks:
            self._keep(checks)
        if files or profiles:
            self._learn(files, profiles)
