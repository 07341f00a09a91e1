"""Hand-made values for tests of reports; nothing depends on chance or on the time."""

from datetime import UTC, datetime, timedelta

from crawler.model import (
    VERDICTS,
    Answer,
    Band,
    CandidateSource,
    Certificate,
    Change,
    ChangeKind,
    Check,
    Declared,
    Exchange,
    Facts,
    Grounds,
    Judgement,
    LastGood,
    MediaKind,
    Notice,
    Page,
    Proposal,
    Reason,
    Record,
    Resource,
    Run,
    RunStatus,
    Snapshot,
    Standing,
    State,
    Trigger,
    Verdict,
    WarningCode,
)

NIGHT = datetime(2026, 11, 21, 3, 17, tzinfo=UTC)
BEFORE = NIGHT - timedelta(days=1)
FIRST = datetime(2026, 11, 1, 3, 17, tzinfo=UTC)

_STATES = {
    Verdict.OK: State.HEALTHY,
    Verdict.MOVED: State.HEALTHY,
    Verdict.SUSPECT: State.SUSPECT,
    Verdict.DEAD: State.FAILING,
    Verdict.FAILING: State.FAILING,
    Verdict.BLOCKED: State.NEW,
    Verdict.SKIPPED: State.NEW,
}


def make_resource(
    line: int = 2, title: str = "A page", url: str = "", category: str = "Basics"
) -> Resource:
    return Resource(
        key=str(line - 1),
        number=line - 1,
        line=line,
        title=title,
        url=url or f"https://example.org/{line}",
        category=category,
    )


def make_run(started_at: datetime = NIGHT, run_id: int = 21) -> Run:
    return Run(
        id=run_id,
        started_at=started_at,
        finished_at=started_at + timedelta(minutes=2),
        trigger=Trigger.SCHEDULE,
        status=RunStatus.COMPLETE,
        version="0.1.0",
    )


def make_record(
    resource: Resource | None = None,
    reason: Reason = Reason.OK,
    *,
    state: State | None = None,
    since: datetime | None = FIRST,
    last_ok_at: datetime | None = BEFORE,
    warnings: tuple[WarningCode, ...] = (),
    suggested_url: str | None = None,
    page_title: str = "",
    not_after: datetime | None = None,
    status: int = 200,
    checked_at: datetime = NIGHT,
) -> Record:
    resource = resource or make_resource()
    page = Page(kind=MediaKind.HTML, title=Declared(value=page_title, origin="title"))
    return Record(
        resource=resource,
        standing=Standing(
            state=state or _STATES[VERDICTS[reason]], since=since, last_ok_at=last_ok_at
        ),
        check=Check(
            resource=resource,
            judgement=Judgement(reason=reason, warnings=warnings, suggested_url=suggested_url),
            facts=Facts(
                outcome=Answer(media_type="text/html"),
                exchanges=(Exchange(target_uri=resource.url, status_code=status),),
                certificate=Certificate(not_after=not_after) if not_after else None,
            ),
            page=page if page_title else None,
            checked_at=checked_at,
            elapsed=timedelta(milliseconds=217),
            attempts=1,
        ),
        last_good=LastGood(page=page, url=resource.url) if page_title else None,
    )


SITEMAP = Grounds(
    source=CandidateSource.SITEMAP,
    found_at="https://example.org/sitemap.xml",
    title=1.0,
    text=0.943,
    slug=0.5,
    lead=0.6,
)


def make_proposal(
    resource: Resource,
    url: str,
    *,
    band: Band = Band.SAFE,
    score: float = 0.97,
    grounds: Grounds = SITEMAP,
    title: str = "",
    made_at: datetime = NIGHT,
) -> Proposal:
    return Proposal(
        key=resource.key,
        resource_url=resource.url,
        url=url,
        band=band,
        score=score,
        grounds=grounds,
        title=title or resource.title,
        made_at=made_at,
    )


def make_change(
    kind: ChangeKind,
    resource: Resource | None = None,
    before: str | None = None,
    after: str | None = None,
    field: str | None = None,
    since: datetime | None = None,
) -> Change:
    return Change(
        kind=kind,
        resource=resource or make_resource(),
        before=before,
        after=after,
        field=field,
        since=since,
    )


def make_snapshot(
    *records: Record,
    changes: tuple[Change, ...] = (),
    first: bool = False,
    changed_at: datetime | None = None,
    notices: tuple[Notice, ...] = (),
    run: Run | None = None,
) -> Snapshot:
    return Snapshot(
        run=run or make_run(),
        previous=None if first else make_run(BEFORE, 20),
        records={record.resource.key: record for record in records},
        changes=changes,
        changed_at=changed_at or (NIGHT if changes else None),
        notices=notices,
    )
