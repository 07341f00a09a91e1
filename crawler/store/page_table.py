"""IO: the table `pages`; texts are read separately, because few of them are needed again."""

from functools import partial
from typing import Any

from isal import isal_zlib

from crawler.model import PAGE_FIELDS, Check, Declared, LastGood, MediaKind, Page, Refresh
from crawler.store.codec import (
    Row,
    digest,
    from_json,
    from_json_or_none,
    json_digest,
    to_row,
    to_text,
)
from crawler.store.connections import RowReader, RowWriter

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

_TEXT_LEVEL = 1
"""Compression level: 1/6 more space than zlib's default, in 1/8 of its time."""

_EXISTS = """
select 1 from pages where resource_id = (select id from resources where key = :key) and hash = :hash
"""

_ADD = f"""
insert into pages (resource_id, first_seen_at, hash, text, fingerprint, {", ".join(_COLUMNS)})
values ((select id from resources where key = :key), :checked_at, :hash, :text, :fingerprint,
    :{", :".join(_COLUMNS)})
"""  # noqa: S608 - the names of columns

_TEXT = "select text from pages where id = ?"

_LAST_GOOD = f"""
select page_id, {PAGE_COLUMNS}, resources.page_url from resources
cross join concluded_checks on concluded_checks.resource_id = resources.id
left join pages on pages.id = page_id
where resources.key = ? and run_id >= resources.url_run
order by run_id desc limit 1
"""  # noqa: S608 - likewise


class PageTable:
    """The pages of all resources."""

    def __init__(self, db: RowWriter, texts: RowReader) -> None:
        self._db = db
        self._texts = texts

    def save(self, check: Check) -> str | None:
        """Store the page that a check has read, and return its hash; None if it has read none."""
        key, page = check.resource.key, check.page
        if page is None or check.facts.is_not_modified:
            return None
        page_hash = json_digest(page)
        if self._db.execute(_EXISTS, {"key": key, "hash": page_hash}).fetchone() is None:
            row = {
                "key": key,
                "checked_at": to_text(check.checked_at),
                "hash": page_hash,
                "text": packed(page.text),
                **page_row(page),
            }
            self._db.execute(_ADD, row)
        return page_hash

    def last_good(self, key: str) -> LastGood | None:
        """The last good page of a resource, listed or not; None when there was none."""
        row = self._db.row(_LAST_GOOD, key)
        return last_good_of(row, page_of(row), self._texts) if row else None


def page_row(page: Page) -> Row:
    """The columns of a page except its hash, its text and its resource."""
    row = {**to_row(page, _FIELDS), "fingerprint": digest(page.text)}
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
    stored_text = partial(_read_text, texts, row["page_id"])
    return LastGood(page=page, url=row["page_url"] or "", stored_text=stored_text)


def _read_text(texts: RowReader, page_id: int) -> str:
    """The text of a page; in another process, too."""
    (row,) = texts.rows(_TEXT, page_id)
    return unpacked(row["text"])


def packed(text: str) -> bytes:
    """A text as it is stored."""
    return isal_zlib.compress(text.encode(), _TEXT_LEVEL)


def unpacked(content: bytes) -> str:
    """The text that `packed` made."""
    return isal_zlib.decompress(content).decode()
