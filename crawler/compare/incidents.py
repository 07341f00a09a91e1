"""Pure: outages from their confirmation to their end, and whether they flap."""

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


def follow(incidents: Incidents, standing: Standing, check: Check) -> Incidents:
    """The incidents after a check: one is open exactly while the resource is broken."""
    is_broken, was_broken = standing.state is State.BROKEN, is_open(incidents)
    if is_broken and not was_broken:
        opened = Incident(
            since=standing.since or check.checked_at,
            opened=check.checked_at,
            cause=check.judgement.reason,
        )
        return (*incidents, opened)
    if was_broken and not is_broken:
        return ended(incidents, Ending.RECOVERED, check.checked_at)
    return incidents


def is_open(incidents: Incidents) -> bool:
    """Whether the last incident is still open."""
    return bool(incidents) and incidents[-1].closed is None


def open_since(incidents: Incidents) -> datetime | None:
    """When the outage began that goes on; None when there is none."""
    return incidents[-1].since if is_open(incidents) else None


def ended(incidents: Incidents, ending: Ending, at: datetime) -> Incidents:
    """The incidents with the open one, if any, closed."""
    if not is_open(incidents):
        return incidents
    return (*incidents[:-1], replace(incidents[-1], closed=at, ending=ending))


def outages(record: Record, now: datetime) -> int:
    """How often the resource broke within the last nights, when that is often enough to flap; else 0."""
    nights = timedelta(days=FLAPPING_NIGHTS)
    recent = sum(now - incident.opened < nights for incident in record.incidents)
    return recent if recent >= FLAPPING_INCIDENTS else 0
