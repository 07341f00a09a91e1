"""IO: everything SQLite: what is known about the listed resources, and their history.

Each table has a module with its SQL statements, which turns rows into values and back.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, tzinfo
from itertools import chain

from crawler.model import Change, Check, Histories, Record, RunStatus, Snapshot
from crawler.store import file, retention
from crawler.store.change_table import ChangeTable
from crawler.store.check_table import CheckTable
from crawler.store.connections import RowReader, RowWriter
from crawler.store.histories import read_histories
from crawler.store.host_table import HostTable
from crawler.store.incident_table import IncidentTable
from crawler.store.outlines import StoredOutlines
from crawler.store.page_table import PageTable
from crawler.store.proposal_table import ProposalTable
from crawler.store.records import StoredRecords
from crawler.store.repair_table import RepairTable
from crawler.store.resource_table import ResourceTable
from crawler.store.retention import Amount, Pruned
from crawler.store.run_table import RunTable, RunTotals
from crawler.store.text_table import TextTable

__all__ = ["Amount", "Pruned", "RunTotals", "Store", "StoredRecords"]

_REMEMBERED = 1000
"""Records that a snapshot keeps in memory, about 10 MB: reports read each of them twice."""


class Store:
    """The database of one list; usable from one thread at a time.

    What is known (`records`, `snapshot`, the public views) changes only when a run ends as complete,
    or as untrusted or interrupted but with some concluded checks. Until then its checks are stored,
    but not used.
    """

    def __init__(self, path: str, db: RowWriter, closing: ExitStack) -> None:
        self._path = path
        self._db = db
        self._closing = closing
        self._texts = self._reader()
        self.runs = RunTable(db)
        self.resources = ResourceTable(db, self._texts)
        self.texts = TextTable(db)
        self.pages = PageTable(db, self._texts)
        self.checks = CheckTable(db, self._texts, self.resources, self.pages)
        self.changes = ChangeTable(db)
        self.incidents = IncidentTable(db)
        self.hosts = HostTable(db, self._texts)
        self.proposals = ProposalTable(db)
        self.repairs = RepairTable(db)

    @classmethod
    def open(cls, path: str, *, exclusive: bool = True) -> "Store":
        """The store in that file, which is made if it is missing or empty.

        `exclusive` is for writing; only one process can have it. Without it the store can be read
        at any time, even during a run.

        Raises:
            StoreError: the file, its folder or its lock cannot be used; the file is unchanged.
        """
        with ExitStack() as stack:
            database = stack.enter_context(file.opened(path, exclusive=exclusive))
            return cls(path, RowWriter(path, database), stack.pop_all())

    @classmethod
    def open_known(cls, path: str) -> "Store":
        """The store in an existing file, for writing.

        Raises:
            StoreError: as `open` does, or there is no database yet.
        """
        cls.open(path, exclusive=False).close()
        return cls.open(path)

    def close(self) -> None:
        """Empty the log into the database file, and release the lock."""
        self._closing.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All or none of what is written inside is stored."""
        return self._db.transaction()

    def finish_run(  # noqa: PLR0913  (all that a run has found)
        self,
        run_id: int,
        *,
        status: RunStatus,
        finished_at: datetime,
        records: Iterable[Record] = (),
        changes: Iterable[Change] = (),
        removed: Iterable[Record] | None = (),
        untouched: Iterable[int] = (),
    ) -> None:
        """End a run; if it is complete, `records` replace the list and what is known of it.

        An untrusted or interrupted run may have `records` too; then only its concluded checks count. Of
        `removed`, the resources that left the list, only the ends of incidents are stored. Records are
        read one by one, so that they are not all in memory; `changes` are read last. With None for
        `removed`, `records` are about a part of the list, and the other resources stay in it; so do those
        with the ids `untouched`, in any case.
        """
        with self._db.transaction():
            self.runs.finish(run_id, status, finished_at)
            is_believed = status is RunStatus.COMPLETE or bool(records)
            if is_believed:
                saved = bytearray(self.resources.highest_id() + 1)
                for one in untouched:
                    saved[one] = True
                for record in records:
                    saved[self.resources.save(record, run_id)] = True
                    self.incidents.save(record)
                if removed is not None:
                    self.resources.unlist(lambda one: not saved[one], run_id)
                for record in removed or ():
                    self.incidents.save(record)
                self.changes.add(run_id, changes)
                self.resources.refresh_search()
                self.proposals.forget()
            self.resources.end_run(run_id, is_believed=is_believed)
            self.texts.end_run()
            self.hosts.forget()

    def records(self, remembered: int = 0) -> StoredRecords:
        """What is known of every listed resource; readable as long as the store is open."""
        return StoredRecords(self._reader(), self._texts, remembered)

    def outlines(self) -> StoredOutlines:
        """What is reported of every listed resource, in short; readable as long as the store is open."""
        return StoredOutlines(self._reader())

    def histories(self, zone: tzinfo, *, is_counted: bool = False) -> Histories:
        """The last nights of every listed resource; readable as long as the store is open.

        On request with the numbers of each night, where not all of them will be read.
        """
        return read_histories(self._reader(), zone, _REMEMBERED, is_counted=is_counted)

    def snapshot(self) -> Snapshot | None:
        """What is known, without notices; None until a run has concluded something.

        Its runs are the complete ones; before the first, the interrupted ones that concluded something.
        The events of rechecks are among those of the run before them.
        """
        with self._db.transaction():
            runs, changed = self.runs.complete(), self.runs.changed()
            if not runs:
                return None
            night = self.runs.night_of(changed[-1]) if changed else None
            of_night = [run.id for run in changed if night and run.id >= night.id]
            changes = chain.from_iterable(map(self.changes.of_run, of_night))
            return Snapshot(
                run=runs[-1],
                previous=runs[-2] if len(runs) > 1 else None,
                records=self.records(_REMEMBERED),
                changes=tuple(change for _, change in changes),
                changed_at=night.started_at if night else None,
                first_at=runs[0].started_at,
                good_run=self.runs.good(),
                parts=self.runs.moments_of_parts(),
            )

    def judge_again(self, checks: Iterable[Check]) -> None:
        """Replace the judgements of the latest concluded checks by those of these checks."""
        with self._db.transaction():
            self.checks.replace_judgements(checks)
            self.runs.count_again()

    def settle(self, record: Record) -> None:
        """Store the record of a listed resource after a person's decision, and its judgement."""
        with self._db.transaction():
            self.resources.settle(record)
            self.incidents.save(record)
            self.proposals.forget()
            if record.check is not None:
                self.judge_again([record.check])

    def prune(self, keep_days: int, *, dry_run: bool = False) -> Pruned:
        """Drop old checks that only repeat what others say (`retention.prune`).

        A dry run counts what would stay, and changes nothing.
        """
        return retention.prune(self._db, keep_days, dry_run=dry_run)

    def _reader(self) -> RowReader:
        reader = RowReader(self._path)
        self._closing.callback(reader.close)
        return reader
