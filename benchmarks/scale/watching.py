"""IO: the memory and CPU time that each role of a crawl takes, while it goes on."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from benchmarks.measure import cpu_of, process_tree, proportional

_EVERY_SECONDS = 0.25

Role = Callable[[], Iterable[int]]
"""The processes that play it now."""


@dataclass(slots=True)
class Taken:
    """What the processes of a role have taken so far."""

    peak: int = 0
    """Bytes of all together, at the highest."""
    largest: int = 0
    """Bytes of a single one."""
    cpu_by_process: dict[int, float] = field(default_factory=dict)
    """Seconds, since they were watched."""

    @property
    def cpu(self) -> float:
        """Seconds of all processes; of one that has ended, what it had a moment before."""
        return sum(self.cpu_by_process.values())


class Watch:
    """Watches processes by role, in a thread, inside its `with` block."""

    def __init__(self, roles: Mapping[str, Role]) -> None:
        self._roles = roles
        self._before: dict[int, float] = {}
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.taken = {role: Taken() for role in roles}

    def __enter__(self) -> Self:
        # What ran before has taken its CPU time for something else.
        pids = [pid for role in self._roles.values() for pid in role()]
        self._before = {pid: cpu for pid in pids if (cpu := _cpu(pid)) is not None}
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        is_over = False
        while not is_over:
            is_over = self._is_over.wait(_EVERY_SECONDS)
            for role, find in self._roles.items():
                self._look(self.taken[role], tuple(find()))

    def _look(self, taken: Taken, pids: tuple[int, ...]) -> None:
        sizes = tuple(map(proportional, pids))
        taken.peak = max(taken.peak, sum(sizes))
        taken.largest = max(taken.largest, *sizes, 0)
        for pid in pids:
            cpu = _cpu(pid)
            if cpu is not None:
                taken.cpu_by_process[pid] = cpu - self._before.get(pid, 0.0)


def alone(pid: int) -> Role:
    """One process, without its children."""
    return lambda: (pid,)


def below(pid: int) -> Role:
    """The descendants of one process."""
    return lambda: tuple(process_tree(pid))[1:]


def trees(pids: Iterable[int]) -> Role:
    """Several processes with their descendants."""
    roots = tuple(pids)
    return lambda: tuple(pid for root in roots for pid in process_tree(root))


def _cpu(pid: int) -> float | None:
    try:
        return cpu_of(pid)
    except OSError:
        return None
