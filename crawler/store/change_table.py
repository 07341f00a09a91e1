"""IO: the table `changes`: the events of runs."""

from collections.abc import Iterable
from datetime import datetime

from crawler.model import Change
from crawler.store.codec import Row, from_row, from_text, to_row
from crawler.store.connections import RowReader, RowWriter

_FIELDS = ("kind", "field", "before", "after", "reason", "since", "seen", "extent")
_RESOURCE_FIELDS = ("key", "title", "url", "line", "file")

_ADD = """
insert into changes (run_id, resource_id, kind, field, before, after, title, url, line, file,
    reason, since, seen, extent)
select :run_id, id, :kind, :field, :before, :after, :title, :url, :line, :file,
    :reason, :since, :seen, :extent
from resources where key = :key
"""

_CHANGES = """
select changes.*, runs.started_at, resources.key, resources.number, resources.category,
    coalesce(changes.title, resources.title) as title, coalesce(changes.url, resources.url) as url,
    coalesce(changes.line, resources.line) as line, coalesce(changes.file, resources.file) as file
from changes
join resources on resources.id = changes.resource_id
join runs on runs.id = changes.run_id
"""
_OF_RUN = f"{_CHANGES} where changes.run_id = ? order by changes.id"
_LAST_COMPLETE = "coalesce((select max(id) from runs where status = 'complete'), 0)"
_SINCE_COMPLETE = f"{_CHANGES} where changes.run_id > {_LAST_COMPLETE} order by changes.id"
_NUMBERS = "select run_id, count(*) as number from changes group by run_id"
_OF_RESOURCE = f"{_CHANGES} where resources.key = ? order by changes.id"

DatedChange = tuple[datetime, Change]
"""A change, and the start of its run."""


class ChangeTable:
    """The changes of all runs."""

    def __init__(self, db: RowWriter) -> None:
        self._db = db

    def add(self, run_id: int, changes: Iterable[Change]) -> None:
        """Store the changes of a run."""
        self._db.execute_all(_ADD, (_change_row(change, run_id) for change in changes))

    def of_run(self, run_id: int) -> tuple[DatedChange, ...]:
        """The changes of a run, in list order."""
        return tuple(map(_dated_change, self._db.rows(_OF_RUN, run_id)))

    def numbers(self) -> dict[int, int]:
        """How many changes each run has."""
        return {row["run_id"]: row["number"] for row in self._db.rows(_NUMBERS)}

    def since_complete(self) -> tuple[Change, ...]:
        """The changes of the runs after the last complete one of any kind, by run."""
        return tuple(change for _, change in map(_dated_change, self._db.rows(_SINCE_COMPLETE)))

    def of_resource(self, key: str) -> tuple[DatedChange, ...]:
        """All changes of a resource, listed or not, by run."""
        return changes_of(self._db, key)


def changes_of(db: RowReader, key: str) -> tuple[DatedChange, ...]:
    """All changes of a resource, listed or not, by run."""
    return tuple(map(_dated_change, db.rows(_OF_RESOURCE, key)))


def _change_row(change: Change, run_id: int) -> Row:
    return {
        "run_id": run_id,
        **to_row(change.resource, _RESOURCE_FIELDS),
        **to_row(change, _FIELDS),
    }


def _dated_change(row: Row) -> DatedChange:
    return from_text(row["started_at"]), from_row(Change, {**row, "resource": row})
