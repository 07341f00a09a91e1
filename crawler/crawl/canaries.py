"""IO: the canaries: URLs that are sure to answer unless our own network is down."""

import asyncio
from collections.abc import Coroutine, Iterable

from crawler import guard
from crawler.config import Settings
from crawler.crawl.host_turns import HostTurns
from crawler.fetch import Fetcher, Lateness, Resolver, Transport


async def is_any_answered(settings: Settings, version: str, resolver: Resolver | None) -> bool:
    """Whether one of the settings' canaries is answered by its own site."""
    turns = HostTurns(settings, lambda: 1, Lateness())
    transport = Transport(settings, resolver)
    async with Fetcher(settings, version=version, transport=transport, turns=turns) as fetcher:
        with turns.lateness.measured():
            return await any_of(_is_answered(fetcher, url) for url in settings.guard.canaries)


async def any_of(questions: Iterable[Coroutine[object, object, bool]]) -> bool:
    """Whether one of the questions is answered with yes; it does not wait for the others then."""
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(question) for question in questions]
        for answer in asyncio.as_completed(asked):
            if await answer:
                for task in asked:
                    task.cancel()
                return True
    return False


async def _is_answered(fetcher: Fetcher, url: str) -> bool:
    return guard.is_answered_by_site((await fetcher.glance(url)).facts)
