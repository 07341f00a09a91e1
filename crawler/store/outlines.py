"""IO: what is reported of every listed resource, in short, one after the other: a long list is too much."""

from collections.abc import Collection, Iterator
from functools import lru_cache

from crawler.model import Outline, Reported, Verdict
from crawler.store.codec import from_json_or_none
from crawler.store.connections import RowReader

_OUTLINES = """
select listed.key, listed.url, category, line, file, told, verdict, elapsed_ms,
    (select proposals.url from proposals where resource_id = listed.id and rank = 1) as proposed_url
from listed left join checks on checks.resource_id = listed.id and checks.run_id = listed.latest_run
"""

_HOW_MANY = "select count(*) as number from listed"
_EQUAL = 10_000
"""Most texts of what is reported that stay in memory: many resources share one."""


class StoredOutlines(Collection[Outline]):
    """The outlines of the listed resources, in no order; read anew each time."""

    def __init__(self, reader: RowReader) -> None:
        self._reader = reader

    def __iter__(self) -> Iterator[Outline]:
        reported_of = lru_cache(_EQUAL)(lambda told: from_json_or_none(Reported, told))
        for row in self._reader.rows(_OUTLINES):
            verdict = row["verdict"]
            yield Outline(
                key=row["key"],
                url=row["url"],
                category=row["category"],
                line=row["line"],
                file=row["file"],
                reported=reported_of(row["told"]),
                verdict=Verdict(verdict) if verdict else None,
                milliseconds=row["elapsed_ms"],
                proposed_url=row["proposed_url"],
            )

    def __len__(self) -> int:
        (row,) = self._reader.rows(_HOW_MANY)
        number: int = row["number"]
        return number

    def __contains__(self, outline: object) -> bool:
        return any(outline == one for one in self)
