"""Pure: the proposed new addresses as JSON, for programs; the same bytes until one changes."""

from collections.abc import Iterator

from crawler.model import Proposal
from crawler.report.as_json import pieces_of_list, proposal_fields, to_indented_json
from crawler.report.contents import Report
from crawler.report.findings import Finding
from crawler.report.fixes import Fix
from crawler.resources import file_of

SCHEMA = 1
"""Raised when a field is renamed or removed, or means something else; new fields may be added."""

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


def objects(finding: Finding, fix: Fix) -> Iterator[_Object]:
    """An object for each proposal for a resource, the best first."""
    for rank, proposal in enumerate((fix.proposal, *fix.others), 1):
        yield _object(finding, fix, proposal, rank)


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
