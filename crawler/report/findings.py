"""Pure: what reports say about each listed resource, in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from crawler import urls
from crawler.compare import to_report
from crawler.model import (
    FLAPPING_NIGHTS,
    FindingClass,
    Mute,
    Reason,
    Record,
    Reported,
    Resource,
    Verdict,
    WarningCode,
)
from crawler.report import fixes, naming
from crawler.report.fixes import Fix
from crawler.report.naming import USUAL, Conventions
from crawler.report.wording import event_words, reason_words, warning_words
from crawler.resources import name_of
from crawler.text import clean


class SectionKind(StrEnum):
    """A section of `README.md` about how links stand."""

    IN_LIST = "in_list"
    """Wrong in the list itself."""
    BROKEN = "broken"
    GONE = "gone"
    """Missing at the first look ever, which confirms nothing."""
    SUSPECT = "suspect"
    MOVED = "moved"
    FAILING = "failing"
    FLAPPING = "flapping"
    BLOCKED = "blocked"
    MUTED = "muted"


_SECTIONS = {
    FindingClass.BROKEN: SectionKind.BROKEN,
    FindingClass.SUSPECT: SectionKind.SUSPECT,
    FindingClass.MOVED: SectionKind.MOVED,
    FindingClass.FAILING: SectionKind.FAILING,
    FindingClass.BLOCKED: SectionKind.BLOCKED,
    FindingClass.SKIPPED: SectionKind.BLOCKED,
    FindingClass.MUTED: SectionKind.MUTED,
}
_TO_ACT_ON = frozenset(
    {FindingClass.BROKEN, FindingClass.SUSPECT, FindingClass.MOVED, FindingClass.TLS_EXPIRING}
)
_ALSO_TO_ACT_ON = frozenset({SectionKind.GONE, SectionKind.FLAPPING})
_RANKS = {kind: rank for rank, kind in enumerate(FindingClass)}
_MENDED = frozenset({FindingClass.BROKEN, FindingClass.MOVED})
"""Classes of links for which a new address is told."""
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One listed resource, and what reports say about it."""

    resource: Resource
    reported: Reported | None
    """What the sentences are made from, without times; None before the first check, like `kind`."""
    kind: FindingClass | None
    what: str
    step: str
    since: str
    """Date of the first check of the present streak or state; empty when there is none."""
    last_worked: str
    """Date when it last worked; empty when it never did."""
    warnings: tuple[WarningCode, ...]
    """Those that the settings want in reports."""
    expires_on: str
    """Date on which its certificate ends; empty when it is not known."""
    verdict: Verdict | None
    """Of the latest check."""
    elapsed: timedelta | None
    """How long the servers took at the latest check; None when it is not known."""
    mute: Mute | None
    list_name: str
    page_title: str
    """The title of the last good page; empty when it is not known."""
    fix: Fix | None = None
    """Its new address, where one was found."""

    @property
    def name(self) -> str:
        """Its title in the list, or that of its page; empty when there is neither."""
        return clean(self.resource.title) or (clean(self.reported.name) if self.reported else "")

    @property
    def row(self) -> str:
        """Where it stands in the list."""
        return naming.row(self.resource, self.list_name)

    @property
    def place(self) -> str:
        """The file and line of the list."""
        return naming.place(self.resource, self.list_name)

    @property
    def new_url(self) -> str | None:
        """The web address to list instead, in normal form."""
        return web_address(self.reported.judgement.suggested_url) if self.reported else None

    @property
    def noticed(self) -> tuple[str, ...]:
        """A phrase for each of the warnings."""
        return tuple(_phrase(code, self.expires_on) for code in self.warnings)

    @property
    def is_in_list(self) -> bool:
        """Whether the list itself is wrong: its row holds no usable URL."""
        return _is_in_list(self.reported)

    @property
    def is_gone(self) -> bool:
        """Whether somebody with authority says that it is gone, and nothing confirms it yet."""
        return _is_gone(self.reported)

    @property
    def is_fixable(self) -> bool:
        """Whether its new address may be put in the list."""
        return self.fix is not None and self.fix.obstacle is None

    @property
    def flaps(self) -> bool:
        """Whether it broke and recovered several times within the last nights."""
        return self.reported is not None and self.reported.outages > 0


