"""IO: how far an exchange has come, and how long each of its phases took."""

from datetime import timedelta
from time import monotonic

from crawler.model import Phase


class Stopwatch:
    """Follows one exchange from the first phase that is entered.

    The phase is `RESPONSE` as long as nobody says otherwise.
    """

    def __init__(self) -> None:
        self.phase = Phase.RESPONSE
        self._seconds = dict.fromkeys(Phase, 0.0)
        self._entered_at: float | None = None

    def enter(self, phase: Phase) -> None:
        """The phase before ends now, and this one begins."""
        self.stop()
        self.phase = phase
        self._entered_at = monotonic()

    def stop(self) -> None:
        """Count the present phase up to now."""
        if self._entered_at is not None:
            self._seconds[self.phase] += monotonic() - self._entered_at
            self._entered_at = None

    def move(self, seconds: float, source: Phase, goal: Phase) -> None:
        """Count as much of one phase as another; for what is only known afterwards."""
        moved = max(0.0, min(seconds, self._seconds[source]))
        self._seconds[source] -= moved
        self._seconds[goal] += moved

    def duration(self, phase: Phase) -> timedelta:
        """How long a phase took, as far as it was counted."""
        return timedelta(seconds=self._seconds[phase])
