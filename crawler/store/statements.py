"""Pure: the statements of `Store`, each with what it is for."""

from crawler.store.pages import PAGE_COLUMNS

ADD_RESOURCE = """
insert into resources (key, number, title, url, category, line)
values (:key, :number, :title, :url, :category, :line)
on conflict (key) do nothing
"""
"""A resource that checks can refer to; it is not listed until `LIST_RESOURCE`."""

LIST_RESOURCE = """
update resources set number = :number, title = :title, category = :category, line = :line,
    added_run = iif(added_run is null or removed_run is not null, :run_id, added_run),
    removed_run = null,
    url_run = iif(url_run is not null and url = :url, url_run, :run_id),
    etag = iif(url = :url, etag, null), last_modified = iif(url = :url, last_modified, null),
    page_url = iif(url = :url, page_url, null),
    url = :url
where key = :key
"""
"""A row of the list as it is now. What was known of another URL is known of it no more."""

UNLIST_RESOURCE = "update resources set removed_run = :run_id, line = 0 where key = :key"

LISTED_KEYS = """
select key from resources where added_run is not null and removed_run is null order by line, id
"""

LISTED_RESOURCES = """
select * from resources where added_run is not null and removed_run is null
"""

HAD_LIST = "select exists (select 1 from resources where added_run is not null) as had_list"
"""Whether any list was ever concluded."""

HOW_MANY = """
select count(*) as listed from resources where added_run is not null and removed_run is null
"""

ADD_FACTS = """
insert into facts (hash, exchanges, answer, failure, not_asked, certificate, seen, probing, past,
    collapsed)
values (:hash, :exchanges, :answer, :failure, :not_asked, :certificate, :seen, :probing, :past,
    :collapsed)
on conflict (hash) do nothing
"""

ADD_PAGE = f"""
insert into pages (resource_id, first_seen_at, text, {", ".join(PAGE_COLUMNS)})
values ((select id from resources where key = :key), :checked_at, :text,
    {", ".join(f":{name}" for name in PAGE_COLUMNS)})
on conflict (resource_id, hash) do nothing
"""  # noqa: S608 - the names of columns

SAVE_CHECK = """
replace into checks (resource_id, run_id, verdict, reason, warnings, http_status, final_url,
    suggested_url, address, elapsed_ms, attempts, looks, checked_at, page_id, facts_id)
select id, :run_id, :verdict, :reason, :warnings, :http_status, :final_url,
    :suggested_url, :address, :elapsed_ms, :attempts, :looks, :checked_at,
    coalesce(
        (select id from pages where resource_id = resources.id and hash = :page_hash),
        (select page_id from checks as earlier
            where earlier.resource_id = resources.id and earlier.run_id = :run_id
                and facts_id = (select id from facts where hash = :facts_hash)),
        (select page_id from concluded_checks
            where resource_id = resources.id
                and resources.url = :url and run_id >= resources.url_run
            order by run_id desc limit 1)),
    (select id from facts where hash = :facts_hash)
from resources where key = :key
"""
"""A check with its page, or without one with the page that it has been saved with in this run, or
with the last good page that is known of its URL."""

CONCLUDE = """
update checks set concluded = 1
where run_id = :run_id and resource_id = (select id from resources where key = :key)
"""

INTERRUPT_RUNS = "update runs set status = 'interrupted' where status = 'running'"

START_RUN = """
insert into runs (started_at, trigger, status, version, list_digest, settings_digest)
values (:started_at, :trigger, 'running', :version, :list_digest, :settings_digest)
"""

FINISH_RUN = """
update runs set status = :status, finished_at = :finished_at, counts = (
    select json_group_object(verdict, number) from (
        select verdict, count(*) as number from checks
        where run_id = :run_id and (:status <> 'untrusted' or concluded) group by verdict))
where id = :run_id
"""

SAVE_STANDING = """
update resources set state = :state, streak = :streak, dead_streak = :dead_streak,
    blocked_streak = :blocked_streak, since = :since, last_ok_at = :last_ok_at, told = :told,
    page_url = :page_url, accepted = :accepted, muted_until = :muted_until,
    mute_reason = :mute_reason
where key = :key
"""

SAVE_VALIDATORS = """
update resources set etag = :etag, last_modified = :last_modified,
    reading = (select settings_digest from runs where id = :run_id)
where key = :key and exists (
    select 1 from checks
    where resource_id = resources.id and run_id = :run_id
        and (concluded or (select status from runs where id = :run_id) = 'complete')
        and verdict in ('ok', 'moved') and http_status is not 304)
"""
"""Only from a page that came whole in this run: what an older one came with stays beside it."""

CLOSE_INCIDENT = """
update incidents set closed = :closed, ending = :ending
where resource_id = (select id from resources where key = :key) and opened = :opened
"""

OPEN_INCIDENT = """
insert into incidents (resource_id, since, opened, cause, closed, ending)
select id, :since, :opened, :cause, :closed, :ending from resources where key = :key
on conflict (resource_id, opened) do nothing
"""

INCIDENTS = """
select incidents.* from resources
cross join incidents on incidents.resource_id = resources.id
join runs on runs.id = resources.url_run
where resources.id = ? and (opened >= runs.started_at or closed is null)
order by incidents.id desc limit ?
"""
"""The latest ones of a resource at its present URL, the last first; not by a clock that may be set
back."""

