"""IO: the crawler's own search, for the records of the bench."""

import asyncio
import importlib
from collections.abc import Mapping
from types import ModuleType

from crawler.model import Proposal
from tests.moved.nights import Lost

_SECONDS = 1200.0


def crawler_search(lost: Lost) -> Mapping[str, tuple[Proposal, ...]]:
    """What `crawler.search` finds."""
    module = importlib.import_module("crawler.search")
    around = _around(module, lost)
    found = asyncio.run(module.search(lost.records, lost.settings, around))
    return {one.key: one.proposals for one in found}


def _around(module: ModuleType, lost: Lost) -> object:
    return module.Around(
        clock=lost.clock,
        version="1.2.3",
        seconds=_SECONDS,
        listed=lost.listed,
        moves=lost.moves,
        resolver=lost.resolver,
    )
