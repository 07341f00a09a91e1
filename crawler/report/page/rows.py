"""Pure: the rows of the table of all links, one at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crawler.model import FindingClass, History, Record
from crawler.report.contents import Report, conventions_of
from crawler.report.findings import Finding
from crawler.report.page import story
from crawler.report.page.story import Story
from crawler.report.page.strips import SHOWN
from crawler.report.page.survey import Survey, host_of, recent_time

LONG = 1000
"""From so many links on, those that work are in words only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One link in the table of all links."""

    finding: Finding
    is_light: bool
    """Whether it works in a long list: its strip, line and dates are left out."""
    host: str
    marks: str
    """Of the nights that are shown."""
    milliseconds: tuple[int | None, ...]
    """Of these nights; empty where no line is drawn."""
    speed: int | None
    """The median of the last nights, in milliseconds."""
    story: Story


def rows(report: Report, seen: Survey) -> Iterator[Row]:
    """A row for each of the first links, in the order of the report."""
    for finding in report.findings:
        yield row(report, seen, finding, is_light=_is_light(report, finding))


def keys_with_strips(report: Report) -> Iterator[str]:
    """The keys of the links in whose rows a strip is drawn."""
    for finding in report.findings:
        if not _is_light(report, finding):
            yield finding.resource.key


def row(report: Report, seen: Survey, finding: Finding, *, is_light: bool = False) -> Row:
    """The row of one link; the history of a light one is not read again."""
    snapshot, key = report.snapshot, finding.resource.key
    of: Mapping[str, History] = {} if is_light else snapshot.histories.of
    history = of.get(key, History())
    return Row(
        finding=finding,
        is_light=is_light,
        host=host_of(finding),
        marks=seen.strips.get(key, history.marks[-SHOWN:]),
        milliseconds=history.milliseconds[-SHOWN:],
        speed=seen.speeds.get(key) or recent_time(history),
        story=_story(report, finding, snapshot.records[key], history),
    )


def _is_light(report: Report, finding: Finding) -> bool:
    return finding.kind is FindingClass.HEALTHY and len(report.findings) >= LONG


def _story(report: Report, finding: Finding, record: Record, history: History) -> Story:
    snapshot = report.snapshot
    now = snapshot.run.started_at.astimezone(snapshot.zone)
    return story.tell(finding, record, history.changes, now, conventions_of(snapshot))
