"""Pure: records that can be read on another machine, where there is no database."""

from dataclasses import replace
from functools import partial

from crawler.crawl.messages import KnownRecords
from crawler.model import KeptText, Record


def portable(known: KnownRecords) -> KnownRecords:
    """The records with the texts of their last good pages, which are read from the database now."""
    records = {key: _with_text(record) for key, record in known.records.items()}
    return replace(known, records=records)


def _with_text(record: Record) -> Record:
    good = record.last_good
    if good is None or good.stored_text is None:
        return record
    here = partial(_same, good.kept())
    return replace(record, last_good=replace(good, stored_text=here))


def _same(text: KeptText) -> KeptText:
    return text
