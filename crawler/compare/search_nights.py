"""Pure: for which resources a new address is looked for, and when it is looked for again."""

from datetime import datetime

from crawler.compare.finding_class import is_muted
from crawler.model import Reason, Record, Searched, State

AGAIN = (7, 30, 90)
"""Nights after the first search at which it is made again; later ones follow as the last two do."""


def is_lost(record: Record, now: datetime) -> bool:
    """Whether a new address is wanted: the outage is confirmed, and no person has muted it.

    What is no URL has never been anywhere.
    """
    reason = record.check.judgement.reason if record.check else None
    is_broken = record.standing.state is State.BROKEN and reason is not Reason.INVALID_URL
    return is_broken and not is_muted(record.mute, now)


def is_search_due(searched: Searched | None, record: Record, now: datetime) -> bool:
    """Whether a lost resource is looked for in a run at that time, in the zone in which days are counted."""
    if searched is None or searched.resource_url != record.resource.url or not searched.times:
        return True
    first = searched.first_at.astimezone(now.tzinfo).date()
    return (now.date() - first).days >= _nights_to(searched.times)


def _nights_to(times: int) -> int:
    """Nights from the first search to the one after so many."""
    *_, before, last = AGAIN
    later = max(times - len(AGAIN), 0)
    return AGAIN[min(times, len(AGAIN)) - 1] + later * (last - before)
