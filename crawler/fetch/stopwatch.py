"""IO: which phase an exchange has reached, how long each phase took, and how long the server."""

from datetime import timedelta
from time import monotonic

from crawler.fetch import tcp_info
from crawler.model import Phase


class Stopwatch:
    """Measures one exchange, from the first phase that is entered.

    Before the first phase is entered, the phase is `RESPONSE`.
    """

    def __init__(self) -> None:
        self.phase = Phase.RESPONSE
        self._seconds = dict.fromkeys(Phase, 0.0)
        self._entered_at: float | None = None
        self.server_seconds: float | None = None
        """How long the server took, without what we took ourselves; None where nobody measures that."""

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

    def add_server_time(self, seconds: float) -> None:
        """Count this as the server's time, where the system tells when bytes came in."""
        if tcp_info.KNOWN:
            self.server_seconds = (self.server_seconds or 0.0) + seconds

    def move(self, seconds: float, source: Phase, goal: Phase) -> None:
        """Move seconds from one phase to another; at most as many as it has."""
        moved = max(0.0, min(seconds, self._seconds[source]))
        self._seconds[source] -= moved
        self._seconds[goal] += moved

    def duration(self, phase: Phase) -> timedelta:
        """How long a phase took, up to the last `enter` or `stop`."""
        return timedelta(seconds=self._seconds[phase])
