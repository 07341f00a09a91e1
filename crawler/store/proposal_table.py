"""IO: the tables `proposals` and `searches`: where lost resources may be now, and when that was asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from crawler.model import MOST_PROPOSALS, Grounds, Proposal, Searched
from crawler.store.codec import Row, from_json, from_row, to_json, to_row, to_text
from crawler.store.connections import RowReader, RowWriter

_FIELDS = ("resource_url", "url", "band", "title", "made_at")

_SEARCHED = """
insert into searches (resource_id, resource_url, first_at, last_at, times)
select id, :resource_url, :at, :at, :times from resources where key = :key
on conflict (resource_id) do update set
    times = iif(resource_url = excluded.resource_url, times, 0) + excluded.times,
    first_at = iif(resource_url = excluded.resource_url, first_at, excluded.first_at),
    last_at = excluded.last_at,
    resource_url = excluded.resource_url
"""

_DROP = "delete from proposals where resource_id = (select id from resources where key = :key)"

_ADD = """
insert into proposals (resource_id, rank, resource_url, url, band, score, title, grounds, made_at)
select id, :rank, :resource_url, :url, :band, :score, :title, :grounds, :made_at
from resources where key = :key
"""

_CONFIRM = """
update proposals set made_at = :at where resource_id = (select id from resources where key = :key)
"""

_IS_AS_IT_WAS = """
    resources.id = {table}.resource_id and url = {table}.resource_url
    and added_run is not null and removed_run is null
"""

_FORGET_PROPOSALS = f"""
delete from proposals where not exists (
    select 1 from resources where {_IS_AS_IT_WAS.format(table="proposals")}
        and iif(json_extract(grounds, '$.source') = 'live_redirect',
            json_extract(told, '$.kind') = 'moved', state = 'broken'))
"""  # noqa: S608 - the name of a table

_FORGET_SEARCHES = f"""
delete from searches where not exists (
    select 1 from resources
    where {_IS_AS_IT_WAS.format(table="searches")} and state = 'broken')
"""  # noqa: S608 - the name of a table

_OF_KEY = """
select proposals.*, resources.key from resources
cross join proposals on proposals.resource_id = resources.id
where resources.key = ? and resources.url = proposals.resource_url order by rank
"""

_SEARCHES = """
select searches.*, resources.key from searches
cross join resources on resources.id = searches.resource_id
"""


class ProposalTable:
    """The proposals for all lost and moved resources, and when the lost ones were looked for."""

    def __init__(self, db: RowWriter) -> None:
        self._db = db

    def save(
        self,
        key: str,
        resource_url: str,
        proposals: Sequence[Proposal],
        at: datetime,
        *,
        is_complete: bool,
    ) -> None:
        """Keep what a search for a resource has found at that time.

        A search that was cut short takes nothing away.
        """
        row = {"key": key, "resource_url": resource_url, "at": to_text(at)}
        with self._db.transaction():
            self._db.execute(_SEARCHED, {**row, "times": int(is_complete)})
            if proposals or is_complete:
                self._replace(key, proposals, at)

    def save_move(self, key: str, proposal: Proposal | None, at: datetime) -> None:
        """Keep where a resource was seen to redirect for good at that time; inside a transaction.

        The same address stays as it was first described: when it was compared with the page before it.
        """
        known = [_move(one) for one in proposals_of(self._db, key)]
        if proposal and known == [_move(proposal)]:
            self._db.execute(_CONFIRM, {"key": key, "at": to_text(at)})
        else:
            self._replace(key, (proposal,) if proposal else (), at)

    def _replace(self, key: str, proposals: Sequence[Proposal], at: datetime) -> None:
        """The same addresses in the same bands stay as they were first described: so do reports."""
        best = tuple(proposals)[:MOST_PROPOSALS]
        if _addresses(best) == _addresses(proposals_of(self._db, key)):
            self._db.execute(_CONFIRM, {"key": key, "at": to_text(at)})
            return
        self._db.execute(_DROP, {"key": key})
        for rank, proposal in enumerate(best, 1):
            self._db.execute(_ADD, {**_row(proposal), "key": key, "rank": rank})

    def forget(self) -> None:
        """Drop what was found for a resource that is listed with another URL, or not in that trouble now."""
        self._db.execute(_FORGET_PROPOSALS)
        self._db.execute(_FORGET_SEARCHES)

    def of_resource(self, key: str) -> tuple[Proposal, ...]:
        """Those for the present URL of a resource, the best first."""
        return proposals_of(self._db, key)

    def searched(self) -> Mapping[str, Searched]:
        """When each lost resource was looked for, by key."""
        return {row["key"]: from_row(Searched, row) for row in self._db.rows(_SEARCHES)}


def proposals_of(db: RowReader, key: str) -> tuple[Proposal, ...]:
    """Those for the present URL of a resource, the best first."""
    return tuple(map(_proposal, db.rows(_OF_KEY, key)))


def _addresses(proposals: Sequence[Proposal]) -> list[tuple[str, str, str]]:
    return [(one.resource_url, one.url, one.band) for one in proposals]


def _move(proposal: Proposal) -> tuple[str, str, str]:
    return (proposal.resource_url, proposal.url, proposal.grounds.source)


def _row(proposal: Proposal) -> Row:
    own = {"score": proposal.score, "grounds": to_json(proposal.grounds)}
    return {**to_row(proposal, _FIELDS), **own}


def _proposal(row: Row) -> Proposal:
    return from_row(Proposal, {**row, "grounds": from_json(Grounds, row["grounds"])})
