"""IO: the table `runs`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.model import Attempts, Run, RunStatus, Trigger, Unsent
from crawler.store.codec import from_json_or_none, from_row, to_json, to_text
from crawler.store.connections import RowWriter

_INTERRUPT = "update runs set status = 'interrupted' where status = 'running'"

_START = """
insert into runs (started_at, trigger, status, version, list_digest, settings_digest)
values (:started_at, :trigger, 'running', :version, :list_digest, :settings_digest)
"""

_NARROW = "update runs set only = :only, part = :part where id = :run_id"

_FINISH = "update runs set status = :status, finished_at = :finished_at where id = :run_id"

_EXPLAIN = "update runs set why = :why where id = :run_id"

_COUNT = """
update runs set counts = (
    select json_group_object(verdict, number) from (
        select verdict, count(*) as number from checks
        where run_id = runs.id and (runs.status = 'complete' or concluded) group by verdict))
"""

_COMPLETE = "select * from runs where status = 'complete' and trigger <> 'recheck' order by id"

_INTERRUPTED = """
select * from runs
where status = 'interrupted' and trigger <> 'recheck'
    and exists (select 1 from checks where run_id = runs.id and concluded)
order by id
"""

_GOOD = "status = 'complete' and only = '' and trigger <> 'recheck'"
_LAST_GOOD = f"select * from runs where {_GOOD} order by id desc limit 2"  # noqa: S608 - no foreign text, as below
_LAST_WHOLE = f"select * from runs where {_GOOD} and part = '' order by id desc limit 1"  # noqa: S608

_SINCE = """
select * from runs
where id > ? and status <> 'complete' and only = '' and trigger <> 'recheck'
    and (part = '' or ?)
order by id
"""

_BY_PART = f"""
select * from runs where id in (
    select max(id) from runs where {_GOOD} and (part = '' or part like '%/' || ?) group by part)
order by id
"""  # noqa: S608 - no foreign text

_NIGHT = f"select * from runs where id <= ? and {_GOOD} order by id desc limit 1"  # noqa: S608

_CHANGED = """
select * from runs where exists (select 1 from changes where run_id = runs.id) order by id
"""

_UNSENT = "select max(unsent) as unsent from runs"
_FORGET_UNSENT = "update runs set unsent = null where unsent is not null"
_KEEP_UNSENT = "update runs set unsent = :unsent where id = (select max(id) from runs)"

_TOTALS = """
select count(*) as runs, count(*) filter (where status = 'running') as unfinished,
    (select started_at from runs order by id desc limit 1) as last_started_at,
    (select started_at from runs
        where trigger = 'recheck' and status not in ('running', 'interrupted')
        order by id desc limit 1) as last_recheck_at,
    (select user_version from pragma_user_version) as schema
from runs
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTotals:
    """The runs of a database so far."""

    runs: int
    unfinished: int
    """Still going on, or cut short."""
    last_started_at: datetime | None
    schema: int
    """The `user_version` of the file."""
    last_good_at: datetime | None = None
    """Start of the last good run (`RunTable.good`)."""
    last_recheck_at: datetime | None = None
    """Start of the last recheck that came to its end, a good one or not."""


