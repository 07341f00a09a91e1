"""Pure: new addresses that are in the list already."""

import re
from collections.abc import Collection, Container, Iterable, Mapping

from crawler import urls
from crawler.model import Outline, Snapshot
from crawler.report import naming
from crawler.report.findings import web_address

_PLAIN_HOST = re.compile(r"[a-z0-9.-]+[a-z]")
"""A host that is written as it is in a normal form."""


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
        # To read a URL takes long, and most are of other hosts.
        if _may_be_of(outline.url, hosts):
            address = web_address(outline.url)
            if address and address in wanted:
                found[address] = outline.key
    return found


def _may_be_of(url: str, hosts: Container[str]) -> bool:
    """Whether the URL, as it is written, may be of one of these hosts."""
    authority = url.partition("//")[2].partition("/")[0].lower()
    return authority in hosts or not _PLAIN_HOST.fullmatch(authority)
