-- The first released schema, with two nights of two resources.
PRAGMA auto_vacuum = incremental;
PRAGMA application_id = 1668446060;
PRAGMA user_version = 1;
BEGIN;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
) STRICT;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE runs (
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
    ;
CREATE TABLE resources (
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
    ;
CREATE TABLE hosts (
        origin text primary key,
        robots_status integer,
        robots_text text,
        robots_fetched_at text
    ) strict, without rowid
    ;
CREATE TABLE facts (
        id integer primary key,
        hash text not null unique,
        exchanges text not null, -- JSON
        answer text, -- JSON; one of this and the next two is not NULL
        failure text,
        not_asked text,
        certificate text -- JSON
    ) strict
    ;
CREATE TABLE pages (
        id integer primary key,
        resource_id integer not null references resources,
        hash text not null,
        first_seen_at text not null,
        kind text not null,
        title text, title_from text, headline text, headline_from text, description text, description_from text, language text, language_from text, canonical_url text, canonical_url_from text, site_name text, site_name_from text, image_url text, image_url_from text, published text, published_from text, author text, author_from text, feed_url text, feed_url_from text, generator text, generator_from text,
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
    ;
CREATE TABLE checks (
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
    ;
CREATE INDEX checks_by_run on checks (run_id);
CREATE TABLE changes (
        id integer primary key,
        run_id integer not null references runs,
        resource_id integer not null references resources,
        kind text not null,
        field text,
        before text,
        after text
    ) strict
    ;
CREATE INDEX changes_by_run on changes (run_id);
CREATE INDEX changes_by_resource on changes (resource_id);
CREATE TABLE incidents (
        id integer primary key,
        resource_id integer not null references resources,
        opened text not null,
        closed text,
        cause text not null
    ) strict
    ;
CREATE UNIQUE INDEX incidents_open on incidents (resource_id) where closed is null;
CREATE VIRTUAL TABLE resources_fts using fts5 (
        list_title, title, description, tokenize = 'unicode61 remove_diacritics 2'
    );
CREATE VIEW concluded_checks as
    select checks.* from checks cross join runs on runs.id = checks.run_id
    where runs.status = 'complete' and checks.reason <> 'out_of_budget';
CREATE VIEW listed as
    select *, (
        select run_id from concluded_checks
        where resource_id = resources.id and run_id >= resources.url_run
        order by run_id desc limit 1
    ) as latest_run
    from resources where added_run is not null and removed_run is null;
CREATE VIEW latest_checks as
    select listed.url as resource_url, listed.number, listed.title as list_title, listed.category,
        pages.title, pages.description, listed.state, checks.verdict, checks.reason,
        checks.http_status, checks.final_url, checks.suggested_url, checks.warnings,
        checks.checked_at, listed.last_ok_at, listed.since
    from listed
    cross join checks on checks.resource_id = listed.id and checks.run_id = listed.latest_run
    left join pages on pages.id = checks.page_id
    order by listed.line, listed.id;
CREATE VIEW broken_now as select * from latest_checks where state = 'broken';
CREATE VIEW moved_now as select * from latest_checks where verdict = 'moved';
CREATE VIEW history as
    select resources.url as resource_url, resources.number, resources.title as list_title,
        concluded_checks.run_id, runs.trigger, concluded_checks.verdict, concluded_checks.reason,
        concluded_checks.http_status, concluded_checks.final_url, concluded_checks.elapsed_ms,
        concluded_checks.warnings, concluded_checks.checked_at
    from resources
    cross join concluded_checks on concluded_checks.resource_id = resources.id
    join runs on runs.id = concluded_checks.run_id
    order by resources.line, resources.id, concluded_checks.run_id;
CREATE VIEW searchable as
    select listed.id, listed.title as list_title, pages.title, pages.description
    from listed
    left join checks on checks.resource_id = listed.id and checks.run_id = listed.latest_run
    left join pages on pages.id = checks.page_id;
INSERT INTO _sqlite_migrations VALUES (1, 'crawler', '0001_first_release', '2026-11-20 03:17:00.000000+00:00');
INSERT INTO runs VALUES (1, '2026-11-20T03:17:00Z', '2026-11-20T03:19:00Z', 'manual', 'complete', '0.1.0', 'list', 'settings', '{"ok":2}');
INSERT INTO runs VALUES (2, '2026-11-21T03:17:00Z', '2026-11-21T03:19:00Z', 'manual', 'complete', '0.1.0', 'list', 'settings', '{"dead":1,"ok":1}');
INSERT INTO resources VALUES (1, '1', 1, 'Resource 1', 'https://host-1.example/page', 'Data', 2, 1, NULL, 1, 'failing', 0, 0, '2026-11-21T03:17:00Z', '2026-11-21T03:17:00Z', NULL, NULL, NULL, NULL, NULL);
INSERT INTO resources VALUES (2, '2', 2, 'Resource 2', 'https://host-2.example/page', 'Data', 3, 1, NULL, 1, 'failing', 0, 0, '2026-11-21T03:17:00Z', '2026-11-21T03:17:00Z', NULL, NULL, NULL, NULL, NULL);
INSERT INTO hosts VALUES ('https://host-1.example', 404, '', '2026-11-20T03:17:00Z');
INSERT INTO facts VALUES (1, '786259b9c5d642589b366f2e5ecc6cd370d1263c8ccb991f1506e37193deffaa', '[{"fields":[["content-type","text/html"]],"status_code":200,"target_uri":"https://host-1.example/page"}]', '{"media_type":"text/html"}', NULL, NULL, NULL);
INSERT INTO facts VALUES (2, '17adf1640a75401bcaf280edcca9395e413a90b07312a09976c2f0c097cdef7b', '[{"fields":[["content-type","text/html"]],"status_code":200,"target_uri":"https://host-2.example/page"}]', '{"media_type":"text/html"}', NULL, NULL, NULL);
INSERT INTO facts VALUES (3, 'b25265fe528fe413f8a950f08099a1188034ef10ec306ef73703be6a0d636599', '[{"fields":[["content-type","text/html"]],"status_code":404,"target_uri":"https://host-2.example/page"}]', '{"media_type":"text/html"}', NULL, NULL, NULL);
INSERT INTO pages VALUES (1, 1, 'd6a85aba249782546222fbace8f0cc58f10ce234229642113fd20854057865b3', '2026-11-20T03:17:00Z', 'html', 'Learn SQL', 'title', NULL, NULL, 'A course with café examples', 'og', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 6, 0, NULL, '44b00e4513e88be7ce759739c8f2310b12680cdd34fbff409967f6330875313a', X'789CF3494D2CCA53080EF4E10A4ECD494D2E51A8CC2F2D5248CB2C2A2E5128CA2F2FD60300C1AB0BBD');
INSERT INTO pages VALUES (2, 2, 'd6a85aba249782546222fbace8f0cc58f10ce234229642113fd20854057865b3', '2026-11-20T03:17:00Z', 'html', 'Learn SQL', 'title', NULL, NULL, 'A course with café examples', 'og', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 6, 0, NULL, '44b00e4513e88be7ce759739c8f2310b12680cdd34fbff409967f6330875313a', X'789CF3494D2CCA53080EF4E10A4ECD494D2E51A8CC2F2D5248CB2C2A2E5128CA2F2FD60300C1AB0BBD');
INSERT INTO checks VALUES (1, 1, 'ok', 'ok', '[]', 200, 'https://host-1.example/page', NULL, '192.0.2.7', 187, 1, 1, '2026-11-20T03:17:00Z', 1, 1);
INSERT INTO checks VALUES (1, 2, 'ok', 'ok', '[]', 200, 'https://host-1.example/page', NULL, '192.0.2.7', 187, 1, 1, '2026-11-21T03:17:00Z', 1, 1);
INSERT INTO checks VALUES (2, 1, 'ok', 'ok', '[]', 200, 'https://host-2.example/page', NULL, '192.0.2.7', 187, 1, 1, '2026-11-20T03:17:00Z', 2, 2);
INSERT INTO checks VALUES (2, 2, 'dead', 'http_404', '[]', 404, 'https://host-2.example/page', NULL, '192.0.2.7', 187, 1, 1, '2026-11-21T03:17:00Z', 2, 3);
INSERT INTO resources_fts (rowid, list_title, title, description) VALUES (1, 'Resource 1', 'Learn SQL', 'A course with café examples');
INSERT INTO resources_fts (rowid, list_title, title, description) VALUES (2, 'Resource 2', 'Learn SQL', 'A course with café examples');
COMMIT;