class RunTable:
    """All runs."""

    interrupted = 0
    """How many runs `start` found that had never been finished."""

    def __init__(self, db: RowWriter) -> None:
        self._db = db

    def start(
        self,
        *,
        trigger: Trigger,
        started_at: datetime,
        version: str,
        list_digest: str,
        settings_digest: str,
    ) -> int:
        """The id of a new run; runs that never ended are marked `interrupted`."""
        row = {
            "trigger": trigger,
            "started_at": to_text(started_at),
            "version": version,
            "list_digest": list_digest,
            "settings_digest": settings_digest,
        }
        with self._db.transaction():
            self.interrupted = self._db.execute(_INTERRUPT).rowcount
            return self._db.execute(_START, row).lastrowid or 0

    def narrow(self, run_id: int, only: str, part: str) -> None:
        """Say that a run is over the resources that fit these patterns, or over that part of the list."""
        if only or part:
            with self._db.transaction():
                self._db.execute(_NARROW, {"run_id": run_id, "only": only, "part": part})

    def finish(self, run_id: int, status: RunStatus, finished_at: datetime) -> None:
        """Mark a run as ended, with its number of checks of each verdict."""
        row = {"run_id": run_id, "status": status, "finished_at": to_text(finished_at)}
        self._db.execute(_FINISH, row)
        self._db.execute(f"{_COUNT} where id = :run_id", row)

    def explain(self, run_id: int, why: str) -> None:
        """Say why a run is not complete, in a clause for a person."""
        with self._db.transaction():
            self._db.execute(_EXPLAIN, {"run_id": run_id, "why": why})

    def count_again(self) -> None:
        """Count the verdicts of the latest checks again, after some were replaced."""
        latest = "status = 'complete' and id in (select latest_run from listed)"
        self._db.execute(f"{_COUNT} where {latest}")

    def complete(self) -> tuple[Run, ...]:
        """All complete runs, in order; before the first, the interrupted ones that concluded something.

        Rechecks are not among them: they belong to the run before.
        """
        rows = list(self._db.rows(_COMPLETE)) or self._db.rows(_INTERRUPTED)
        return tuple(from_row(Run, row) for row in rows)

    def good(self) -> Run | None:
        """The last complete run over the whole list, or over a part where the list is checked in parts.

        It is where the last two such runs were over parts, as many: a single part that is checked by
        hand between two nights says nothing of the list.
        """
        runs = [from_row(Run, row) for row in self._db.rows(_LAST_GOOD)]
        if len({_parts_of(run) for run in runs}) == 1 or (runs and not runs[0].part):
            return runs[0]
        row = self._db.row(_LAST_WHOLE) if runs else None
        return from_row(Run, row) if row else next(iter(runs), None)

    def by_part(self, count: int) -> dict[int, Run]:
        """The last complete run over each of so many parts of the list; one over the whole list is over all."""
        found: dict[int, Run] = {}
        for row in self._db.rows(_BY_PART, str(count)):
            run = from_row(Run, row)
            found |= dict.fromkeys(_numbers(run, count), run)
        return found

    def moments_of_parts(self) -> tuple[datetime | None, ...]:
        """Where the list is checked in parts: when the last complete run over each began."""
        good = self.good()
        count = _parts_of(good) if good else 0
        found = self.by_part(count) if count else {}
        return tuple(
            found[number].started_at if number in found else None for number in range(1, count + 1)
        )

    def attempts(self) -> Attempts | None:
        """The runs since the last good one, which were none; None when there are none."""
        good = self.good()
        is_in_parts = good is None or bool(good.part)
        rows = self._db.rows(_SINCE, good.id if good else 0, is_in_parts)
        runs = [from_row(Run, row) for row in rows]
        return Attempts(first=runs[0], last=runs[-1], count=len(runs)) if runs else None

    def changed(self) -> tuple[Run, ...]:
        """All runs with events, in order."""
        return tuple(from_row(Run, row) for row in self._db.rows(_CHANGED))

    def unsent(self) -> Unsent | None:
        """The message that could not be sent after the last run; None when there is none."""
        (row,) = self._db.rows(_UNSENT)
        return from_json_or_none(Unsent, row["unsent"])

    def keep_unsent(self, unsent: Unsent | None) -> None:
        """Keep the message with the last run, in place of any earlier one."""
        with self._db.transaction():
            self._db.execute(_FORGET_UNSENT)
            self._db.execute(_KEEP_UNSENT, {"unsent": unsent and to_json(unsent)})

    def night_of(self, run: Run) -> Run:
        """The run itself, or the complete run that it was a recheck of."""
        if run.trigger is not Trigger.RECHECK:
            return run
        row = self._db.row(_NIGHT, run.id)
        return from_row(Run, row) if row else run

    def totals(self) -> RunTotals:
        """How many runs there are, how many of them never finished, and when the last ones started."""
        (row,) = self._db.rows(_TOTALS)
        good = self.good()
        return replace(from_row(RunTotals, row), last_good_at=good.started_at if good else None)


def _parts_of(run: Run) -> int:
    """In how many parts the list was checked; 0 for the whole list."""
    return int(run.part.rpartition("/")[2] or 0)


def _numbers(run: Run, count: int) -> Iterable[int]:
    """The parts, from 1, of so many that the run was over."""
    return (int(run.part.partition("/")[0]),) if run.part else range(1, count + 1)
