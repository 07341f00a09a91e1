"""Values that the tests of the store put in: resources, checks and whole nights."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.model import (
    Answer,
    Change,
    Check,
    Declared,
    Exchange,
    Facts,
    Failure,
    FailureKind,
    Judgement,
    LastGood,
    MediaKind,
    NotAsked,
    NotAskedReason,
    Page,
    Phase,
    Reason,
    Record,
    Resource,
    RunStatus,
    Standing,
    State,
    TextUse,
    Trigger,
    Validators,
)
from crawler.store import Store

FIRST_NIGHT = datetime(2026, 11, 20, 3, 17, tzinfo=UTC)
PAGE = Page(
    kind=MediaKind.HTML,
    title=Declared(value="Learn SQL", origin="title"),
    description=Declared(value="A course with café examples", origin="og"),
    text="Learn SQL\nSelect your first rows.",
    word_count=6,
)
BARE = replace(PAGE, text="")
"""The page as the store returns it: without its text, which is read when it is needed."""


def bare(of: Check) -> Check:
    return replace(of, page=BARE if of.page else None)


def resource(number: int, **fields: Any) -> Resource:
    listed: dict[str, Any] = {
        "title": f"Resource {number}",
        "url": f"https://host-{number}.example/page",
    }
    return Resource(
        key=str(number), number=number, category="Data", line=number + 1, **{**listed, **fields}
    )


def check(
    of: Resource,
    reason: Reason = Reason.OK,
    *,
    at: datetime = FIRST_NIGHT,
    page: Page | None = PAGE,
    validators: Validators | None = None,
    status_code: int = 200,
) -> Check:
    """An answered check; its page only counts when the reason is one of a living resource."""
    judgement = Judgement(reason=reason)
    alive = judgement.verdict in {"ok", "moved"}
    fields = (("content-type", "text/html"),)
    return Check(
        resource=of,
        judgement=judgement,
        facts=Facts(
            outcome=Answer(media_type="text/html"),
            exchanges=(Exchange(target_uri=of.url, status_code=status_code, fields=fields),),
        ),
        page=page if alive else None,
        checked_at=at,
        address="192.0.2.7",
        elapsed=timedelta(milliseconds=187),
        attempts=1,
        validators=validators if alive else None,
    )


def gone(of: Resource, at: datetime = FIRST_NIGHT) -> Check:
    return check(of, Reason.HTTP_404, at=at, status_code=404)


def silent(of: Resource, at: datetime = FIRST_NIGHT) -> Check:
    failure = Failure(
        kind=FailureKind.CONNECT_TIMEOUT, phase=Phase.CONNECT, target_uri=of.url, code="ETIMEDOUT"
    )
    judgement = Judgement(reason=Reason.CONNECT_TIMEOUT)
    return Check(
        resource=of, judgement=judgement, facts=Facts(outcome=failure), checked_at=at, attempts=3
    )


def not_reached(of: Resource, at: datetime = FIRST_NIGHT) -> Check:
    outcome = NotAsked(reason=NotAskedReason.OUT_OF_BUDGET, target_uri=of.url)
    judgement = Judgement(reason=Reason.OUT_OF_BUDGET)
    return Check(
        resource=of, judgement=judgement, facts=Facts(outcome=outcome), checked_at=at, looks=0
    )


def start(store: Store, at: datetime = FIRST_NIGHT) -> int:
    return store.runs.start(
        trigger=Trigger.MANUAL,
        started_at=at,
        version="0.1.0",
        list_digest="list",
        settings_digest="settings",
    )


def night(
    store: Store,
    checks: Sequence[Check],
    *,
    at: datetime = FIRST_NIGHT,
    status: RunStatus = RunStatus.COMPLETE,
    changes: Sequence[Change] = (),
    state: State = State.HEALTHY,
) -> int:
    """A whole run over the resources of the checks, all of which stand in that state after it."""
    run_id = start(store, at)
    listed = [one.resource for one in checks]
    store.resources.add(listed)
    store.checks.save(run_id, checks)
    standing = Standing(state=state, since=at, last_ok_at=at)
    before = store.records()
    records = [_record(before, one, standing) for one in checks]
    with store.transaction():
        for one in checks if status is RunStatus.COMPLETE else ():
            known = before.get(one.resource.key)
            is_new = known is None or not known.last_good or known.resource.url != one.resource.url
            if one.page:
                store.texts.keep(one.resource.key, TextUse.FIRST if is_new else TextUse.CHANGED)
        store.finish_run(
            run_id,
            status=status,
            finished_at=at + timedelta(minutes=2),
            records=records if status is RunStatus.COMPLETE else (),
            changes=changes,
        )
    return run_id


def _record(before: Mapping[str, Record], of: Check, standing: Standing) -> Record:
    known = before.get(of.resource.key)
    same = known is not None and known.resource.url == of.resource.url
    last_good = known.last_good if known and same else None
    if of.page:
        last_good = LastGood(page=of.page, url=of.facts.final_url)
    return Record(resource=of.resource, standing=standing, check=of, last_good=last_good)
