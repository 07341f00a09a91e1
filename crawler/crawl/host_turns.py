"""IO: whose turn it is to send a request: a pace for each host, and slots for all hosts together."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Self

from crawler.config import Settings
from crawler.crawl.concurrency_limit import ConcurrencyLimit
from crawler.fetch import Lateness
from crawler.fetch.slots import Slots

EASED_DELAY = 1.0
"""Seconds between requests to a host that has answered 429, at least."""
LONGEST_DELAY = 10.0
"""Seconds between requests to a host that goes on answering 429, at most."""


@dataclass(frozen=True, slots=True)
class _Pace:
    """When requests to a host may start, in seconds of the event loop's clock."""

    delay: float
    """From the start of one request to the start of the next."""
    next_start: float = 0.0
    paused_until: float = 0.0
    """No request starts before this time."""

    def after_start(self, start: float) -> Self:
        """The pace after a request that starts at this time, which may be later than allowed."""
        return replace(self, next_start=max(self.next_start, start + self.delay))

    def slowed(self, delay: float, now: float) -> Self:
        """The pace with this delay, if it is longer, from now on."""
        delay = max(self.delay, delay)
        return replace(self, delay=delay, next_start=max(self.next_start, now + delay))

    def paused(self, seconds: float, now: float) -> Self:
        """The pace with a pause from now on; a request may start when it ends."""
        until = max(self.paused_until, now + seconds)
        return replace(self, paused_until=until, next_start=max(self.next_start, until))


class HostTurns:
    """The turns of all hosts.

    `backlog` returns how many targets are left in the lane that asks now. With `lateness`, no more
    requests are on the wire than the event loop keeps up with; `unread` then returns how many pages
    wait to be read.
    """

    def __init__(
        self,
        settings: Settings,
        backlog: Callable[[], int],
        lateness: Lateness | None = None,
        unread: Callable[[], int] = lambda: 0,
    ) -> None:
        self._settings = settings
        self._backlog = backlog
        self._unread = unread
        self._slots = Slots(settings.fetch.concurrency, unread)
        self._limit = ConcurrencyLimit.first(settings.fetch.concurrency)
        self._connections: dict[str, asyncio.Semaphore] = {}
        """By host, as the paces are."""
        self._paces: dict[str, _Pace] = {}
        self._asked = set[str]()
        """Hosts that had a turn."""
        self._waiting = 0
        """Of these, those that wait for another one."""
        self._on_the_wire = Counter[str]()
        """Requests, by host."""
        self.lateness = lateness or Lateness()
        if lateness is not None:
            self._slots.resize(self._limit.slots)
            lateness.add_listener(self._adapt)

    @asynccontextmanager
    async def turn(self, host_key: str) -> AsyncIterator[None]:
        """Waits until the host's delay is over, then holds a connection of the host and a slot."""
        async with self._connections_of(host_key):
            # After its robots.txt, its connection is still open.
            is_begun = host_key in self._asked
            self._waiting += is_begun
            try:
                await self._wait_for_start(host_key)
                await self._slots.acquire(self._backlog(), is_begun=is_begun)
            finally:
                self._waiting -= is_begun
            self._asked.add(host_key)
            self._paces[host_key] = self._pace(host_key).after_start(_now())
            self._on_the_wire[host_key] += 1
            try:
                yield
            finally:
                self._on_the_wire[host_key] -= 1
                if not self._on_the_wire[host_key]:
                    del self._on_the_wire[host_key]
                self._slots.release()

    def limit(self, requests: int) -> None:
        """From now on, at most so many requests start to be on the wire at once; those that are go on."""
        self._limit = self._limit.with_most(requests)
        self._slots.resize(self._limit.slots)

    def slow_down(self, host_key: str, delay: float) -> None:
        """From now on, requests to the host start at least `delay` seconds apart (`Crawl-delay`)."""
        self._paces[host_key] = self._pace(host_key).slowed(delay, _now())

    def ease_off(self, host_key: str, pause: float) -> None:
        """After a 429: no request to the host for `pause` seconds, and then half as many as before.

        This is for all targets of the host, and until the end of the run.
        """
        pace = self._pace(host_key)
        delay = min(max(2 * pace.delay, EASED_DELAY), LONGEST_DELAY)
        now = _now()
        self._paces[host_key] = pace.paused(pause, now).slowed(delay, now)

    def delays(self) -> dict[str, float]:
        """By host, the seconds between requests where they are more than the settings say."""
        return {
            host: pace.delay
            for host, pace in self._paces.items()
            if pace.delay > self._listed_delay(host)
        }

    def waiting(self) -> int:
        """How many hosts wait for another turn."""
        return self._waiting

    def asking(self) -> tuple[str, ...]:
        """The hosts that have a request on the wire, in the order in which they were asked."""
        return tuple(self._on_the_wire)

    async def _wait_for_start(self, host_key: str) -> None:
        """Wait until a request to the host may start, also for a pause that begins meanwhile."""
        while True:
            pace = self._pace(host_key)
            start = max(_now(), pace.next_start)
            self._paces[host_key] = pace.after_start(start)
            if start > _now():
                await asyncio.sleep(start - _now())
            if start >= self._pace(host_key).paused_until:
                return

    def _adapt(self, late: float) -> None:
        self._limit = self._limit.after_tick(late, self._unread())
        self._slots.resize(self._limit.slots)

    def _connections_of(self, host_key: str) -> asyncio.Semaphore:
        connections = self._connections.get(host_key)
        if connections is None:
            own = self._settings.host(host_key).per_host
            most = self._settings.fetch.per_host if own is None else own
            connections = self._connections[host_key] = asyncio.Semaphore(most)
        return connections

    def _pace(self, host_key: str) -> _Pace:
        pace = self._paces.get(host_key)
        if pace is None:
            pace = self._paces[host_key] = _Pace(self._listed_delay(host_key))
        return pace

    def _listed_delay(self, host_key: str) -> float:
        own = self._settings.host(host_key).host_delay
        return self._settings.fetch.host_delay if own is None else own


def _now() -> float:
    return asyncio.get_running_loop().time()
