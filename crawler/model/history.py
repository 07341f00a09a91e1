"""Pure: what follows from checks over time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crawler.model.check import Check
from crawler.model.listing import Notice, Resource
from crawler.model.words import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a resource stands after its checks so far."""

    state: State = State.NEW
    streak: int = 0
    """Consecutive telling checks with verdict `dead` or `failing`."""
    dead_streak: int = 0
    """How many of them, counted from the last, were `dead` in a row."""
    since: datetime | None = None
    """First check of the streak, or of the present state."""
    last_ok_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known about a listed resource: its standing, and its latest concluded check."""

    resource: Resource
    standing: Standing = Standing()
    check: Check | None = None
    """Its page is the last good one, whatever this check's verdict."""


class ChangeKind(StrEnum):
    """What kind of event a run brought."""

    BROKE = "broke"
    RECOVERED = "recovered"
    MOVED = "moved"
    SUSPECTED = "suspected"
    TITLE = "title"
    DESCRIPTION = "description"
    METADATA = "metadata"
    ADDED = "added"
    REMOVED = "removed"
    URL_CHANGED = "url_changed"
    TLS_EXPIRING = "tls_expiring"
    CLASS = "class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference between a resource's last two concluded checks, or of its row in the list."""

    kind: ChangeKind
    resource: Resource
    """As listed now; as last listed for `removed`."""
    before: str | None = None
    after: str | None = None
    field: str | None = None
    """The metadata field, for `metadata`."""


class Trigger(StrEnum):
    """Who started a run."""

    MANUAL = "manual"
    SCHEDULE = "schedule"
    RECHECK = "recheck"
    DEMO = "demo"


class RunStatus(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    COMPLETE = "complete"
    INTERRUPTED = "interrupted"
    UNTRUSTED = "untrusted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run, as stored."""

    id: int
    started_at: datetime
    finished_at: datetime | None = None
    trigger: Trigger = Trigger.MANUAL
    status: RunStatus = RunStatus.RUNNING
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that a report is built from."""

    run: Run
    """The last complete run."""
    previous: Run | None
    """The complete run before it; None on the first."""
    records: tuple[Record, ...]
    """Every listed resource, in list order."""
    changes: tuple[Change, ...]
    """Events of the last complete run that brought any, in list order."""
    changed_at: datetime | None = None
    """Start of that run; None when none has brought an event yet."""
    resources_name: str = "resources.csv"
    notices: tuple[Notice, ...] = ()
