"""Pure: the workers of a cluster, and which of them get shards."""

from collections.abc import Mapping

from crawler.errors import ClusterError

ABSENCE_SECONDS = 60.0
"""How long a run waits for a worker: they may be starting."""
CUT_OFF_SECONDS = 300.0
"""How long a worker without a network gets no shard, nor one that was silent while others are there."""
MOST_NAMED = 3
"""Workers that cannot be used; the others are counted."""


class Workers:
    """The workers; times are in seconds of one clock."""

    def __init__(self, now: float) -> None:
        self.seen_at = now
        """When it was last asked which there are."""
        self._present_at = now
        """When there was one that had answered, usable or not, or none was wanted."""
        self._slots: Mapping[str, int] = {}
        """By address."""
        self._faults: dict[str, str] = {}
        """What is wrong with those that have answered, by address; "" if nothing is."""
        self._cut_off_until: dict[str, float] = {}
        """By address, as the next."""
        self._silent_until: dict[str, float] = {}

    @property
    def count(self) -> int:
        """How many can be used."""
        return len(self._usable())

    @property
    def slots(self) -> int:
        """How many shards they can run at once."""
        return sum(self._usable().values())

    @property
    def unknown(self) -> set[str]:
        """Those that have not answered yet whether they can be used."""
        return self._slots.keys() - self._faults.keys()

    def has(self, address: str) -> bool:
        """Whether the worker is there."""
        return address in self._slots

    def is_usable(self, address: str) -> bool:
        """Whether the worker may get a shard."""
        return address in self._usable()

    def free(self, taken: Mapping[str, int]) -> str:
        """The worker with the most free slots, given how many are taken by address; "" if none has any.

        We choose, as Dask takes a worker that hangs for one that has nothing to do.
        """
        free = {one: slots - taken.get(one, 0) for one, slots in self._usable().items()}
        best = max(free, key=free.__getitem__, default="")
        return best if free.get(best, 0) > 0 else ""

    def note(self, slots: Mapping[str, int], now: float, *, is_wanted: bool = True) -> None:
        """Take note of the workers that there are now, with their slots, and whether one is wanted.

        Raises:
            ClusterError: there is none for too long, or none that can be used.
        """
        self.seen_at, self._slots = now, slots
        self._cut_off_until = _later(self._cut_off_until, now)
        self._silent_until = _later(self._silent_until, now)
        self._faults = {one: fault for one, fault in self._faults.items() if one in slots}
        if self._faults or not is_wanted:
            self._present_at = now
        if slots and all(map(self._faults.get, slots)):
            faults = [f"{one} {self._faults[one]}" for one in sorted(slots)]
            if more := len(faults[MOST_NAMED:]):
                faults[MOST_NAMED:] = [f"and {more} more"]
            raise ClusterError(f"crawl.cluster: no worker can be used: {'; '.join(faults)}")
        if now - self._present_at > ABSENCE_SECONDS:
            raise ClusterError(
                f"crawl.cluster: the scheduler has had no worker {'that answers ' if slots else ''}"
                f"for {ABSENCE_SECONDS:.0f} s; start some with `dask worker`"
            )

    def note_answer(self, address: str, fault: str) -> None:
        """Take note of what is wrong with a worker; "" for one that can be used."""
        self._faults[address] = fault

    def cut_off(self, address: str, now: float) -> None:
        """Give the worker nothing for a while, because it has no network."""
        self._cut_off_until[address] = now + CUT_OFF_SECONDS

    def note_silence(self, address: str, now: float) -> None:
        """Give the worker nothing for a while if there are others, because it was silent for too long."""
        self._silent_until[address] = now + CUT_OFF_SECONDS

    def _usable(self) -> dict[str, int]:
        usable = {
            one: slots
            for one, slots in self._slots.items()
            if self._faults.get(one) == "" and one not in self._cut_off_until
        }
        heard = {one: slots for one, slots in usable.items() if one not in self._silent_until}
        return heard or usable


def _later(times: Mapping[str, float], now: float) -> dict[str, float]:
    return {one: until for one, until in times.items() if now < until}
