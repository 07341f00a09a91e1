"""IO: the records, each read when it is looked up, because all of them would not fit in memory."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from crawler.model import Accepted, Record, Reported, Standing
from crawler.store.check_table import check_of
from crawler.store.codec import from_json_or_none, from_row
from crawler.store.connections import RowReader
from crawler.store.incident_table import latest_incidents
from crawler.store.page_table import PAGE_COLUMNS, last_good_of, page_of
from crawler.store.proposal_table import proposals_of
from crawler.store.repair_table import repair_of
from crawler.store.resource_table import (
    LISTED_KEYS,
    ignored_of,
    mute_of,
    noise_of,
    resource_of,
    validators_of,
)
from crawler.store.text_table import GOOD_DIGEST

_RECORD = f"""
select checks.*, facts.*, {PAGE_COLUMNS}, listed.id, listed.key, number, listed.title, url, category, line, file, places,
    state, streak, dead_streak, blocked_streak, since, last_ok_at, etag, last_modified,
    reading as settings_digest, told, page_url, accepted, muted_until, mute_reason, noise, ignored,
    exists (select 1 from incidents where resource_id = listed.id) as has_incidents,
    exists (select 1 from proposals where resource_id = listed.id) as has_proposals,
    exists (select 1 from repairs where resource_id = listed.id) as has_repairs,
    {GOOD_DIGEST.format(resources="listed")}
from listed
left join checks on checks.resource_id = listed.id and checks.run_id = listed.latest_run
left join facts on facts.id = checks.facts_id
left join pages on pages.id = checks.page_id
where listed.key = ?
"""  # noqa: S608 - the names of columns

_HOW_MANY = "select count(*) as number from listed"


class StoredRecords(Mapping[str, Record]):
    """What is known of every listed resource, by key, in list order; pages are without texts.

    Each is read when it is looked up, as it is after the last run that has ended; the latest
    `remembered` ones stay in memory. Can be pickled for another process, which reads them itself.
    """

    def __init__(self, reader: RowReader, texts: RowReader, remembered: int = 0) -> None:
        self._reader = reader
        self._texts = texts
        self._record = lru_cache(remembered)(self._read)

    def __reduce__(self) -> tuple[type["StoredRecords"], tuple[RowReader, RowReader]]:
        return StoredRecords, (self._reader, self._texts)

    def __getitem__(self, key: str) -> Record:
        return self._record(key)

    def __iter__(self) -> Iterator[str]:
        # Not one by one: a cursor that stays open would keep the log from being emptied.
        yield from [row["key"] for row in self._reader.rows(LISTED_KEYS)]

    def __len__(self) -> int:
        (row,) = self._reader.rows(_HOW_MANY)
        number: int = row["number"]
        return number

    def _read(self, key: str) -> Record:
        row = self._reader.row(_RECORD, key)
        if row is None:
            raise KeyError(key)
        page, has_check = page_of(row), row["run_id"] is not None
        resource = resource_of(row)
        return Record(
            resource=resource,
            standing=from_row(Standing, row),
            check=check_of(resource, row, page, validators_of(row)) if has_check else None,
            last_good=last_good_of(row, page, self._texts),
            incidents=latest_incidents(self._reader, row["id"]) if row["has_incidents"] else (),
            reported=from_json_or_none(Reported, row["told"]),
            accepted=from_json_or_none(Accepted, row["accepted"]),
            mute=mute_of(row),
            noise=noise_of(row),
            ignored=ignored_of(row),
            proposals=proposals_of(self._reader, key) if row["has_proposals"] else (),
            repair=repair_of(self._reader, key) if row["has_repairs"] else None,
        )
