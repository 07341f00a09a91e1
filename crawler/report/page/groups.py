"""Pure: links in groups: by category, and by what keeps them from being checked."""

from collections import defaultdict
from collections.abc import Iterable

from crawler.report.findings import Finding
from crawler.report.shares import Share
from crawler.report.totals import count
from crawler.report.wording import state_words


def code(finding: Finding) -> str:
    """The code of the finding's class; that of a link that was not checked yet is `unseen`."""
    return finding.kind or state_words.UNSEEN


def by_category(findings: Iterable[Finding]) -> tuple[Share, ...]:
    """The categories, the worst first."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.resource.category].append(finding)
    categories = (
        Share(name=name, links=len(of_name), counts=count(of_name).by_code)
        for name, of_name in found.items()
    )
    return tuple(sorted(categories, key=Share.rank))


def by_reason(findings: Iterable[Finding]) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Findings with the same sentence together, the rarest sentence first."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.what.rstrip(".")].append(finding)
    return tuple(
        (what, tuple(same)) for what, same in sorted(found.items(), key=lambda kind: len(kind[1]))
    )
