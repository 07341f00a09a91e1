"""IO: the table `resources`: the list as it is now, and where each resource stands."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from crawler.model import (
    NO_NOISE,
    Check,
    Mute,
    Noise,
    NoiseKind,
    Place,
    Record,
    Resource,
    Validators,
)
from crawler.store.codec import Row, from_json, from_row, to_column, to_json, to_row
from crawler.store.connections import RowReader, RowWriter

_LIST_FIELDS = ("key", "number", "title", "url", "category", "line", "file")
_LIST_COLUMNS = ", ".join((*_LIST_FIELDS, "places"))
_STANDING_FIELDS = ("state", "streak", "dead_streak", "blocked_streak", "since", "last_ok_at")
_VALIDATOR_FIELDS = ("etag", "last_modified")

_NO_PLACES = "[]"
"""The column `places` of a list whose format tells no columns."""

_ADD = """
insert into resources (key, number, title, url, category, line, file, places)
values (:key, :number, :title, :url, :category, :line, :file, :places)
on conflict (key) do nothing
"""

_SAVE = """
update resources set number = :number, title = :title, category = :category, line = :line,
    file = :file, places = :places,
    added_run = iif(added_run is null or removed_run is not null, :run_id, added_run),
    removed_run = null,
    url_run = iif(url_run is not null and url = :url, url_run, :run_id),
    etag = iif(url = :url, etag, null), last_modified = iif(url = :url, last_modified, null),
    url = :url, page_url = :page_url,
    state = :state, streak = :streak, dead_streak = :dead_streak, blocked_streak = :blocked_streak,
    since = :since, last_ok_at = :last_ok_at, told = :told, accepted = :accepted,
    muted_until = :muted_until, mute_reason = :mute_reason, noise = :noise, ignored = :ignored
where key = :key
returning id
"""
"""What was known of another URL is forgotten."""

_NOTE_VALIDATORS = """
replace into sent_validators (resource_id, etag, last_modified)
select id, :etag, :last_modified from resources where key = :key
"""

_KEEP_VALIDATORS = """
update resources set etag = sent.etag, last_modified = sent.last_modified, reading = settings_digest
from checks
join runs on runs.id = run_id
left join sent_validators as sent on sent.resource_id = checks.resource_id
where checks.resource_id = resources.id and run_id = :run_id
    and (concluded or runs.status = 'complete')
    and verdict in ('ok', 'moved') and http_status is not 304
"""
"""Only those that came with a whole page in this run; otherwise those of the earlier page stay."""

_FORGET_VALIDATORS = "delete from sent_validators"

_UNLIST = "update resources set removed_run = :run_id, line = 0 where id = :id"

_LISTED_IDS = "select id from resources where added_run is not null and removed_run is null"

_HIGHEST_ID = "select coalesce(max(id), 0) as id from resources"

_BROKEN_KEYS = """
select key from resources
where state = 'broken' and added_run is not null and removed_run is null order by file, line, id
"""

LISTED_KEYS = "select key from listed order by file, line, id"

_NOISY_KEYS = "select key from listed where ignored is not null order by file, line, id"

_LISTED = f"""
select {_LIST_COLUMNS} from resources where added_run is not null and removed_run is null
"""  # noqa: S608 - the names of columns

_FAILED = """
select key, url from resources
where state in ('failing', 'broken') and added_run is not null and removed_run is null
"""

_IN_TROUBLE = "select key from listed where state in ('failing', 'broken', 'suspect')"

_HAD_LIST = "select exists (select 1 from resources where added_run is not null) as had_list"

_EVER_LISTED = f"""
select {_LIST_COLUMNS} from resources where added_run is not null
order by line = 0, file, line, id
"""  # noqa: S608 - likewise

_VALIDATORS = """
select etag, last_modified, reading as settings_digest from resources
where key = ? and url = ? and reading = ?
    and added_run is not null and removed_run is null
    and (etag is not null or last_modified is not null)
