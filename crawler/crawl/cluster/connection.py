"""IO: a client of Dask's scheduler, or of a cluster on this machine that ends with the run."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from multiprocessing import resource_tracker
from typing import Any

from distributed import Client, LocalCluster

from crawler.config import LOCAL_CLUSTER
from crawler.errors import ClusterError

CONNECT_SECONDS = 30
"""To connect to the scheduler, and to do so again when the connection is lost."""
ANSWER_SECONDS = 10
"""For what the scheduler says of itself, once there is a connection."""
CLOSING_SECONDS = 1.0
"""For each thing to be closed; workers of this machine end with this process at the latest."""
INTERRUPT_SECONDS = 0.2
"""How long an interrupt waits at most while workers of this machine start."""

_SILENT = logging.CRITICAL + 1


@asynccontextmanager
async def connected(address: str, local_workers: int) -> AsyncIterator[Client]:
    """A client of the cluster at the address, or of one with so many workers on this machine.

    Raises:
        ClusterError: nobody answers there as a scheduler does.
    """
    # What goes wrong is said by us, in a sentence.
    for handler in logging.getLogger("distributed").handlers:
        handler.setLevel(_SILENT)
    async with AsyncExitStack() as stack:
        try:
            target = address
            if address == LOCAL_CLUSTER:
                target = _local(local_workers)
                stack.push_async_callback(_close, target)
                await _start(target)
            client = Client(
                target, asynchronous=True, set_as_default=False, timeout=CONNECT_SECONDS
            )
            stack.push_async_callback(_close, client)
            # Dask waits without end for the first words of what is no scheduler.
            async with asyncio.timeout(CONNECT_SECONDS + ANSWER_SECONDS):
                await client
        except Exception as error:
            # Each of Dask's transports has exceptions of its own; TLS without certificates is a TypeError.
            reason = str(error).partition("\n")[0] or "it does not answer"
            raise ClusterError(
                f"crawl.cluster: no scheduler of Dask can be used at {address} ({reason}); see "
                "whether `dask scheduler` runs there"
            ) from error
        yield client


def _local(workers: int) -> LocalCluster:
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        asynchronous=True,
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        silence_logs=_SILENT,
    )


async def _start(cluster: LocalCluster) -> None:
    # Started later, the tracker would unblock SIGINT in this thread.
    resource_tracker.ensure_running()
    # Only we react to an interrupt (SIGINT): processes that start now inherit the mask.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    receiving = asyncio.create_task(_receive_interrupts())
    try:
        await cluster
    finally:
        receiving.cancel()
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


async def _receive_interrupts() -> None:
    """Let an interrupt that is blocked come to its handler, between what else happens in this thread."""
    while True:
        await asyncio.sleep(INTERRUPT_SECONDS)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


async def _close(what: Any) -> None:  # noqa: ANN401  (a client or cluster of Dask, which has no types)
    # What has not come to its start ends with errors of all kinds, which say nothing to anybody.
    with suppress(Exception):
        async with asyncio.timeout(CLOSING_SECONDS):
            await what.close()
