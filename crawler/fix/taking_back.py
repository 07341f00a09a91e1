"""IO: what was put in the list is taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler import mend, resources
from crawler.config import Settings
from crawler.crawl import Clock
from crawler.errors import EditError
from crawler.fix.applying import write_list
from crawler.mend import MendedFile, Replacement
from crawler.model import Repair, Resource
from crawler.run import wall_clock
from crawler.run.files import read_list
from crawler.run.reports import identified
from crawler.store import Store
from crawler.text import clean


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
    plan = mend.planned(settings, listed, _reversed(repairs, listed.resources))
    for refusal in plan.refused:
        raise EditError(f"{refusal}; nothing is taken back")
    return Undoing(repairs=repairs, files=plan.files)


def _last_of(repairs: Iterable[Repair], chosen: Iterable[Resource]) -> tuple[Repair, ...]:
    """The last repair of each of the resources."""
    urls = {resource.url for resource in chosen}
    return tuple({one.after: one for one in repairs if one.after in urls}.values())


def _reversed(repairs: Sequence[Repair], listed: Iterable[Resource]) -> Sequence[Replacement]:
    """What takes the repairs back, each in its place."""
    keys: dict[str, list[str]] = {repair.after: [] for repair in repairs}
    for resource in listed:
        if resource.url in keys:
            keys[resource.url].append(resource.key)
    return [_reverse(repair, keys[repair.after]) for repair in repairs]


def _reverse(repair: Repair, there: Sequence[str]) -> Replacement:
    """`there` are the keys of the resources that have the new URL now."""
    if not there:
        raise EditError(
            f"{clean(repair.after)}: not in the list any more, so {clean(repair.before)} "
            "cannot be put back in its place"
        )
    made = Replacement(
        key=repair.key if repair.key in there else there[0],
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

    def write(store: Store) -> tuple[Path, ...]:
        # Noted last; `run.broken_edits` notes it, too, once the list has it no longer.
        with mend.undisturbed():
            backups = mend.write(undone.files, now)
            store.repairs.undo(undone.repairs, now)
        return backups

    return write_list(settings, now, write)
