"""Pure: new addresses that are in the list already."""

from collections.abc import Collection, Iterable, Mapping

from crawler import urls
from crawler.model import Outline, Snapshot
from crawler.report import naming
from crawler.report.findings import web_address


def rows_of(snapshot: Snapshot, wanted: Collection[str]) -> Mapping[str, str]:
    """By web address in normal form, the row that has it; `wanted` are the addresses in question.

    All outlines are read for it, if anything is wanted.
    """
    name, records = snapshot.resources_name, snapshot.records
    keys = _keys(snapshot.outlines, wanted) if wanted else {}
    return {address: naming.row(records[key].resource, name) for address, key in keys.items()}


def _keys(outlines: Iterable[Outline], wanted: Collection[str]) -> dict[str, str]:
    """By address, the key of the resource that is listed with it."""
    hosts = {urls.host(address) for address in wanted}
    found: dict[str, str] = {}
    for outline in outlines:
        if urls.web_host(outline.url) in hosts:
            address = web_address(outline.url)
            if address and address in wanted:
                found[address] = outline.key
    return found
