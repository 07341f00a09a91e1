"""Pure: what there is to say about each listed resource, in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler import urls
from crawler.compare import finding_class
from crawler.model import VERDICTS, Caution, FindingClass, Reason, Record, Resource, Verdict
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
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One listed resource, and what there is to say about it."""

    record: Record
    kind: FindingClass | None
    """None when no check has concluded anything yet."""
    what: str
    step: str
    since: str
    """Date of the first check of the present streak or state; empty when there is none."""
    last_worked: str
    """Date; empty when it never did."""
    cautions: tuple[str, ...]
    """Phrases for the warnings that are worth a look."""

    @property
    def resource(self) -> Resource:
        """The row of the list."""
        return self.record.resource

    @property
    def new_url(self) -> str | None:
        """The web address to list instead, in normal form."""
        check = self.record.check
        return web_address(check.judgement.suggested_url) if check else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The findings of one part of the report: by class, then since when, then by line."""

    part: Part
    title: str
    note: str
    findings: tuple[Finding, ...]


def day(moment: datetime) -> str:
    """The date of a moment in UTC, as YYYY-MM-DD."""
    return moment.astimezone(UTC).date().isoformat()


def web_address(url: str | None) -> str | None:
    """The normal form of an http or https URL; None for anything else."""
    return None if url is None or urls.problem(url) else urls.normal_form(url)


def in_order(records: Iterable[Record]) -> tuple[Finding, ...]:
    """A finding for every record: by class, then by the date since when, then by line."""
    return tuple(sorted(map(_finding, records), key=_rank))


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


def wording(reason: Reason, kind: FindingClass | None, record: Record) -> Wording:
    """The words for a reason; what may pass by itself needs no step until it is confirmed."""
    row = words.REASONS[reason]
    status = record.check.http_status if record.check else None
    passing = kind is FindingClass.FAILING and VERDICTS[reason] is Verdict.FAILING
    return Wording(
        what=row.what.format(status=status or "unknown"), step=words.WAIT if passing else row.step
    )


def _finding(record: Record) -> Finding:
    standing, check = record.standing, record.check
    kind = finding_class(record) if check else None
    said = wording(check.judgement.reason, kind, record) if check else words.NOT_LOOKED_AT
    return Finding(
        record=record,
        kind=kind,
        what=said.what,
        step=said.step,
        since=day(standing.since) if standing.since else "",
        last_worked=day(standing.last_ok_at) if standing.last_ok_at else "",
        cautions=_cautions(record),
    )


def _rank(finding: Finding) -> tuple[int, str, int, str]:
    rank = len(_RANKS) if finding.kind is None else _RANKS[finding.kind]
    return rank, finding.since, finding.resource.line, finding.resource.key


def _part(finding: Finding, *, first: bool) -> Part | None:
    check = finding.record.check
    if finding.kind is None or check is None:
        return None
    gone = finding.kind is FindingClass.FAILING and check.judgement.verdict is Verdict.DEAD
    return Part.GONE if first and gone else _PARTS.get(finding.kind)


def _cautions(record: Record) -> tuple[str, ...]:
    warnings = record.check.judgement.warnings if record.check else ()
    return tuple(
        _expiry(record) if caution is Caution.TLS_EXPIRES_SOON else words.CAUTIONS[caution]
        for caution in words.WORTH_A_LOOK
        if caution in warnings
    )


def _expiry(record: Record) -> str:
    certificate = record.check.facts.certificate if record.check else None
    if certificate is None or certificate.not_after is None:
        return words.CAUTIONS[Caution.TLS_EXPIRES_SOON]
    return words.EXPIRES_ON.format(date=day(certificate.not_after))
