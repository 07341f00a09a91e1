"""IO: whose turn it is: a pace for every host, and one limit for all requests on the wire."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from crawler.config import Settings
from crawler.fetch import Lateness
from crawler.fetch.slots import Slots

EASED_DELAY = 1.0
"""Seconds between requests, at least, once a host has answered 429."""
LONGEST_DELAY = 10.0
"""Seconds; however often a host answers 429, it is asked this often."""
FIRST_SLOTS = 32
"""Requests on the wire at once, before it is known whether the event loop keeps up with more."""
FEWEST_SLOTS = 16
"""The same when it does not keep up with any number."""
SLOTS_AT_FIRST, SLOTS_LATER = 8, 1
"""Slots more for a tick on time, every 20 ms: 512 are reached in 1.2 s."""
ON_TIME, TOO_LATE = 0.015, 0.04
"""Seconds that a tick is late; in between, the number of slots is about right."""
MOST_UNREAD = 64
"""Pages that may wait to be read: more would only fill the memory."""
TICKS_OF_GRACE = 12
"""Ticks after which fewer slots show, so that being late halves them again."""


class Limit:
    """How many requests may be on the wire, by how late the event loop is, and how much waits for it.

    As TCP does with its window: it starts low and grows at every tick that is on time, fast at first
    and slowly from half of where it was too much; what is late halves it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._slow_from = float(most)
        self._ticks_left = 0
        self.value = min(most, FIRST_SLOTS)

    def heed(self, late: float, unread: int = 0) -> None:
        """A tick was so many seconds late, and so many pages wait to be read."""
        self._ticks_left -= 1
        if late > TOO_LATE or unread > MOST_UNREAD:
            if self._ticks_left <= 0:
                self._slow_from = max(self.value / 2, FEWEST_SLOTS)
                self.value = min(self._most, int(self._slow_from))
                self._ticks_left = TICKS_OF_GRACE
        elif late <= ON_TIME and unread <= MOST_UNREAD / 2:
            step = SLOTS_AT_FIRST if self.value < self._slow_from else SLOTS_LATER
            self.value = min(self._most, self.value + step)


@dataclass(slots=True)
class _Pace:
    """The turns of one host."""

    connections: asyncio.Semaphore
    delay: float
    """Seconds from the start of one request to the start of the next."""
    next_start: float = 0.0
    """On the event loop's clock."""
    paused_until: float = 0.0
    """On the same clock; whoever has a start before that has to find another."""


class Turns:
    """The turns of all hosts; `backlog` tells how many targets the lane that asks now still has.

    With `lateness`, no more requests are on the wire than the event loop keeps up with; `unread` is
    then how many pages wait to be read.
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
        self._slots = Slots(settings.fetch.concurrency, unread)
        self._paces: dict[str, _Pace] = {}
        self._asking = Counter[str]()
        """Requests on the wire now, by host."""
        self.lateness = lateness or Lateness()
        if lateness is not None:
            self._unread = unread
            self._limit = Limit(settings.fetch.concurrency)
            self._slots.resize(self._limit.value)
            lateness.add_listener(self._heed)

    @asynccontextmanager
    async def turn(self, host_key: str) -> AsyncIterator[None]:
        """Holds one of the host's connections and one slot; entered when the host's delay is over."""
        pace = self._pace(host_key)
        clock = asyncio.get_running_loop().time
        async with pace.connections:
            await _until_start(pace, clock)
            await self._slots.acquire(self._backlog())
            pace.next_start = max(pace.next_start, clock() + pace.delay)
            self._asking[host_key] += 1
            try:
                yield
            finally:
                self._asking[host_key] -= 1
                if not self._asking[host_key]:
                    del self._asking[host_key]
                self._slots.release()

    def slow_down(self, host_key: str, delay: float) -> None:
        """From now on, requests to the host start at least `delay` seconds apart (`Crawl-delay`)."""
        pace = self._pace(host_key)
        pace.delay = max(pace.delay, delay)
        pace.next_start = max(pace.next_start, asyncio.get_running_loop().time() + pace.delay)

    def ease_off(self, host_key: str, pause: float) -> None:
        """The host has answered 429: nothing for `pause` seconds, and then half as often as before.

        That holds for all of its targets, and for the rest of the run.
        """
        pace = self._pace(host_key)
        eased = min(max(2 * pace.delay, EASED_DELAY), LONGEST_DELAY)
        pace.paused_until = max(pace.paused_until, asyncio.get_running_loop().time() + pause)
        pace.next_start = max(pace.next_start, pace.paused_until)
        self.slow_down(host_key, eased)

    def _heed(self, late: float) -> None:
        self._limit.heed(late, self._unread())
        self._slots.resize(self._limit.value)

    def asking(self) -> tuple[str, ...]:
        """The hosts that a request is on the wire to, in the order in which that began."""
        return tuple(self._asking)

    def _pace(self, host_key: str) -> _Pace:
        pace = self._paces.get(host_key)
        if pace is None:
            fetch, host = self._settings.fetch, self._settings.host(host_key)
            connections = fetch.per_host if host.per_host is None else host.per_host
            delay = fetch.host_delay if host.host_delay is None else host.host_delay
            pace = _Pace(connections=asyncio.Semaphore(connections), delay=delay)
            self._paces[host_key] = pace
        return pace


async def _until_start(pace: _Pace, clock: Callable[[], float]) -> None:
    """Return when a start has come that no pause has overtaken."""
    while True:
        start = max(clock(), pace.next_start)
        pace.next_start = start + pace.delay
        if start > clock():
            await asyncio.sleep(start - clock())
        if start >= pace.paused_until:
            return
