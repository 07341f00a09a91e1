"""IO: contents to pages, one in a turn of the event loop, and what may be hostile in a process of its own."""

import asyncio
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from crawler import extract, urls
from crawler.fetch.slots import Slots
from crawler.model import Page

if TYPE_CHECKING:
    from pebble import ProcessPool

MAX_SECONDS = 2
"""Of a processor's time that a page may take which no count shows to be harmless."""
MAX_WAIT = 20.0
"""Seconds that it may take by the clock: other work may keep the processor busy."""
MAX_MEMORY = 1 << 29
"""Bytes of address space that its process may have: no honest page of 2 MB takes a third of it."""
_MAX_BREAKS = 3
"""How often the process may break down by itself before none is started any more."""
_UNTOLD = "ignore:resource_tracker:UserWarning"
"""A warning that whoever outlives a process which is killed would write where people read."""


class Reads(Protocol):
    """Who makes a page of a content."""

    async def __call__(self, content: bytes, uri: str, content_type: str | None) -> Page:
        """What `extract.read` says of it, or more."""


class PageReader:
    """Reads pages; an asynchronous context manager, for one crawl.

    A page that its counts show to be harmless is read on the event loop; between two of them all that
    is ready goes on. Another one is read in a process that ends when the page takes too much, or when
    the parser crashes: then as much is read of it as is harmless, and likewise of all that its host
    has of the kind.
    Of several that wait, the one with the largest `backlog` behind it is read first.
    """

    def __init__(self, backlog: Callable[[], int] = lambda: 0) -> None:
        self.waiting = 0
        """Pages that are to be read, or being read."""
        self._backlog = backlog
        self._turn = Slots(1)
        self._process: ProcessPool | None = None
        self._breaks = 0
        self._costly: set[str] = set()

    async def __call__(self, content: bytes, uri: str, content_type: str | None) -> Page:
        """What the content says of itself, as much of it as can be read."""
        self.waiting += 1
        try:
            async with self._turn.held(self._backlog()):
                page = extract.read_if_harmless(content, uri, content_type)
                # The transfers are served before the next page is read.
                await asyncio.sleep(0)
            if page is None:
                page = await self._read_heavy(content, uri, content_type)
            return page
        finally:
            self.waiting -= 1

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """End the process, if there is one, whatever it is at."""
        process, self._process = self._process, None
        if process is not None:
            process.stop()  # type: ignore[no-untyped-call]
            await asyncio.to_thread(process.join)

    async def _read_heavy(self, content: bytes, uri: str, content_type: str | None) -> Page:
        page = await self._read_whole(content, uri, content_type)
        if page is not None:
            return page
        async with self._turn.held(self._backlog()):
            page = extract.read(content, uri, content_type)
            await asyncio.sleep(0)
        return page

    async def _read_whole(self, content: bytes, uri: str, content_type: str | None) -> Page | None:
        """None when that takes too much."""
        host = urls.host_key(uri)
        if host in self._costly or self._breaks >= _MAX_BREAKS:
            return None
        try:
            return await self._in_process(content, uri, content_type)
        except (OSError, MemoryError):  # the time was over, the process has died, memory was short
            self._costly.add(host)
        except RuntimeError:  # there is no process, or it ended before it had begun
            self._breaks += 1
            await self.aclose()
        return None

    def _in_process(
        self, content: bytes, uri: str, content_type: str | None
    ) -> asyncio.Future[Page]:
        self._process = self._process or _process()
        # An interrupt is for us alone; whom we start inherits that, from its first moment on.
        masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            future = self._process.schedule(
                _read_within_limits, args=(content, uri, content_type), timeout=MAX_WAIT
            )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)
        return asyncio.wrap_future(future)


def _process() -> "ProcessPool":
    # Few crawls need it, and it takes a while to be imported.
    from multiprocessing import get_context, resource_tracker  # noqa: PLC0415

    from pebble import ProcessPool  # noqa: PLC0415

    if _UNTOLD not in sys.warnoptions:  # which every process inherits that multiprocessing starts
        sys.warnoptions.append(_UNTOLD)
    # Whoever is the first to need it would have interrupts let through again.
    resource_tracker.ensure_running()
    return ProcessPool(max_workers=1, context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Set up the process: it can be ended while it is in the parser, and takes only so much memory."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit(resource.RLIMIT_AS, MAX_MEMORY)


def _read_within_limits(content: bytes, uri: str, content_type: str | None) -> Page:
    """`extract.read_whole`, in an own process, which does not survive it when it takes too long."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime) + MAX_SECONDS)
    return extract.read_whole(content, uri, content_type)


def _limit(what: int, value: int) -> None:
    """Set a limit that can be set again, where the system has it and allows as much."""
    _, most = resource.getrlimit(what)
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (value, most))
