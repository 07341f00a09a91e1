"""Pure: computes with measured numbers: spreads, the shortest possible time, and the table of targets."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks import web

NOT_MEASURED = "not available"


@dataclass(frozen=True, slots=True)
class Spread:
    """The values of several rounds."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The value in the middle."""
        return statistics.median(self.values)

    def __str__(self) -> str:
        """Median, and in parentheses the lowest and highest.

        >>> str(Spread((3.0, 1.0, 2.0)))
        '2.00 (1.00 to 3.00)'
        """
        if len(self.values) == 1:
            return _rounded(self.median)
        return f"{_rounded(self.median)} ({_rounded(min(self.values))} to {_rounded(max(self.values))})"


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """The first value divided by the second, for each round."""
    return Spread(tuple(a / b for a, b in zip(ours, theirs, strict=True)))


def shortest(chains: Iterable[Sequence[float]], at_once: int) -> float:
    """The least seconds for all requests, when those of one chain come one after the other.

    >>> shortest([[1.0, 2.0], [1.0]], at_once=8)
    3.0
    >>> shortest([[1.0], [1.0], [1.0], [1.0]], at_once=2)
    2.0
    """
    sums = [sum(chain) for chain in chains]
    return max(*sums, sum(sums) / at_once)


def chains(listed: Sequence[web.Row]) -> list[list[float]]:
    """What each host of a list takes, answer by answer."""
    by_host: dict[str, list[float]] = {}
    for row in listed:
        by_host.setdefault(row.host, []).append(web.waits(row))
    return list(by_host.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """The time that a run took, on the clock and of the CPU."""

    wall: float
    cpu: float
    server_cpu: float


def share_of_allowed(one: Load, several: Load, *, processes: int, cores: int) -> float:
    """How much faster several processes were than one, as a share of how much they could be.

    That is as many times as there are processes, but no more than the cores allow when each URL
    takes the CPU that it took with one process, the server's included.

    >>> alone = Load(wall=10.0, cpu=10.0, server_cpu=2.0)
    >>> share_of_allowed(alone, Load(wall=6.0, cpu=10.0, server_cpu=2.0), processes=2, cores=2)
    1.0
    >>> share_of_allowed(alone, Load(wall=10.0, cpu=10.0, server_cpu=2.0), processes=2, cores=4)
    0.5
    """
    allowed = min(processes, cores * one.wall / (one.cpu + one.server_cpu))
    return one.wall / several.wall / allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the table: what was measured, and its target."""

    what: str
    measured: Spread | None
    """None when it could not be measured."""
    target: float
    reach: float
    more_is_better: bool = False
    unit: str = ""
    remarks: str = ""

    @property
    def verdict(self) -> str:
        """Which of the two bounds the median keeps."""
        if self.measured is None:
            return "-"
        sign = -1 if self.more_is_better else 1
        value = sign * self.measured.median
        held = (
            n for n, b in (("reach", self.reach), ("target", self.target)) if value <= sign * b
        )
        return next(held, "no")

    def __str__(self) -> str:
        bound = ">=" if self.more_is_better else "<="
        bounds = f"{bound} {self.target:g}{self.unit} | {bound} {self.reach:g}{self.unit}"
        measured = NOT_MEASURED if self.measured is None else f"{self.measured}{self.unit}"
        return f"| {self.what} | {measured} | {bounds} | {self.verdict} | {self.remarks} |"


HEAD = "| what | measured | target | reach | holds | remarks |\n|---|---|---|---|---|---|"
"""Over the lines, in Markdown: the median, and the lowest and highest of the rounds."""


def _rounded(value: float) -> str:
    """The number with three significant digits.

    >>> _rounded(1234.5), _rounded(12.34), _rounded(0.1234)
    ('1,234', '12.3', '0.123')
    """
    if value == 0:
        return "0"
    return f"{value:,.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"
