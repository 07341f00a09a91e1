"""IO: what robots.txt says about a URI, asked once for each origin and kept for a day."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Protocol

from crawler import robots, urls
from crawler.config import Settings
from crawler.model import Failure, NotAsked, NotAskedReason
from crawler.robots import RobotsFile, Rules

Sleep = Callable[[float], Awaitable[None]]


class RobotsSource(Protocol):
    """Where a robots.txt comes from: `fetch.Fetcher`."""

    async def robots(self, origin: str) -> tuple[int, str] | Failure:
        """Status code and text of the origin's robots.txt."""


class Gate:
    """Says of each URI whether it may be asked; called before every hop."""

    def __init__(
        self,
        settings: Settings,
        source: RobotsSource,
        *,
        now: datetime,
        known: Mapping[str, RobotsFile],
        slow_down: Callable[[str, float], None],
    ) -> None:
        self._settings = settings
        self._source = source
        self._now = now
        self._known = {o: file for o, file in known.items() if robots.is_fresh(file, now)}
        self._slow_down = slow_down
        self._rules: dict[str, Rules | None] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self.fetched: list[RobotsFile] = []
        """What was learned, to be kept. An answer of 5xx is not: it is asked again next time."""

    async def __call__(self, uri: str) -> NotAsked | Failure | None:
        """None when the URI may be asked.

        A host whose robots.txt cannot be reached at all answers with its own failure.
        Source: RFC 9309 §2.3.1.
        """
        host = self._settings.host(urls.host_key(uri))
        if not (self._settings.fetch.robots if host.robots is None else host.robots):
            return None
        origin = urls.origin(uri)
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._rules:
                failure = await self._learn(origin)
                if failure is not None:
                    return failure
        rules = self._rules[origin]
        if rules is None:
            return NotAsked(reason=NotAskedReason.ROBOTS_UNAVAILABLE, target_uri=uri)
        if not rules.allowed(uri):
            return NotAsked(reason=NotAskedReason.ROBOTS_DISALLOWED, target_uri=uri)
        return None

    async def _learn(self, origin: str) -> Failure | None:
        file = self._known.get(origin)
        if file is None:
            answer = await self._source.robots(origin)
            if isinstance(answer, Failure):
                return answer
            status_code, text = answer
            file = RobotsFile(
                origin=origin, status_code=status_code, text=text, fetched_at=self._now
            )
            if status_code < 500:
                self.fetched.append(file)
        rules = robots.rules_of(file.status_code, file.text, self._settings.user_agent)
        self._rules[origin] = rules
        if rules is not None and rules.crawl_delay is not None:
            self._slow_down(urls.host_key(origin), rules.crawl_delay)
        return None
