"""Pure: one resource, judged, in one run."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.model.codes import VERDICTS, Reason, Verdict, WarningCode
from crawler.model.facts import NO_CONTEXT, Context, Facts
from crawler.model.listing import Resource
from crawler.model.page import PackedText, Page
from crawler.model.targets import Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What a person accepted: the page as the resource, and that its URL redirects for good."""

    title: str = ""
    domain: str = ""
    """Registrable domain it was found on."""
    text: str = ""
    """The start of its text, at most `SEEN_CHARACTERS`."""
    redirect: str = ""
    """The URL that a permanent redirect suggested, and that is not to be listed; empty without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that a judgement is made from."""

    resource: Resource
    facts: Facts
    page: Page | None
    """None when nothing was asked, or nothing could be read."""
    elapsed: timedelta | None
    """Time on the wire of the successful attempt."""
    checked_at: datetime
    context: Context = NO_CONTEXT
    accepted: Accepted | None = None
    """None when nothing was accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a check concludes."""

    reason: Reason
    warnings: tuple[WarningCode, ...] = ()
    """In the order of `WarningCode`."""
    suggested_url: str | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict of the reason."""
        return VERDICTS[self.reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One resource, judged, in one run."""

    resource: Resource
    judgement: Judgement
    facts: Facts
    context: Context = NO_CONTEXT
    page: Page | None = None
    """The resource's page: the one that was read, or the last good one after a 304.

    None when there was no page, or another page in its place: `facts.seen`.
    """
    checked_at: datetime
    packed_text: PackedText | None = None
    """The text of the page that was read, if it was packed for another process: `page` has none then."""
    address: str | None = None
    elapsed: timedelta | None = None
    attempts: int = 0
    looks: int = 1
    validators: Validators | None = None
