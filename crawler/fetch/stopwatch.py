"""IO: which phase an exchange has reached, and how long each phase took."""

from datetime import timedelta
from time import monotonic

from crawler.model import Phase


class Stopwatch:
    """Measures one exchange, from the first phase that is entered.

    Before the first phase is entered, the phase is `RESPONSE`.
    """

    def __init__(self) -> None:
        self.phase = Phase.RESPONSE
        self._seconds = dict.fromkeys(Phase, 0.0)
        self._entered_at: float | None = None

    def enter(self, phase: Phase) -> None:
        """End the present phase, and begin this one."""
        self.stop()
        self.phase = phase
        self._entered_at = monotonic()

    def stop(self) -> None:
        """Count the present phase up to now."""
        if self._entered_at is not None:
            self._seconds[self.phase] += monotonic() - self._entered_at
            self._entered_at = None

    def move(self, seconds: float, source: Phase, goal: Phase) -> None:
        """Move seconds from one phase to another; at most as many as it has."""
        moved = max(0.0, min(seconds, self._seconds[source]))
        self._seconds[source] -= moved
        self._seconds[goal] += moved

    def duration(self, phase: Phase) -> timedelta:
        """How long a phase took, up to the last `enter` or `stop`."""
        return timedelta(seconds=self._seconds[phase])