"""

_REFRESH_SEARCH = (
    """
    delete from resources_fts where rowid in (
        select rowid from (select rowid, * from resources_fts except select * from searchable)
    )
    """,
    """
    insert into resources_fts (rowid, list_title, title, description)
    select * from searchable except select rowid, * from resources_fts
    """,
)


_AT_REST = f"""
select listed.id, {", ".join(f"listed.{name}" for name in (*_LIST_FIELDS, "places"))}
from listed
join checks on checks.resource_id = listed.id and checks.run_id = listed.latest_run
where listed.state = 'healthy' and verdict = 'ok' and warnings = '[]'
    and listed.title <> '' and muted_until is null
    and not exists (select 1 from incidents where resource_id = listed.id)
    and json_extract(told, '$.kind', '$.judgement', '$.outages')
        = '["healthy",{{"reason":"ok"}},null]'
"""  # noqa: S608 - likewise

_KEYS_AND_CATEGORIES = "select key, category from resources where added_run is not null"


class _StoredResources(Collection[Resource]):
    """The resources in the rows of a statement: all of them may not fit in memory."""

    def __init__(self, reader: RowReader, statement: str) -> None:
        self._reader = reader
        self._statement = statement

    def __iter__(self) -> Iterator[Resource]:
        return map(resource_of, self._reader.rows(self._statement))

    def __len__(self) -> int:
        (row,) = self._reader.rows(f"select count(*) as number from ({self._statement})")  # noqa: S608
        return int(row["number"])

    def __contains__(self, resource: object) -> bool:
        return any(resource == one for one in self)


class ResourceTable:
    """The resources that are or were in the list."""

    def __init__(self, db: RowWriter, reader: RowReader) -> None:
        self._db = db
        self._reader = reader

    def add(self, resources: Iterable[Resource]) -> None:
        """Give new resources a row, so that their checks can be saved.

        They are listed when a run with them is complete: an event about the list must not get lost
        with a run that is not.
        """
        self._db.execute_all(_ADD, map(_list_row, resources))

    def save(self, record: Record, run_id: int) -> int:
        """List the resource, keep where it stands after that run, and return its id."""
        ((number,),) = self._db.execute(_SAVE, {"run_id": run_id, **_record_row(record)})
        return int(number)

    def note_validators(self, checks: Iterable[Check]) -> None:
        """Keep what servers have sent with the pages of checks until the run ends."""
        rows = (
            {"key": check.resource.key, **to_row(check.validators, _VALIDATOR_FIELDS)}
            for check in checks
            if check.validators
        )
        self._db.execute_all(_NOTE_VALIDATORS, rows)

    def end_run(self, run_id: int, *, is_believed: bool) -> None:
        """Keep the validators of those pages whose checks count, and forget the others."""
        if is_believed:
            self._db.execute(_KEEP_VALIDATORS, {"run_id": run_id})
        self._db.execute(_FORGET_VALIDATORS)

    def settle(self, record: Record) -> None:
        """Keep where a listed resource stands after a person's decision."""
        self._db.execute(_SAVE, {"run_id": None, **_record_row(record)}).fetchall()

    def unlist(self, has_left: Callable[[int], bool], run_id: int) -> None:
        """Take resources off the list, by their ids."""
        left = [row["id"] for row in self._db.rows(_LISTED_IDS) if has_left(row["id"])]
        self._db.execute_all(_UNLIST, ({"run_id": run_id, "id": one} for one in left))

    def highest_id(self) -> int:
        """The highest id of a resource; 0 when there is none."""
        (row,) = self._db.rows(_HIGHEST_ID)
        return int(row["id"])

    def listed_keys(self) -> list[str]:
        """The keys of the listed resources, in list order."""
        return [row["key"] for row in self._db.rows(LISTED_KEYS)]

    def noisy_keys(self) -> list[str]:
        """The keys of the listed resources in whose texts the last run ignored something, in list order."""
        return [row["key"] for row in self._db.rows(_NOISY_KEYS)]

    def broken_keys(self) -> list[str]:
        """The keys of the listed resources that are broken, in list order."""
        return [row["key"] for row in self._db.rows(_BROKEN_KEYS)]

    def listed(self) -> Collection[Resource]:
        """The resources of the last list that was concluded, in no order; read anew each time."""
        return _StoredResources(self._db, _LISTED)

    def keys_in_trouble(self) -> frozenset[str]:
        """The keys of the listed resources that fail, are broken or in doubt, muted or not."""
        return frozenset(row["key"] for row in self._db.rows(_IN_TROUBLE))

    def failed(self) -> dict[str, str]:
        """The URLs, by key, of the listed resources that fail or are broken."""
        return {row["key"]: row["url"] for row in self._db.rows(_FAILED)}

    def had_list(self) -> bool:
        """Whether a list was ever concluded, even if all of its resources have left it."""
        (row,) = self._db.rows(_HAD_LIST)
        return bool(row["had_list"])

    def ever_listed(self) -> Collection[Resource]:
        """Every resource that was ever in the list, those that left it last; read anew each time."""
        return _StoredResources(self._db, _EVER_LISTED)

    def at_rest(self) -> Iterator[tuple[int, Resource]]:
        """The listed resources, with their ids, of which a run that does not check them says nothing new.

        They work without a warning, as reports say, were never broken, and nobody has muted them: no time
        that passes changes that.
        """
        return ((row["id"], resource_of(row)) for row in self._reader.rows(_AT_REST))

    def keys_and_categories(self) -> Iterator[tuple[str, str]]:
        """The key and the category of each of these, in no order."""
        return ((row["key"], row["category"]) for row in self._db.rows(_KEYS_AND_CATEGORIES))

    def validators(self, resource: Resource, settings_digest: str) -> Validators | None:
        """What a server sent with the page of a listed resource, at its present URL, to such settings."""
        row = self._reader.row(_VALIDATORS, resource.key, resource.url, settings_digest)
        return from_row(Validators, row) if row else None

    def refresh_search(self) -> None:
        """Bring the full-text index up to the list and the last good pages, where it differs.

        It is for other programs: `select * from resources_fts where resources_fts match 'raft'
        order by rank`; its `rowid` is the `id` in `resources`.
        """
        for statement in _REFRESH_SEARCH:
            self._db.execute(statement)


