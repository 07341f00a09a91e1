"""Pure: how the links of a host or of a category stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.model import FindingClass

SHARE_CODES = (
    FindingClass.BROKEN,
    FindingClass.SUSPECT,
    FindingClass.MOVED,
    FindingClass.FAILING,
    FindingClass.BLOCKED,
    FindingClass.HEALTHY,
)
"""The classes that the tables by category and by host have."""

_WEIGHTS: dict[str, int] = {
    FindingClass.BROKEN: 100,
    FindingClass.SUSPECT: 60,
    FindingClass.FAILING: 30,
    FindingClass.MOVED: 20,
    FindingClass.TLS_EXPIRING: 20,
    FindingClass.BLOCKED: 5,
}
"""How much a link of a class counts against its host or category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How the links of a host or of a category stand."""

    name: str
    links: int
    counts: Mapping[str, int]
    """By code of the class, the most urgent first; only those that occur."""
    milliseconds: int | None = None
    """Median of the last checks; None where it is not told."""
    pages: tuple[int, ...] = ()
    """The numbers of the pages that have its findings."""

    @property
    def is_healthy(self) -> bool:
        """Whether all of its links work."""
        return self.counts.keys() == {FindingClass.HEALTHY}

    @property
    def weight(self) -> int:
        """How much trouble it is."""
        return sum(_WEIGHTS.get(code, 0) * number for code, number in self.counts.items())

    def rank(self) -> tuple[float, str]:
        """By what shares are ordered, the one with the most trouble for a link first."""
        return -self.weight / self.links, self.name
