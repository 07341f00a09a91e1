"""IO: the tables and views, and how an older file becomes the present one.

Migrations are append-only: a released one is never edited, and `tests/schemas` keeps a file of each.
"""

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from crawler.store import first_release

APPLICATION_ID = 0x6372776C
"""The letters "crwl", in every file of ours. Source: SQLite file format §1.3.15."""
PRESENT = 16
"""The number of migrations: the `user_version` of a file that has had them all."""
migrations = Migrations("crawler")


def _migration(name: str, *statements: str) -> None:
    @migrations(name=name)
    def _apply(db: Database) -> None:
        for statement in statements:
            db.execute(statement)


_migration("0001_first_release", *first_release.TABLES, *first_release.VIEWS)

_migration(
    "0002_untrusted_runs",
    # 1: it concludes, although its run as a whole is not trusted.
    "alter table checks add column concluded integer not null default 0",
    "drop view concluded_checks",
    """
    create view concluded_checks as
    select checks.* from checks cross join runs on runs.id = checks.run_id
    where (runs.status = 'complete' or runs.status = 'untrusted' and checks.concluded)
        and checks.reason <> 'out_of_budget'
    """,
)
_migration(
    "0003_substitutes",
    "alter table facts add column seen text",  # JSON: a page that was not taken for the resource
    "alter table facts add column probing text",  # JSON
    "alter table facts add column past text",  # JSON
    "alter table facts add column collapsed integer",
    "alter table pages add column marks text not null default '[]'",  # JSON
    "alter table hosts add column probe_profile text",  # JSON: how made-up URLs were answered, and when
)
_migration(
    "0004_incidents",
    "alter table resources add column blocked_streak integer not null default 0",
    "alter table resources add column told text",  # JSON: what reports say of it
    "alter table resources add column reading text",  # the settings that its validators were got with
    "alter table incidents add column since text",
    "alter table incidents add column ending text",
    """
    insert into incidents (resource_id, since, opened, cause)
    select resources.id, resources.since, resources.since, checks.reason
    from listed
    cross join resources on resources.id = listed.id
    cross join checks on checks.resource_id = listed.id and checks.run_id = listed.latest_run
    where resources.state = 'broken' and resources.since is not null
    """,
    "create unique index incidents_opened on incidents (resource_id, opened)",
    # The row of the list as it was at the time; NULL for the row as it is now.
    "alter table changes add column title text",
    "alter table changes add column url text",
    "alter table changes add column line integer",
    "alter table changes add column reason text",
    "alter table changes add column since text",
    "alter table changes add column seen text",
)
_migration(
    "0005_last_good_pages",
    "alter table resources add column page_url text",  # where its last good page was found
    """
    update resources set page_url = (
        select final_url from concluded_checks
        where resource_id = resources.id and run_id >= resources.url_run
            and verdict in ('ok', 'moved')
        order by run_id desc limit 1)
    """,
)
_migration(
    "0006_interrupted_runs",
    # An untrusted run that was cut short before its end has concluded nothing.
    """
    update checks set concluded = 0
    where concluded and run_id in (select id from runs where status <> 'untrusted')
    """,
    "drop view concluded_checks",
    """
    create view concluded_checks as
    select checks.* from checks cross join runs on runs.id = checks.run_id
    where checks.reason <> 'out_of_budget' and (
        runs.status = 'complete'
        or runs.status in ('untrusted', 'interrupted') and checks.concluded)
    """,
)

_WRITABLE = "pragma writable_schema = on"
_REFERRING_0007 = ("resources", "pages", "checks", "changes", "incidents")
_STATEMENTS_0007 = (
    "drop view latest_checks",
    """
    create view latest_checks as
    select listed.url as resource_url, listed.number, listed.title as list_title, listed.category,
        pages.title, pages.description, listed.state, checks.verdict, checks.reason,
        checks.http_status, checks.final_url, checks.suggested_url, checks.warnings,
        checks.checked_at, listed.last_ok_at, listed.since, listed.line
    from listed
    cross join checks on checks.resource_id = listed.id and checks.run_id = listed.latest_run
    left join pages on pages.id = checks.page_id
    order by listed.line, listed.id
    """,
)


@migrations(name="0007_named_references")
def _name_references(db: Database) -> None:
    """Name the column of each reference: Datasette cannot show the table without it."""
    (cookie,) = db.execute("pragma schema_version").fetchone()
    with _writable_schema(db):
        for table in _REFERRING_0007:
            (sql,) = db.execute("select sql from sqlite_schema where name = ?", [table]).fetchone()
            named = re.sub(r"\breferences (\w+)\b(?! *\()", r"references \1 (id)", sql)
            db.execute("update sqlite_schema set sql = ? where name = ?", [named, table])
        db.execute(f"pragma schema_version = {cookie + 1}")
    for statement in _STATEMENTS_0007:
        db.execute(statement)


@contextmanager
def _writable_schema(db: Database) -> Iterator[None]:
    """Lets the block edit the schema's SQL texts, which takes no time, however large the file is.

    Where SQLite forbids that, as Apple's does, the block ends at its first edit.
    Source: https://www.sqlite.org/lang_altertable.html#otheralter, for edits that leave content alone.
    """
    if sys.version_info >= (3, 12):
        db.conn.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, False)
    db.execute(_WRITABLE)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
    finally:
        db.execute("pragma writable_schema = off")


