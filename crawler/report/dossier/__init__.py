"""Pure: everything that is known about one resource, for a person or a program that asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.model import Change, Check, Incident, Record, Run
from crawler.report.dossier.strip import Night, strip
from crawler.report.events import Event
from crawler.report.findings import Finding
from crawler.report.nights import Dated, nights

__all__ = ["EVENTS", "Dossier", "Past", "build"]

EVENTS = 10
"""How many of a resource's events are told, the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One resource, and what its checks have brought over time."""

    finding: Finding
    record: Record
    incidents: tuple[Incident, ...]
    """All there were, by time."""
    strip: tuple[Night, ...]
    """The last nights, oldest first."""
    events: tuple[tuple[str, Event], ...]
    """The last ones, each with the date of its night, oldest first."""
    now: datetime
    """Start of the last run, in the zone in which nights are named."""

    @property
    def is_listed(self) -> bool:
        """Whether the list still has it."""
        return self.finding.resource.line > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is stored of a resource's time."""

    checks: Sequence[tuple[Run, Check]] = ()
    """By run."""
    changes: Sequence[tuple[datetime, Change]] = ()
    """By run, each with the run's start."""
    incidents: Sequence[Incident] = ()
    """By time."""


def build(finding: Finding, record: Record, past: Past, now: datetime) -> Dossier:
    """The dossier; `now` is the start of the last run, in the zone in which nights are named."""
    return Dossier(
        finding=finding,
        record=record,
        incidents=tuple(past.incidents),
        strip=strip(past.checks, now),
        events=_events(past.changes, now),
        now=now,
    )


def _events(changes: Sequence[Dated], now: datetime) -> tuple[tuple[str, Event], ...]:
    told = nights(changes, now.tzinfo) if now.tzinfo else ()
    return tuple((night.date, event) for night in told for event in night.events)[-EVENTS:]
