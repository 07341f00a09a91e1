"""Reads the database directly, without the crawler."""

import sqlite3
from contextlib import closing
from pathlib import Path


def query(database: str | Path, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in named_rows(database, sql)]


def named_rows(database: str | Path, sql: str) -> list[sqlite3.Row]:
    """The rows as dictionaries by column name."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(sql).fetchall()
