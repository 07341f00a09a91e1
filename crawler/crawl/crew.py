"""IO: what runs the shards of a crawl: this event loop, processes, or the workers of a cluster."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from crawler.crawl import shard_sizes
from crawler.crawl.shard_executors import (
    LoopExecutor,
    ProcessExecutor,
    ShardExecutor,
    available_cores,
)
from crawler.crawl.shard_jobs import (
    HOSTS_PER_PROCESS,
    JobMaker,
    ShardJob,
    process_count,
    split_lanes,
)
from crawler.crawl.surroundings import Surroundings
from crawler.fetch import Transport
from crawler.report.wording import plural


@dataclass(frozen=True, slots=True)
class Crew:
    """What runs the shards of a crawl, and what makes their jobs."""

    executor: ShardExecutor
    jobs: JobMaker
    for_few: ShardExecutor
    """What makes a few second looks, which are not worth the start of processes, and what takes their
    place where none can be started."""

    def executor_for(self, targets: int) -> ShardExecutor:
        """What looks at so many targets again."""
        return self.executor if targets > HOSTS_PER_PROCESS else self.for_few


@asynccontextmanager
async def started(
    whole: ShardJob, around: Surroundings, unstored: Callable[[], int]
) -> AsyncIterator[Crew]:
    """The crew for the job of a whole crawl; what it still runs ends with the block.

    `unstored` says how many checks wait to be stored.

    Raises:
        ClusterError: the cluster of the settings cannot be used.
        ConfigError: certificates cannot be read.
    """
    if whole.settings.crawl.cluster:
        async with _on_cluster(whole, around, unstored) as crew:
            yield crew
        return
    # A resolver that somebody else has made may not pickle.
    cores = 1 if around.resolver else available_cores()
    count = process_count(whole.lanes, whole.settings.fetch, cores)
    loop_executor = LoopExecutor(around.known, around.clock, around.sleep, count)
    executor: ShardExecutor = loop_executor
    if count > 1:
        # Certificates that cannot be read are an error before any process is started.
        async with Transport(whole.settings):
            executor = ProcessExecutor(around.known, count)
    try:
        jobs = JobMaker(whole, split_lanes(whole.lanes, count))
        yield Crew(executor, jobs, for_few=loop_executor)
    finally:
        await executor.shutdown()


@asynccontextmanager
async def _on_cluster(
    whole: ShardJob, around: Surroundings, unstored: Callable[[], int]
) -> AsyncIterator[Crew]:
    # Dask takes half a second to import.
    from crawler.crawl.cluster.connection import connected  # noqa: PLC0415
    from crawler.crawl.cluster.executor import ClusterExecutor  # noqa: PLC0415

    settings = whole.settings
    # As in `started`: certificates that cannot be read would be a fault of each shard.
    async with (
        Transport(settings),
        connected(settings.crawl.cluster, settings.fetch.processes or available_cores()) as client,
    ):
        executor = ClusterExecutor(
            client,
            around.known,
            unstored,
            fetch=settings.fetch,
            announce=around.announce,
        )
        await executor.start()
        try:
            workers, slots = executor.workers.count, executor.workers.slots
            latest = around.latest_seconds()
            parts = shard_sizes.in_shards(whole.lanes, latest, settings, max(slots, 1))
            around.announce(
                f"The cluster has {plural(workers, 'worker', 'workers')} and "
                f"{plural(slots, 'slot', 'slots')} for {plural(len(parts), 'shard', 'shards')}."
            )
            yield Crew(executor, JobMaker(whole, parts), for_few=executor)
        finally:
            await executor.shutdown()
