"""IO: a client of Dask's scheduler, or of a cluster on this machine that ends with the run."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
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
SILENCE_SECONDS = 60.0
"""How long a scheduler may say nothing though there is a connection: it hangs then."""
RETRY_SECONDS = 0.5
"""From one look at a connection that is lost, or may be, to the next."""
INTERRUPT_SECONDS = 0.2
"""How long an interrupt waits at most while workers of this machine start."""

LOST = "crawl.cluster: the connection to the scheduler was lost"
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


async def until_lost(client: Client, heard_at: Callable[[], float]) -> str:
    """Why the scheduler is lost, when it is: nobody connects again, or it says nothing for too long.

    `heard_at` says when it has last answered, by any clock.
    """
    silent, before = 0.0, heard_at()
    while client.status not in {"closing", "closed"}:
        await asyncio.sleep(RETRY_SECONDS)
        # Not by the clock: while we are stopped ourselves, nobody is heard.
        silent = silent + RETRY_SECONDS if heard_at() == before else 0.0
        before = heard_at()
        if silent > SILENCE_SECONDS:
            return f"crawl.cluster: the scheduler has said nothing for {SILENCE_SECONDS:.0f} s"
    return LOST


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
