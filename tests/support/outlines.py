"""Snapshots as the report of a long list reads them, and the pages of its findings."""

from dataclasses import replace

from crawler.compare import to_report
from crawler.model import Outline, Record, Snapshot
from crawler.report import Report, as_pages
from crawler.report.page import survey
from tests.support.report_builders import NIGHT


def outline(record: Record) -> Outline:
    resource, check = record.resource, record.check
    elapsed = check.elapsed if check else None
    return Outline(
        key=resource.key,
        url=resource.url,
        category=resource.category,
        line=resource.line,
        file=resource.file,
        reported=record.reported or to_report(record, NIGHT),
        verdict=check.judgement.verdict if check else None,
        milliseconds=round(elapsed.total_seconds() * 1000) if elapsed else None,
        proposed_url=record.proposals[0].url if record.proposals else None,
    )


def outlined(snapshot: Snapshot) -> Snapshot:
    """The snapshot with outlines, in another order than the list."""
    outlines = tuple(outline(snapshot.records[key]) for key in sorted(snapshot.records))
    return replace(snapshot, outlines=outlines)


def pages(of: Report) -> list[str]:
    seen, long = survey.look(of), of.long
    assert long
    return [
        "".join(as_pages.render(of, seen, long, number))
        for number in range(1, as_pages.count(of) + 1)
    ]
