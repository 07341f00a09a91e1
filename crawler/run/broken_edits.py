"""IO: what a kill in the middle of an edit has left, put in order before the list is used again."""

from contextlib import suppress
from datetime import datetime

from crawler import mend, urls
from crawler.config import Settings
from crawler.errors import StoreError
from crawler.model import Repair, ResourceList
from crawler.run.files import read_list
from crawler.store import Store

TAKEN_BACK = (
    "{addresses} noted as put in the list, but the list has what stood there before; "
    "noted now as taken back."
)


def put_in_order(settings: Settings, now: datetime) -> tuple[str, ...]:
    """What was found and put in order, in a sentence each.

    What cannot be put in order now, because a run goes on or there is no database, is left for later.

    Raises:
        ResourcesError: the list cannot be used.
    """
    listed = read_list(settings)
    edited, repairs = mend.end_broken_edit(listed.files), ""
    if edited:
        listed = read_list(settings)
    with suppress(StoreError):
        with Store.open(settings.database, exclusive=False) as store:
            is_settled = not _not_written(store, listed)
        if not is_settled:
            with Store.open_known(settings.database) as store:
                repairs = take_back_unwritten(store, listed, now)
    return tuple(filter(None, (edited, repairs)))


def take_back_unwritten(store: Store, listed: ResourceList, now: datetime) -> str:
    """Notes repairs as taken back that are not in the list, and says so; empty when all are."""
    missing = _not_written(store, listed)
    if not missing:
        return ""
    store.repairs.undo(missing, now)
    count = f"{len(missing)} new addresses are" if len(missing) > 1 else "1 new address is"
    return TAKEN_BACK.format(addresses=count)


def _not_written(store: Store, listed: ResourceList) -> tuple[Repair, ...]:
    """The repairs whose URL from before stands in the list, and the new one does not.

    The list was never written, or somebody has put it back. Of a resource, only the last one counts.
    """
    last = {one.key: one for one in store.repairs.standing()}
    if not last:
        return ()
    wanted = {urls.target_uri(url) for one in last.values() for url in (one.before, one.after)}
    there = wanted.intersection(urls.target_uri(one.url) for one in listed.resources)
    return tuple(
        one
        for one in last.values()
        if urls.target_uri(one.before) in there and urls.target_uri(one.after) not in there
    )
