"""IO: lost resources leave the list for the retired ones beside it, where nobody looks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crawler import mend, resources
from crawler.config import Settings
from crawler.crawl import Clock
from crawler.errors import SettleError
from crawler.mend import MendedFile
from crawler.model import Check, Record, Resource, ResourceList, State
from crawler.report.wording import reason_words
from crawler.resources import Retirement
from crawler.run import named, patterns, wall_clock
from crawler.run.files import read_list
from crawler.run.reports import identified, zone_of
from crawler.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirePlan:
    """What retiring some resources changes, with nothing written yet."""

    records: tuple[Record, ...]
    """Of the resources, as they are listed now."""
    files: tuple[MendedFile, ...]


def planned(
    settings: Settings, wanted: Sequence[str], clock: Clock = wall_clock, *, force: bool = False
) -> RetirePlan:
    """What it takes to retire the resources that the words name, all of them.

    Raises:
        ResourcesError: the list cannot be used, or one of `wanted` fits no resource of it.
        SettleError: one is not broken, unless `force` allows it; or its place cannot be moved.
        EditError: a file has changed while it was read.
        StoreError: the database cannot be read, or there is none yet.
    """
    listed = read_list(settings)
    resources.select(listed.resources, wanted)  # before anything is opened
    with Store.open(settings.database, exclusive=False) as store:
        listed = identified(listed, store)
        chosen = resources.select(listed.resources, wanted)
        known = store.records()
        records = tuple(_to_retire(known, one, wanted, force=force) for one in chosen)
    today = clock().astimezone(zone_of(settings)).date()
    retirements = [
        Retirement(key=one.resource.key, on=today, because=_why(one.check)) for one in records
    ]
    return RetirePlan(records=records, files=_files(settings, listed, retirements))


def write(plan: RetirePlan, clock: Clock = wall_clock) -> tuple[Path, ...]:
    """Writes the files, and returns the backups that were made.

    Raises:
        EditError: as `mend.write` does.
    """
    # Retired rows first: at no moment is a row nowhere.
    return mend.write(plan.files[::-1], clock())


def _files(
    settings: Settings, listed: ResourceList, retirements: Sequence[Retirement]
) -> tuple[MendedFile, ...]:
    contents = mend.read_unchanged(listed)
    beside = {file: mend.retired_beside(file) for file in contents}
    before = {
        file: Path(path).read_bytes() for file, path in beside.items() if Path(path).is_file()
    }
    result = resources.retired(contents, listed, settings.list, retirements, before)
    for file in result.beside:
        _refuse_link(beside[file])
        _refuse_listed(beside[file], listed, settings)
    if len({beside[file] for file in result.beside}) < len(result.beside):
        raise SettleError("these rows are of several lists in one folder; retire them one by one")
    return (
        *(
            MendedFile(path=file, before=contents[file], after=after)
            for file, after in result.contents.items()
        ),
        *(
            MendedFile(path=beside[file], before=before.get(file), after=after)
            for file, after in result.beside.items()
        ),
    )


def _refuse_link(path: str) -> None:
    """The settings do not name this file, so whoever made a link would choose what is written."""
    if Path(path).is_symlink():
        raise SettleError(f"{path}: a symbolic link in the place of the retired rows; remove it")


def _refuse_listed(path: str, listed: ResourceList, settings: Settings) -> None:
    names = (*listed.files, *settings.resources)
    if path in names or any(patterns.fits(path, pattern) for pattern in settings.resources):
        raise SettleError(
            f"{path}: the file for retired rows would be part of the list itself; let `resources` "
            "name the files of the list without it"
        )


def _to_retire(
    records: Mapping[str, Record], resource: Resource, wanted: Sequence[str], *, force: bool
) -> Record:
    record = named.known(records, resource, wanted)
    if record.standing.state is not State.BROKEN and not force:
        raise SettleError(
            f"{resources.name_of(resource)}: it is not known to be broken; --force retires it all "
            "the same"
        )
    return replace(record, resource=resource)


def _why(check: Check | None) -> str:
    """What was last seen, in a sentence."""
    if check is None:
        return reason_words.NOT_LOOKED_AT.what
    return reason_words.describe(check.judgement.reason, status=check.facts.status_code).what