def day(moment: datetime | None, zone: tzinfo | None) -> str:
    """The date of a moment in a zone, as YYYY-MM-DD; empty without a moment, in UTC without a zone."""
    return moment.astimezone(zone or UTC).date().isoformat() if moment else ""


def web_address(url: str | None) -> str | None:
    """The normal form of an http or https URL; None for anything else."""
    return None if url is None or urls.problem(url) else urls.normal_form(url)


def list_findings(
    records: Iterable[Record],
    now: datetime,
    conventions: Conventions = USUAL,
    *,
    is_first_look: bool = False,
) -> tuple[Finding, ...]:
    """A finding for every record: by class, then by the date since when, then by line.

    What is wrong in the list itself comes first. `now` is the start of the last run, in the zone in
    which days are counted. At the first look ever, what is gone has
    the next step that it will have when it is confirmed: there is nothing else to do meanwhile.
    """
    known: dict[Any, Any] = {}
    findings = (
        _share_values(finding_of(record, now, conventions, is_first_look=is_first_look), known)
        for record in records
    )
    return tuple(sorted(findings, key=rank))


def section_of(reported: Reported | None, *, is_first_look: bool) -> SectionKind | None:
    """The section of a link of which that is reported; None for what works, or was not checked yet."""
    if reported is None:
        return None
    if _is_in_list(reported):
        return SectionKind.IN_LIST
    if is_first_look and _is_gone(reported):
        return SectionKind.GONE
    if reported.outages and reported.kind not in {FindingClass.BROKEN, FindingClass.MUTED}:
        return SectionKind.FLAPPING
    return _SECTIONS.get(reported.kind)


def is_to_act_on(reported: Reported | None, section: SectionKind | None) -> bool:
    """Whether a link in that section needs a person, expires or flaps, or seems gone at the first look."""
    return section in _ALSO_TO_ACT_ON or (reported is not None and reported.kind in _TO_ACT_ON)


def by_section(
    findings: Iterable[Finding], *, is_first_look: bool
) -> Mapping[SectionKind, tuple[Finding, ...]]:
    """The findings of every section, in their order; what works has no section."""
    members: dict[SectionKind | None, list[Finding]] = {kind: [] for kind in SectionKind}
    members[None] = []
    for finding in findings:
        members[section_of(finding.reported, is_first_look=is_first_look)].append(finding)
    return {kind: tuple(members[kind]) for kind in SectionKind}


def finding_of(
    record: Record, now: datetime, conventions: Conventions, *, is_first_look: bool
) -> Finding:
    """What is told of a link, without what the others say of it; as in `list_findings`."""
    reported, zone = record.reported or to_report(record, now), now.tzinfo
    expires_on = day(reported.expires_at, zone) if reported else ""
    wording = _wording(record.resource, reported, expires_on, is_first_look=is_first_look)
    check, good = record.check, record.last_good
    fix = fixes.fix_of(record, now) if reported and reported.kind in _MENDED else None
    suggested = reported.judgement.suggested_url if reported else None
    addresses = (record.resource.url, suggested, fix.address if fix else None)
    return Finding(
        resource=record.resource,
        reported=reported,
        kind=reported.kind if reported else None,
        what=" ".join((wording.what, *naming.mixed_hosts(addresses))),
        step=fix.step(name_of(record.resource)) if fix else wording.step,
        since=day(reported.since, zone) if reported else "",
        last_worked=day(reported.last_ok_at, zone) if reported else "",
        warnings=reported_warnings(reported, conventions.reported),
        expires_on=expires_on,
        verdict=check.judgement.verdict if check else None,
        elapsed=check.elapsed if check else None,
        mute=record.mute,
        list_name=conventions.list_name,
        page_title=good.page.title.value if good and good.page.title else "",
        fix=fix,
    )


