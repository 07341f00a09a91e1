"""IO: new addresses for links: those that are known, put in the list, taken back and looked for."""

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import monotonic

from crawler import compare, mend, resources
from crawler.config import Settings
from crawler.crawl import Clock
from crawler.errors import EditError, SettleError, StoreError
from crawler.fetch import Resolver
from crawler.mend import MendedFile, Replacement
from crawler.model import Band, FindingClass, Repair, Resource, ResourceList
from crawler.own_files import make_file
from crawler.report import Report, as_fixes
from crawler.report.as_fixes import PATCH_TITLE
from crawler.report.findings import Finding
from crawler.report.wording import fix_words
from crawler.run import list_fixes, lost_links, named, wall_clock
from crawler.run.files import prepare_reports, read_list
from crawler.run.interruption import Interruption
from crawler.run.list_fixes import Edit
from crawler.run.lost_links import Search
from crawler.run.reports import build, identified, write_reports, zone_of
from crawler.search import Found, search
from crawler.store import Store
from crawler.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which new addresses a person wants to see."""

    wanted: tuple[str, ...] = ()
    """Words for resources, as `resources.select` takes them; all without any."""
    broken: bool = True
    """Those of lost links."""
    moved: bool = True
    """Those that links redirect to."""


EVERYTHING = Choice()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The new addresses that are known, held against the list as it is now."""

    report: Report
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
        head = as_fixes.patch_head(self.report, self.edit.made)
        return head + mend.patch(self.edit.files)


def offer(
    settings: Settings, choice: Choice = EVERYTHING, clock: Clock = wall_clock
) -> Offer | None:
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
        report = build(store, settings, clock())
        if report is None:
            return None
        listed = identified(listed, store)
    found = list_fixes.as_listed(_chosen(report, listed, choice), listed, _now(report))
    alone = _named_alone(listed.resources, choice.wanted)
    edit = list_fixes.edit(settings, listed, _to_take(found, choice.wanted, alone))
    refused = {one.resource.key: one for one in edit.refused}
    found = tuple(refused.get(one.resource.key, one) for one in found)
    made = {one.resource.key for one in edit.made}
    return Offer(
        report=report,
        findings=tuple(sorted((one for one in found if one.fix), key=_is_move)),
        edit=edit,
        unfit=tuple(one for one in found if one.resource.key in alone - made),
        unfound=sum(one.kind is FindingClass.BROKEN and one.fix is None for one in found),
    )


def _chosen(report: Report, listed: ResourceList, choice: Choice) -> Sequence[Finding]:
    found = _named(report, listed, choice.wanted) if choice.wanted else report.findings
    return [one for one in found if (choice.moved if _is_move(one) else choice.broken)]


