"""IO: the table `runs`."""

from dataclasses import dataclass
from datetime import datetime

from crawler.model import Attempts, Run, RunStatus, Trigger, Unsent
from crawler.store.codec import from_json_or_none, from_row, to_json, to_text
from crawler.store.connections import RowWriter

_INTERRUPT = "update runs set status = 'interrupted' where status = 'running'"

_START = """
insert into runs (started_at, trigger, status, version, list_digest, settings_digest, only)
values (:started_at, :trigger, 'running', :version, :list_digest, :settings_digest, :only)
"""

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

_SINCE_COMPLETE = """
select * from runs
where only = '' and trigger <> 'recheck'
    and id > coalesce((
        select max(id) from runs
        where status = 'complete' and only = '' and trigger <> 'recheck'), 0)
order by id
"""
"""A run over a part of the list counts neither as good nor as failed."""

_NIGHT = """
select * from runs
where id <= ? and status = 'complete' and only = '' and trigger <> 'recheck'
order by id desc limit 1
"""

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
        where status = 'complete' and only = '' and trigger <> 'recheck' order by id desc limit 1)
        as last_good_at,
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
    """Start of the last complete run over the whole list."""
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
        only: str = "",
    ) -> int:
        """The id of a new run; runs that never ended are marked `interrupted`."""
        row = {
            "trigger": trigger,
            "started_at": to_text(started_at),
            "version": version,
            "list_digest": list_digest,
            "settings_digest": settings_digest,
            "only": only,
        }
        with self._db.transaction():
            self.interrupted = self._db.execute(_INTERRUPT).rowcount
            return self._db.execute(_START, row).lastrowid or 0

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

    def attempts(self) -> Attempts | None:
        """The runs over the whole list since the last complete one; None when there are none."""
        runs = [from_row(Run, row) for row in self._db.rows(_SINCE_COMPLETE)]
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
        """The run itself, or the complete run over the whole list that it was a recheck of."""
        if run.trigger is not Trigger.RECHECK:
            return run
        row = self._db.row(_NIGHT, run.id)
        return from_row(Run, row) if row else run

    def totals(self) -> RunTotals:
        """How many runs there are, how many of them never finished, and when the last ones started."""
        (row,) = self._db.rows(_TOTALS)
        return from_row(RunTotals, row)
