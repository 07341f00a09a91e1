"""Pure: links in groups: by category, and by what keeps them from being checked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawler.model import FindingClass
from crawler.report.findings import Finding
from crawler.report.totals import count
from crawler.report.wording import state_words

_WEIGHTS: dict[str | None, int] = {
    FindingClass.BROKEN: 100,
    FindingClass.SUSPECT: 60,
    FindingClass.FAILING: 30,
    FindingClass.MOVED: 20,
    FindingClass.TLS_EXPIRING: 20,
    FindingClass.BLOCKED: 5,
}
"""How much a link of a class counts against its category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """How the links of a category stand."""

    name: str
    links: int
    counts: Mapping[str, int]
    """By code of the class, the most urgent first; only those that occur."""

    @property
    def is_healthy(self) -> bool:
        """Whether all of its links work."""
        return set(self.counts) == {FindingClass.HEALTHY}


def code(finding: Finding) -> str:
    """The code of the finding's class; that of a link that was not checked yet is `unseen`."""
    return finding.kind or state_words.UNSEEN


def by_category(findings: Iterable[Finding]) -> tuple[Category, ...]:
    """The categories, the worst first."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.resource.category].append(finding)
    categories = (
        Category(name=name, links=len(of_name), counts=count(of_name).by_code)
        for name, of_name in found.items()
    )
    return tuple(sorted(categories, key=_rank))


def _rank(category: Category) -> tuple[float, str]:
    weight = sum(_WEIGHTS.get(one, 0) * number for one, number in category.counts.items())
    return -weight / category.links, category.name


def by_reason(findings: Iterable[Finding]) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Findings with the same sentence together, the rarest sentence first."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.what.rstrip(".")].append(finding)
    return tuple(
        (what, tuple(same)) for what, same in sorted(found.items(), key=lambda kind: len(kind[1]))
    )
