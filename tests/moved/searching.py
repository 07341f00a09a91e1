"""IO: the crawler's own search, for the records of the bench."""

import asyncio
import sys
from collections.abc import Mapping

from crawler import search
from crawler.model import Proposal
from tests.moved.nights import Lost

_SECONDS = 1200.0


def crawler_search(lost: Lost) -> Mapping[str, tuple[Proposal, ...]]:
    """What the crawler finds, without an archive and without waiting between requests."""
    around = search.Surroundings(
        clock=lost.clock,
        version="1.2.3",
        seconds=_SECONDS,
        listed=lost.listed,
        moves=lost.moves,
        resolver=lost.resolver,
    )
    found = asyncio.run(search.search(lost.records, lost.settings, around))
    unfinished = sum(not one.is_complete for one in found)
    if unfinished:
        print(f"{unfinished} searches were cut short", file=sys.stderr, flush=True)
    return {one.key: one.proposals for one in found}
