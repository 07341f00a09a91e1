"""Pure: what follows from checks over time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum

from crawler.model.check import Accepted, Check, Judgement
from crawler.model.codes import FindingClass, Reason, State
from crawler.model.listing import Notice, Resource
from crawler.model.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a resource stands after its checks so far."""

    state: State = State.NEW
    streak: int = 0
    """Consecutive telling checks with verdict `dead` or `failing`."""
    dead_streak: int = 0
    """How many of them, counted from the last, were `dead` in a row."""
    blocked_streak: int = 0
    """Consecutive checks that a server kept from telling anything, counted from the last."""
    since: datetime | None = None
    """First check of the streak, or of the present state."""
    last_ok_at: datetime | None = None


class Ending(StrEnum):
    """How an incident ended."""

    RECOVERED = "recovered"
    ACCEPTED = "accepted"
    """A person said that the page is the resource."""
    FIXED_IN_LIST = "fixed_in_list"
    """The list names another URL."""
    REMOVED = "removed"
    """The resource left the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One outage, from its confirmation to its end."""

    since: datetime
    """First check of the streak that was confirmed."""
    opened: datetime
    """The check that confirmed it."""
    cause: Reason
    closed: datetime | None = None
    ending: Ending | None = None
    """None while it is open, as for `closed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """That a person wants to hear nothing of a resource for a while."""

    until: date
    """The first day on which it is heard of again."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What reports say of a resource: what the last event about it told, until the next one.

    A report that held the latest check itself would be another one every night.
    """

    kind: FindingClass
    judgement: Judgement
    state: State
    told_at: datetime
    """Start of the run that told it."""
    since: datetime | None = None
    last_ok_at: datetime | None = None
    http_status: int | None = None
    expires_at: datetime | None = None
    """End of the certificate's validity."""
    title: str = ""
    """What the page called itself, where that says why it is in doubt."""
    outages: int = 0
    """How often it broke within `FLAPPING_NIGHTS`, when it flaps."""


FLAPPING_NIGHTS = 14
"""Nights within which `FLAPPING_INCIDENTS` make a resource flap."""
FLAPPING_INCIDENTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LastGood:
    """The page that was last taken for the resource, whatever has been seen since."""

    page: Page
    """Without its text, which `text` has."""
    url: str = ""
    """Where it was found; empty when that is not known."""
    stored_text: Callable[[], str] | None = field(default=None, compare=False, repr=False)
    """Reads its text, when it is stored: the texts of all pages together would not fit in memory."""

    def text(self) -> str:
        """The text, read when it is asked for."""
        return self.stored_text() if self.stored_text else self.page.text

    def whole(self) -> Page:
        """The page with its text."""
        return replace(self.page, text=self.text())


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known about a listed resource: its standing, and its latest concluded check."""

    resource: Resource
    standing: Standing = Standing()
    check: Check | None = None
    last_good: LastGood | None = None
    """At its present URL; None until there was one."""
    incidents: tuple[Incident, ...] = ()
    """The latest ones at its present URL, by time; only the last may be open."""
    told: Told | None = None
    """None until something was told."""
    accepted: Accepted | None = None
    mute: Mute | None = None

    def whole_check(self) -> Check | None:
        """The check with the text of its page, when that is the last good one."""
        check, good = self.check, self.last_good
        is_good = check is not None and good is not None and check.page is good.page
        return replace(check, page=good.whole()) if check and good and is_good else check


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
    FLAPPING = "flapping"
    """It breaks and recovers again and again: told once a week, in place of what it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference between a resource's last two concluded checks, or of its row in the list."""

    kind: ChangeKind
    resource: Resource
    """As listed at the time; as last listed for `removed`."""
    before: str | None = None
    after: str | None = None
    field: str | None = None
    """The metadata field, for `metadata` (`warnings` among them); the class, for `class`; `version`
    for a `title` of which only the version number is new."""
    reason: Reason | None = None
    """Of the check that brought the event."""
    since: datetime | None = None
    """First check of the streak or outage that it tells of."""
    seen: str | None = None
    """The page's title, where that says why it is in doubt; the status code, where that says more."""


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
    records: Mapping[str, Record]
    """Every listed resource, by key, in list order; pages are without texts."""
    changes: tuple[Change, ...]
    """Events of the last complete run that brought any, in list order."""
    changed_at: datetime | None = None
    """Start of that run; None when none has brought an event yet."""
    first_at: datetime | None = None
    """Start of the first complete run."""
    resources_name: str = "resources.csv"
    notices: tuple[Notice, ...] = ()
    zone: tzinfo = UTC
    """Where a night is named by its date."""
