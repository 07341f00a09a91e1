"""Snapshots that the golden files show: a first look, a bad night, a quiet night."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from crawler.model import (
    Attempts,
    Band,
    CandidateSource,
    Change,
    ChangeKind,
    Grounds,
    ListWord,
    Mute,
    Notice,
    Place,
    Reason,
    Record,
    Resource,
    RunStatus,
    Snapshot,
    State,
    WarningCode,
    WordPlace,
)
from tests.support.report_builders import (
    BEFORE,
    FIRST,
    NIGHT,
    make_change,
    make_proposal,
    make_record,
    make_resource,
    make_run,
    make_snapshot,
)

RAFT = make_resource(42, "Practical Raft", "https://example.org/raft", "Distributed systems")
QUEUES = make_resource(77, "QueueKit docs", "https://queuekit.example/", "Messaging")
CAREERS = make_resource(12, "Foo & Bar: C# in depth [2nd ed.]", "https://example.net/api?a=1&b=2")
GRAPHQL = make_resource(18, "GraphQL", "https://graphql.example/learn", "APIs")
OAUTH = make_resource(19, "OAuth, explained", "http://oauth.example/", "APIs")
KAFKA = make_resource(80, "Kafka in a nutshell", "https://kafka.example/intro", "Messaging")
WALLED = make_resource(55, "Paid course", "https://walled.example/course", "Databases & SQL")
WALLED_TOO = make_resource(
    56, "Paid course, part 2", "https://walled.example/part2", "Databases & SQL"
)
ROBOTS = make_resource(57, "Private garden", "https://garden.example/", "Databases & SQL")
MAIL = make_resource(90, "Write to us", "mailto:us@example.org", "Contact")
NEW_TITLE = make_resource(30, "The twelve-factor app", "https://12factor.example/", "Design")
ANCHOR = make_resource(31, "Idempotency", "https://http.example/methods#idempotent", "Design")
ADDED = make_resource(95, "A newcomer", "https://newcomer.example/", "Design")
GONE = Resource(key="33", number=33, title="An old one", url="https://old.example/")

WORKING = tuple(
    make_resource(line, f"Course {line}", f"https://course-{line}.example/", "Courses")
    for line in range(2, 10)
)

_STANDING: tuple[Record, ...] = (
    *(make_record(resource) for resource in WORKING),
    make_record(
        GRAPHQL, Reason.PERMANENT_REDIRECT, suggested_url="https://graphql.example/learn/start/"
    ),
    make_record(OAUTH, Reason.HTTPS_UPGRADE, suggested_url="https://oauth.example/"),
    make_record(WALLED, Reason.FORBIDDEN, status=403),
    make_record(WALLED_TOO, Reason.FORBIDDEN, status=403),
    make_record(ROBOTS, Reason.ROBOTS_DISALLOWED, since=None, last_ok_at=None),
    make_record(MAIL, Reason.UNSUPPORTED_SCHEME, since=None, last_ok_at=None),
    make_record(ANCHOR, warnings=(WarningCode.FRAGMENT_MISSING,)),
)


def first_look() -> Snapshot:
    """The first run ever: everything is new, so nothing is."""
    run = make_run(FIRST, 1)
    return make_snapshot(
        *_STANDING,
        make_record(RAFT, Reason.HTTP_404, since=FIRST, last_ok_at=None, status=404),
        make_record(QUEUES, Reason.READ_TIMEOUT, since=FIRST, last_ok_at=None),
        make_record(
            NEW_TITLE,
            warnings=(WarningCode.INSECURE_HTTP, WarningCode.TITLE_MISMATCH),
            page_title="Domain for sale | `cheap` @everyone",
        ),
        changes=tuple(make_change(ChangeKind.ADDED, record.resource) for record in _STANDING),
        changed_at=FIRST,
        run=run,
        first=True,
        notices=(Notice(line=61, text="The URL of line 55 again; it is checked once."),),
    )


_MOVES = {
    GRAPHQL.key: "https://graphql.example/learn/start/",
    OAUTH.key: "https://oauth.example/",
}


def _with_move(record: Record) -> Record:
    """With the redirect as a proposal, as a run stores it."""
    if record.resource.key not in _MOVES:
        return record
    grounds = Grounds(source=CandidateSource.LIVE_REDIRECT, title=1.0)
    made = make_proposal(record.resource, _MOVES[record.resource.key], grounds=grounds)
    return replace(record, proposals=(made,))


def _night_records() -> tuple[Record, ...]:
    weeks_ago = NIGHT - timedelta(days=12)
    guide = make_proposal(RAFT, "https://example.org/guides/raft", title="Raft, in practice")
    anchor = make_proposal(
        QUEUES,
        "https://queuekit.example/manual/",
        band=Band.LIKELY,
        score=0.81,
        grounds=Grounds(
            source=CandidateSource.NAVIGATION,
            found_at="https://queuekit.example/",
            title=0.75,
            text=0.308,
            lead=0.2,
        ),
        title="The `QueueKit` manual | @team <b>new</b>",
    )
    raft = make_record(
        RAFT,
        Reason.HTTP_404,
        state=State.BROKEN,
        since=NIGHT - timedelta(days=1),
        last_ok_at=NIGHT - timedelta(days=2),
        status=404,
    )
    queues = make_record(
        QUEUES,
        Reason.READ_TIMEOUT,
        state=State.BROKEN,
        since=weeks_ago,
        last_ok_at=weeks_ago - timedelta(days=1),
    )
    return (
        *map(_with_move, _STANDING),
        replace(raft, proposals=(guide,)),
        replace(queues, proposals=(anchor,)),
        make_record(KAFKA, Reason.HTTP_5XX, since=NIGHT, status=503),
        make_record(CAREERS, since=NIGHT, last_ok_at=NIGHT),
        make_record(
            NEW_TITLE,
            warnings=(WarningCode.TLS_EXPIRES_SOON,),
            not_after=NIGHT + timedelta(days=9),
            page_title="Twelve factors | the book",
        ),
        make_record(ADDED, since=NIGHT, last_ok_at=NIGHT),
    )


def _text_changes() -> Iterator[Change]:
    edited = make_change(
        ChangeKind.EDITED,
        OAUTH,
        "The course is free, and lasts 30 days.\nAsk us anything.",
        "The course is free for 14 days.\n",
    )
    yield replace(edited, extent=3)
    sentence = "This book is no longer maintained by its authors."
    words = make_change(ChangeKind.WORDS, NEW_TITLE, None, sentence, ListWord.UNMAINTAINED)
    yield replace(words, seen=WordPlace.NOTICE)
    rewritten = make_change(ChangeKind.REWRITTEN, CAREERS, "Salaries by town.", "Our new shop.")
    yield replace(rewritten, extent=40)
    yield replace(make_change(ChangeKind.RELAUNCHED, GRAPHQL, None, "graphql.org"), extent=12)


def bad_night() -> Snapshot:
    """One of everything."""
    return make_snapshot(
        *_night_records(),
        changes=(
            make_change(ChangeKind.CLASS, KAFKA, "ok ok", "failing http_5xx", since=NIGHT),
            make_change(
                ChangeKind.BROKE, RAFT, "failing read_timeout", "dead http_404", since=BEFORE
            ),
            make_change(ChangeKind.MOVED, GRAPHQL, GRAPHQL.url, GRAPHQL.url + "/start/"),
            make_change(ChangeKind.TLS_EXPIRING, NEW_TITLE, None, "2026-11-30"),
            make_change(ChangeKind.RECOVERED, CAREERS, "failing http_5xx", "ok ok"),
            make_change(
                ChangeKind.TITLE, NEW_TITLE, "The Twelve-Factor App", "Twelve factors | the book"
            ),
            make_change(ChangeKind.DESCRIPTION, GRAPHQL, "A query language for APIs.", None),
            make_change(ChangeKind.METADATA, OAUTH, None, "en-gb", "language"),
            *_text_changes(),
            make_change(ChangeKind.ADDED, ADDED, None, ADDED.url),
            make_change(ChangeKind.REMOVED, GONE, GONE.url, None),
            make_change(
                ChangeKind.URL_CHANGED, WALLED_TOO, "https://walled.example/2", WALLED_TOO.url
            ),
        ),
    )


def quiet_night() -> Snapshot:
    """Nothing since the bad night, whose changes stay on the page."""
    night = NIGHT + timedelta(days=3)
    bad = bad_night()
    return make_snapshot(
        *bad.records.values(), changes=bad.changes, changed_at=NIGHT, run=make_run(night, 24)
    )


def everything() -> Snapshot:
    """A snapshot in which every field of the reports has a value."""
    snapshot = bad_night()
    failed = replace(make_run(NIGHT, 22), status=RunStatus.UNTRUSTED, why="no network")
    records = dict(snapshot.records)
    records["29"] = replace(records["29"], mute=Mute(until=date(2027, 1, 1)))
    places = tuple(Place(file="docs/tools.md", line=line, column=3) for line in (7, 9))
    twice = replace(records["29"].resource, file="docs/tools.md", line=7, places=places)
    records["29"] = replace(records["29"], resource=twice)
    (guide,) = records["41"].proposals
    pattern = Grounds(
        source=CandidateSource.PATTERN, neighbours=("https://example.org/paxos",), text=0.2
    )
    hint = replace(guide, url="https://example.org/r", band=Band.SHOWN, grounds=pattern, score=0.4)
    records["41"] = replace(records["41"], proposals=(guide, hint))
    (manual,) = records["76"].proposals
    twin = replace(manual, url=WORKING[0].url)
    records["76"] = replace(records["76"], proposals=(twin,))
    seen = Change(
        kind=ChangeKind.SUSPECTED,
        resource=replace(NEW_TITLE, file="docs/books.md"),
        before="ok ok",
        after="suspect suspect_replaced",
        reason=Reason.SUSPECT_REPLACED,
        since=NIGHT,
        seen="For sale",
    )
    return replace(
        snapshot,
        records=records,
        changes=(*snapshot.changes, seen),
        attempts=Attempts(first=failed, last=failed, count=1),
        parts=(NIGHT, NIGHT - timedelta(days=1)),
        notices=(Notice(file="docs/tools.md", line=61, text="The URL of line 55 again."),),
    )


SCENARIOS = {"first_look": first_look, "bad_night": bad_night, "quiet_night": quiet_night}
