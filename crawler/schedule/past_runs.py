"""IO: what the runs that are stored leave due."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from crawler.errors import StoreError
from crawler.schedule.times import recheck_times
from crawler.store import RunTotals, Store


def last_start(database: str) -> datetime | None:
    """When the last complete run over the whole list began; None when none is stored, or it cannot be read."""
    totals = _totals(database)
    return totals.last_good_at if totals else None


def due_rechecks(database: str, after: Iterable[timedelta], now: datetime) -> tuple[datetime, ...]:
    """The rechecks of the last complete run over the whole list that have not been made yet.

    Of those in the past only the last is left: one recheck makes up for all.
    """
    totals = _totals(database)
    good = totals.last_good_at if totals else None
    if totals is None or good is None or good > now:
        return ()
    made = totals.last_recheck_at
    return _still_due(recheck_times(good, after), made if made and made > good else good, now)


def _still_due(times: Sequence[datetime], made: datetime, now: datetime) -> tuple[datetime, ...]:
    missed = [at for at in times if made < at <= now]
    return (*missed[-1:], *(at for at in times if at > max(made, now)))


def _totals(database: str) -> RunTotals | None:
    try:
        with Store.open(database, exclusive=False) as store:
            return store.runs.totals()
    except StoreError:
        return None  # There is no database yet, or the run will say what is wrong with it.
