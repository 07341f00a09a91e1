"""Pure: how many requests may be on the wire, so that the event loop keeps up with the answers."""

from dataclasses import dataclass, replace
from typing import Self

FIRST_SLOTS = 32
"""Slots before it is known whether the event loop keeps up with more."""
FEWEST_SLOTS = 16
"""The lowest limit, even if the event loop is always late."""
FAST_STEP, SLOW_STEP = 8, 1
"""Slots added at a tick on time, every 20 ms; with the fast step, 512 are reached in 1.2 s."""
ON_TIME, TOO_LATE = 0.015, 0.04
"""Seconds by which a tick is late; between the two, the number of slots is about right."""
MOST_UNREAD = 64
"""Pages that may wait to be read; more would only fill the memory."""
TICKS_OF_GRACE = 12
"""Ticks until a halving takes effect; before that, being late does not halve the slots again."""


@dataclass(frozen=True, slots=True)
class ConcurrencyLimit:
    """A number of slots that depends on how late the event loop is, as TCP's window on losses.

    It starts low, and grows at every tick that is on time: fast up to half of the limit that was
    last too high, and slowly from there. A tick that is too late halves it.
    """

    slots: int
    most: int
    """The shard's part of the setting `fetch.concurrency`."""
    slow_from: float
    """The number of slots from which it grows slowly."""
    grace: int = 0
    """Ticks left of `TICKS_OF_GRACE`."""

    @classmethod
    def first(cls, most: int) -> Self:
        """The limit at the start of a crawl."""
        return cls(slots=min(most, FIRST_SLOTS), most=most, slow_from=float(most))

    def with_most(self, most: int) -> Self:
        """The limit with another highest one."""
        return replace(self, most=most, slots=min(self.slots, most))

    def after_tick(self, late: float, unread: int = 0) -> Self:
        """The limit after a tick that was `late` seconds late, while `unread` pages wait to be read."""
        grace = self.grace - 1
        if late > TOO_LATE or unread > MOST_UNREAD:
            return replace(self, grace=grace) if grace > 0 else self._halved()
        if late > ON_TIME or unread > MOST_UNREAD / 2:
            return replace(self, grace=grace)
        step = FAST_STEP if self.slots < self.slow_from else SLOW_STEP
        return replace(self, slots=min(self.most, self.slots + step), grace=grace)

    def _halved(self) -> Self:
        half = max(self.slots / 2, FEWEST_SLOTS)
        slots = min(self.most, int(half))
        return replace(self, slots=slots, slow_from=half, grace=TICKS_OF_GRACE)