def _list_row(resource: Resource) -> Row:
    return {**to_row(resource, _LIST_FIELDS), "places": _places(resource.places)}


def _places(places: Sequence[Place]) -> str:
    """Files, lines and columns; bytes are known only while the file is open."""
    if not places:
        return _NO_PLACES
    return to_json(tuple(replace(place, start=0, end=0) for place in places))


def resource_of(row: Row) -> Resource:
    """The resource in a row with the columns of the list, with or without its places."""
    written = row.get("places", _NO_PLACES)
    places = () if written == _NO_PLACES else from_json(tuple[Place, ...], written)
    return from_row(Resource, {**row, "places": places})


def _record_row(record: Record) -> Row:
    mute, last_good = record.mute, record.last_good
    return {
        **_list_row(record.resource),
        **to_row(record.standing, _STANDING_FIELDS),
        "told": to_column(record.reported),
        "accepted": to_column(record.accepted),
        "page_url": (last_good and last_good.url) or None,
        "muted_until": mute and to_column(mute.until),
        "mute_reason": mute and mute.reason,
        "noise": to_json(record.noise) if record.noise != NO_NOISE else None,
        "ignored": to_json(record.ignored) if record.ignored else None,
    }


def validators_of(row: Row) -> Validators | None:
    """The validators in a row with `reading as settings_digest`."""
    is_given = row["etag"] is not None or row["last_modified"] is not None
    return from_row(Validators, row) if is_given else None


def noise_of(row: Row) -> Noise:
    """What comes and goes in the text of the page."""
    return NO_NOISE if row["noise"] is None else from_json(Noise, row["noise"])


def ignored_of(row: Row) -> tuple[tuple[NoiseKind, int], ...]:
    """How much of it the last check saw."""
    ignored = row["ignored"]
    return () if ignored is None else from_json(tuple[tuple[NoiseKind, int], ...], ignored)


def mute_of(row: Row) -> Mute | None:
    """A person's wish to leave the resource out."""
    if row["muted_until"] is None:
        return None
    return from_row(Mute, {"until": row["muted_until"], "reason": row["mute_reason"] or ""})
