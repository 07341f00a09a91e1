"""Pure: what follows from the checks of many runs: states, incidents, events, records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from crawler.model.check import Accepted, Check, Judgement
from crawler.model.codes import FindingClass, Reason, State
from crawler.model.content import Noise, NoiseKind
from crawler.model.listing import Resource
from crawler.model.page import Page
from crawler.model.proposal import Proposal, Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The state of a resource after its checks so far, and what it was counted from."""

    state: State = State.NEW
    streak: int = 0
    """Checks in a row with verdict `dead` or `failing`; `blocked` and `skipped` ones do not count."""
    dead_streak: int = 0
    """How many of the last ones of them were `dead`."""
    blocked_streak: int = 0
    """Checks in a row that were `blocked`, or `skipped` for a robots.txt that answered with an error."""
    since: datetime | None = None
    """First check of the streak, or of the present state if there is no streak."""
    last_ok_at: datetime | None = None


class Ending(StrEnum):
    """How an incident ended."""

    RECOVERED = "recovered"
    ACCEPTED = "accepted"
    """A person accepted the page."""
    FIXED_IN_LIST = "fixed_in_list"
    """The list has another URL now."""
    REMOVED = "removed"
    """The resource left the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One outage of a resource."""

    since: datetime
    """First failed check."""
    opened: datetime
    """The check that confirmed the outage."""
    cause: Reason
    closed: datetime | None = None
    ending: Ending | None = None
    """None while it is open, like `closed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """A person's wish to leave a resource out of findings for a while."""

    until: date
    """The first day on which it is reported again."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What reports say of a resource from one event to the next.

    Reports would change every night if they quoted the latest check instead.
    """

    kind: FindingClass
    judgement: Judgement
    state: State
    told_at: datetime
    """Start of the run that brought the event; stored under this name."""
    since: datetime | None = None
    last_ok_at: datetime | None = None
    http_status: int | None = None
    expires_at: datetime | None = None
    """End of the certificate's validity."""
    title: str = ""
    """The title of the page that answered, if it explains why the page is in doubt."""
    outages: int = 0
    """How often it broke within the last `FLAPPING_NIGHTS`; 0 if it does not flap."""
    name: str = ""
    """The title of its last good page, where the list has none."""


FLAPPING_NIGHTS = 14
"""A resource flaps when `FLAPPING_INCIDENTS` were opened within so many nights."""
FLAPPING_INCIDENTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptText:
    """The text of a page, with the names that the page had then."""

    text: str = ""
    """As `Page.text`."""
    main_text: str | None = None
    """Its lines outside of navigation, header and footer; None when they are not known."""
    title: str = ""
    heading: str = ""
    """The first heading."""


class TextUse(StrEnum):
    """What becomes of the texts of a resource at the end of a run."""

    FIRST = "first"
    """What was read is the first text of a page, and whatever was kept of another page goes."""
    CHANGED = "changed"
    """What was read takes the place of the last good text, which stays as the one before it."""
    BROKE = "broke"
    """The last good text stays as the one before an outage."""


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text where it is stored: those of all pages together would not fit in memory."""

    read: Callable[[], bytes]
    """Reads it from the database as it was packed."""
    unpack: Callable[[bytes], KeptText]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastGood:
    """The page of the last check with verdict `ok` or `moved`."""

    page: Page
    """Its text is empty if it is stored: `text()` reads it."""
    url: str = ""
    """Its URL; empty when that is not known."""
    stored_text: StoredText | None = field(default=None, compare=False, repr=False)
    text_digest: str = field(default="", compare=False)
    """`PackedText.digest` of the stored text; empty when there is none."""

    def kept(self) -> KeptText:
        """The text with its names, from memory or from the database."""
        if self.stored_text:
            return self.stored_text.unpack(self.stored_text.read())
        page = self.page
        return KeptText(
            text=page.text,
            main_text=page.main_text or page.text,
            title=page.title.value if page.title else "",
            heading=page.first_heading or "",
        )

    def text(self) -> str:
        """The text; one that differs from an earlier one by noise only is not stored."""
        return self.kept().text

    def whole(self) -> Page:
        """The page with its text."""
        return replace(self.page, text=self.text())


NO_NOISE = Noise()
"""Of a page whose text has not been read yet, or whose noise was forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of a resource."""

    resource: Resource
    standing: Standing = Standing()
    check: Check | None = None
    """The latest one, without those that an untrusted or ended run left open."""
    last_good: LastGood | None = None
    """At its present URL."""
    incidents: tuple[Incident, ...] = ()
    """The latest ones at its present URL, by time; only the last may be open."""
    reported: Reported | None = None
    """None before the first check."""
    accepted: Accepted | None = None
    mute: Mute | None = None
    noise: Noise = NO_NOISE
    """What comes and goes in the text of the page at its present URL."""
    ignored: tuple[tuple[NoiseKind, int], ...] = ()
    """How many lines of the text that was read last were taken for noise, by kind; most first."""
    proposals: tuple[Proposal, ...] = ()
    """For its present URL, the best first; only of what is lost."""
    repair: Repair | None = None
    """That replaced its present URL in the list, which no run has read since."""

    def whole_check(self) -> Check | None:
        """The check, with its page's text if that page is the last good one."""
        check, good = self.check, self.last_good
        is_good = check is not None and good is not None and check.page is good.page
        return replace(check, page=good.whole()) if check and good and is_good else check


