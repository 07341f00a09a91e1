"""Pure: one resource, judged, in one run."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.model.codes import VERDICTS, Reason, Verdict, WarningCode
from crawler.model.facts import ALONE, Context, Facts
from crawler.model.listing import Resource, Validators
from crawler.model.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The page that a person said is the resource."""

    title: str = ""
    domain: str = ""
    """Registrable domain it was found on."""
    text: str = ""
    """The start of its text, at most `SEEN_CHARACTERS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that a judgement may rest on."""

    resource: Resource
    facts: Facts
    page: Page | None
    """None when nothing could be read, or nothing was asked."""
    elapsed: timedelta | None
    """Time on the wire of the successful attempt."""
    checked_at: datetime
    context: Context = ALONE
    accepted: Accepted | None = None
    """None when nobody has said so of any page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a check concludes."""

    reason: Reason
    warnings: tuple[WarningCode, ...] = ()
    """In the order of `WarningCode`."""
    suggested_url: str | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict that the reason belongs to."""
        return VERDICTS[self.reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One resource, judged, in one run."""

    resource: Resource
    judgement: Judgement
    facts: Facts
    context: Context = ALONE
    page: Page | None = None
    """What this check took for the resource: the page it read, or the last good one after a 304.

    None when there was no page, and when `facts.seen` holds what stood in its place.
    """
    checked_at: datetime
    address: str | None = None
    elapsed: timedelta | None = None
    attempts: int = 0
    looks: int = 1
    validators: Validators | None = None
