"""IO: what is known, read when it is asked for: all records and texts would not fit in memory."""

import sqlite3
from collections.abc import Iterator, Mapping, ValuesView
from contextlib import closing

from crawler.model import FLAPPING_INCIDENTS, Check, Page, Record, Resource, Validators
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

    def rows(self, statement: str, *parameters: str | int | None) -> Iterator[Row]:
        """The rows of a statement, one after the other."""
        with closing(self._connection.execute(statement, parameters)) as cursor:
            yield from cursor

    def row(self, statement: str, *parameters: str | int | None) -> Row | None:
        """The first row of a statement, if there is one."""
        with closing(self._connection.execute(statement, parameters)) as cursor:
            found: Row | None = cursor.fetchone()
            return found

    def record(self, row: Row) -> Record:
        """The record in a row of `RECORDS`."""
        resource, page = rows.resource_of(row), self.page(row["page_id"])
        check = None
        if row["latest_run"] is not None:
            check = self.check(row, resource, page, rows.validators_of(row))
        incidents = self.rows(statements.INCIDENTS, row["id"], FLAPPING_INCIDENTS + 2)
        return Record(
            resource=resource,
            standing=rows.standing_of(row),
            check=check,
            last_good=rows.last_good_of(row, page, self._texts),
            # More than are needed to see it flap.
            incidents=tuple(map(rows.incident_of, incidents))[::-1],
            told=rows.told_of(row),
            accepted=rows.accepted_of(row),
            mute=rows.mute_of(row),
        )

    def check(
        self,
        row: Row,
        resource: Resource,
        last_good: Page | None,
        validators: Validators | None = None,
    ) -> Check:
        """The check in a row of `checks`; `last_good` is the page that the row refers to."""
        found = self.row(statements.FACTS, row["facts_id"])
        if found is None:
            raise LookupError(f"facts {row['facts_id']}")  # a foreign key says otherwise
        known = Known(
            resource=resource,
            facts=rows.facts_of(found),
            context=rows.context_of(found),
            last_good=last_good,
            validators=validators,
        )
        return rows.check_of(row, known)

    def page(self, page_id: int | None) -> Page | None:
        """A page without its text."""
        found = None if page_id is None else self.row(statements.PAGE, page_id)
        return None if found is None else pages.page_of(found)


class Records(_Aside, Mapping[str, Record]):
    """What is known of every listed resource, by key, in list order; pages are without texts.

    Each is read anew when it is asked for, as it is after the last run that has ended; `values` reads
    all in one go. Can be handed to another process, which reads them itself.
    """

    def __init__(self, path: str, texts: Texts) -> None:
        super().__init__(path)
        self._texts = texts

    def __reduce__(self) -> tuple[type["Records"], tuple[str, Texts]]:
        return Records, (self._path, self._texts)

    @property
    def _reader(self) -> Reader:
        return Reader(self._connection, self._texts)

    def __getitem__(self, key: str) -> Record:
        with file.told(self._path):
            row = self._reader.row(statements.RECORD, key)
            if row is None:
                raise KeyError(key)
            return self._reader.record(row)

    def __iter__(self) -> Iterator[str]:
        with file.told(self._path):
            for row in self._reader.rows(statements.LISTED_KEYS):
                yield row["key"]

    def __len__(self) -> int:
        with file.told(self._path):
            row = self._reader.row(statements.HOW_MANY)
            return row["listed"] if row else 0

    def values(self) -> ValuesView[Record]:
        """Every record, in list order."""
        return _InOneGo(self)

    def in_one_go(self) -> Iterator[Record]:
        """Every record, in list order, by one statement."""
        with file.told(self._path):
            reader = self._reader
            yield from map(reader.record, reader.rows(statements.RECORDS))


class _InOneGo(ValuesView[Record]):
    def __init__(self, records: Records) -> None:
        super().__init__(records)
        self._records = records

    def __iter__(self) -> Iterator[Record]:
        return self._records.in_one_go()
