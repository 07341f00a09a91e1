"""Pure: pages as rows of their table, and back; their texts apart, since few are ever read again."""

from typing import Any

from isal import isal_zlib

from crawler.model import PAGE_FIELDS, Declared, MediaKind, Page, Refresh
from crawler.store.codec import digest, from_json, json_digest, to_json
from crawler.store.rows import Row

_PLAIN_PAGE_FIELDS = (
    "encoding",
    "encoding_from",
    "published_raw",
    "first_heading",
    "word_count",
    "scripts",
)


_TEXT_LEVEL = 1
"""Of compression: a sixth more room than zlib's usual level, for an eighth of its time."""


def page_hash(page: Page) -> str:
    """What a page is known by: equal for equal pages."""
    return json_digest(page)


def page_row(page: Page) -> dict[str, Any]:
    """The row of `pages` but for hash, text, and whose page it is."""
    declared = {name: getattr(page, name) for name in PAGE_FIELDS}
    return {
        "kind": page.kind,
        **{name: value and value.value for name, value in declared.items()},
        **{f"{name}_from": value and value.origin for name, value in declared.items()},
        **{name: getattr(page, name) for name in _PLAIN_PAGE_FIELDS},
        "noindex": page.noindex,
        "refresh": page.refresh and to_json(page.refresh),
        "marks": to_json(page.marks),
        "fragment_found": page.fragment_found,
        "fingerprint": digest(page.text),
    }


PAGE_COLUMNS = ("hash", *page_row(Page(kind=MediaKind.NONE)))
"""The columns of `pages` but for its text, and whose page it is."""


def packed(text: str) -> bytes:
    """A text as it is stored."""
    return isal_zlib.compress(text.encode(), _TEXT_LEVEL)


def text_of(row: Row) -> str:
    """The text in a row of `pages`."""
    return isal_zlib.decompress(row["text"]).decode()


_DECLARED = tuple((name, f"page_{name}", f"page_{name}_from") for name in PAGE_FIELDS)
_PLAIN = tuple((name, f"page_{name}") for name in _PLAIN_PAGE_FIELDS)


def page_of(row: Row) -> Page | None:
    """The page in a row that has the columns of `pages` as `page_…`, without its text."""
    if row["page_kind"] is None:
        return None
    found, refresh = row["page_fragment_found"], row["page_refresh"]
    plain: dict[str, Any] = {name: row[column] for name, column in _PLAIN}
    declared: dict[str, Any] = {
        name: Declared(value=row[value], origin=row[origin])
        for name, value, origin in _DECLARED
        if row[value] is not None and row[origin] is not None
    }
    return Page(
        kind=MediaKind(row["page_kind"]),
        noindex=bool(row["page_noindex"]),
        refresh=None if refresh is None else from_json(Refresh, refresh),
        marks=from_json(tuple[str, ...], row["page_marks"]),
        fragment_found=None if found is None else bool(found),
        **plain,
        **declared,
    )
