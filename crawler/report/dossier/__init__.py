"""Pure: everything that is known of one resource, for `crawler status`.

`night_strip` has its last nights, `dossier_lines` the dossier in words, `dossier_json` as JSON.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from crawler.model import Check, Histories, Incident, Record, Run
from crawler.report.dossier.night_strip import Strip, strip_of, worst_by_night
from crawler.report.events import Event
from crawler.report.findings import Finding
from crawler.report.nights import by_night

NO_HISTORIES = Histories()
EVENTS = 10
"""How many of a resource's events are shown, the latest ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One resource, and its checks, incidents and events over time."""

    finding: Finding
    record: Record
    incidents: tuple[Incident, ...]
    """All there were, by time."""
    strip: Strip
    """What its last nights brought."""
    nights: Mapping[date, Check]
    """The worst check of each of the last nights that had one, oldest first."""
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
    incidents: Iterable[Incident] = (),
    histories: Histories = NO_HISTORIES,
) -> Dossier:
    """The dossier; checks and incidents come by time.

    `now` is the start of the last run, in the zone in which nights are named.
    """
    history = histories.of.get(finding.resource.key)
    changes = history.changes if history else ()
    nights = by_night(changes, now.tzinfo) if now.tzinfo else ()
    return Dossier(
        finding=finding,
        record=record,
        incidents=tuple(incidents),
        strip=strip_of(histories, finding.resource.key),
        nights=worst_by_night(checks, now),
        events=tuple((night.date, event) for night in nights for event in night.events)[-EVENTS:],
        now=now,
    )
