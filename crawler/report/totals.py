"""Pure: how many links of each kind a list has."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crawler.model import FindingClass, Reported, Verdict, WarningCode
from crawler.report.findings import Finding, SectionKind, is_to_act_on, section_of
from crawler.report.wording import state_words


@dataclass(slots=True, kw_only=True)
class Totals:
    """Numbers of links; each link is added once."""

    is_first_look: bool = False
    links: int = 0
    classes: Counter[FindingClass | None] = field(default_factory=Counter)
    """None stands for what was not checked yet."""
    verdicts: Counter[Verdict | None] = field(default_factory=Counter)
    """Of the last checks."""
    warnings: Counter[WarningCode] = field(default_factory=Counter)
    """Those that are in reports."""
    sections: Counter[SectionKind | None] = field(default_factory=Counter)
    to_act_on: int = 0
    """What a person can act on (`is_to_act_on`)."""

    @property
    def in_list(self) -> int:
        """Wrong in the list itself."""
        return self.sections[SectionKind.IN_LIST]

    @property
    def to_mend(self) -> int:
        """Broken and suspect ones, without what is wrong in the list itself."""
        classes = self.classes
        return classes[FindingClass.BROKEN] + classes[FindingClass.SUSPECT] - self.in_list

    @property
    def to_take_over(self) -> int:
        """Those that work at a new address."""
        return self.classes[FindingClass.MOVED]

    @property
    def by_code(self) -> dict[str, int]:
        """How many links have each class, by its code, the most urgent first; only those that occur."""
        return by_code({kind or state_words.UNSEEN: n for kind, n in self.classes.items()})

    def add(
        self, reported: Reported | None, verdict: Verdict | None, warnings: Sequence[WarningCode]
    ) -> None:
        """Count one more link."""
        self.links += 1
        self.classes[reported.kind if reported else None] += 1
        self.verdicts[verdict] += 1
        self.warnings.update(warnings)
        section = section_of(reported, is_first_look=self.is_first_look)
        self.sections[section] += 1
        self.to_act_on += is_to_act_on(reported, section)


def by_code(counts: dict[str, int]) -> dict[str, int]:
    """The numbers by code of a class, the most urgent class first; only those that occur."""
    return {code: counts[code] for code in (*FindingClass, state_words.UNSEEN) if counts.get(code)}


def count(findings: Iterable[Finding], *, is_first_look: bool = False) -> Totals:
    """The totals of so many findings."""
    totals = Totals(is_first_look=is_first_look)
    for finding in findings:
        totals.add(finding.reported, finding.verdict, finding.warnings)
    return totals
