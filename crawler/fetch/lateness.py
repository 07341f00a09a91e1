"""IO: how late the event loop is, so that our own slowness is not taken for that of others."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic

from crawler.model import Facts, Failure, FailureKind

TICK = 0.02
"""Seconds from one tick to the next, when the loop is on time."""
PUNCTUAL = 0.01
"""Seconds; a tick that is as late as this or less counts as on time."""
ATTENTION = 0.75
"""Of a time-out: less than that, and its end says nothing about the other side."""
RECENT = 5.0
"""Seconds that tell how late the loop is on the whole."""
ON_TIME = 0.9
"""Of the recent seconds: who attends to that much keeps up."""
LONGEST_STRETCH = 8.0
"""Times a time-out, at most, that a loop which is late waits."""
SETTLED = 0.5
"""Seconds for which the loop has to be on time again."""
SETTLING = 10.0
"""Seconds that are waited for that, at most."""
CUT_OFF = 2.0
"""Seconds; who leaves a server alone for most of that must not wonder at a reset."""
_DELAYS = 20_000
"""Late ticks that are remembered: some ten minutes of a loop that is always late."""

Clock = Callable[[], float]


class Lateness:
    """What a timer tells that should fire every `TICK` seconds, and does so when the loop comes round.

    Nothing is ever late before it is `measured`.
    """

    def __init__(self, clock: Clock = monotonic) -> None:
        self._clock = clock
        self._due = float("inf")
        self._lost = 0.0
        self._seconds = float("-inf")
        self._delays: deque[tuple[float, float]] = deque(maxlen=_DELAYS)
        """When a late tick fired, and how late."""
        self._listeners: list[Callable[[float], None]] = []

    def tell(self, listener: Callable[[float], None]) -> None:
        """Call the listener at every tick with the seconds that it is late."""
        self._listeners.append(listener)

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Ticks on the running event loop meanwhile."""
        loop = asyncio.get_running_loop()
        handle: asyncio.TimerHandle | None = None

        def tick() -> None:
            nonlocal handle
            self.tick()
            handle = loop.call_later(TICK, tick)

        tick()
        try:
            yield
        finally:
            if handle is not None:
                handle.cancel()
            self._due = float("inf")

    def tick(self) -> None:
        """Take note that a tick fires now, and expect the next one."""
        now = self._clock()
        late = self._overdue(now)
        if late:
            self._lost += late
            self._delays.append((now, late))
        self._due = now + TICK
        for listener in self._listeners:
            listener(late)

    def seconds(self) -> float:
        """A clock that stands still while the loop is late, and never goes back."""
        now = self._clock()
        # A tick that is only just too late counts as late all along.
        self._seconds = max(self._seconds, now - self._lost - self._overdue(now))
        return self._seconds

    def attended(self, period: float) -> float:
        """For how many of the latest `period` seconds the loop was on time."""
        now = self._clock()
        since = now - period
        lost = min(self._overdue(now), period)
        for fired_at, late in reversed(self._delays):
            if fired_at <= since:
                break
            lost += min(late, fired_at - since)
        return period - lost

    def stretch(self) -> float:
        """How many times as long a time-out has to be, so that we attend to as much of it as was set."""
        share = self.attended(RECENT) / RECENT
        if share >= ON_TIME:
            return 1.0
        return min(1.0 / max(share, 1.0 / LONGEST_STRETCH), LONGEST_STRETCH)

    async def settle(self) -> None:
        """Return when the loop has been on time for a while, or has not become so for a longer one."""
        for _ in range(round(SETTLING / SETTLED)):
            if self.attended(SETTLED) >= ATTENTION * SETTLED:
                return
            await asyncio.sleep(SETTLED)

    def caused(self, facts: Facts, timeouts: Mapping[str, float], stretch: float) -> bool:
        """Whether an attempt failed, for all we know, because we were late ourselves.

        `timeouts` are those that were set, by name, and `stretch` is how many times as long they were.
        """
        outcome = facts.outcome
        if not isinstance(outcome, Failure):
            return False
        if outcome.kind in _CUT_OFF:
            return self.attended(CUT_OFF) < (1 - ATTENTION) * CUT_OFF
        if outcome.kind is FailureKind.DNS_ERROR:
            # A name server's answer has a code, its silence has none; names have no longer time-out.
            return not outcome.code and self._missed(timeouts["connect"])
        name = _TIMEOUTS.get(outcome.kind)
        return name is not None and self._missed(timeouts[name], stretch)

    def _missed(self, timeout: float, stretch: float = 1.0) -> bool:
        return self.attended(timeout * stretch) < ATTENTION * timeout

    def _overdue(self, now: float) -> float:
        late = now - self._due
        return late if late > PUNCTUAL else 0.0


_TIMEOUTS: Mapping[FailureKind, str] = {
    FailureKind.CONNECT_TIMEOUT: "connect",
    FailureKind.READ_TIMEOUT: "read",
}
"""Failures that are the end of a time-out, and of which."""
_CUT_OFF = frozenset({FailureKind.CONNECTION_RESET, FailureKind.TLS_ERROR})
"""Failures that are also what a server does with somebody who does not go on."""
