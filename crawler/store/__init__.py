"""IO: everything SQLite: what is known about the listed resources, and their history."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from sqlite_utils import Database

from crawler.model import (
    Attempts,
    Change,
    Check,
    Incident,
    LastGood,
    Page,
    ProbeProfile,
    Record,
    Resource,
    Run,
    RunStatus,
    Snapshot,
    Trigger,
    Validators,
)
from crawler.robots import RobotsFile
from crawler.store import file, pages, retention, rows, saving, schema, search, statements
from crawler.store.codec import from_text, to_text
from crawler.store.reading import Reader, Records, Texts
from crawler.store.retention import Amount, Pruned
from crawler.store.rows import Row

__all__ = [
    "EVER",
    "LONGEST_ROBOTS_TEXT",
    "Amount",
    "Pruned",
    "Records",
    "SoFar",
    "Store",
]

LONGEST_ROBOTS_TEXT = 65_536
"""Characters; a longer robots.txt is asked for again rather than kept."""

REMEMBERED = 1000
"""Records of a snapshot that are not read again, some 10 MB: reports look at each twice."""

EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoFar:
    """The runs that a database has seen."""

    runs: int
    unfinished: int
    """Going on now, or cut short."""
    last_started_at: datetime | None
    schema: int
    """The `user_version` of the file."""


class _Undone(Exception):  # noqa: N818 - no error: ends a transaction without keeping anything
    pass


class Store:
    """The database of one list; usable from one thread at a time.

    What is known (`records`, `snapshot`, the public views) changes only when a run is finished as
    complete, or as untrusted with some checks that conclude something nevertheless. Until then its
    checks are there, but conclude nothing.
    """

    interrupted = 0
    """How many runs `start_run` found that had never been finished."""

    def __init__(self, database: Database, path: str, closing: ExitStack) -> None:
        self._db = database
        self._path = path
        self._closing = closing
        self._texts = Texts(path)
        closing.callback(self._texts.close)
        self._reader = Reader(database.conn, self._texts)
        self._lists: dict[int, Sequence[Resource]] = {}

    @classmethod
    def open(cls, path: str, *, exclusive: bool = True) -> "Store":
        """The store in that file; an absent or empty one is made.

        `exclusive` is for a run, of which there can be one at a time. Without it the store can be
        read whatever is going on, and not be written.

        Raises:
            StoreError: the file, its folder or its lock cannot be used; the file is unchanged.
        """
        with ExitStack() as stack:
            database = stack.enter_context(file.opened(path, exclusive=exclusive))
            return cls(database, path, stack.pop_all())

    @classmethod
    def open_known(cls, path: str) -> "Store":
        """The store in that file, to be written to; none is made.

        Raises:
            StoreError: as `open` does, or there is no database yet.
        """
        cls.open(path, exclusive=False).close()
        return cls.open(path)

    def close(self) -> None:
        """Leave one file behind, and the lock to others."""
        self._closing.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def start_run(
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
        with self._transaction():
            self.interrupted = self._db.execute(statements.INTERRUPT_RUNS).rowcount
            return self._db.execute(statements.START_RUN, row).lastrowid or 0

    def sync_list(self, run_id: int, resources: Sequence[Resource]) -> None:
        """Make the list known, so that checks of its new resources can be saved.

        `records` follows when the run is complete: an event about the list must not get lost with
        a run that is not.
        """
        self._lists[run_id] = resources
        with self._transaction():
            self._write(statements.ADD_RESOURCE, map(rows.resource_row, resources))

    def save_checks(self, run_id: int, checks: Sequence[Check]) -> None:
        """Keep checks of a run, all or none; a resource's later one takes the place of its first."""
        with self._transaction():
            saving.save_checks(self._db.conn, run_id, checks)

    def page_of(self, run_id: int, check: Check) -> Page | None:
        """The page of a check that was saved in a run, without its text; None when it has none."""
        row = self._reader.row(statements.PAGE_OF_CHECK, check.resource.key, run_id)
        if row is None or not rows.shows_last_good(check.facts):
            return None
        return pages.page_of(row)

    def conclude(self, run_id: int, keys: Iterable[str]) -> None:
        """Let the checks of these resources count, even when the run ends as untrusted."""
        with self._transaction():
            self._write(statements.CONCLUDE, ({"run_id": run_id, "key": key} for key in keys))

    def finish_run(
        self,
        run_id: int,
        *,
        status: RunStatus,
        finished_at: datetime,
        records: Iterable[Record] = (),
        changes: Iterable[Change] = (),
        removed: Iterable[Record] = (),
    ) -> None:
        """End a run; its list, records and events become what is known when it is complete.

        So they do for an untrusted run that is given records, of which only checks that `conclude`
        count. Of `removed`, which left the list, only the end of their incidents is kept. All are
        taken one after the other, the records first and the changes last.
        """
        row = {"run_id": run_id, "status": status, "finished_at": to_text(finished_at)}
        resources = self._lists.pop(run_id, None)
        with self._transaction():
            self._db.execute(statements.FINISH_RUN, row)
            if status is RunStatus.COMPLETE or records:
                if resources is not None:
                    saving.apply_list(self._db.conn, run_id, resources)
                saving.save_records(self._db.conn, run_id, records)
                saving.save_incidents(self._db.conn, removed)
                self._write(statements.ADD_CHANGE, (rows.change_row(c, run_id) for c in changes))
                for statement in search.REFRESH:
                    self._db.execute(statement)

    def save_robots(self, files: Sequence[RobotsFile]) -> None:
        """Keep what hosts said to robots, in place of what they said before."""
        kept = (rows.robots_row(f) for f in files if len(f.text) <= LONGEST_ROBOTS_TEXT)
        with self._transaction():
            self._write(statements.SAVE_ROBOTS, kept)

    def records(self, remembered: int = 0) -> Records:
        """What is known of every listed resource; it can be asked as long as the store is open."""
        records = Records(self._path, self._texts, remembered)
        self._closing.callback(records.close)
        return records

    def validators(self) -> dict[str, tuple[str, Validators]]:
        """What servers gave with the pages of listed resources, by key, each with the URL it is of."""
        with self._transaction():
            found = (
                (row["key"], row["url"], rows.validators_of(row))
                for row in self._reader.rows(statements.VALIDATORS)
            )
            return {key: (url, given) for key, url, given in found if given}

    def robots_files(self) -> dict[str, RobotsFile]:
        """What hosts last said to robots, by origin."""
        with self._transaction():
            files = [rows.robots_of(row) for row in self._read(statements.ROBOTS_FILES)]
        return {file.origin: file for file in files}

    def save_profiles(self, profiles: Iterable[ProbeProfile]) -> None:
        """Keep how hosts answered made-up URLs, in place of what was kept of them before."""
        with self._transaction():
            self._write(statements.SAVE_PROFILE, map(rows.profile_row, profiles))

    def profiles(self) -> dict[str, ProbeProfile]:
        """How hosts answered made-up URLs, by origin."""
        with self._transaction():
            found = [rows.profile_of(row) for row in self._read(statements.PROFILES)]
        return {profile.origin: profile for profile in found}

    def unreached(self) -> frozenset[str]:
        """The keys of the resources that the last run had no time for."""
        with self._transaction():
            return frozenset(row["key"] for row in self._read(statements.UNREACHED))

    def snapshot(self) -> Snapshot | None:
        """What is known since the last complete run; None when there is none. Without notices."""
        with self._transaction():
            runs = [rows.run_of(row) for row in self._read(statements.COMPLETE_RUNS)]
            if not runs:
                return None
            changed = [rows.run_of(row) for row in self._read(statements.LAST_CHANGED)]
            events = self._read(statements.CHANGES, changed[0].id) if changed else []
            return Snapshot(
                run=runs[0],
                previous=runs[1] if len(runs) > 1 else None,
                records=self.records(REMEMBERED),
                changes=tuple(map(rows.change_of, events)),
                changed_at=changed[0].started_at if changed else None,
                first_at=from_text(self._read(statements.FIRST_COMPLETE)[0]["started_at"]),
            )

    def listed(self) -> Iterator[Resource]:
        """The resources of the last list that was concluded, one after the other."""
        with self._transaction():
            yield from map(rows.resource_of, self._reader.rows(statements.LISTED_RESOURCES))

    def had_list(self) -> bool:
        """Whether a list was ever concluded, even if all of its resources have left it."""
        with self._transaction():
            return bool(self._read(statements.HAD_LIST)[0]["had_list"])

    def attempts(self) -> Attempts | None:
        """The runs since the last complete one; None when there are none."""
        with self._transaction():
            runs = [rows.run_of(row) for row in self._read(statements.SINCE_COMPLETE)]
            return Attempts(first=runs[0], last=runs[-1], count=len(runs)) if runs else None

    def resources(self) -> tuple[Resource, ...]:
        """Every resource that was ever in the list, those that left it last."""
        with self._transaction():
            return tuple(map(rows.resource_of, self._read(statements.KNOWN_RESOURCES)))

    def history(self, key: str, since: datetime = EVER) -> tuple[tuple[Run, Check], ...]:
        """The concluded checks of a resource, listed or not, by run, each with the URL it had then."""
        with self._transaction():
            return tuple(
                (
                    rows.run_of(row),
                    self._reader.check(row, rows.resource_of(row), pages.page_of(row)),
                )
                for row in self._reader.rows(statements.CHECKED, key, to_text(since))
            )

    def last_good(self, key: str) -> LastGood | None:
        """The last good page of a resource, listed or not; None when there was none."""
        with self._transaction():
            row = self._reader.row(statements.LAST_GOOD, key)
            return rows.last_good_of(row, pages.page_of(row), self._texts) if row else None

    def changes(self, key: str) -> tuple[tuple[datetime, Change], ...]:
        """All events of a resource, listed or not, each with the start of its run, by run."""
        return self._dated(statements.CHANGES_OF, key)

    def changed_runs(self) -> tuple[tuple[int, datetime], ...]:
        """The runs that brought events, with their starts, in order."""
        with self._transaction():
            found = self._read(statements.CHANGED_RUNS)
            return tuple((row["id"], from_text(row["started_at"])) for row in found)

    def changes_in(self, run_id: int) -> tuple[tuple[datetime, Change], ...]:
        """The events of a run, each with its start."""
        return self._dated(statements.CHANGES, run_id)

    def incidents(self, key: str) -> tuple[Incident, ...]:
        """All incidents of a resource, listed or not, at whichever URL, by time."""
        with self._transaction():
            return tuple(map(rows.incident_of, self._read(statements.INCIDENTS_OF, key)))

    def judge_again(self, checks: Iterable[Check]) -> None:
        """Put the judgements of these checks in the place of the latest concluded ones."""
        with self._transaction():
            again = ({"key": c.resource.key, **rows.check_row(c)} for c in checks)
            self._write(statements.JUDGE_AGAIN, again)
            self._db.execute(statements.COUNT_AGAIN)

    def prune(self, keep_days: int, *, dry_run: bool = False) -> Pruned:
        """Thin out what is older than those days before the last complete run.

        A dry run tells how much would stay, and changes nothing.
        """
        before = after = retention.amount(self._db)
        with suppress(_Undone), self._transaction():
            retention.thin_out(self._db, keep_days)
            after = retention.amount(self._db)
            if dry_run:
                raise _Undone
        with file.told(self._path):
            # Each step frees a page; `execute` takes only the first of a statement without columns.
            self._db.conn.executescript("pragma incremental_vacuum")
        return Pruned(before=before, after=after)

    def so_far(self) -> SoFar:
        """How many runs there are, and how they stand."""
        with self._transaction():
            (row,) = self._read(statements.RUNS_SO_FAR)
        last = row["last_started_at"]
        return SoFar(
            runs=row["total"],
            unfinished=row["unfinished"],
            last_started_at=None if last is None else from_text(last),
            schema=schema.version(self._db),
        )

    def search(self, words: str) -> tuple[Resource, ...]:
        """The listed resources with all of the words in their titles or description, best first.

        A word also finds longer ones that begin with it; case and accents do not matter.
        """
        query = search.query(words)
        if not query:
            return ()
        with self._transaction():
            return tuple(map(rows.resource_of, self._read(search.FIND, query)))

    def settle(self, record: Record) -> None:
        """Keep a record as a person has settled it, with the judgement of its latest check."""
        with self._transaction():
            self._write(statements.SAVE_STANDING, [rows.record_row(record, 0)])
            saving.save_incidents(self._db.conn, (record,))
            if record.check is not None:
                again = {"key": record.resource.key, **rows.check_row(record.check)}
                self._db.execute(statements.JUDGE_AGAIN, again)
                self._db.execute(statements.COUNT_AGAIN)

    def _dated(self, statement: str, *keys: str | int) -> tuple[tuple[datetime, Change], ...]:
        with self._transaction():
            found = self._read(statement, *keys)
            return tuple((from_text(row["started_at"]), rows.change_of(row)) for row in found)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        # SQLite waits for another program's lock at the first statement that writes, but not after
        # one that reads: transactions that write do so first.
        with file.told(self._path), self._db.atomic():
            yield

    def _read(self, statement: str, *parameters: str | int | None) -> list[Row]:
        return self._db.execute(statement, parameters).fetchall()

    def _write(self, statement: str, parameters: Iterable[dict[str, Any]]) -> None:
        self._db.conn.executemany(statement, parameters)
