"""Pure: checks and history become states over time, and the events of a run.

`looks` keeps the better of two, `standing` confirms, `incidents` follows outages, `findings` says
what a person makes of it, `events` and `pages` what is new.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.compare import incidents
from crawler.compare.events import check_events, first_concluded
from crawler.compare.findings import (
    BLOCKED_RUNS,
    LASTING_WARNINGS,
    finding_class,
    is_muted,
    tell,
)
from crawler.compare.looks import better
from crawler.compare.pages import VERSION, page_events
from crawler.compare.standing import advance
from crawler.config import ConfirmSettings
from crawler.model import (
    Accepted,
    Change,
    ChangeKind,
    Check,
    Ending,
    LastGood,
    Mute,
    Reason,
    Record,
    Resource,
)

__all__ = [
    "BLOCKED_RUNS",
    "LASTING_WARNINGS",
    "VERSION",
    "Compared",
    "accept",
    "advance",
    "better",
    "compare",
    "finding_class",
    "is_muted",
    "mute",
    "removed",
    "tell",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a run leaves behind of one resource: what is known of it now, and what is new."""

    record: Record
    changes: tuple[Change, ...] = ()
    before: Record | None = None
    """What was known of it."""


def compare(
    before: Mapping[str, Record],
    resources: Iterable[Resource],
    check_of: Callable[[Resource], Check | None],
    confirm: ConfirmSettings,
    now: datetime,
) -> Iterator[Compared]:
    """What is known after a run, and how it differs from what was known and told before.

    One listed resource after the other. `before` is by resource key, and empty on the first run,
    which adds nothing to the list; `now` is the start of the run, in the zone in which days are
    counted. A check that ran out of budget concludes nothing. A resource whose URL was replaced
    starts anew.
    """
    is_first = not before
    for resource in resources:
        known, check = before.get(resource.key), check_of(resource)
        if check and check.judgement.reason is Reason.OUT_OF_BUDGET:
            check = None
        start = _start(known, resource, now)
        record = _follow(start, check, confirm)
        events = () if is_first else tuple(_list_changes(known, resource))
        has_news = bool(events) or is_first
        events += tuple(_check_changes(start, record, now, has_news=has_news))
        told = _with_told(start, record, now, has_news=bool(events))
        yield Compared(record=told, changes=events, before=known)


def removed(
    before: Mapping[str, Record], resources: Iterable[Resource], now: datetime
) -> Iterator[Compared]:
    """The resources that left the list, their incidents closed."""
    listed = {resource.key for resource in resources}
    for key in before:
        if key not in listed:
            known = before[key]
            closed = incidents.ended(known.incidents, Ending.REMOVED, now)
            yield Compared(
                record=replace(known, incidents=closed),
                changes=(_removal(known.resource),),
                before=known,
            )


def accept(record: Record, check: Check, page: Accepted, now: datetime) -> Record:
    """The record after a person has said that the page is the resource, and the check says so too."""
    standing = advance(record.standing, check, ConfirmSettings())
    settled = replace(
        record,
        accepted=page,
        check=check,
        standing=standing,
        incidents=incidents.ended(record.incidents, Ending.ACCEPTED, now),
    )
    return replace(settled, told=tell(settled, now))


def mute(record: Record, wish: Mute | None, now: datetime) -> Record:
    """The record after a person has asked to hear nothing of it for a while, or to hear of it again."""
    muted = replace(record, mute=wish)
    return replace(muted, told=tell(muted, now))


def _start(known: Record | None, resource: Resource, now: datetime) -> Record:
    """What is known about the resource at its present URL."""
    if known is None:
        return Record(resource=resource)
    if known.resource.url != resource.url:
        ended = incidents.ended(known.incidents, Ending.FIXED_IN_LIST, now)
        return Record(resource=resource, incidents=ended[-1:])
    return replace(known, resource=resource)


def _follow(start: Record, check: Check | None, confirm: ConfirmSettings) -> Record:
    if check is None:
        return start
    standing = advance(start.standing, check, confirm)
    return replace(
        start,
        standing=standing,
        check=check,
        last_good=_good(check) or start.last_good,
        incidents=incidents.follow(start.incidents, standing, check),
    )


def _good(check: Check) -> LastGood | None:
    if check.page is None or not check.judgement.verdict.is_alive:
        return None
    return LastGood(page=check.page, url=check.facts.final_url)


def _check_changes(
    start: Record, record: Record, now: datetime, *, has_news: bool
) -> Iterator[Change]:
    """The events of this run's check; a first one is told with the list's own event, if there is one."""
    events = tuple(check_events(start, record, now))
    yield from events
    if record.check is None or record.check is start.check or is_muted(record.mute, now):
        return
    if start.check is None and not has_news and not events:
        yield first_concluded(record)
    yield from page_events(record.resource, start.last_good, record.last_good)


def _with_told(start: Record, record: Record, now: datetime, *, has_news: bool) -> Record:
    if has_news:
        return replace(record, told=tell(record, now))
    return record if record.told else replace(record, told=tell(start, now) or tell(record, now))


# --- events of the list -------------------------------------------------------------------------


def _list_changes(known: Record | None, resource: Resource) -> Iterator[Change]:
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


def _removal(resource: Resource) -> Change:
    return Change(kind=ChangeKind.REMOVED, resource=resource, before=resource.url)