class ChangeKind(StrEnum):
    """What has changed."""

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
    """It breaks and recovers again and again. Reported once a week instead of each time."""
    EDITED = "edited"
    """The text of its page."""
    REWRITTEN = "rewritten"
    """Little of the text is left, or nothing."""
    WORDS = "words"
    """Words that matter to a list appeared on the page, or went from it."""
    RELAUNCHED = "relaunched"
    """Many pages of its site changed alike in one night; told of the first of them only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference to what was reported of a resource, or to its earlier row in the list."""

    kind: ChangeKind
    resource: Resource
    """As listed at the time; as last listed for `removed`."""
    before: str | None = None
    after: str | None = None
    """For `edited` and `rewritten`, each is a few lines of the text, and a line of one stands for the
    line of the other; for `relaunched`, the registrable domain."""
    field: str | None = None
    """For `metadata` the name of the field, or `warnings`; for `class` the new class; for `title`
    `version` if only a version number changed; for `words` the word; for `rewritten` `replaced` if
    nothing is left."""
    reason: Reason | None = None
    """Of the check after the change."""
    since: datetime | None = None
    """First check of the streak or outage that began or ended."""
    seen: str | None = None
    """The page's title, if it explains why the page is in doubt; or the status code of `http_4xx`; for
    `words` the place on the page."""
    extent: int | None = None
    """How many lines were edited, came or went; for `relaunched`, how many pages have changed."""


NIGHTS = 135
"""How many nights back a history goes: 90 are shown, of which the last may be 45 nights ago.

The 45 are `HEARTBEAT` of `report.contents`.
"""

NIGHT_MARKS: dict[FindingClass, str] = {
    FindingClass.BROKEN: "X",
    FindingClass.FAILING: "x",
    FindingClass.SUSPECT: "?",
    FindingClass.BLOCKED: "#",
    FindingClass.SKIPPED: "o",
    FindingClass.MOVED: ">",
    FindingClass.HEALTHY: "|",
}
"""What a night brought; the worst first, which is kept of several runs in one night."""
GAP = "."
"""A night without a check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The last nights of one resource, and its events."""

    marks: str = ""
    """A character of `NIGHT_MARKS`, or `GAP`, for each of the nights, oldest first.

    `failing` is a check that was dead or failing, `broken` such a night within a confirmed outage.
    """
    milliseconds: tuple[int | None, ...] = ()
    """For each of the nights, the time on the wire of its last check; None when nothing answered."""
    changes: tuple[tuple[datetime, Change], ...] = ()
    """All there were, each with the start of its run, by run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Histories:
    """The histories of the listed resources."""

    nights: tuple[date, ...] = ()
    """Every date from the first to the last run within `NIGHTS`, with a run or not."""
    of: Mapping[str, History] = field(default_factory=dict)
    """By key, each read when it is looked up."""
    by_night: tuple[tuple[date, Mapping[FindingClass, int]], ...] = ()
    """How many links had each class in each of the nights; only of a long list, whose histories are not all read."""


class Trigger(StrEnum):
    """Who started a run."""

    MANUAL = "manual"
    SCHEDULE = "schedule"
    RECHECK = "recheck"
    DEMO = "demo"


class RunStatus(StrEnum):
    """How far a run came."""

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
    why: str = ""
    """Why it is not complete: a clause for a person; empty when that is not known."""
    only: str = ""
    """The patterns of the resources that were to be checked; empty for the whole list."""
    part: str = ""
    """The part of the list that was to be checked, such as `3/10`; empty for the whole list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """The runs since the last good one (`Snapshot.good_run`): none of them is complete."""

    first: Run
    last: Run
    """May still be going on, as the only one."""
    count: int
