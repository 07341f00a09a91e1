"""IO: the table `repairs`: URLs that were replaced in the list for a person, and taken back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from crawler.model import Repair
from crawler.store.codec import Row, from_json, from_row, to_row, to_text
from crawler.store.connections import RowReader, RowWriter

_FIELDS = ("key", "file", "before", "after", "texts", "made_at")

_ADD = """
insert into repairs (resource_id, file, before, after, texts, batch, made_at)
select id, :file, :before, :after, :texts, :batch, :made_at from resources where key = :key
"""

_UNDO = "update repairs set undone_at = :at where id = :id"

_REPAIRS = """
select repairs.*, resources.key from repairs join resources on resources.id = repairs.resource_id
"""

_BATCHES = "select coalesce(max(batch), 0) as number from repairs"

_LAST = f"""
{_REPAIRS}
where batch = (select max(batch) from repairs where undone_at is null) and undone_at is null
order by repairs.id
"""  # noqa: S608 - a select above

_ALL = f"{_REPAIRS} where undone_at is null order by repairs.id"

_KEYS = """
select iif(undone_at is null, before, after) as other, iif(undone_at is null, after, before) as url,
    resources.key
from repairs join resources on resources.id = repairs.resource_id order by repairs.id
"""

_OF_URL = f"""
{_REPAIRS}
where resources.key = ? and undone_at is null and before = resources.url
order by repairs.id desc limit 1
"""

_MOVES = """
select changes.before, changes.after from changes
where kind in ('moved', 'url_changed') and before is not null and after is not null
union
select before, after from repairs where undone_at is null
"""


class RepairTable:
    """The repairs of all resources."""

    def __init__(self, db: RowWriter) -> None:
        self._db = db

    def add(self, repairs: Iterable[Repair]) -> None:
        """Store some that were made together; their `id` is of no account."""
        with self._db.transaction():
            (last,) = self._db.rows(_BATCHES)
            batch = {"batch": last["number"] + 1}
            self._db.execute_all(_ADD, ({**to_row(one, _FIELDS), **batch} for one in repairs))

    def undo(self, repairs: Iterable[Repair], at: datetime) -> None:
        """Mark some as taken back at that time."""
        self._db.execute_all(_UNDO, ({"id": one.id, "at": to_text(at)} for one in repairs))

    def last(self) -> tuple[Repair, ...]:
        """Those that were made together last and are not taken back; none if there are none."""
        return tuple(map(_repair, self._db.rows(_LAST)))

    def standing(self) -> tuple[Repair, ...]:
        """All that are not taken back, in order."""
        return tuple(map(_repair, self._db.rows(_ALL)))

    def keys_by_url(self) -> Mapping[str, str]:
        """The keys of the resources whose URL was replaced or put back, by both URLs.

        The one that is there now, as far as we know, counts before the other one.
        """
        rows = list(self._db.rows(_KEYS))
        return {row[url]: row["key"] for url in ("other", "url") for row in rows}

    def moves(self) -> Sequence[tuple[str, str]]:
        """Pairs of URLs, old and new, of all resources that were seen to move or were repaired."""
        return [(row["before"], row["after"]) for row in self._db.rows(_MOVES)]


def repair_of(db: RowReader, key: str) -> Repair | None:
    """The repair of a resource that no run has read yet."""
    row = db.row(_OF_URL, key)
    return None if row is None else _repair(row)


def _repair(row: Row) -> Repair:
    texts = from_json(tuple[tuple[str, str], ...], row["texts"])
    return from_row(Repair, {**row, "texts": texts})
