"""Pure: what shards elsewhere and the coordinator send each other, with texts as the database has them.

A text is packed where the page was read: the coordinator is one process, and has those of all shards.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from crawler import packing
from crawler.crawl.messages import KnownRecords
from crawler.model import Check, Record


def packed(check: Check, known: Mapping[str, Record]) -> Check:
    """The check with a packed text in place of those of its page.

    `known` has the record of its resource, if there is one. A text that the database has is left out,
    and so is that of the last good page after a 304.
    """
    page = check.page
    if page is None:
        return check
    bare = replace(page, text="", main_text="")
    if check.facts.is_not_modified:
        return replace(check, page=bare)
    record = known.get(check.resource.key)
    good = record.last_good if record else None
    stored = good.text_digest if good else ""
    text = packing.packed(page, lambda digest: digest == stored)
    return replace(check, page=bare, packed_text=text)


def with_texts(known: KnownRecords) -> KnownRecords:
    """The records with the texts of their last good pages, for a worker that has no database."""
    records = {key: _with_text(record) for key, record in known.records.items()}
    return replace(known, records=records)


def _with_text(record: Record) -> Record:
    good = record.last_good
    if good is None or good.stored_text is None:
        return record
    here = replace(good.stored_text, read=partial(_same, good.stored_text.read()))
    return replace(record, last_good=replace(good, stored_text=here))


def _same(content: bytes) -> bytes:
    return content
