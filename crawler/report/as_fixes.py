"""Pure: the proposed new addresses as JSON, for programs; the same bytes until one changes."""

from collections.abc import Iterable, Iterator

from crawler.model import Proposal, Snapshot
from crawler.report.as_json import pieces_of_list, proposal_fields, time, to_indented_json
from crawler.report.contents import Report, conventions_of
from crawler.report.findings import Finding
from crawler.report.fixes import Fix
from crawler.report.wording import run_words
from crawler.resources import file_of
from crawler.text import clean

SCHEMA = 1
"""Raised when a field is renamed or removed, or means something else; new fields may be added."""

PATCH_TITLE = "Link report: fixes for"
"""How a patch begins."""

_Object = dict[str, object]


def render(report: Report) -> Iterator[str]:
    """All proposals as one JSON object in pieces, `reports/fixes.json`."""
    head = {"schema": SCHEMA, "resources": report.snapshot.resources_name}
    yield to_indented_json(head).removesuffix("\n}") + ",\n  "
    found = (
        one for finding in report.to_fix if finding.fix for one in objects(finding, finding.fix)
    )
    yield from pieces_of_list("fixes", found)
    yield "\n}\n"


def patch_head(snapshot: Snapshot, findings: Iterable[Finding]) -> str:
    """What stands before the first file of `reports/fixes.patch`, and is no part of the patch for git.

    Each line of foreign text begins with a blank, so that none can begin a part of a patch.
    """
    made_up = run_words.MADE_UP if conventions_of(snapshot).is_made_up else ""
    title = f"{PATCH_TITLE} {clean(snapshot.resources_name)}{made_up}"
    lines = [title, "", *_reasons(findings), "", ""]
    return "\n".join(lines)


def _reasons(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        if finding.fix:
            yield f"  {clean(finding.row)}"
            yield f"    {finding.fix.why}"


def objects(finding: Finding, fix: Fix) -> Iterator[_Object]:
    """An object for each proposal for a resource, the best first."""
    for rank, proposal in enumerate((fix.proposal, *fix.others), 1):
        yield _object(finding, fix, proposal, rank)


def with_times(findings: Iterable[Finding]) -> Iterator[_Object]:
    """An object for each proposal for these resources, with the time at which it was last looked at."""
    for finding in findings:
        if fix := finding.fix:
            made = zip(objects(finding, fix), (fix.proposal, *fix.others), strict=True)
            yield from ({**fields, "made_at": time(one.made_at)} for fields, one in made)


def _object(finding: Finding, fix: Fix, proposal: Proposal, rank: int) -> _Object:
    resource = finding.resource
    return {
        "resource_url": resource.url,
        "key": resource.key,
        "number": resource.number,
        "line": resource.line,
        "file": file_of(resource) or finding.list_name,
        "list_title": resource.title,
        "class": finding.kind,
        "rank": rank,
        **proposal_fields(proposal),
        "obstacle": fix.obstacle if rank == 1 else None,
        "applicable": rank == 1 and fix.obstacle is None,
        "safe": rank == 1 and fix.is_safe,
    }
