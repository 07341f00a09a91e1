"""IO: runs on a scheduler of Dask and two workers that were started by hand."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.measure import process_tree
from benchmarks.scale import running
from benchmarks.scale.running import SCHEDULER, WORKERS, Meanwhile, Night, Ran, Way, do_nothing
from benchmarks.scale.watching import trees
from tests.support.dask_cluster import DaskCluster, running_cluster

_SIZE = 2
"""Workers."""


def by_hand(before: Path, night: Night) -> Ran:
    """The second night on a scheduler and two workers."""
    return _on_cluster("scheduler and two workers", before, night)


def with_a_loss(before: Path, night: Night, requests: int) -> Ran:
    """The same, but after so many requests one worker is killed, with all that it started."""
    logged = night.served.logged()

    def kill_one(cluster: DaskCluster, run: "subprocess.Popen[bytes]") -> None:
        while run.poll() is None and night.served.traffic(logged).requests < requests:
            time.sleep(0.5)
        for pid in tuple(process_tree(cluster.workers[0].pid)):
            os.kill(pid, signal.SIGKILL)

    return _on_cluster("the same, one worker killed", before, night, kill_one)


def _on_cluster(
    name: str,
    before: Path,
    night: Night,
    disturb: Callable[[DaskCluster, "subprocess.Popen[bytes]"], None] | None = None,
) -> Ran:
    with (
        tempfile.TemporaryDirectory(prefix="bench-dask-") as folder,
        running_cluster(Path(folder), _SIZE) as cluster,
    ):
        others = {
            SCHEDULER: trees([cluster.scheduler.pid]),
            WORKERS: trees([worker.pid for worker in cluster.workers]),
        }
        way = Way(name=name, options=("--cluster", cluster.address))
        meanwhile: Meanwhile = partial(disturb, cluster) if disturb else do_nothing
        return running.second(way, before, night, others, meanwhile)
