"""IO: contents become pages: read one at a time on the event loop, or in a process if hostile."""

import asyncio
import resource
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from crawler import extract, urls
from crawler.fetch.slots import Slots
from crawler.model import Page

if TYPE_CHECKING:
    from pebble import ProcessPool

MAX_SECONDS = 2
"""CPU time for a page that may be hostile."""
MAX_WAIT = 20.0
"""Seconds for it by the clock: other work may keep the CPU busy."""
MAX_MEMORY = 192 << 20
"""Bytes of address space of the process; honest pages of 2 MB were read in 110 MB."""
_MAX_BREAKDOWNS = 3
"""Breakdowns of the process, not caused by a page, after which it is not started again."""
_NO_WARNING = "ignore:resource_tracker:UserWarning"
"""Keeps a warning off the terminal that multiprocessing prints when our own process is killed."""

ReadPage = Callable[[bytes, str, str | None], Awaitable[Page]]
"""Reads a content as a page, given its URL and `Content-Type` too."""


class PageReader:
    """Reads pages; an asynchronous context manager, for one crawl.

    A page that is harmless by its counts of tags and the like is read on the event loop, which does
    all its other work before the next page. Any other page is read in a process, which ends when
    the page takes too much or crashes the parser; then only the harmless part of it is read, and of
    all further pages of the kind from its host.
    Of several pages that wait, the one with the largest `backlog` is read first.
    """

    def __init__(self, backlog: Callable[[], int] = lambda: 0) -> None:
        self.waiting = 0
        """Pages that wait, or are being read."""
        self._backlog = backlog
        self._turn = Slots(1)
        self._process: ProcessPool | None = None
        self._breakdowns = 0
        self._costly_hosts: set[str] = set()

    async def __call__(self, content: bytes, url: str, content_type: str | None) -> Page:
        """The page, or as much of it as can be read."""
        self.waiting += 1
        try:
            async with self._turn.held(self._backlog()):
                page = extract.read_if_harmless(content, url, content_type)
                # Transfers go on before the next page is read.
                await asyncio.sleep(0)
            if page is None:
                page = await self._read_heavy(content, url, content_type)
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
        """End the process at once, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.stop()  # type: ignore[no-untyped-call]
            await asyncio.to_thread(process.join)

    async def _read_heavy(self, content: bytes, url: str, content_type: str | None) -> Page:
        page = await self._read_whole(content, url, content_type)
        if page is not None:
            return page
        async with self._turn.held(self._backlog()):
            page = extract.read(content, url, content_type)
            await asyncio.sleep(0)
        return page

    async def _read_whole(self, content: bytes, url: str, content_type: str | None) -> Page | None:
        """The whole page; None when it takes too much time or memory."""
        host = urls.host_key(url)
        if host in self._costly_hosts or self._breakdowns >= _MAX_BREAKDOWNS:
            return None
        try:
            return await self._read_in_process(content, url, content_type)
        except (OSError, MemoryError):  # out of time, out of memory, or the process has crashed
            self._costly_hosts.add(host)
        except RuntimeError:  # there is no process, or it ended before it began to read
            self._breakdowns += 1
            await self.aclose()
        return None

    def _read_in_process(
        self, content: bytes, url: str, content_type: str | None
    ) -> asyncio.Future[Page]:
        self._process = self._process or _start_process()
        # Only we react to an interrupt (SIGINT): a process that starts now inherits the mask.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            future = self._process.schedule(
                _read_within_limits, args=(content, url, content_type), timeout=MAX_WAIT
            )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        return asyncio.wrap_future(future)


def _start_process() -> "ProcessPool":
    # Few crawls need these, and they are slow to import.
    from multiprocessing import get_context, resource_tracker  # noqa: PLC0415

    from pebble import ProcessPool  # noqa: PLC0415

    if _NO_WARNING not in sys.warnoptions:  # all processes of multiprocessing inherit these
        sys.warnoptions.append(_NO_WARNING)
    # Started later, the tracker would unblock SIGINT in this thread.
    resource_tracker.ensure_running()
    return ProcessPool(max_workers=1, context=get_context("spawn"), initializer=_limit_process)


def _limit_process() -> None:
    """Let the process be ended while it is in the parser, and limit its memory."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit(resource.RLIMIT_AS, MAX_MEMORY)


def _read_within_limits(content: bytes, url: str, content_type: str | None) -> Page:
    """`extract.read_whole`, in a process that is ended when it takes too much CPU time."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime) + MAX_SECONDS)
    return extract.read_whole(content, url, content_type)


def _limit(what: int, value: int) -> None:
    """Set a soft limit, where the system has it and allows the value."""
    _, most = resource.getrlimit(what)
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (value, most))