_migration(
    "0008_causes_of_runs",
    "alter table runs add column why text not null default ''",  # why it is not complete
)
_migration(
    "0009_partial_runs",
    "alter table runs add column only text not null default ''",  # the patterns of `--only`
)
_migration(
    "0010_files_of_lists",
    "alter table resources add column file text not null default ''",  # path, as in the settings
    "alter table resources add column places text not null default '[]'",  # JSON, where columns are known
)
_migration(
    "0011_files_of_events",
    "alter table changes add column file text",  # NULL until then: as it is known of the resource
)
_migration(
    "0012_files_in_views",
    "drop view latest_checks",
    """
    create view latest_checks as
    select listed.url as resource_url, listed.number, listed.title as list_title, listed.category,
        pages.title, pages.description, listed.state, checks.verdict, checks.reason,
        checks.http_status, checks.final_url, checks.suggested_url, checks.warnings,
        checks.checked_at, listed.last_ok_at, listed.since, listed.line, listed.file
    from listed
    cross join checks on checks.resource_id = listed.id and checks.run_id = listed.latest_run
    left join pages on pages.id = checks.page_id
    order by listed.file, listed.line, listed.id
    """,
)
_migration(
    "0013_proposals",
    """
    create table proposals (
        resource_id integer not null references resources (id),
        rank integer not null, -- from 1, the best
        resource_url text not null, -- as listed when it was looked for
        url text not null,
        band text not null,
        score real not null, -- 0 to 1
        title text not null, -- of the proposed page
        grounds text not null, -- JSON
        made_at text not null,
        primary key (resource_id, rank)
    ) strict, without rowid
    """,
    """
    create table searches (
        resource_id integer primary key references resources (id),
        resource_url text not null,
        first_at text not null,
        last_at text not null,
        times integer not null -- those that came to their end
    ) strict
    """,
    """
    create table repairs (
        id integer primary key,
        resource_id integer not null references resources (id),
        file text not null,
        before text not null,
        after text not null,
        texts text not null, -- JSON: what stood in each of its places, and what was written there
        batch integer not null, -- the same for those that were made together
        made_at text not null,
        undone_at text
    ) strict
    """,
    "create index repairs_by_resource on repairs (resource_id)",
    """
    create view proposed_fixes as
    select listed.url as resource_url, listed.number, listed.title as list_title, listed.category,
        proposals.url as proposed_url, proposals.band, proposals.score, proposals.title,
        json_extract(proposals.grounds, '$.source') as source, proposals.made_at,
        listed.since, listed.line, listed.file
    from proposals cross join listed on listed.id = proposals.resource_id
    where listed.url = proposals.resource_url
    order by listed.file, listed.line, listed.id, proposals.rank
    """,
)
_migration(
    "0014_texts",
    """
    create table texts (
        id integer primary key,
        digest text not null unique, -- SHA-256
        content blob not null -- zlib
    ) strict
    """,
    """
    create table kept_texts (
        resource_id integer not null references resources (id),
        role text not null,
        text_id integer not null references texts (id),
        run_id integer not null references runs (id), -- which read it
        primary key (resource_id, role)
    ) strict, without rowid
    """,
    "create index kept_texts_by_text on kept_texts (text_id)",
    # Of the texts that were kept for every page, those of the last good ones stay.
    """
    create temporary table last_good as
    select resources.id as resource_id, (
        select page_id from concluded_checks
        where resource_id = resources.id and run_id >= resources.url_run
        order by run_id desc limit 1) as page_id
    from resources
    """,
    """
    insert into texts (digest, content)
    select fingerprint, text from pages where id in (select page_id from last_good)
    on conflict (digest) do nothing
    """,
    """
    insert into kept_texts (resource_id, role, text_id, run_id)
    select last_good.resource_id, role, texts.id, (select max(id) from runs)
    from last_good
    join pages on pages.id = page_id
    join texts on digest = fingerprint
    cross join (select 'first' as role union all select 'good')
    """,
    "drop table last_good",
    "alter table pages drop column text",
    "alter table resources add column noise text",  # JSON: what comes and goes in its text
    "alter table resources add column ignored text",  # JSON: how much of it the last check saw
    "alter table changes add column extent integer",  # lines that differ, or pages of a site
)
_migration(
    "0015_unsent_messages",
    "alter table runs add column unsent text",  # JSON: the message about it that is to be sent again
)
_migration(
    "0016_parts_of_lists",
    "alter table runs add column part text not null default ''",  # such as 3/10; of the whole list if empty
)


TEMPORARY = (
    # What servers sent with the pages of a run that has not ended; it may never end.
    """
    create temporary table sent_validators (
        resource_id integer primary key,
        etag text,
        last_modified text
    ) strict
    """,
    # What such a run has learned of hosts; nothing of it counts if our own network was the trouble.
    """
    create temporary table learned_robots (
        origin text primary key, status integer, text text, fetched_at text
    ) strict, without rowid
    """,
    """
    create temporary table learned_profiles (origin text primary key, probes text)
    strict, without rowid
    """,
)
"""Tables of a connection that writes: they go with it."""


def version(db: Database) -> int:
    """How many migrations the file has had: its `user_version`."""
    number: int = db.execute("pragma user_version").fetchone()[0]
    return number


def upgrade(db: Database) -> None:
    """Bring an older or an empty file to the present schema, all or nothing."""
    if version(db) == PRESENT:
        return
    with db.atomic():
        migrations.apply(db)
        db.execute(f"pragma application_id = {APPLICATION_ID}")
        db.execute(f"pragma user_version = {PRESENT}")
