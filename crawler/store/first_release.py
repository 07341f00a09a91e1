"""Pure: the tables and views of the first release; a released migration is never edited."""

# What a page declares, each value with the place it was declared in. The fields are written down
# here, not taken from the model, because a released migration must not change with it.
_DECLARED = (
    "title",
    "headline",
    "description",
    "language",
    "canonical_url",
    "site_name",
    "image_url",
    "published",
    "author",
    "feed_url",
    "generator",
)

TABLES = (
    """
    create table runs (
        id integer primary key,
        started_at text not null,
        finished_at text,
        trigger text not null,
        status text not null,
        version text not null,
        list_digest text not null,
        settings_digest text not null,
        counts text -- JSON: how many checks of each verdict
    ) strict
    """,
    """
    create table resources (
        id integer primary key,
        key text not null unique,
        number integer,
        title text not null,
        url text not null,
        category text not null,
        line integer not null, -- 0 when it left the list
        added_run integer references runs, -- NULL until a run with it in the list is complete
        removed_run integer references runs,
        url_run integer references runs, -- the first complete run with this URL
        state text not null default 'new',
        streak integer not null default 0,
        dead_streak integer not null default 0,
        since text,
        last_ok_at text,
        etag text,
        last_modified text,
        accepted text,
        muted_until text,
        mute_reason text
    ) strict
    """,
    """
    create table hosts (
        origin text primary key,
        robots_status integer,
        robots_text text,
        robots_fetched_at text
    ) strict, without rowid
    """,
    """
    create table facts (
        id integer primary key,
        hash text not null unique,
        exchanges text not null, -- JSON
        answer text, -- JSON; one of this and the next two is not NULL
        failure text,
        not_asked text,
        certificate text -- JSON
    ) strict
    """,
    f"""
    create table pages (
        id integer primary key,
        resource_id integer not null references resources,
        hash text not null,
        first_seen_at text not null,
        kind text not null,
        {"".join(f"{name} text, {name}_from text, " for name in _DECLARED)}
        published_raw text,
        encoding text,
        encoding_from text,
        noindex integer not null,
        refresh text, -- JSON
        first_heading text,
        word_count integer not null,
        scripts integer not null,
        fragment_found integer,
        fingerprint text not null, -- SHA-256 of the text
        text blob not null, -- zlib
        unique (resource_id, hash)
    ) strict
    """,
    # Clustered by resource: a resource's latest check is found without looking at older ones.
    """
    create table checks (
        resource_id integer not null references resources,
        run_id integer not null references runs,
        verdict text not null,
        reason text not null,
        warnings text not null, -- JSON
        http_status integer,
        final_url text,
        suggested_url text,
        address text,
        elapsed_ms integer,
        attempts integer not null,
        looks integer not null,
        checked_at text not null,
        page_id integer references pages, -- the last good page, whatever this check's verdict
        facts_id integer not null references facts,
        primary key (resource_id, run_id)
    ) strict, without rowid
    """,
    "create index checks_by_run on checks (run_id)",
    """
    create table changes (
        id integer primary key,
        run_id integer not null references runs,
        resource_id integer not null references resources,
        kind text not null,
        field text,
        before text,
        after text
    ) strict
    """,
    "create index changes_by_run on changes (run_id)",
    "create index changes_by_resource on changes (resource_id)",
    """
    create table incidents (
        id integer primary key,
        resource_id integer not null references resources,
        opened text not null,
        closed text,
        cause text not null
    ) strict
    """,
    "create unique index incidents_open on incidents (resource_id) where closed is null",
    """
    create virtual table resources_fts using fts5 (
        list_title, title, description, tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
)

VIEWS = (
    # `cross join` fixes the order, so that a resource's checks are read from the latest on.
    """
    create view concluded_checks as
    select checks.* from checks cross join runs on runs.id = checks.run_id
    where runs.status = 'complete' and checks.reason <> 'out_of_budget'
    """,
    """
    create view listed as
    select *, (
        select run_id from concluded_checks
        where resource_id = resources.id and run_id >= resources.url_run
        order by run_id desc limit 1
    ) as latest_run
    from resources where added_run is not null and removed_run is null
    """,
    """
    create view latest_checks as
    select listed.url as resource_url, listed.number, listed.title as list_title, listed.category,
        pages.title, pages.description, listed.state, checks.verdict, checks.reason,
        checks.http_status, checks.final_url, checks.suggested_url, checks.warnings,
        checks.checked_at, listed.last_ok_at, listed.since
    from listed
    cross join checks on checks.resource_id = listed.id and checks.run_id = listed.latest_run
    left join pages on pages.id = checks.page_id
    order by listed.line, listed.id
    """,
    "create view broken_now as select * from latest_checks where state = 'broken'",
    "create view moved_now as select * from latest_checks where verdict = 'moved'",
    """
    create view history as
    select resources.url as resource_url, resources.number, resources.title as list_title,
        concluded_checks.run_id, runs.trigger, concluded_checks.verdict, concluded_checks.reason,
        concluded_checks.http_status, concluded_checks.final_url, concluded_checks.elapsed_ms,
        concluded_checks.warnings, concluded_checks.checked_at
    from resources
    cross join concluded_checks on concluded_checks.resource_id = resources.id
    join runs on runs.id = concluded_checks.run_id
    order by resources.line, resources.id, concluded_checks.run_id
    """,
    """
    create view searchable as
    select listed.id, listed.title as list_title, pages.title, pages.description
    from listed
    left join checks on checks.resource_id = listed.id and checks.run_id = listed.latest_run
    left join pages on pages.id = checks.page_id
    """,
)
