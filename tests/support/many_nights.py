"""Snapshots of long lists with many nights behind them; nothing depends on chance or on the time."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from crawler.demo.page_words import page_words
from crawler.model import (
    GAP,
    NIGHT_MARKS,
    Certificate,
    Change,
    ChangeKind,
    Declared,
    Exchange,
    FindingClass,
    Histories,
    History,
    Incident,
    LastGood,
    MediaKind,
    Page,
    Reason,
    Record,
    Redirect,
    RedirectKind,
    Resource,
    Snapshot,
    State,
    WarningCode,
)
from tests.support.demo_list import listed
from tests.support.report_builders import (
    NIGHT,
    make_change,
    make_record,
    make_run,
    make_snapshot,
)

_ISSUED = Certificate(not_after=NIGHT + timedelta(days=61), issuer="R11, Let's Encrypt")
_KINDS: tuple[tuple[Reason, State | None, FindingClass], ...] = (
    (Reason.HTTP_404, State.BROKEN, FindingClass.BROKEN),
    (Reason.PERMANENT_REDIRECT, None, FindingClass.MOVED),
    (Reason.SUSPECT_REPLACED, State.SUSPECT, FindingClass.SUSPECT),
    (Reason.PARKED, State.BROKEN, FindingClass.BROKEN),
    (Reason.TRIVIAL_REDIRECT, None, FindingClass.MOVED),
    (Reason.HTTPS_UPGRADE, None, FindingClass.MOVED),
    (Reason.FORBIDDEN, None, FindingClass.BLOCKED),
    (Reason.HTTP_5XX, State.FAILING, FindingClass.FAILING),
    (Reason.DNS_NOT_FOUND, State.BROKEN, FindingClass.BROKEN),
    (Reason.ROBOTS_DISALLOWED, None, FindingClass.SKIPPED),
)
_STATUS = {Reason.HTTP_404: 404, Reason.FORBIDDEN: 403, Reason.HTTP_5XX: 503}


def many_nights(links: int = 100, troubled: int = 24, nights: int = 90) -> Snapshot:
    """A list of so many links; so many of them are in trouble, each for another time."""
    resources = [_resource(number) for number in range(1, links + 1)]
    every = max(links // troubled, 1) if troubled else links + 1
    records, histories, changes = [], {}, []
    for place, resource in enumerate(resources):
        bad = place // every if place % every == 0 and place // every < troubled else None
        record, history = _told(resource, bad, nights)
        records.append(record)
        histories[resource.key] = history
        changes += [change for at, change in history.changes if at == NIGHT]
    last = NIGHT.date()
    dates = tuple(last - timedelta(days=n) for n in reversed(range(nights)))
    snapshot = make_snapshot(
        *records, changes=tuple(changes), run=replace(make_run(), id=nights), first=nights == 1
    )
    return replace(
        snapshot,
        histories=Histories(nights=dates, of=histories),
        now=NIGHT + timedelta(hours=6),
    )


def _resource(number: int) -> Resource:
    first = listed()[(number - 1) % 100]
    again = (number - 1) // 100
    url = first.url if not again else first.url.replace("://", f"://w{again}.", 1)
    return replace(first, key=str(number), number=number, line=number + 1, url=url)


def _told(resource: Resource, bad: int | None, nights: int) -> tuple[Record, History]:
    number = resource.number or 0
    reason, state, kind = (
        (Reason.OK, None, FindingClass.HEALTHY) if bad is None else _KINDS[bad % len(_KINDS)]
    )
    since = NIGHT - timedelta(days=min((bad or 0) * 3 % 40, nights - 1))
    record = make_record(
        resource,
        reason,
        state=state,
        since=since if bad is not None else NIGHT - timedelta(days=nights),
        last_ok_at=since - timedelta(days=1),
        suggested_url=_successor(resource, reason),
        status=_STATUS.get(reason, 200),
        warnings=(WarningCode.INSECURE_HTTP,) if number % 11 == 0 else (),
    )
    words = page_words()[(number - 1) % 100 + 1]
    page = Page(
        kind=MediaKind.HTML,
        title=Declared(value=words.title, origin="title"),
        description=Declared(value=words.description, origin="description"),
    )
    return (
        _with_page(record, page, kind),
        History(
            marks=_marks(number, kind, (NIGHT - since).days, nights),
            milliseconds=tuple(_milliseconds(number, night) for night in range(nights)),
            changes=_changes(record, kind, since),
        ),
    )


def _with_page(record: Record, page: Page, kind: FindingClass) -> Record:
    check, resource = record.check, record.resource
    assert check is not None
    is_good = kind in {FindingClass.HEALTHY, FindingClass.MOVED}
    seen = Page(
        kind=MediaKind.HTML,
        title=Declared(value="Garden furniture at fair prices", origin="title"),
    )
    facts = replace(
        check.facts, certificate=_ISSUED, seen=seen if kind is FindingClass.SUSPECT else None
    )
    if kind is FindingClass.MOVED and check.judgement.suggested_url:
        target = check.judgement.suggested_url
        redirect = Redirect(kind=RedirectKind.LOCATION, target=target)
        hops = (
            Exchange(target_uri=resource.url, status_code=301, redirect=redirect),
            Exchange(target_uri=target, status_code=200),
        )
        facts = replace(facts, exchanges=hops)
    opened = record.standing.since or NIGHT
    incident = Incident(since=opened, opened=opened, cause=check.judgement.reason)
    return replace(
        record,
        check=replace(check, facts=facts, page=page if is_good else None),
        last_good=LastGood(page=page, url=resource.url),
        incidents=(incident,) if kind is FindingClass.BROKEN else (),
    )


def _successor(resource: Resource, reason: Reason) -> str | None:
    return {
        Reason.PERMANENT_REDIRECT: "https://learn.example.org/guides/start/",
        Reason.TRIVIAL_REDIRECT: resource.url.rstrip("/") + "/index.html",
        Reason.HTTPS_UPGRADE: resource.url.replace("://", "://www.", 1),
    }.get(reason)


def _marks(number: int, kind: FindingClass, days: int, nights: int) -> str:
    """Troubled since so many days, with a night without a run, and a bad one here and there."""
    marks = [NIGHT_MARKS[FindingClass.HEALTHY]] * nights
    if number % 7 == 0:
        marks[(number * 13) % nights] = NIGHT_MARKS[FindingClass.FAILING]
    for night in range(max(nights - 1 - days, 0), nights):
        marks[night] = NIGHT_MARKS[kind]
    if nights > 40:
        marks[nights - 33] = GAP
    return "".join(marks)


def _milliseconds(number: int, night: int) -> int:
    usual = 60 + number * 37 % 700
    return usual + (number * 7 + night * night * 13) % (usual // 2)


def _changes(
    record: Record, kind: FindingClass, since: datetime
) -> tuple[tuple[datetime, Change], ...]:
    change = partial(make_change, resource=record.resource)
    check = record.check
    assert check is not None
    after = f"{check.judgement.verdict} {check.judgement.reason}"
    made = {
        FindingClass.BROKEN: change(ChangeKind.BROKE, before="ok ok", after=after, since=since),
        FindingClass.SUSPECT: change(ChangeKind.SUSPECTED, before="ok ok", after=after),
        FindingClass.MOVED: change(
            ChangeKind.MOVED, before=record.resource.url, after=check.judgement.suggested_url
        ),
        FindingClass.FAILING: change(ChangeKind.CLASS, before="ok ok", after=after, since=since),
    }.get(kind)
    return () if made is None else ((since, made),)
