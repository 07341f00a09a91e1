"""IO: connections to the database: the one that writes, and others beside it that only read."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

from sqlite_utils import Database

from crawler.store import file
from crawler.store.codec import Row


class RowReader:
    """Reads rows, through a connection that is opened when the first one is wanted.

    Can be handed to another process, which opens its own connection.
    """

    def __init__(self, path: str, connection: sqlite3.Connection | None = None) -> None:
        self._path = path
        self._connection = connection
        self._column_names: dict[str, tuple[str, ...]] = {}

    def __reduce__(self) -> tuple[type["RowReader"], tuple[str]]:
        return RowReader, (self._path,)

    def rows(self, statement: str, *parameters: str | int) -> Iterator[Row]:
        """The rows of a statement; of two columns with one name, the last one counts."""
        with file.translated_errors(self._path):
            if self._connection is None:
                self._connection = file.open_beside(self._path)
            with closing(self._connection.execute(statement, parameters)) as cursor:
                names = self._column_names.get(statement)
                if names is None:
                    names = tuple(column[0] for column in cursor.description)
                    self._column_names[statement] = names
                for row in cursor:
                    yield dict(zip(names, row, strict=True))

    def row(self, statement: str, *parameters: str | int) -> Row | None:
        """The first row of a statement, if there is one."""
        return next(self.rows(statement, *parameters), None)

    def close(self) -> None:
        """Close the connection; the next row opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class RowWriter(RowReader):
    """Writes rows, and reads them through the same connection."""

    def __init__(self, path: str, database: Database) -> None:
        super().__init__(path, database.conn)
        self._database = database

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or none of what is written inside is stored.

        SQLite waits for another program's lock at the first statement that writes, but not after one
        that reads: a transaction that writes does so first.
        """
        with file.translated_errors(self._path), self._database.atomic():
            yield

    def execute(self, statement: str, row: Row | None = None) -> sqlite3.Cursor:
        """Execute a statement; inside a transaction."""
        return self._database.conn.execute(statement, row or {})

    def execute_all(self, statement: str, rows: Iterable[Row]) -> None:
        """Execute a statement for each row; all are kept, or none."""
        with self.transaction():
            self._database.conn.executemany(statement, rows)

    def shrink_file(self) -> None:
        """Give the room of deleted rows back to the system; outside of a transaction."""
        with file.translated_errors(self._path):
            file.shrink(self._database.conn)
