"""Pure: what there is to say about each listed resource, in order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Any

from crawler import urls
from crawler.compare import to_report
from crawler.model import (
    FLAPPING_NIGHTS,
    VERDICTS,
    FindingClass,
    Mute,
    Reason,
    Record,
    Reported,
    Resource,
    Verdict,
    WarningCode,
)
from crawler.report import words
from crawler.report.words import Part, Wording

_RANKS = {kind: rank for rank, kind in enumerate(FindingClass)}
_PARTS = {
    FindingClass.BROKEN: Part.BROKEN,
    FindingClass.SUSPECT: Part.SUSPECT,
    FindingClass.MOVED: Part.MOVED,
    FindingClass.FAILING: Part.FAILING,
    FindingClass.BLOCKED: Part.BLOCKED,
    FindingClass.SKIPPED: Part.BLOCKED,
    FindingClass.MUTED: Part.MUTED,
}
_PASSING = frozenset({Verdict.DEAD, Verdict.FAILING})
"""Verdicts that time may take back; only that a row holds no URL is as true tonight as tomorrow."""
_NEVER = datetime.min.replace(tzinfo=UTC)
_UNMOVED_BY_FLAPPING = frozenset({Part.BROKEN, Part.MUTED})
"""Where a resource is told of, however often it comes and goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One listed resource, and what there is to say about it."""

    resource: Resource
    """The row of the list."""
    reported: Reported | None
    """What it rests on, without moments; None when no check has concluded anything yet, as for `kind`."""
    kind: FindingClass | None
    what: str
    step: str
    since: str
    """Date of the first check of the present streak or state; empty when there is none."""
    last_worked: str
    """Date; empty when it never did."""
    warnings: tuple[str, ...]
    """Phrases for the warnings that are worth a look."""
    verdict: Verdict | None
    """Of the latest check."""
    mute: Mute | None
    page_title: str
    """What the page called itself when it was last well; empty when that is not known."""

    @property
    def new_url(self) -> str | None:
        """The web address to list instead, in normal form."""
        return web_address(self.reported.judgement.suggested_url) if self.reported else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The findings of one part of the report: by class, then since when, then by line."""

    part: Part
    title: str
    note: str
    findings: tuple[Finding, ...]


def day(moment: datetime, zone: tzinfo | None = UTC) -> str:
    """The date of a moment in a zone, as YYYY-MM-DD; in UTC when there is none."""
    return moment.astimezone(zone or UTC).date().isoformat()


def web_address(url: str | None) -> str | None:
    """The normal form of an http or https URL; None for anything else."""
    return None if url is None or urls.problem(url) else urls.normal_form(url)


def in_order(records: Iterable[Record], now: datetime) -> tuple[Finding, ...]:
    """A finding for every record: by class, then by the date since when, then by line.

    `now` is the start of the last run, in the zone in which days are counted.
    """
    # What many findings have in common is kept once.
    known: dict[Any, Any] = {}
    found = (_finding(record, now) for record in records)
    return tuple(sorted((_shared(finding, known) for finding in found), key=_rank))


def in_sections(findings: Iterable[Finding], *, first: bool) -> tuple[Section, ...]:
    """The findings that have a section, in it; sections without one are left out."""
    members: dict[Part, list[Finding]] = {part: [] for part in Part}
    for finding in findings:
        part = _part(finding, first=first)
        if part is not None:
            members[part].append(finding)
    return tuple(
        Section(part=part, title=title, note=note, findings=tuple(members[part]))
        for part, (title, note) in words.PARTS.items()
        if members[part]
    )


def wording(
    reason: Reason,
    *,
    number: int | None = None,
    status: object = None,
    passing: bool = False,
) -> Wording:
    """The words for a reason; what may pass by itself needs no step until it is confirmed."""
    row = words.REASONS[reason]
    waits = passing and VERDICTS[reason] in _PASSING and reason is not Reason.INVALID_URL
    step = words.WAIT if waits else row.step
    return Wording(
        what=row.what.format(status=status or "unknown"),
        step=step.format(number="URL" if number is None else number),
    )


def _finding(record: Record, now: datetime) -> Finding:
    told, zone = record.reported or to_report(record, now), now.tzinfo
    if told is None:
        said = words.NOT_LOOKED_AT
    else:
        passing = told.kind is FindingClass.FAILING
        said = wording(
            told.judgement.reason,
            number=record.resource.number,
            status=told.http_status,
            passing=passing,
        )
    check, good = record.check, record.last_good
    return Finding(
        resource=record.resource,
        reported=told,
        kind=told.kind if told else None,
        what=f"{said.what} {_flapping(told)}" if told and told.outages else said.what,
        step=said.step,
        since=day(told.since, zone) if told and told.since else "",
        last_worked=day(told.last_ok_at, zone) if told and told.last_ok_at else "",
        warnings=_warnings(told, zone) if told else (),
        verdict=check.judgement.verdict if check else None,
        mute=record.mute,
        page_title=good.page.title.value if good and good.page.title else "",
    )


def _shared(finding: Finding, known: dict[Any, Any]) -> Finding:
    """The finding, made of values that others are made of; its moments stand in its words."""
    told = finding.reported and replace(
        finding.reported, told_at=_NEVER, since=None, last_ok_at=None, expires_at=None
    )
    return replace(
        finding,
        what=known.setdefault(finding.what, finding.what),
        step=known.setdefault(finding.step, finding.step),
        since=known.setdefault(finding.since, finding.since),
        last_worked=known.setdefault(finding.last_worked, finding.last_worked),
        reported=known.setdefault(told, told),
    )


def _flapping(told: Reported) -> str:
    return words.FLAPPING.format(outages=told.outages, nights=FLAPPING_NIGHTS)


def _rank(finding: Finding) -> tuple[int, str, int, str]:
    rank = len(_RANKS) if finding.kind is None else _RANKS[finding.kind]
    return rank, finding.since, finding.resource.line, finding.resource.key


def _part(finding: Finding, *, first: bool) -> Part | None:
    told = finding.reported
    if told is None:
        return None
    gone = told.kind is FindingClass.FAILING and told.judgement.verdict is Verdict.DEAD
    if first and gone:
        return Part.GONE
    part = _PARTS.get(told.kind)
    return Part.FLAPPING if told.outages and part not in _UNMOVED_BY_FLAPPING else part


def _warnings(told: Reported, zone: tzinfo | None) -> tuple[str, ...]:
    return tuple(
        _expiry(told, zone) if warning is WarningCode.TLS_EXPIRES_SOON else words.WARNINGS[warning]
        for warning in words.WORTH_A_LOOK
        if warning in told.judgement.warnings
    )


def _expiry(told: Reported, zone: tzinfo | None) -> str:
    if told.expires_at is None:
        return words.WARNINGS[WarningCode.TLS_EXPIRES_SOON]
    return words.EXPIRES_ON.format(date=day(told.expires_at, zone))
