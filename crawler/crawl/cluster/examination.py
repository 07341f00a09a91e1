"""IO: whether a cluster can be used, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from crawler import __version__
from crawler.crawl.cluster.connection import connected


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterState:
    """The workers of a cluster as they are now."""

    slots: Mapping[str, int]
    """By address."""
    versions: Mapping[str, str]
    """Of the crawler, by address; empty where it is not installed."""


def version_here() -> str:
    """The version of the crawler; called on workers."""
    return __version__


async def examine(address: str) -> ClusterState:
    """The state of the cluster whose scheduler is at the address.

    Raises:
        ClusterError: there is none.
    """
    async with connected(address, 0) as client:
        slots = await client.nthreads()
        found = await client.run(version_here, on_error="return")
    versions = {one: text if isinstance(text, str) else "" for one, text in found.items()}
    return ClusterState(slots=slots, versions=versions)
