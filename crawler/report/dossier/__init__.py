"""Pure: everything that is known of one resource, for `crawler status`.

`night_strip` has its last nights, `dossier_lines` the dossier in words, `dossier_json` as JSON.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crawler.model import Change, Check, Incident, Record, Run
from crawler.report.dossier.night_strip import worst_by_night
from crawler.report.events import Event
from crawler.report.findings import Finding
from crawler.report.nights import by_night

EVENTS = 10
"""How many of a resource's events are shown, the latest ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One resource, and its checks, incidents and events over time."""

    finding: Finding
    record: Record
    incidents: tuple[Incident, ...]
    """All there were, by time."""
    nights: Mapping[date, Check | None]
    """The worst check of each of the last nights, oldest first; None when there was no check."""
    events: tuple[tuple[str, Event], ...]
    """The last ones, each with the date of its night, oldest first."""
    now: datetime
    """Start of the last run, in the zone in which nights are named."""

    @property
    def is_listed(self) -> bool:
        """Whether it is still in the list."""
        return self.finding.resource.line > 0


def build(
    finding: Finding,
    record: Record,
    now: datetime,
    *,
    checks: Iterable[tuple[Run, Check]] = (),
    changes: Sequence[tuple[datetime, Change]] = (),
    incidents: Iterable[Incident] = (),
) -> Dossier:
    """The dossier; checks, changes (each with the start of its run) and incidents come by time.

    `now` is the start of the last run, in the zone in which nights are named.
    """
    nights = by_night(changes, now.tzinfo) if now.tzinfo else ()
    return Dossier(
        finding=finding,
        record=record,
        incidents=tuple(incidents),
        nights=worst_by_night(checks, now),
        events=tuple((night.date, event) for night in nights for event in night.events)[-EVENTS:],
        now=now,
    )
