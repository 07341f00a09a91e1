"""IO: what is known, read when it is asked for: all records and texts would not fit in memory."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cached_property, lru_cache

from crawler.model import FLAPPING_INCIDENTS, Check, Incident, Page, Record, Resource, Validators
from crawler.store import file, pages, rows, statements
from crawler.store.rows import Known, Row


class _Aside:
    """A connection beside the one that writes, opened when something is asked for."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._opened: sqlite3.Connection | None = None

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._opened = file.aside(self._path)
        return self._opened

    def close(self) -> None:
        """Let go of the file."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None


class Texts(_Aside):
    """The texts of stored pages; can be handed to another process, which reads them itself."""

    def __call__(self, page_id: int) -> str:
        """The text of a page."""
        with file.told(self._path):
            row = self._connection.execute(statements.TEXT, (page_id,)).fetchone()
            return pages.text_of(row)

    def __reduce__(self) -> tuple[type["Texts"], tuple[str]]:
        return Texts, (self._path,)


class Reader:
    """Values of the model, read through one connection."""

    def __init__(self, connection: sqlite3.Connection, texts: Texts) -> None:
        self._connection = connection
        self._texts = texts
        self._names: dict[str, tuple[str, ...]] = {}

    def rows(self, statement: str, *parameters: str | int | None) -> Iterator[Row]:
        """The rows of a statement; of two columns of one name, the last."""
        with closing(self._connection.cursor()) as cursor:
            # A `sqlite3.Row` looks through the names of all columns for each that is asked for.
            cursor.row_factory = None
            cursor.execute(statement, parameters)
            names = self._names.get(statement)
            if names is None:
                names = self._names[statement] = tuple(column[0] for column in cursor.description)
            for row in cursor:
                yield dict(zip(names, row, strict=True))

    def row(self, statement: str, *parameters: str | int | None) -> Row | None:
        """The first row of a statement, if there is one."""
        return next(self.rows(statement, *parameters), None)

    def record(self, row: Row) -> Record:
        """The record in a row of `RECORD`."""
        resource, page = rows.resource_of(row), pages.page_of(row)
        validators = rows.validators_of(row)
        latest = row["latest_run"]
        return Record(
            resource=resource,
            standing=rows.standing_of(row),
            check=None if latest is None else self.check(row, resource, page, validators),
            last_good=rows.last_good_of(row, page, self._texts),
            incidents=self._incidents(row["id"]) if row["has_broken"] else (),
            reported=rows.told_of(row),
            accepted=rows.accepted_of(row),
            mute=rows.mute_of(row),
        )

    def _incidents(self, resource_id: int) -> tuple[Incident, ...]:
        """The latest of a resource, by time; more than are needed to see it flap."""
        found = self.rows(statements.INCIDENTS, resource_id, FLAPPING_INCIDENTS + 2)
        return tuple(map(rows.incident_of, found))[::-1]

    def check(
        self,
        row: Row,
        resource: Resource,
        last_good: Page | None,
        validators: Validators | None = None,
    ) -> Check:
        """The check in a row of `checks` with its facts; `last_good` is the page it refers to."""
        known = Known(
            resource=resource,
            facts=rows.facts_of(row),
            context=rows.context_of(row),
            last_good=last_good,
            validators=validators,
        )
        return rows.check_of(row, known)


class Records(_Aside, Mapping[str, Record]):
    """What is known of every listed resource, by key, in list order; pages are without texts.

    Each is read anew when it is asked for, as it is after the last run that has ended, except for
    the latest that are `remembered`. Can be handed to another process, which reads them itself.
    """

    def __init__(self, path: str, texts: Texts, remembered: int = 0) -> None:
        super().__init__(path)
        self._texts = texts
        self._record = lru_cache(remembered)(self._read)

    def __reduce__(self) -> tuple[type["Records"], tuple[str, Texts]]:
        return Records, (self._path, self._texts)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._connection, self._texts)

    def __getitem__(self, key: str) -> Record:
        return self._record(key)

    def _read(self, key: str) -> Record:
        with file.told(self._path):
            row = self._reader.row(statements.RECORD, key)
            if row is None:
                raise KeyError(key)
            return self._reader.record(row)

    def __iter__(self) -> Iterator[str]:
        with file.told(self._path):
            yield from [row["key"] for row in self._reader.rows(statements.LISTED_KEYS)]

    def __len__(self) -> int:
        with file.told(self._path):
            row = self._reader.row(statements.HOW_MANY)
            return row["listed"] if row else 0
