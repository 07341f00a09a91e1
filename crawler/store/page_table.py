"""IO: the table `pages`: what pages declare about themselves; their texts are in `text_table`."""

from dataclasses import replace
from functools import partial
from typing import Any

from crawler.fingerprint import without_counters
from crawler.model import (
    PAGE_FIELDS,
    Check,
    Declared,
    LastGood,
    MediaKind,
    Page,
    Refresh,
    StoredText,
)
from crawler.packing import packed, unpacked
from crawler.store.codec import (
    Row,
    from_json,
    from_json_or_none,
    json_digest,
    to_row,
    to_text,
)
from crawler.store.connections import RowReader, RowWriter
from crawler.store.text_table import GOOD_DIGEST, TextTable, last_good_text, text_read_in

_PLAIN_FIELDS = (
    "encoding",
    "encoding_from",
    "published_raw",
    "first_heading",
    "word_count",
    "scripts",
)
_FIELDS = ("kind", *_PLAIN_FIELDS, "noindex", "refresh", "marks", "fragment_found")
_ORIGINS = tuple(f"{name}_from" for name in PAGE_FIELDS)
_COLUMNS = (*_FIELDS, *PAGE_FIELDS, *_ORIGINS)

PAGE_COLUMNS = ", ".join(f"pages.{name} as page_{name}" for name in _COLUMNS)
"""The columns of `pages` that `page_of` reads."""

_STORED = ("fingerprint", *_COLUMNS)

_SAVE = f"""
insert into pages (resource_id, first_seen_at, hash, {", ".join(_STORED)})
values ((select id from resources where key = :key), :checked_at, :hash, :{", :".join(_STORED)})
on conflict (resource_id, hash) do update
set ({", ".join(_STORED)}) = (excluded.{", excluded.".join(_STORED)})
where ({", ".join(_STORED)}) is not (excluded.{", excluded.".join(_STORED)})
"""  # noqa: S608 - the names of columns
"""A page that differs by noise only takes the place of the earlier one."""

_LAST_GOOD = f"""
select resources.key, {PAGE_COLUMNS}, resources.page_url, {GOOD_DIGEST.format(resources="resources")}
from resources
cross join concluded_checks on concluded_checks.resource_id = resources.id
left join pages on pages.id = page_id
where resources.key = ? and run_id >= resources.url_run
order by run_id desc limit 1
"""  # noqa: S608 - likewise


class PageTable:
    """The pages of all resources."""

    def __init__(self, db: RowWriter, readers: RowReader) -> None:
        self._db = db
        self._readers = readers
        self._texts = TextTable(db)

    def save(self, run_id: int, check: Check) -> str | None:
        """Store the page that a check has read, and return its hash; None if it has read none."""
        key, page = check.resource.key, check.page
        if page is None or check.facts.is_not_modified:
            return None
        page_hash = steady_digest(page)
        row = {"key": key, "checked_at": to_text(check.checked_at), "hash": page_hash}
        text = check.packed_text or packed(page, self._texts.is_stored)
        self._db.execute(_SAVE, {**row, **page_row(page), "fingerprint": text.fingerprint})
        self._texts.save(run_id, key, text)
        return page_hash

    def whole(self, run_id: int, key: str, page: Page) -> Page:
        """The page that a run has seen, with its text: the one it has read, or the last good one."""
        read = text_read_in(self._readers, run_id, key)
        text = read or unpacked(last_good_text(self._readers, key))
        return replace(page, text=text.text, main_text=text.main_text or "")

    def last_good(self, key: str) -> LastGood | None:
        """The last good page of a resource, listed or not; None when there was none."""
        row = self._db.row(_LAST_GOOD, key)
        return last_good_of(row, page_of(row), self._readers) if row else None


def steady_digest(page: Page) -> str:
    """A digest of the page without its text, its size, and the counters and dates in its values."""
    declared = {
        name: replace(value, value=without_counters(value.value))
        for name in PAGE_FIELDS
        if (value := getattr(page, name)) is not None
    }
    steady: dict[str, Any] = {
        "text": "",
        "main_text": "",
        "word_count": 0,
        "scripts": 0,
        "published_raw": None,
        "first_heading": without_counters(page.first_heading or ""),
    }
    return json_digest(replace(page, **declared, **steady))


def page_row(page: Page) -> Row:
    """The columns of a page except its hash, its fingerprint and its resource."""
    row = to_row(page, _FIELDS)
    for name, origin in zip(PAGE_FIELDS, _ORIGINS, strict=True):
        declared: Declared | None = getattr(page, name)
        row[name] = declared and declared.value
        row[origin] = declared and declared.origin
    return row


_DECLARED = tuple((name, f"page_{name}", f"page_{name}_from") for name in PAGE_FIELDS)


def page_of(row: Row) -> Page | None:
    """The page in a row with `PAGE_COLUMNS`, without its text; None when they are NULL."""
    if row["page_kind"] is None:
        return None
    found = row["page_fragment_found"]
    plain: dict[str, Any] = {name: row[f"page_{name}"] for name in _PLAIN_FIELDS}
    declared: dict[str, Any] = {
        name: Declared(value=row[value], origin=row[origin])
        for name, value, origin in _DECLARED
        if row[value] is not None and row[origin] is not None
    }
    return Page(
        kind=MediaKind(row["page_kind"]),
        noindex=bool(row["page_noindex"]),
        refresh=from_json_or_none(Refresh, row["page_refresh"]),
        marks=from_json(tuple[str, ...], row["page_marks"]),
        fragment_found=None if found is None else bool(found),
        **plain,
        **declared,
    )


def last_good_of(row: Row, page: Page | None, texts: RowReader) -> LastGood | None:
    """The page with its URL, which is in the row of its resource."""
    if page is None:
        return None
    return LastGood(
        page=page,
        url=row["page_url"] or "",
        stored_text=StoredText(partial(last_good_text, texts, row["key"]), unpacked),
        text_digest=row["text_digest"] or "",
    )
