"""IO: a client of Dask's scheduler, or of a cluster on this machine that ends with the run."""

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from distributed import Client, LocalCluster

from crawler.config import LOCAL_CLUSTER
from crawler.errors import ClusterError

CONNECT_SECONDS = 30
"""To connect to the scheduler, and to do so again when the connection is lost."""


@asynccontextmanager
async def connected(address: str, local_workers: int) -> AsyncIterator[Client]:
    """A client of the cluster at the address, or of one with so many workers on this machine.

    Raises:
        ClusterError: nobody answers there as a scheduler does.
    """
    # What goes wrong is said by us, in a sentence.
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
    async with AsyncExitStack() as stack:
        try:
            target = address
            if address == LOCAL_CLUSTER:
                target = await stack.enter_async_context(_local_cluster(local_workers))
            client = await stack.enter_async_context(
                Client(target, asynchronous=True, set_as_default=False, timeout=CONNECT_SECONDS)
            )
        except (OSError, ValueError, ImportError, RuntimeError) as error:
            raise ClusterError(
                f"crawl.cluster: no scheduler of Dask can be used at {address} "
                f"({_reason(error)}); see whether `dask scheduler` runs there"
            ) from error
        yield client


def _local_cluster(workers: int) -> LocalCluster:
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        asynchronous=True,
        dashboard_address=None,
        silence_logs=logging.CRITICAL + 1,
    )


def _reason(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
