"""Pure: the events of each night, which do not change any more."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby
from operator import itemgetter

from crawler.model import Change
from crawler.report.events import Event, list_events
from crawler.report.findings import day
from crawler.report.naming import USUAL, Conventions
from crawler.report.wording import event_words
from crawler.report.wording.event_words import EventGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """The events of one date, on which their runs began."""

    date: str
    """YYYY-MM-DD."""
    changed_at: datetime
    """Start of the last of these runs."""
    events: tuple[Event, ...]
    """In the order of the runs."""
    is_made_up: bool = False
    """Whether it is about the demo's web."""

    @property
    def headline(self) -> str:
        """How many events of each group there are, without a full stop."""
        told = [event for event in self.events if not event.is_minor]
        counts = Counter(event.group for event in told if not event.is_over)
        parts = [
            f"{counts[group]} {event_words.COUNTED[group]}"
            for group in EventGroup
            if counts[group]
        ]
        if over := sum(event.is_over for event in told):
            parts.append(f"{over} {event_words.COUNTED_OVER}")
        return ", ".join(parts) if parts else event_words.ONLY_VERSIONS

    def events_of(self, group: str) -> tuple[Event, ...]:
        """The events of a group."""
        return tuple(event for event in self.events if event.group == group)


def by_night(
    changes: Iterable[tuple[datetime, Change]],
    zone: tzinfo,
    conventions: Conventions = USUAL,
) -> tuple[Night, ...]:
    """The changes by night. Each comes with the start of its run, in the order of the runs.

    A night is left out if all of its events are about warnings that reports leave out.
    """
    found: dict[str, list[Event]] = {}
    changed_at: dict[str, datetime] = {}
    for started_at, of_run in groupby(changes, key=itemgetter(0)):
        now = started_at.astimezone(zone)
        events = list_events((change for _, change in of_run), (), now, conventions)
        if events:
            date = day(now, zone)
            found.setdefault(date, []).extend(events)
            changed_at[date] = now
    return tuple(
        Night(
            date=date,
            changed_at=changed_at[date],
            events=tuple(events),
            is_made_up=conventions.is_made_up,
        )
        for date, events in found.items()
    )
