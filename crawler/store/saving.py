"""IO: values of the model, written down some hundred at a time."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from crawler.model import Check, Record, Resource
from crawler.store import pages, rows, statements
from crawler.store.codec import to_text

_BATCH = 500
"""Values that are turned into rows together."""

T = TypeVar("T")


def save_checks(db: sqlite3.Connection, run_id: int, checks: Iterable[Check]) -> None:
    """Keep checks of a run, with their facts and pages."""
    for batch in _batches(checks):
        facts = [rows.facts_row(check.facts, check.context) for check in batch]
        db.executemany(statements.ADD_FACTS, facts)
        hashes = [_save_page(db, check) for check in batch]
        saved = (
            {
                "key": check.resource.key,
                "url": check.resource.url,
                "run_id": run_id,
                "facts_hash": its_facts["hash"],
                "page_hash": page_hash,
                **rows.check_row(check),
            }
            for check, its_facts, page_hash in zip(batch, facts, hashes, strict=True)
        )
        db.executemany(statements.SAVE_CHECK, saved)


def _save_page(db: sqlite3.Connection, check: Check) -> str | None:
    """The hash of the page that the check has read itself; one that was not modified is there."""
    key, page = check.resource.key, check.page
    if page is None or check.facts.is_not_modified:
        return None
    page_hash = pages.page_hash(page)
    if db.execute(statements.HAS_PAGE, (key, page_hash)).fetchone() is None:
        row = {
            "key": key,
            "checked_at": to_text(check.checked_at),
            "hash": page_hash,
            "text": pages.packed(page.text),
            **pages.page_row(page),
        }
        db.execute(statements.ADD_PAGE, row)
    return page_hash


def save_records(db: sqlite3.Connection, run_id: int, records: Iterable[Record]) -> None:
    """Keep where resources stand after a run, and what servers gave with their pages."""
    for batch in _batches(records):
        standings = [rows.record_row(record, run_id) for record in batch]
        db.executemany(statements.SAVE_STANDING, standings)
        db.executemany(statements.SAVE_VALIDATORS, standings)
        save_incidents(db, batch)


def save_incidents(db: sqlite3.Connection, records: Iterable[Record]) -> None:
    """Close before opening: the database holds one open incident of a resource at most."""
    incidents = [row for record in records for row in rows.incident_rows(record)]
    db.executemany(statements.CLOSE_INCIDENT, (row for row in incidents if row["closed"]))
    db.executemany(statements.OPEN_INCIDENT, incidents)


def apply_list(db: sqlite3.Connection, run_id: int, resources: Sequence[Resource]) -> None:
    """Make the list the one that is known."""
    keys = {resource.key for resource in resources}
    listed = [row["key"] for row in db.execute(statements.LISTED_KEYS)]
    kept = ({"run_id": run_id, **rows.resource_row(resource)} for resource in resources)
    db.executemany(statements.LIST_RESOURCE, kept)
    gone = ({"run_id": run_id, "key": key} for key in listed if key not in keys)
    db.executemany(statements.UNLIST_RESOURCE, gone)


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while batch := list(islice(rest, _BATCH)):
        yield batch
