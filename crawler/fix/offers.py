"""IO: the new addresses that are known, held against the list as it is now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import mend, resources
from crawler.config import Settings
from crawler.crawl import Clock
from crawler.model import (
    Band,
    FindingClass,
    Outline,
    Reported,
    Resource,
    ResourceList,
    Snapshot,
)
from crawler.report import as_fixes, overview
from crawler.report.findings import Finding, rank
from crawler.report.wording import fix_words
from crawler.run import list_fixes, named, wall_clock
from crawler.run.files import read_list
from crawler.run.list_fixes import Edit
from crawler.run.reports import identified, snapshot_of
from crawler.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which new addresses a person wants to see."""

    wanted: tuple[str, ...] = ()
    """Words for resources, as `resources.select` takes them; all without any."""
    broken: bool = True
    """Whether those of lost links are wanted."""
    moved: bool = True
    """Whether those are wanted to which links redirect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The new addresses that are known, held against the list as it is now."""

    snapshot: Snapshot
    findings: tuple[Finding, ...]
    """Those that were wanted and have a fix: first what is lost, then what redirects."""
    edit: Edit
    """What putting them in the list changes: those that were named, or else all safe ones."""
    unfit: tuple[Finding, ...]
    """Those that were named, each by itself, and cannot be put in the list."""
    unfound: int
    """How many of the broken links that were wanted have no new address yet."""

    @property
    def patch(self) -> str:
        """The edit as a patch that git takes, which says why each address is believed."""
        head = as_fixes.patch_head(self.snapshot, self.edit.made)
        return head + mend.patch(self.edit.files)


def offer(settings: Settings, choice: Choice, clock: Clock = wall_clock) -> Offer | None:
    """The new addresses that are known; None when no run has completed yet. Nothing is written.

    Raises:
        EditError: a file of the list has changed meanwhile, or cannot be read.
        ResourcesError: the list cannot be used, or one of the words fits no resource of it.
        SettleError: a resource that was named has moved in the list since its last run.
        StoreError: the database cannot be read, or there is none yet.
    """
    listed = read_list(settings)
    resources.select(listed.resources, choice.wanted)  # before anything is opened
    with Store.open(settings.database, exclusive=False) as store:
        snapshot = snapshot_of(store, settings, clock(), is_outlined=True)
        if snapshot is None:
            return None
        listed = identified(listed, store)
        found, unfound = _chosen(snapshot, listed, choice)
    found = list_fixes.as_listed(found, listed, _now(snapshot))
    alone = _named_alone(listed.resources, choice.wanted)
    edit = list_fixes.edit(settings, listed, _to_take(found, choice.wanted, alone))
    refused = {one.resource.key: one for one in edit.refused}
    found = tuple(refused.get(one.resource.key, one) for one in found)
    made = {one.resource.key for one in edit.made}
    return Offer(
        snapshot=snapshot,
        findings=tuple(sorted((one for one in found if one.fix), key=_is_move)),
        edit=edit,
        unfit=tuple(one for one in found if one.resource.key in alone - made),
        unfound=unfound,
    )


def _chosen(
    snapshot: Snapshot, listed: ResourceList, choice: Choice
) -> tuple[Sequence[Finding], int]:
    """What was wanted, the most urgent first, and how many of it are broken and have no new address."""
    if choice.wanted:
        named = _named(snapshot, listed, choice.wanted)
        found = [one for one in named if _is_of_kind(one, choice)]
        return found, sum(one.kind is FindingClass.BROKEN and one.fix is None for one in found)
    chosen = overview.choose(snapshot, _may_have_fix)
    fixes = [one for one in overview.tell(snapshot, chosen.keys) if one.fix]
    broken = chosen.of_list.classes[FindingClass.BROKEN]
    unfound = broken - sum(one.kind is FindingClass.BROKEN for one in fixes)
    return [one for one in fixes if _is_of_kind(one, choice)], unfound if choice.broken else 0


def _may_have_fix(outline: Outline, reported: Reported | None) -> bool:
    """Whether something was proposed; the finding says whether that still holds."""
    return reported is not None and outline.proposed_url is not None


def _is_of_kind(finding: Finding, choice: Choice) -> bool:
    return choice.moved if _is_move(finding) else choice.broken


def _is_move(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.is_move


def _named(snapshot: Snapshot, listed: ResourceList, wanted: Sequence[str]) -> Sequence[Finding]:
    chosen = {one.key: one for one in resources.select(listed.resources, wanted)}
    found = sorted(overview.tell(snapshot, [*chosen]), key=rank)
    for finding in found:
        named.refuse_moved(finding.resource, chosen[finding.resource.key], wanted)
    return found


def _to_take(
    findings: Iterable[Finding], wanted: Sequence[str], alone: frozenset[str]
) -> Sequence[Finding]:
    """What is put in the list: all that is safe; of what was named, hints only if named alone."""
    fixable = [(one, one.fix) for one in findings if one.fix and one.is_fixable]
    if not wanted:
        return [finding for finding, fix in fixable if fix.is_safe]
    return [
        finding
        for finding, fix in fixable
        if fix.proposal.band is not Band.SHOWN or finding.resource.key in alone
    ]


def _named_alone(listed: Sequence[Resource], wanted: Sequence[str]) -> frozenset[str]:
    """The keys of the resources that a word means, and no other one."""
    found = (resources.select(listed, (word,)) for word in wanted)
    return frozenset(fitting[0].key for fitting in found if len(fitting) == 1)


def why_unfit(finding: Finding) -> str:
    """Why a resource that was named has no new address that could be put in the list."""
    word = resources.name_of(finding.resource)
    if finding.fix:
        return f"{word}: {finding.step}"
    is_broken = finding.kind is FindingClass.BROKEN
    return (fix_words.UNFOUND if is_broken else fix_words.NOT_NEEDED).format(word=word)


def _now(snapshot: Snapshot) -> datetime:
    """The time by which proposals grow old; that of the demo's nights stands still."""
    return snapshot.now or snapshot.run.started_at


def taken(settings: Settings, offered: Offer, keys: Collection[str]) -> Offer:
    """The offer, with the edit of the list for the resources with these keys only.

    Raises:
        EditError, ResourcesError, StoreError: as for `offer`.
    """
    listed = read_list(settings)
    with Store.open(settings.database, exclusive=False) as store:
        listed = identified(listed, store)
    now = _now(offered.snapshot)
    chosen = [one for one in offered.findings if one.resource.key in keys]
    fixable = [one for one in list_fixes.as_listed(chosen, listed, now) if one.is_fixable]
    edit = list_fixes.edit(settings, listed, fixable)
    return replace(offered, edit=edit, unfit=())
