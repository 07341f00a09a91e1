"""IO: the table `incidents`: the outages of resources."""

from crawler.model import FLAPPING_INCIDENTS, Incident, Record
from crawler.store.codec import Row, from_row, to_row
from crawler.store.connections import RowReader, RowWriter

_FIELDS = ("since", "opened", "cause", "closed", "ending")

_CLOSE = """
update incidents set closed = :closed, ending = :ending
where resource_id = (select id from resources where key = :key) and opened = :opened
"""

_OPEN = """
insert into incidents (resource_id, since, opened, cause, closed, ending)
select id, :since, :opened, :cause, :closed, :ending from resources where key = :key
on conflict (resource_id, opened) do nothing
"""

_LATEST = """
select incidents.* from resources
cross join incidents on incidents.resource_id = resources.id
join runs on runs.id = resources.url_run
where resources.id = ? and (opened >= runs.started_at or closed is null)
order by incidents.id desc limit ?
"""
"""By id, because a clock may have been set back."""

_OF_RESOURCE = """
select incidents.* from incidents join resources on resources.id = incidents.resource_id
where resources.key = ? order by opened
"""


class IncidentTable:
    """The incidents of all resources."""

    def __init__(self, db: RowWriter) -> None:
        self._db = db

    def save(self, record: Record) -> None:
        """Open and close incidents of a resource.

        Close before opening: the database allows one open incident of a resource.
        """
        key = record.resource.key
        rows = [{"key": key, **to_row(incident, _FIELDS)} for incident in record.incidents]
        for row in rows:
            if row["closed"]:
                self._db.execute(_CLOSE, row)
        for row in rows:
            self._db.execute(_OPEN, row)

    def of_resource(self, key: str) -> tuple[Incident, ...]:
        """All incidents of a resource, listed or not, at whichever URL, by time."""
        return tuple(map(_incident, self._db.rows(_OF_RESOURCE, key)))


def latest_incidents(db: RowReader, resource_id: int) -> tuple[Incident, ...]:
    """The latest ones at the present URL, by time; enough to see whether it flaps."""
    rows = db.rows(_LATEST, resource_id, FLAPPING_INCIDENTS + 2)
    return tuple(map(_incident, rows))[::-1]


def _incident(row: Row) -> Incident:
    # Older releases did not store `since`.
    return from_row(Incident, {**row, "since": row["since"] or row["opened"]})
