"""What a run has stored, read past the crawler."""

import sqlite3
from contextlib import closing

from crawler.config import Settings


def query(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(settings.database)) as database:
        return database.execute(sql).fetchall()
