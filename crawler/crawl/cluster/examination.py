"""IO: whether a scheduler and its workers can do what is wanted of them."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from distributed import Client

from crawler import __version__
from crawler.crawl.cluster.connection import ANSWER_SECONDS, connected
from crawler.errors import ClusterError, ConfigError
from crawler.fetch.tls import roots

WORKER_SECONDS = 30.0
"""In which a worker answers, though it has to import the crawler first, and all others do so too."""

_INSTALL = f"install resource-crawler[cluster] {__version__} there"
_SILENT = "does not answer; restart it"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterState:
    """The workers of a cluster as they are now."""

    slots: Mapping[str, int]
    """By address."""
    faults: Mapping[str, str]
    """What is wrong with those that cannot be used, in a clause about each, by address."""


def state_here(ca_bundle: str) -> tuple[str, bool]:
    """The version of the crawler, and whether the certificates can be read; called elsewhere.

    It is called on schedulers and workers of other versions, too.
    """
    try:
        return __version__, not ca_bundle or roots(ca_bundle) > 0
    except (ConfigError, OSError):
        return __version__, False


async def examine(address: str, ca_bundle: str) -> ClusterState:
    """The state of the cluster whose scheduler is at the address.

    Raises:
        ClusterError: there is none, or it cannot be used.
    """
    async with connected(address, 0) as client:
        await require_scheduler(client)
        slots = await client.nthreads()
        found = await asyncio.gather(*(_fault_soon(client, one, ca_bundle) for one in slots))
    faults = {one: fault for one, fault in zip(slots, found, strict=True) if fault}
    return ClusterState(slots=slots, faults=faults)


async def require_scheduler(client: Client) -> None:
    """Returns if the scheduler can read what is sent to its workers.

    Raises:
        ClusterError: it cannot, or does not answer.
    """
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await client.run_on_scheduler(state_here, "")
    except TimeoutError as error:
        raise ClusterError(f"crawl.cluster: the scheduler {_SILENT}") from error
    except (ImportError, AttributeError) as error:
        raise ClusterError(
            f"crawl.cluster: the scheduler cannot run the crawler ({error}); {_INSTALL}"
        ) from error


async def fault_of(client: Client, worker: str, ca_bundle: str) -> str | None:
    """What is wrong with a worker, in a clause about it; "" if nothing is, None if it is gone.

    It returns when the worker has answered. Without the crawler, one would end that gets a shard.
    """
    match await _answer(client, worker, ca_bundle):
        case (str(version), _) if version != __version__:
            return f"has version {version} of the crawler; {_INSTALL}"
        case (_, False):
            return f"cannot read fetch.ca_bundle, {ca_bundle}; put that file there, too"
        case (_, True):
            return ""
        case None | OSError():
            return None
        case error:
            said = str(error).partition("\n")[0] or type(error).__name__
            return f"cannot run the crawler ({said}); {_INSTALL}"


async def _answer(client: Client, worker: str, ca_bundle: str) -> object:
    """What the worker answers, or the error in place of that; None if there is no such worker."""
    try:
        found = await client.run(state_here, ca_bundle, workers=[worker], on_error="return")
    except Exception as error:  # noqa: BLE001  (the worker's own may not be readable here)
        return error
    return found.get(worker)


async def _fault_soon(client: Client, worker: str, ca_bundle: str) -> str:
    fault = None
    with suppress(TimeoutError):
        async with asyncio.timeout(WORKER_SECONDS):
            fault = await fault_of(client, worker, ca_bundle)
    return _SILENT if fault is None else fault
