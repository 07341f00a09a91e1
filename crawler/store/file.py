"""IO: the database file: checked, locked and opened; it is changed only when nothing is wrong."""

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from crawler.errors import LockedError, StoreError
from crawler.store import schema

_MODE = 0o644
"""Of the database; SQLite gives the files beside it the same one."""
_SUFFIXES = ("-wal", "-shm", "-journal")
"""Of the files that SQLite makes beside a database."""
BUSY_SECONDS = 30.0
"""How long to wait for another program's lock."""

_ADVICE: dict[int, str] = {
    sqlite3.SQLITE_BUSY: "is locked by another program; close that one and run again",
    sqlite3.SQLITE_LOCKED: "is locked by another program; close that one and run again",
    sqlite3.SQLITE_PERM: "may not be opened; check the permissions of the file and its folder",
    sqlite3.SQLITE_READONLY: "cannot be written; check the permissions of the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the permissions of the file and its folder",
    sqlite3.SQLITE_IOERR: "cannot be read or written; check the disk",
    # SQLite makes room for the shared memory of the write-ahead log by a call of its own.
    sqlite3.SQLITE_IOERR_SHMSIZE: "does not fit: the disk is full; make room and run again",
    sqlite3.SQLITE_FULL: "does not fit: the disk is full; what was stored stays, make room and run again",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore a copy, or move it away to start a new one",
    sqlite3.SQLITE_NOTADB: "is not an SQLite database; name another file, or move this one away",
}
"""What a person can do about an SQLite error, by its extended or its primary code.

Other codes mean a bug of ours: they stay exceptions.
Source: https://www.sqlite.org/rescode.html
"""


