"""Pure: the nights that brought events, each told once and for all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby

from crawler.model import Change
from crawler.report import events, words
from crawler.report.events import Event
from crawler.report.findings import day
from crawler.report.words import Group

Dated = tuple[datetime, Change]
"""An event, and the start of the run that brought it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One night with events, by the date on which its runs began."""

    date: str
    """YYYY-MM-DD."""
    events: tuple[Event, ...]
    """Of all its runs, in the order of the runs."""

    @property
    def headline(self) -> str:
        """How many events of each group there are, without a full stop."""
        counts = Counter(event.group for event in self.events if not event.quiet)
        told = [f"{counts[group]} {words.COUNTED[group]}" for group in Group if counts[group]]
        return ", ".join(told) if told else words.ONLY_VERSIONS

    def of(self, group: Group) -> tuple[Event, ...]:
        """The events of a group."""
        return tuple(event for event in self.events if event.group is group)


def nights(changes: Iterable[Dated], zone: tzinfo) -> tuple[Night, ...]:
    """The nights of those events, which are in the order of their runs."""
    told: dict[str, list[Event]] = {}
    for started_at, of_run in groupby(changes, key=lambda dated: dated[0]):
        now = started_at.astimezone(zone)
        found = events.in_order((change for _, change in of_run), (), now)
        told.setdefault(day(now, zone), []).extend(found)
    return tuple(Night(date=date, events=tuple(found)) for date, found in told.items())
