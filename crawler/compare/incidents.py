"""Pure: outages from their confirmation to their end, and whether a resource flaps."""

from dataclasses import replace
from datetime import datetime, timedelta

from crawler.model import (
    FLAPPING_INCIDENTS,
    FLAPPING_NIGHTS,
    Check,
    Ending,
    Incident,
    Record,
    Standing,
    State,
)

Incidents = tuple[Incident, ...]
"""Of one resource, by time; only the last may be open."""


def update(incidents: Incidents, standing: Standing, check: Check) -> Incidents:
    """The incidents after a check: one is open exactly while the resource is broken."""
    is_broken, was_broken = standing.state is State.BROKEN, _is_open(incidents)
    if is_broken and not was_broken:
        opened = Incident(
            since=standing.since or check.checked_at,
            opened=check.checked_at,
            cause=check.judgement.reason,
        )
        return (*incidents, opened)
    if was_broken and not is_broken:
        return close(incidents, Ending.RECOVERED, check.checked_at)
    return incidents


def close(incidents: Incidents, ending: Ending, at: datetime) -> Incidents:
    """The incidents, with the last one closed if it was open."""
    if not _is_open(incidents):
        return incidents
    return (*incidents[:-1], replace(incidents[-1], closed=at, ending=ending))


def reopen_accepted(incidents: Incidents) -> Incidents:
    """The incidents, with the last one open again if it ended because a person accepted the page."""
    if not incidents or incidents[-1].ending is not Ending.ACCEPTED:
        return incidents
    return (*incidents[:-1], replace(incidents[-1], closed=None, ending=None))


def open_since(incidents: Incidents) -> datetime | None:
    """The first failed check of the outage that is going on; None when there is none."""
    return incidents[-1].since if _is_open(incidents) else None


def count_outages(record: Record, now: datetime) -> int:
    """How often a flapping resource broke within the last `FLAPPING_NIGHTS`; 0 if it does not flap."""
    nights = timedelta(days=FLAPPING_NIGHTS)
    recent = sum(now - incident.opened < nights for incident in record.incidents)
    return recent if recent >= FLAPPING_INCIDENTS else 0


def _is_open(incidents: Incidents) -> bool:
    return bool(incidents) and incidents[-1].closed is None