def _is_move(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.is_move


def _named(report: Report, listed: ResourceList, wanted: Sequence[str]) -> Sequence[Finding]:
    chosen = {one.key: one for one in resources.select(listed.resources, wanted)}
    found = [one for one in report.findings if one.resource.key in chosen]
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


def _now(report: Report) -> datetime:
    """The time by which proposals grow old; that of the demo's nights stands still."""
    return report.snapshot.now or report.snapshot.run.started_at


def taken(settings: Settings, offered: Offer, keys: Collection[str]) -> Offer:
    """The offer, with the edit of the list for the resources with these keys only.

    Raises:
        EditError, ResourcesError, StoreError: as for `offer`.
    """
    listed = read_list(settings)
    with Store.open(settings.database, exclusive=False) as store:
        listed = identified(listed, store)
    now = _now(offered.report)
    chosen = [one for one in offered.findings if one.resource.key in keys]
    fixable = [one for one in list_fixes.as_listed(chosen, listed, now) if one.is_fixable]
    edit = list_fixes.edit(settings, listed, fixable)
    return replace(offered, edit=edit, unfit=())


def write_patch(path: Path, patch: str) -> None:
    """Writes a patch; an older one is replaced.

    Raises:
        StoreError: the file cannot be written, or something else stands in its place.
    """
    try:
        if path.is_symlink() and not path.exists():
            raise StoreError(f"{path}: a symbolic link that leads nowhere; remove it first")
        if path.exists() and not _is_patch(path):
            raise StoreError(f"{path}: not a patch of this crawler, so it is left as it is")
        make_file(path, patch.encode(errors="surrogateescape"), replace=True)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise StoreError(f"{path}: cannot be written ({why})") from error


def _is_patch(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(PATCH_TITLE)) in {PATCH_TITLE.encode(), b""}


def apply(settings: Settings, offered: Offer, clock: Clock = wall_clock) -> tuple[Path, ...]:
    """Puts the new addresses of the offer in the list, and returns the backups that were made.

    Raises:
        SettleError: a resource that was named cannot get one; nothing is written.
        EditError: a file has changed since, or cannot be written; all are as they were.
        StoreError: the database or the reports cannot be written, or a run goes on.
    """
    for finding in offered.unfit:
        raise SettleError(why_unfit(finding))
    now, edit = clock(), offered.edit
    made = zip(edit.made, edit.replacements, strict=True)
    repairs = [_repair(finding, replacement, now) for finding, replacement in made]
    return _write(settings, edit.files, now, lambda store: store.repairs.add(repairs))


def _repair(finding: Finding, replacement: Replacement, now: datetime) -> Repair:
    return Repair(
        key=replacement.key,
        file=finding.resource.file,
        before=replacement.before,
        after=replacement.url,
        texts=replacement.texts,
        made_at=now,
    )


def _write(
    settings: Settings,
    files: Sequence[MendedFile],
    now: datetime,
    note: Callable[[Store], None],
) -> tuple[Path, ...]:
    """Writes the files of the list, notes it in the database, and writes the reports again."""
    prepare_reports(Path(settings.reports))
    with Store.open_known(settings.database) as store:
        # A list that has changed can only be taken back by what the database says of it.
        with mend.undisturbed(), store.transaction():
            note(store)
            backups = mend.write(files, now)
        write_reports(store, settings, read_list(settings).notices, now=now)
    return backups


# --- taking back ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """Repairs, and what taking them back changes in the files of the list."""

    repairs: tuple[Repair, ...] = ()
    files: tuple[MendedFile, ...] = ()


def undoing(settings: Settings, wanted: Sequence[str] = ()) -> Undoing:
    """What was put in the list last, or for the named resources; empty when there is nothing. Nothing is written.

    Raises:
        EditError: the list has changed so that it cannot be taken back.
        ResourcesError, StoreError: as for `offer`.
    """
    listed = read_list(settings)
    chosen = resources.select(listed.resources, wanted)
    with Store.open(settings.database, exclusive=False) as store:
        listed = identified(listed, store)
        repairs = _last_of(store.repairs.standing(), chosen) if wanted else store.repairs.last()
    if not repairs:
        return Undoing()
    plan = mend.planned(settings, listed, [_reverse(one, listed.resources) for one in repairs])
    for refusal in plan.refused:
        raise EditError(f"{refusal}; nothing is taken back")
    return Undoing(repairs=repairs, files=plan.files)


def _last_of(repairs: Iterable[Repair], chosen: Iterable[Resource]) -> tuple[Repair, ...]:
    """The last repair of each of the resources."""
    urls = {resource.url for resource in chosen}
    return tuple({one.after: one for one in repairs if one.after in urls}.values())


def _reverse(repair: Repair, listed: Iterable[Resource]) -> Replacement:
    there = [resource for resource in listed if resource.url == repair.after]
    if not there:
        raise EditError(
            f"{clean(repair.after)}: not in the list any more, so {clean(repair.before)} "
            "cannot be put back in its place"
        )
    key = next((one.key for one in there if one.key == repair.key), there[0].key)
    made = Replacement(
        key=key,
        before=repair.before,
        after=repair.after,
        keeps_fragment=False,
        texts=repair.texts,
    )
    return made.reversed()


def undo(settings: Settings, undone: Undoing, clock: Clock = wall_clock) -> tuple[Path, ...]:
    """Takes the repairs back, and returns the backups that were made.

    Raises:
        EditError, StoreError: as for `apply`.
    """
    now = clock()
    return _write(
        settings, undone.files, now, lambda store: store.repairs.undo(undone.repairs, now)
    )


# --- looking --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LookOptions:
    """How to look for new addresses, beside the settings."""

    clock: Clock = wall_clock
    announce: Callable[[int], None] = lambda _: None
    """Takes how many links are looked for."""
    resolver: Resolver | None = None
    search: Search = search


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a search has found."""

    found: tuple[Found, ...] = ()
    signal: int | None = None
    """The signal that ended it early."""


def look(
    settings: Settings, wanted: Sequence[str] = (), options: LookOptions | None = None
) -> Looked:
    """What is found now for the named resources that are lost, or for all without a new address.

    Raises:
        Interrupted: a signal came, and the search did not end in time.
        ResourcesError: the list cannot be used, or one of the words fits no resource of it.
        StoreError: the database or the reports cannot be written, or a run goes on.
    """
    options, begun_at = options or LookOptions(), monotonic()
    listed = read_list(settings)
    resources.select(listed.resources, wanted)  # before anything is opened
    prepare_reports(Path(settings.reports))
    with Store.open_known(settings.database) as store, Interruption() as interruption:
        listed = identified(listed, store)
        now = options.clock().astimezone(zone_of(settings))
        keys = _lost(store, listed, wanted, now)
        if not keys:
            return Looked()
        options.announce(len(keys))
        seconds = settings.fetch.budget - (monotonic() - begun_at)
        around = lost_links.surroundings(
            store, listed, options.clock, seconds, resolver=options.resolver
        )
        found = lost_links.look(store, keys, settings, around, interruption, options.search)
        write_reports(store, settings, listed.notices, now=options.clock())
    return Looked(found=found, signal=interruption.signum)


def _lost(
    store: Store, listed: ResourceList, wanted: Sequence[str], now: datetime
) -> tuple[str, ...]:
    chosen = {resource.key: resource for resource in resources.select(listed.resources, wanted)}
    records = store.records()
    return tuple(
        key
        for key in store.resources.broken_keys()
        if key in chosen
        and compare.is_lost(record := records[key], now)
        and record.resource.url == chosen[key].url
        and (wanted or not record.proposals)
    )
