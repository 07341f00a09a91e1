"""Pure: the workers of a cluster, and which of them get shards."""

from collections.abc import Mapping

from crawler.errors import ClusterError

ABSENCE_SECONDS = 60.0
"""How long a run waits for a worker: some clusters start them when there is work."""
CUT_OFF_SECONDS = 300.0
"""How long a worker without a network gets no shard, nor one that was silent while others are there."""

NEW_SECONDS = 10.0
"""In which a worker that has come is found among all others."""


class Workers:
    """The workers; times are in seconds of one clock."""

    def __init__(self, now: float) -> None:
        self.seen_at = now
        """When it was last asked which there are."""
        self._present_at = now
        """When there was one, usable or not."""
        self._slots: Mapping[str, int] = {}
        """By address."""
        self._greeted_at: dict[str, float] = {}
        """When one last began a shard, by address."""
        self._refused: dict[str, str] = {}
        """What is wrong with those that get no shard of this run, by address."""
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

    def has(self, address: str, now: float) -> bool:
        """Whether the worker is there; one that began a shard may be newer than what is known."""
        is_new = now - self._greeted_at.get(address, -NEW_SECONDS) < NEW_SECONDS
        return address in self._slots or is_new

    def greet(self, address: str, now: float) -> None:
        """Take note of a worker that begins a shard."""
        self._greeted_at[address] = now

    def allowed(self) -> list[str] | None:
        """The workers that may get a shard; None for any."""
        usable = self._usable()
        return None if len(usable) == len(self._slots) else list(usable)

    def note(self, slots: Mapping[str, int], now: float) -> None:
        """Take note of the workers that there are now, with their slots.

        Raises:
            ClusterError: there is none for too long, or none that can be used.
        """
        self.seen_at, self._slots = now, slots
        self._cut_off_until = _later(self._cut_off_until, now)
        self._silent_until = _later(self._silent_until, now)
        if slots:
            self._present_at = now
        if slots and slots.keys() <= self._refused.keys():
            faults = "; ".join(f"{one} {self._refused[one]}" for one in sorted(slots))
            raise ClusterError(f"crawl.cluster: no worker can be used: {faults}")
        if now - self._present_at > ABSENCE_SECONDS:
            raise ClusterError(
                "crawl.cluster: the scheduler has had no worker for "
                f"{ABSENCE_SECONDS:.0f} s; start some with `dask worker`"
            )

    def refuse(self, address: str, fault: str) -> None:
        """Give the worker nothing, because of what is wrong with it."""
        self._refused[address] = fault

    def cut_off(self, address: str, now: float) -> None:
        """Give the worker nothing for a while, because it has no network."""
        self._cut_off_until[address] = now + CUT_OFF_SECONDS

    def note_silence(self, address: str, now: float) -> None:
        """Give the worker nothing for a while if there are others, because it was silent for too long."""
        self._silent_until[address] = now + CUT_OFF_SECONDS

    def _usable(self) -> dict[str, int]:
        avoided = self._refused.keys() | self._cut_off_until.keys()
        usable = {one: slots for one, slots in self._slots.items() if one not in avoided}
        # Dask takes a worker that hangs for one that has nothing to do, and gives it the next shard.
        heard = {one: slots for one, slots in usable.items() if one not in self._silent_until}
        return heard or usable


def _later(times: Mapping[str, float], now: float) -> dict[str, float]:
    return {one: until for one, until in times.items() if now < until}
