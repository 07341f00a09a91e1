"""IO: where lost resources may have gone: candidates are looked for, read, judged and compared."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence

from crawler import urls
from crawler.config import Settings
from crawler.crawl.ending import Stop, until
from crawler.errors import describe
from crawler.model import Record
from crawler.search.archive import archive_of
from crawler.search.asking import Asker
from crawler.search.host_search import HostSearch
from crawler.search.surroundings import Archive, ArchivedCopy, Found, Surroundings

__all__ = ["Archive", "ArchivedCopy", "Found", "Surroundings", "archive_of", "search"]

HOSTS_AT_ONCE = 8
"""Of a site with 50,000 URLs, some 100 MB are in memory."""


async def search(
    wanted: Sequence[Record], settings: Settings, around: Surroundings
) -> tuple[Found, ...]:
    """What was found for each of the records, in their order; hosts are searched side by side.

    Each candidate is asked for as a link of the list is: with the settings' politeness, limits and
    exclusions. What is not finished in time is not complete.
    """
    found = {one.key: one for one in map(_nothing_found, wanted)}
    async with Asker(settings, around) as asker:

        async def search_host(records: Sequence[Record]) -> None:
            # What is known of a site is forgotten as soon as its search ends.
            host = HostSearch(records, asker, settings, around)
            try:
                await host.run()
            except Exception as error:  # noqa: BLE001  (the other hosts must be searched)
                host.end_with(describe(error))
            finally:
                found.update((one.key, one) for one in host.found)

        with contextlib.suppress(TimeoutError):
            async with _until_end(around):
                await _for_each(_by_host(wanted), search_host)
    return tuple(found.values())


async def _for_each(
    hosts: Iterable[Sequence[Record]],
    search_host: Callable[[Sequence[Record]], Coroutine[None, None, None]],
) -> None:
    room = asyncio.Semaphore(HOSTS_AT_ONCE)
    async with asyncio.TaskGroup() as group:
        for records in hosts:
            await room.acquire()
            task = group.create_task(search_host(records))
            task.add_done_callback(lambda _: room.release())


@contextlib.asynccontextmanager
async def _until_end(around: Surroundings) -> AsyncIterator[None]:
    """Ends the block when its time is over, or a stop comes. Raises: `TimeoutError` then."""
    loop = asyncio.get_running_loop()
    stop: Stop = loop.create_future()
    waiting = loop.create_task(around.stop.wait())
    waiting.add_done_callback(lambda _: stop.done() or stop.cancel())
    try:
        async with until(loop.time() + around.seconds, stop):
            yield
    finally:
        waiting.cancel()


def _by_host(wanted: Sequence[Record]) -> Iterable[list[Record]]:
    hosts: dict[str, list[Record]] = defaultdict(list)
    for record in wanted:
        if not urls.problem(record.resource.url):
            hosts[urls.host_key(urls.normal_form(record.resource.url))].append(record)
    return hosts.values()


def _nothing_found(record: Record) -> Found:
    """What is said of a resource before it was searched, and of a URL that cannot be asked."""
    resource = record.resource
    is_hopeless = urls.problem(resource.url) is not None
    return Found(key=resource.key, resource_url=resource.url, is_complete=is_hopeless)