def with_twins(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings; where a new address is in the list already, they say so."""
    if not any(finding.fix for finding in findings):
        return findings
    rows = {address: f.row for f in findings if (address := web_address(f.resource.url))}
    return tuple(with_twin(finding, rows) for finding in findings)


def with_twin(finding: Finding, rows: Mapping[str, str]) -> Finding:
    """The finding; if its new address is in the list already, in one of these rows, it says so."""
    fix = finding.fix and fixes.with_twin(finding.fix, rows)
    if fix is None or fix is finding.fix:
        return finding
    return replace(finding, fix=fix, step=fix.step(name_of(finding.resource)))


def _wording(
    resource: Resource, reported: Reported | None, expires_on: str, *, is_first_look: bool
) -> reason_words.Wording:
    if reported is None:
        return reason_words.NOT_LOOKED_AT
    if reported.kind is FindingClass.TLS_EXPIRING:
        return reason_words.expires(expires_on)
    is_gone = is_first_look and reported.judgement.verdict is Verdict.DEAD
    wording = reason_words.describe(
        reported.judgement.reason,
        word=name_of(resource),
        status=reported.http_status,
        is_confirmed=is_gone or reported.kind is not FindingClass.FAILING,
    )
    if not reported.outages:
        return wording
    flapping = event_words.FLAPPING.format(outages=reported.outages, nights=FLAPPING_NIGHTS)
    return replace(wording, what=f"{wording.what} {flapping}")


def reported_warnings(
    reported: Reported | None, wanted: Sequence[WarningCode]
) -> tuple[WarningCode, ...]:
    """The warnings of a link that are wanted in reports."""
    found = reported.judgement.warnings if reported else ()
    return tuple(code for code in WarningCode if code in found and code in wanted) if found else ()


def _phrase(code: WarningCode, expires_on: str) -> str:
    if code is WarningCode.TLS_EXPIRES_SOON and expires_on:
        return warning_words.EXPIRES_ON.format(date=expires_on)
    return warning_words.WARNINGS[code]


def _share_values(finding: Finding, known: dict[Any, Any]) -> Finding:
    """The finding, with values that are equal to `known` ones replaced by these, to save memory."""
    reported = finding.reported and replace(
        finding.reported, told_at=_NEVER, since=None, last_ok_at=None, expires_at=None
    )
    return replace(
        finding,
        what=known.setdefault(finding.what, finding.what),
        step=known.setdefault(finding.step, finding.step),
        since=known.setdefault(finding.since, finding.since),
        last_worked=known.setdefault(finding.last_worked, finding.last_worked),
        warnings=known.setdefault(finding.warnings, finding.warnings),
        reported=known.setdefault(reported, reported),
        elapsed=known.setdefault(finding.elapsed, finding.elapsed),
    )


def rank(finding: Finding) -> tuple[int, str, str, int, str]:
    """What findings are ordered by."""
    resource = finding.resource
    return (*urgency(finding.reported, finding.since), resource.file, resource.line, resource.key)


def urgency(reported: Reported | None, since: str) -> tuple[int, str]:
    """By what findings are ordered before their places in the list count; the least comes first."""
    if _is_in_list(reported):
        return -1, ""
    return len(_RANKS) if reported is None else _RANKS[reported.kind], since


def _is_in_list(reported: Reported | None) -> bool:
    return (
        reported is not None
        and reported.kind is FindingClass.BROKEN
        and reported.judgement.reason is Reason.INVALID_URL
    )


def _is_gone(reported: Reported | None) -> bool:
    is_dead = reported is not None and reported.judgement.verdict is Verdict.DEAD
    return reported is not None and is_dead and reported.kind is FindingClass.FAILING
