"""Pure: what a report is built from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from crawler.model.codes import REPORTED_WARNINGS, Verdict, WarningCode
from crawler.model.history import Attempts, Change, Histories, Record, Reported, Run
from crawler.model.listing import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """As much of a listed resource as the report of a long list needs of all of them."""

    key: str
    url: str
    category: str
    line: int
    file: str
    reported: Reported | None
    """None before its first check."""
    verdict: Verdict | None
    """Of its last check."""
    milliseconds: int | None
    """On the wire, of the last check; None when nothing answered."""
    proposed_url: str | None = None
    """The best new address that was found for it; None without any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a report is built from."""

    run: Run
    """The last complete run."""
    previous: Run | None
    """The complete run before it; None on the first."""
    records: Mapping[str, Record]
    """Of every listed resource, by key, in list order; pages are without texts."""
    outlines: Collection[Outline] = ()
    """Of every listed resource, in any order, where the report of a long list is to be short."""
    changes: tuple[Change, ...]
    """Events of the last run that had any and of its rechecks, in order; of each run in list order."""
    changed_at: datetime | None = None
    """Start of that run, before its rechecks; None when no run has had an event yet."""
    first_at: datetime | None = None
    """Start of the first complete run."""
    good_run: Run | None = None
    """The last complete run over the whole list, or over a part of it if it is checked in parts."""
    parts: tuple[datetime | None, ...] = ()
    """If it is checked in parts: when the last complete run over each began; None before the first."""
    attempts: Attempts | None = None
    """None when the last run is complete."""
    resources_name: str = "resources.csv"
    notices: tuple[Notice, ...] = ()
    histories: Histories = field(default_factory=Histories)
    """Empty where nothing is said about earlier nights."""
    zone: tzinfo = UTC
    """Time zone of the dates in reports."""
    reported_warnings: tuple[WarningCode, ...] = REPORTED_WARNINGS
    """The others are not in reports."""
    now: datetime | None = None
    """When the report is written; None where nothing is said of how old it is."""
    stale_after: timedelta = timedelta(days=2)
    """How old the last complete run may be before a warning says so."""
