"""A link about which everything is known, for `crawler status`."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from crawler.model import (
    Accepted,
    Certificate,
    Change,
    ChangeKind,
    Context,
    Ending,
    Histories,
    History,
    Incident,
    LastGood,
    Mute,
    Reason,
    Record,
    Resource,
    Run,
    Standing,
    State,
)
from crawler.report.dossier import Dossier, build
from crawler.report.findings import list_findings
from tests.support.builders import (
    NOW,
    make_chain,
    make_check,
    make_facts,
    make_page,
    make_probing,
)

DAY = timedelta(days=1)
ROW = Resource(
    key="57",
    number=57,
    title="Memcached Documentation",
    url="https://docs.example.org/a/rather/long/path/to/the/documentation/of/memcached",
    category="Caching and Performance",
    line=58,
)


def full_dossier() -> Dossier:
    """Broken for three nights, after many on which it worked and one on which it failed."""
    facts = replace(
        make_facts(exchanges=make_chain((301, "https://example.org/b"), status_code=404)),
        certificate=Certificate(
            not_before=NOW - 60 * DAY,
            not_after=NOW + 30 * DAY,
            subject="example.org",
            issuer="A CA",
        ),
        seen=make_page(title="This domain is for sale"),
    )
    check = replace(
        make_check(Reason.HTTP_404, resource=ROW, facts=facts, checked_at=NOW),
        context=Context(probing=make_probing()),
        elapsed=timedelta(milliseconds=80),
        address="192.0.2.7",
    )
    page = make_page(title="Memcached", description="A distributed memory object caching system.")
    record = Record(
        resource=ROW,
        standing=Standing(state=State.BROKEN, since=NOW - 2 * DAY, last_ok_at=NOW - 3 * DAY),
        check=check,
        last_good=LastGood(page=page, url=ROW.url),
        accepted=Accepted(title="Memcached", redirect="https://example.org/b"),
        mute=Mute(until=date(2026, 11, 1), reason="its owner knows"),
    )
    (finding,) = list_findings([record], NOW)
    outages = (
        Incident(
            since=NOW - 60 * DAY,
            opened=NOW - 59 * DAY,
            cause=Reason.READ_TIMEOUT,
            closed=NOW - 55 * DAY,
            ending=Ending.RECOVERED,
        ),
        Incident(since=NOW - 2 * DAY, opened=NOW - DAY, cause=Reason.HTTP_404),
    )
    broke = Change(kind=ChangeKind.BROKE, resource=ROW, before="ok ok", after="dead http_404")
    title = Change(kind=ChangeKind.TITLE, resource=ROW, before="Memcached 1", after="Memcached")
    return build(
        finding,
        record,
        NOW,
        checks=[(Run(id=1, started_at=NOW), check)],
        incidents=outages,
        histories=_histories((NOW - 20 * DAY, title), (NOW - DAY, broke)),
    )


def _histories(*changes: tuple[datetime, Change]) -> Histories:
    """What a hundred nights brought, the last of them today."""
    days_ago = range(99, -1, -1)
    marks = "".join(map(_mark, days_ago))
    milliseconds = tuple(100 + days % 7 * 40 if _mark(days) == "|" else None for days in days_ago)
    nights = tuple(NOW.date() - days * DAY for days in days_ago)
    return Histories(
        nights=nights,
        of={ROW.key: History(marks=marks, milliseconds=milliseconds, changes=changes)},
    )


def _mark(days_ago: int) -> str:
    if days_ago < 3:
        return "xXX"[2 - days_ago]
    if days_ago == 40:
        return "."
    return "x" if 55 < days_ago <= 60 else "|"
