"""IO: measures the start: `--help` and a bare Python, in turn."""

import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.measure import user_environment

BARE = (sys.executable, "-c", "pass")
HELP = (sys.executable, "-m", "crawler", "--help")


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """Milliseconds that a start takes."""

    cpu: float
    wall: float


def starts(rounds: int) -> tuple[tuple[Started, ...], tuple[Started, ...]]:
    """Of `--help`, and of a bare Python; a round that fills caches is left out."""
    pairs = [(_start(HELP), _start(BARE)) for _ in range(rounds + 1)][1:]
    helped, bare = zip(*pairs, strict=True)
    return helped, bare


def _start(command: Sequence[str]) -> Started:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, env=user_environment(), stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Started(cpu=1000 * cpu, wall=1000 * wall)
