"""A clock that stands still until a test sets it."""

from dataclasses import dataclass


@dataclass(slots=True)
class ManualClock:
    """Seconds, as a monotonic clock gives them."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now
