"""IO: the histories of the listed resources, each read when it is looked up."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date, timedelta, tzinfo
from functools import lru_cache

from crawler.model import GAP, NIGHT_MARKS, NIGHTS, FindingClass, Histories, History, Verdict
from crawler.store.change_table import changes_of
from crawler.store.codec import Row, from_text
from crawler.store.connections import RowReader
from crawler.store.night_counts import by_night

_CLASSES: dict[Verdict, FindingClass] = {
    Verdict.OK: FindingClass.HEALTHY,
    Verdict.MOVED: FindingClass.MOVED,
    Verdict.SUSPECT: FindingClass.SUSPECT,
    Verdict.DEAD: FindingClass.FAILING,
    Verdict.FAILING: FindingClass.FAILING,
    Verdict.BLOCKED: FindingClass.BLOCKED,
    Verdict.SKIPPED: FindingClass.SKIPPED,
}
"""Of a night in which no outage was confirmed."""
_RANKS = {mark: rank for rank, mark in enumerate((*NIGHT_MARKS.values(), GAP))}
_BROKEN, _FAILING = NIGHT_MARKS[FindingClass.BROKEN], NIGHT_MARKS[FindingClass.FAILING]
_MARK = " ".join(f"when '{one}' then '{NIGHT_MARKS[kind]}'" for one, kind in _CLASSES.items())

_CHECK = re.compile(r"([0-9]+)([^0-9])([0-9]*)")
"""Run, mark and milliseconds, as the statement below joins them."""

_RUNS = """
select id, started_at from runs
where id >= (
    select min(id) from runs
    where started_at >= strftime('%Y-%m-%dT%H:%M:%SZ', (
        select max(started_at) from runs where status <> 'running'), ?))
    and exists (
        select 1 from checks where run_id = runs.id
            and (status = 'complete' or status in ('untrusted', 'interrupted') and concluded))
order by id
"""

_HISTORY = f"""
select
    (select group_concat(run_id || case verdict {_MARK} end
            || case when http_status is null then '' else coalesce(elapsed_ms, '') end, ' ')
        from (select * from concluded_checks
            where resource_id = resources.id and run_id >= ? order by run_id)) as checks,
    (select group_concat(opened || ' ' || coalesce(closed, opened) || ' ' || (closed is null), ',')
        from incidents where resource_id = resources.id) as outages,
    exists (select 1 from changes where resource_id = resources.id) as has_changes
from resources where key = ?
"""  # noqa: S608 - the marks of verdicts


class StoredHistories(Mapping[str, History]):
    """The history of every resource that was ever listed, by key; the latest ones stay in memory."""

    def __init__(self, reader: RowReader, zone: tzinfo, remembered: int) -> None:
        self._reader = reader
        self._zone = zone
        days = f"-{NIGHTS} days"
        runs = {r["id"]: self._night(r["started_at"]) for r in reader.rows(_RUNS, days)}
        last = max(runs.values(), default=date.min)
        runs = {run: night for run, night in runs.items() if (last - night).days < NIGHTS}
        first = min(runs.values(), default=last)
        count = (last - first).days + 1 if runs else 0
        self.nights = tuple(first + timedelta(days=n) for n in range(count))
        self._columns = {str(run): (night - first).days for run, night in runs.items()}
        self._first_run = min(runs, default=0)
        self._history = lru_cache(remembered)(self._read)

    def __getitem__(self, key: str) -> History:
        return self._history(key)

    def __iter__(self) -> Iterator[str]:
        yield from [row["key"] for row in self._reader.rows("select key from resources")]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _night(self, moment: str) -> date:
        return from_text(moment).astimezone(self._zone).date()

    def _read(self, key: str) -> History:
        row = self._reader.row(_HISTORY, self._first_run, key)
        if row is None:
            raise KeyError(key)
        marks, milliseconds = self._checks(row["checks"] or "")
        return History(
            marks="".join(self._with_outages(marks, row)),
            milliseconds=tuple(milliseconds),
            changes=changes_of(self._reader, key) if row["has_changes"] else (),
        )

    def _checks(self, checks: str) -> tuple[list[str], list[int | None]]:
        """The worst mark of each night, and the time of its last check."""
        marks = [GAP] * len(self.nights)
        times: list[int | None] = [None] * len(self.nights)
        for run, mark, elapsed in _CHECK.findall(checks):
            column = self._columns.get(run)
            if column is not None:
                if _RANKS[mark] < _RANKS[marks[column]]:
                    marks[column] = mark
                if elapsed:
                    times[column] = int(elapsed)
        return marks, times

    def _with_outages(self, marks: list[str], row: Row) -> list[str]:
        """The marks, with what failed within a confirmed outage as broken."""
        for outage in (row["outages"] or "").split(","):
            if not outage:
                continue
            opened, closed, is_open = outage.split()
            first = bisect_left(self.nights, self._night(opened))
            last = bisect_left(self.nights, self._night(closed))
            for column in range(first, len(marks) if is_open == "1" else last):
                marks[column] = _BROKEN if marks[column] == _FAILING else marks[column]
        return marks


def read_histories(
    reader: RowReader, zone: tzinfo, remembered: int, *, is_counted: bool = False
) -> Histories:
    """The histories, with nights named by the date in the zone on which their runs began.

    On request with the numbers of each night, where not all histories will be read.
    """
    of = StoredHistories(reader, zone, remembered)
    counted = by_night(reader, of.nights, zone) if is_counted else ()
    return Histories(nights=of.nights, of=of, by_night=counted)
