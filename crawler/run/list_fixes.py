"""IO: new addresses held against the list as it is now, and what they change in its files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import mend
from crawler.config import Settings
from crawler.mend import MendedFile, Replacement
from crawler.model import Resource, ResourceList
from crawler.report.findings import Finding
from crawler.report.fixes import Fix, with_age
from crawler.report.wording import fix_words
from crawler.report.wording.fix_words import Obstacle
from crawler.resources import name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What some fixes change in the files of the list; nothing is written yet."""

    made: tuple[Finding, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    """One for each of them, in the same order."""
    refused: tuple[Finding, ...] = ()
    """Their fixes say why."""
    files: tuple[MendedFile, ...] = ()


def as_listed(
    findings: Iterable[Finding], listed: ResourceList, now: datetime
) -> tuple[Finding, ...]:
    """The findings as they are listed now, with what that and the time say against their fixes."""
    by_key = {resource.key: resource for resource in listed.resources}
    return tuple(
        _as_listed(finding, by_key.get(finding.resource.key), now) for finding in findings
    )


def _as_listed(finding: Finding, listed: Resource | None, now: datetime) -> Finding:
    fix = finding.fix
    if fix is None or fix.obstacle is Obstacle.REPAIRED:
        return finding
    if listed is None or listed.url != fix.proposal.resource_url:
        return _with(finding, replace(fix, obstacle=Obstacle.EDITED, why_not=fix_words.EDITED))
    return _with(replace(finding, resource=listed), with_age(fix, now))


def _with(finding: Finding, fix: Fix) -> Finding:
    """The finding with another fix than the one it had."""
    return replace(finding, fix=fix, step=fix.step(name_of(finding.resource)))


def edit(settings: Settings, listed: ResourceList, findings: Sequence[Finding]) -> Edit:
    """What putting the new addresses of these findings in the list changes in its files.

    Raises:
        EditError: a file has changed since the list was read, or cannot be read.
        ResourcesError: a file has a structural fault.
    """
    wanted = {one.resource.key: (one, one.fix) for one in findings if one.fix}
    if not wanted:
        return Edit()
    plan = mend.planned(settings, listed, [_replacement(*one) for one in wanted.values()])
    return Edit(
        made=tuple(wanted[one.key][0] for one in plan.done),
        replacements=plan.done,
        refused=tuple(_refused(*wanted[one.replacement.key], one.why) for one in plan.refused),
        files=plan.files,
    )


def _replacement(finding: Finding, fix: Fix) -> Replacement:
    resource = finding.resource
    return Replacement(key=resource.key, before=resource.url, after=fix.proposal.url)


def _refused(finding: Finding, fix: Fix, why: str) -> Finding:
    return _with(finding, replace(fix, obstacle=Obstacle.REFUSED, why_not=why))
