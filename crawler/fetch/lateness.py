"""IO: how late our event loop is, so that our own slowness is not blamed on servers."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic

from crawler.fetch.alarm import Alarm
from crawler.model import Facts, Failure, FailureKind

TICK = 0.02
"""Seconds between two ticks, when the loop is on time."""
PUNCTUAL = 0.01
"""Seconds; a tick that is no later than this counts as on time."""
ATTENTION = 0.75
"""Part of a time-out during which the loop must have been on time for the time-out to be the server's."""
RECENT = 5.0
"""Seconds over which it is measured how late the loop is at present."""
ON_TIME = 0.9
"""Part of the recent seconds for which a loop must be on time to keep up."""
LONGEST_STRETCH = 8.0
"""How many times as long a time-out can become when the loop is late."""
SETTLED = 0.5
"""Seconds; once the loop is on time for as long, requests are sent again."""
SETTLING = 10.0
"""Seconds after which requests are sent again in any case."""
CUT_OFF = 2.0
"""Seconds; if the loop was late for most of them, a server may have closed its connection for that."""
_DELAYS = 20_000
"""Late ticks that are remembered: about ten minutes of a loop that is always late."""

Clock = Callable[[], float]


class Lateness:
    """Measures by a timer that should fire every `TICK` seconds how late the event loop is.

    Nothing counts as late before it is `measured`.
    """

    def __init__(self, clock: Clock = monotonic) -> None:
        self._now = clock
        self._due = float("inf")
        """When the next tick should fire."""
        self._lost = 0.0
        """Seconds by which all ticks so far were late."""
        self._time = float("-inf")
        """The latest that `clock` has shown."""
        self._delays: deque[tuple[float, float]] = deque(maxlen=_DELAYS)
        """When a late tick fired, and how many seconds late."""
        self._listeners: list[Callable[[float], None]] = []

    def add_listener(self, listener: Callable[[float], None]) -> None:
        """Call the listener at every tick with the seconds by which it is late."""
        self._listeners.append(listener)

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Measures the running event loop during the block."""
        alarm = Alarm()

        def tick() -> None:
            self.tick()
            alarm.set(TICK, tick)

        tick()
        try:
            yield
        finally:
            alarm.cancel()
            self._due = float("inf")

    def tick(self) -> None:
        """Note that a tick fires now, and expect the next one."""
        now = self._now()
        late = self._overdue(now)
        if late:
            self._lost += late
            self._delays.append((now, late))
        self._due = now + TICK
        for listener in self._listeners:
            listener(late)

    def clock(self) -> float:
        """Seconds on a clock that stands still while the loop is late, and never goes back."""
        now = self._now()
        # A tick counts as late from its first moment once it is later than `PUNCTUAL`.
        self._time = max(self._time, now - self._lost - self._overdue(now))
        return self._time

    def on_time(self, period: float) -> float:
        """For how many of the latest `period` seconds the loop was on time."""
        now = self._now()
        since = now - period
        lost = min(self._overdue(now), period)
        for fired_at, late in reversed(self._delays):
            if fired_at <= since:
                break
            lost += min(late, fired_at - since)
        return period - lost

    def stretch(self) -> float:
        """The factor for time-outs, so that the loop is on time for as many seconds as were set."""
        share = self.on_time(RECENT) / RECENT
        if share >= ON_TIME:
            return 1.0
        return min(1.0 / max(share, 1.0 / LONGEST_STRETCH), LONGEST_STRETCH)

    async def settle(self) -> None:
        """Return when the loop has been on time for `SETTLED` seconds, or after `SETTLING` seconds."""
        for _ in range(round(SETTLING / SETTLED)):
            if self.on_time(SETTLED) >= ATTENTION * SETTLED:
                return
            await asyncio.sleep(SETTLED)

    def explains(self, facts: Facts, timeouts: Mapping[str, float], stretch: float) -> bool:
        """Whether an attempt probably failed because our loop was late.

        `timeouts` are the seconds in the settings, by name, and `stretch` is the factor that the
        attempt used.
        """
        outcome = facts.outcome
        if not isinstance(outcome, Failure):
            return False
        if outcome.kind in _CUT_OFF_KINDS:
            return self.on_time(CUT_OFF) < (1 - ATTENTION) * CUT_OFF
        if outcome.kind is FailureKind.DNS_ERROR:
            # An answer of a name server has a code; without one, it was a time-out, not stretched.
            return not outcome.code and self._was_late_for(timeouts["connect"])
        name = _TIMEOUT_NAMES.get(outcome.kind)
        return name is not None and self._was_late_for(timeouts[name], stretch)

    def _was_late_for(self, timeout: float, stretch: float = 1.0) -> bool:
        return self.on_time(timeout * stretch) < ATTENTION * timeout

    def _overdue(self, now: float) -> float:
        late = now - self._due
        return late if late > PUNCTUAL else 0.0


_TIMEOUT_NAMES: Mapping[FailureKind, str] = {
    FailureKind.CONNECT_TIMEOUT: "connect",
    FailureKind.READ_TIMEOUT: "read",
}
"""Failures that are time-outs, and the name of the time-out."""
_CUT_OFF_KINDS = frozenset({FailureKind.CONNECTION_RESET, FailureKind.TLS_ERROR})
"""How it looks when a server closes the connection because we are slow."""