INCIDENTS_OF = """
select incidents.* from incidents join resources on resources.id = incidents.resource_id
where resources.key = ? order by opened
"""

ADD_CHANGE = """
insert into changes (run_id, resource_id, kind, field, before, after, title, url, line, reason,
    since, seen)
select :run_id, id, :kind, :field, :before, :after, :title, :url, :line, :reason, :since, :seen
from resources where key = :key
"""

SAVE_ROBOTS = """
insert into hosts (origin, robots_status, robots_text, robots_fetched_at)
values (:origin, :robots_status, :robots_text, :robots_fetched_at)
on conflict (origin) do update set robots_status = :robots_status, robots_text = :robots_text,
    robots_fetched_at = :robots_fetched_at
"""

ROBOTS_FILES = "select * from hosts where robots_status is not null"

SAVE_PROFILE = """
insert into hosts (origin, probe_profile) values (:origin, :probe_profile)
on conflict (origin) do update set probe_profile = :probe_profile
"""

PROFILES = "select * from hosts where probe_profile is not null"

_PAGE = ", ".join(f"pages.{name} as page_{name}" for name in PAGE_COLUMNS)

RECORD = f"""
select checks.*, facts.*, {_PAGE}, listed.*,
    exists (select 1 from incidents where resource_id = listed.id) as has_broken
from listed
left join checks on checks.resource_id = listed.id and checks.run_id = listed.latest_run
left join facts on facts.id = checks.facts_id
left join pages on pages.id = checks.page_id
where listed.key = ?
"""  # noqa: S608 - the names of columns

VALIDATORS = """
select key, url, etag, last_modified, reading from resources
where added_run is not null and removed_run is null
    and (etag is not null or last_modified is not null)
"""

TEXT = "select text from pages where id = ?"

HAS_PAGE = """
select 1 from pages where resource_id = (select id from resources where key = ?) and hash = ?
"""

PAGE_OF_CHECK = f"""
select page_id, {_PAGE} from checks join pages on pages.id = checks.page_id
where checks.resource_id = (select id from resources where key = ?) and run_id = ?
"""  # noqa: S608 - the names of columns

LAST_GOOD = f"""
select page_id, {_PAGE}, resources.page_url from resources
cross join concluded_checks on concluded_checks.resource_id = resources.id
left join pages on pages.id = page_id
where resources.key = ? and run_id >= resources.url_run
order by run_id desc limit 1
"""  # noqa: S608 - likewise
"""Of a resource that is listed or has left the list."""

UNREACHED = """
select resources.key from checks join resources on resources.id = checks.resource_id
where reason = 'out_of_budget'
    and run_id = (select max(id) from runs where status <> 'running')
"""

COMPLETE_RUNS = "select * from runs where status = 'complete' order by id desc limit 2"
"""The last two, the last first."""

_CHANGES = """
select changes.*, runs.started_at, resources.key, resources.number, resources.category,
    coalesce(changes.title, resources.title) as title, coalesce(changes.url, resources.url) as url,
    coalesce(changes.line, resources.line) as line
from changes
join resources on resources.id = changes.resource_id
join runs on runs.id = changes.run_id
"""

SINCE_COMPLETE = """
select * from runs
where id > coalesce((select max(id) from runs where status = 'complete'), 0) order by id
"""

FIRST_COMPLETE = "select started_at from runs where status = 'complete' order by id limit 1"

CHANGES = f"{_CHANGES} where changes.run_id = ? order by changes.id"

CHANGED_RUNS = """
select id, started_at from runs where exists (select 1 from changes where run_id = runs.id)
order by id
"""

LAST_CHANGED = """
select * from runs
where status in ('complete', 'untrusted') and exists (select 1 from changes where run_id = runs.id)
order by id desc limit 1
"""

KNOWN_RESOURCES = "select * from resources where added_run is not null order by line = 0, line, id"
"""Those that left the list come last."""

CHECKED = f"""
select facts.*, runs.*, concluded_checks.*, {_PAGE},
    resources.key, resources.number, resources.title, resources.category, resources.line,
    coalesce(
        (select before from changes
            where resource_id = resources.id and kind in ('url_changed', 'removed')
                and changes.run_id > concluded_checks.run_id
            order by changes.run_id limit 1),
        resources.url) as url
from resources
cross join concluded_checks on concluded_checks.resource_id = resources.id
join runs on runs.id = concluded_checks.run_id
join facts on facts.id = facts_id
left join pages on pages.id = page_id
where resources.key = ? and runs.started_at >= ?
order by concluded_checks.run_id
"""  # noqa: S608 - likewise
"""A check tells no URL: it is the one from before the next event that replaced it."""

CHANGES_OF = f"{_CHANGES} where resources.key = ? order by changes.id"

JUDGE_AGAIN = """
update checks set verdict = :verdict, reason = :reason, warnings = :warnings,
    suggested_url = :suggested_url
where (resource_id, run_id) = (select id, latest_run from listed where key = :key)
"""

COUNT_AGAIN = """
update runs set counts = (
    select json_group_object(verdict, number) from (
        select verdict, count(*) as number from checks where run_id = runs.id group by verdict))
where status = 'complete' and id in (select latest_run from listed)
"""

RUNS_SO_FAR = """
select count(*) as total, count(*) filter (where status = 'running') as unfinished,
    (select started_at from runs order by id desc limit 1) as last_started_at
from runs
"""
