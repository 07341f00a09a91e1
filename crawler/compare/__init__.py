"""Pure: checks and history become states over time, and the events of a run.

`better_look` keeps one of two looks, `standing` confirms failures, `incidents` are the outages,
`finding_class` has the classes that reports sort by, `state_changes`, `page_changes` and
`text_changes` the events, `content` compares the texts of pages, `search_nights` says when a lost
resource is looked for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from crawler.compare import incidents
from crawler.compare.better_look import is_better
from crawler.compare.content import ComparedSites, SiteComparison
from crawler.compare.finding_class import (
    BLOCKED_RUNS,
    LASTING_WARNINGS,
    classify,
    is_in_trouble,
    is_muted,
    page_name,
    to_report,
)
from crawler.compare.page_changes import VERSION, page_events
from crawler.compare.search_nights import is_lost, is_search_due
from crawler.compare.standing import advance, advance_again
from crawler.compare.state_changes import check_events, first_check_event
from crawler.compare.text_changes import (
    REPLACED,
    TextWatch,
    site_comparison,
    told_once,
    watch_text,
)
from crawler.config import ConfirmSettings
from crawler.model import (
    Accepted,
    Change,
    ChangeKind,
    Check,
    Ending,
    KeptText,
    LastGood,
    Mute,
    Reason,
    Record,
    Resource,
    Standing,
    State,
    TextUse,
)

__all__ = [
    "BLOCKED_RUNS",
    "LASTING_WARNINGS",
    "REPLACED",
    "VERSION",
    "Compared",
    "ComparedSites",
    "FirstNews",
    "Observed",
    "SiteComparison",
    "accept",
    "advance",
    "classify",
    "compare",
    "compare_again",
    "is_better",
    "is_in_trouble",
    "is_lost",
    "is_muted",
    "is_search_due",
    "mute",
    "remove",
    "revoke",
    "to_report",
    "told_once",
]


def no_text() -> KeptText | None:
    """Where no text was read."""
    return None


class FirstNews(Enum):
    """What is told of resources that were not checked before, beside those that are broken at once."""

    NONE = auto()
    """They are those of the first list."""
    ADDED = auto()
    """That the list has them now: where it is checked in parts, the first check of each is no news."""
    CHECKED = auto()
    """That the list has them now, or has had them before their first check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What a run has seen of one resource."""

    check: Check
    read_text: Callable[[], KeptText | None] = no_text
    """Gives the text that the check has read; None if it has read none, or the last good one again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One resource after a run: what is known of it now, and the events."""

    record: Record
    changes: tuple[Change, ...] = ()
    before: Record | None = None
    """What was known of it before the run."""
    text_uses: tuple[TextUse, ...] = ()
    """What becomes of the texts that are kept of it."""
    content: SiteComparison | None = None
    """How the text of its page has changed; None when nothing was compared."""


def compare(
    before: Mapping[str, Record],
    resources: Iterable[Resource],
    observed_of: Callable[[Resource], Observed | None],
    confirm: ConfirmSettings,
    now: datetime,
    news: FirstNews,
) -> Iterator[Compared]:
    """Each listed resource after a run: its new record, and the events since the last report.

    `before` is by resource key. `news` is what is told of resources without an earlier check. `now` is
    the start of the run, in the zone in which days are counted. Checks that ran out of budget are
    ignored. A resource whose URL was replaced starts anew.
    """
    for resource in resources:
        known = before.get(resource.key)
        listed = () if news is FirstNews.NONE else tuple(_list_events(known, resource))
        start = _with_present_url(known, resource, now)
        watched = _watched(start, observed_of(resource), confirm, now, advance)
        # The event of a first check is left out where the list's own event says that it is new.
        is_announced = news is not FirstNews.CHECKED or bool(listed)
        checked = _events_of_check(start, watched, now, is_announced=is_announced)
        yield _told(known, start, watched, (*listed, *checked), now)


def compare_again(
    before: Mapping[str, Record],
    resources: Iterable[Resource],
    observed_of: Callable[[Resource], Observed | None],
    confirm: ConfirmSettings,
    now: datetime,
) -> Iterator[Compared]:
    """The same for known resources after another look in the same night (`advance_again`)."""
    for resource in resources:
        known = before[resource.key]
        listed = tuple(_list_events(known, resource))
        start = _with_present_url(known, resource, now)
        watched = _watched(start, observed_of(resource), confirm, now, advance_again)
        checked = _events_of_check(start, watched, now, is_announced=True)
        yield _told(known, start, watched, (*listed, *checked), now)


def _told(
    known: Record | None,
    start: Record,
    watched: TextWatch,
    changes: tuple[Change, ...],
    now: datetime,
) -> Compared:
    """The resource after a run, with what reports say of it from now on."""
    record = watched.record
    if changes:
        record = replace(record, reported=to_report(record, now))
    elif record.reported is None:
        record = replace(record, reported=to_report(start, now) or to_report(record, now))
    elif not record.reported.name and page_name(record):
        # The list has lost the title, or an earlier version did not know the page's.
        record = replace(record, reported=replace(record.reported, name=page_name(record)))
    return Compared(
        record=record,
        changes=changes,
        before=known,
        text_uses=watched.uses,
        content=site_comparison(record, watched.content) if watched.content else None,
    )


def remove(
    before: Mapping[str, Record], resources: Iterable[Resource], now: datetime
) -> Iterator[Compared]:
    """The resources that are no longer in the list, with their incidents closed."""
    listed = {resource.key for resource in resources}
    for key in before:
        if key not in listed:
            known = before[key]
            resource = known.resource
            closed = incidents.close(known.incidents, Ending.REMOVED, now)
            change = Change(kind=ChangeKind.REMOVED, resource=resource, before=resource.url)
            yield Compared(
                record=replace(known, incidents=closed), changes=(change,), before=known
            )


def accept(record: Record, check: Check, page: Accepted, now: datetime) -> Record:
    """The record after a person accepted `page`; `check` is the latest one, judged again with it."""
    accepted = replace(
        record,
        accepted=page,
        check=check,
        standing=advance(record.standing, check, ConfirmSettings()),
        incidents=incidents.close(record.incidents, Ending.ACCEPTED, now),
    )
    return replace(accepted, reported=to_report(accepted, now))


def revoke(record: Record, check: Check, confirm: ConfirmSettings, now: datetime) -> Record:
    """The record after nothing is accepted any more; `check` is the latest one, judged without it.

    An outage that ended because the page was accepted is open again.
    """
    standing = advance(record.standing, check, confirm)
    reopened = record.incidents
    if not check.judgement.verdict.is_alive:
        reopened = incidents.reopen_accepted(record.incidents)
    broken_since = incidents.open_since(reopened)
    if broken_since:
        standing = replace(standing, state=State.BROKEN, since=broken_since)
    revoked = replace(record, accepted=None, check=check, standing=standing, incidents=reopened)
    return replace(revoked, reported=to_report(revoked, now))


def mute(record: Record, wish: Mute | None, now: datetime) -> Record:
    """The record after a person muted the resource, or ended that (None)."""
    muted = replace(record, mute=wish)
    return replace(muted, reported=to_report(muted, now))


def _with_present_url(known: Record | None, resource: Resource, now: datetime) -> Record:
    if known is None:
        return Record(resource=resource)
    if known.resource.url != resource.url:
        closed = incidents.close(known.incidents, Ending.FIXED_IN_LIST, now)
        return Record(resource=resource, incidents=closed[-1:])
    return replace(known, resource=resource)


_Advance = Callable[[Standing, Check, ConfirmSettings], Standing]


def _watched(
    start: Record,
    observed: Observed | None,
    confirm: ConfirmSettings,
    now: datetime,
    advanced: _Advance,
) -> TextWatch:
    if observed is None or observed.check.judgement.reason is Reason.OUT_OF_BUDGET:
        return TextWatch(record=start)
    record = _with_check(start, observed.check, confirm, advanced)
    return watch_text(start, record, observed.read_text, now)


def _with_check(
    start: Record, check: Check, confirm: ConfirmSettings, advanced: _Advance
) -> Record:
    last_good = start.last_good
    if check.page is not None and check.judgement.verdict.is_alive:
        last_good = LastGood(page=check.page, url=check.facts.final_url)
    standing = advanced(start.standing, check, confirm)
    return replace(
        start,
        standing=standing,
        check=check,
        last_good=last_good,
        incidents=incidents.update(start.incidents, standing, check),
    )


def _events_of_check(
    start: Record, watched: TextWatch, now: datetime, *, is_announced: bool
) -> Iterator[Change]:
    record = watched.record
    events = tuple(check_events(start, record, now))
    yield from events
    check = record.check
    if check is None or check is start.check or is_muted(record.mute, now):
        return
    if start.check is None and not is_announced and not events:
        yield first_check_event(record, check)
    yield from page_events(record.resource, start.last_good, record.last_good)
    yield from watched.changes


def _list_events(known: Record | None, resource: Resource) -> Iterator[Change]:
    if known is None:
        yield Change(kind=ChangeKind.ADDED, resource=resource, after=resource.url)
    elif known.resource.url != resource.url:
        yield Change(
            kind=ChangeKind.URL_CHANGED,
            resource=resource,
            before=known.resource.url,
            after=resource.url,
            since=incidents.open_since(known.incidents),
        )