@contextmanager
def translated_errors(path: str) -> Iterator[None]:
    """Turns errors that a person can solve into a `StoreError` that names the file."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE)
        advice = _ADVICE.get(code) or _ADVICE.get(code & 0xFF)
        if advice is None:
            raise
        raise StoreError(f"{path}: the database {advice}") from error
    except OSError as error:
        raise StoreError(
            f"{path}: the database cannot be used ({error.strerror}); check its name, its folder"
            " and their permissions"
        ) from error


@contextmanager
def opened(path: str, *, exclusive: bool) -> Iterator[Database]:
    """The database in its present schema; `exclusive` makes one of an empty or missing file.

    Everything that may be wrong with the file is found before a byte of it is changed.

    Raises:
        LockedError: another run uses it.
        StoreError: it cannot be opened, is not ours, newer or damaged.
    """
    with translated_errors(path):
        _refuse_place(path, exclusive=exclusive)
        _refuse_foreign(path)
        with _locked(path) if exclusive else nullcontext():
            version = _refuse_damaged(path)
            if exclusive:
                _make_file(path)
            if not exclusive and version < schema.PRESENT:
                with opened(path, exclusive=True):
                    pass
            with closing(_sqlite(path, "mode=rwc" if exclusive else "mode=rw")) as connection:
                yield _prepare(connection, exclusive=exclusive)
                connection.execute("pragma busy_timeout = 0")
                if exclusive:
                    _give_room_back(connection)
                _make_one_file(connection)


def open_beside(path: str) -> sqlite3.Connection:
    """Another connection to a database that is open; it only reads."""
    connection = _sqlite(path, "mode=rw")
    connection.execute("pragma query_only = on")
    return connection


def _make_file(path: str) -> None:
    """Makes an empty file where there is none: SQLite would let the umask decide who may read it."""
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _MODE)
        os.fchmod(descriptor, _MODE)
        os.close(descriptor)


def _refuse_place(path: str, *, exclusive: bool) -> None:
    file = Path(path)
    if not file.absolute().parent.is_dir():
        raise StoreError(f"{path}: there is no folder for the database; create it first")
    _refuse_links(path, exclusive=exclusive)
    if file.exists() and not file.is_file():
        raise StoreError(f"{path}: is not a file; name one for the database")
    if exclusive and file.exists() and not os.access(file, os.W_OK):
        # SQLite would notice late, and leave files beside it that nobody can write later.
        raise StoreError(f"{path}: the database {_ADVICE[sqlite3.SQLITE_READONLY]}")
    if not exclusive and _is_empty(path):
        raise StoreError(f"{path}: there is no database yet; `crawler run` makes one")


def _refuse_links(path: str, *, exclusive: bool) -> None:
    """A link to a database is followed; others would let whoever made them choose what is written."""
    file = Path(path)
    if file.is_symlink() and not file.exists():
        raise StoreError(f"{path}: a symbolic link that leads nowhere; remove it first")
    if exclusive and file.is_symlink() and _is_empty(path):
        raise StoreError(f"{path}: a link to no database; name the file itself with --database")
    for beside in (_beside(path, suffix) for suffix in _SUFFIXES):
        if beside.is_symlink():
            raise StoreError(f"{beside}: a link in the place of a file of the database; remove it")


def _is_empty(path: str) -> bool:
    """Whether there is no file yet, or one of zero bytes."""
    try:
        return Path(path).stat().st_size == 0
    except FileNotFoundError:
        return True


def _refuse_foreign(path: str) -> None:
    if _is_empty(path):
        return
    with closing(_sqlite(path, _careful_mode(path))) as connection:
        mark = connection.execute("pragma application_id").fetchone()[0]
        pages = connection.execute("pragma page_count").fetchone()[0]
    # One page has no room for a table: we were killed before the file was filled for the first time.
    is_unfilled = mark == 0 and pages == 1
    if mark != schema.APPLICATION_ID and not is_unfilled:
        raise StoreError(
            f"{path}: is not a database of the crawler; name another file, or move this one away"
        )


def _refuse_damaged(path: str) -> int:
    """The schema version of the file, 0 for a new one."""
    if _is_empty(path):
        return 0
    # A write that was interrupted by a kill must be undone before anything can be read.
    mode = "mode=rw" if _beside(path, "-journal").exists() else _careful_mode(path)
    with closing(_sqlite(path, mode)) as connection:
        version: int = connection.execute("pragma user_version").fetchone()[0]
        if version > schema.PRESENT:
            raise StoreError(
                f"{path}: the database was written by a newer release of the crawler; update this one"
            )
        if connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
            raise StoreError(f"{path}: the database {_ADVICE[sqlite3.SQLITE_CORRUPT]}")
    return version


def _careful_mode(path: str) -> str:
    """How to open the file so that reading it changes nothing and leaves nothing behind."""
    # Without a log, `ro` would make one and leave it, unless the file is declared immutable. With a
    # log, the file alone may be only half up to date.
    return "mode=ro" if _beside(path, "-wal").exists() else "mode=ro&immutable=1"


def _beside(path: str, suffix: str) -> Path:
    # SQLite, too, follows links before it names the files beside the database.
    return Path(f"{os.path.realpath(path)}{suffix}")


def _prepare(connection: sqlite3.Connection, *, exclusive: bool) -> Database:
    database = Database(connection, execute_plugins=False, strict=True)
    database.execute("pragma synchronous = normal")
    database.execute("pragma foreign_keys = on")
    if exclusive:
        database.execute("pragma auto_vacuum = incremental")
        database.execute("pragma journal_mode = wal")
        schema.upgrade(database)
        for statement in schema.TEMPORARY:
            database.execute(statement)
    else:
        database.execute("pragma query_only = on")
    return database


def _give_room_back(connection: sqlite3.Connection) -> None:
    # A run stores the texts of all pages that are not as they were, and drops most of them at its end.
    with suppress(sqlite3.OperationalError):
        shrink(connection)


def shrink(connection: sqlite3.Connection) -> None:
    """Give the room of deleted rows back to the system; outside of a transaction."""
    # Each step frees a page; `execute` takes only the first of a statement without columns.
    connection.executescript("pragma incremental_vacuum")


def _make_one_file(connection: sqlite3.Connection) -> None:
    # The last connection to close writes the log into the file and deletes it. If a reader stays,
    # the log is at least emptied. The file keeps its WAL mode: a change of mode needs a moment
    # without readers.
    with suppress(sqlite3.OperationalError):
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()


def _sqlite(path: str, query: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{quote(str(Path(path).absolute()))}?{query}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


@contextmanager
def _locked(path: str) -> Iterator[None]:
    """Holds the run's lock: an advisory one on a file beside the database; it ends with the process.

    Not on the database itself: closing any descriptor of it would drop SQLite's own locks. Not on
    the folder: it may contain several databases. The file is deleted before the lock is released,
    so a process that has locked a deleted file tries again.
    """
    name = _beside(path, "-lock")
    descriptor = _lock(path, name)
    try:
        yield
    finally:
        name.unlink(missing_ok=True)
        os.close(descriptor)


def _lock(path: str, name: Path) -> int:
    while True:
        descriptor = _open_lock(name)
        try:
            os.fchmod(descriptor, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(descriptor), name.stat()):
                return descriptor
        except BlockingIOError as error:
            os.close(descriptor)
            raise LockedError(
                f"{path}: another run is going on with this database; wait until it has ended"
            ) from error
        except FileNotFoundError:
            pass  # Deleted between the two calls above by the process that had locked it.
        os.close(descriptor)


def _open_lock(name: Path) -> int:
    """Raises: `StoreError` for a link, behind which another file would get the mode of a lock."""
    try:
        return os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        raise StoreError(f"{name}: a link in the place of a lock file; remove it") from error
