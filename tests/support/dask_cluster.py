"""A scheduler of Dask and its workers, in processes on loopback."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_COMMON = ("--no-dashboard", "--host", "127.0.0.1")
_SECONDS = 60
"""In which a scheduler starts, whatever else the machine does."""


class DaskCluster:
    """A scheduler, and workers with one slot each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self.scheduler = self._start(
            "scheduler", "--port", "0", "--scheduler-file", str(self._file), *_COMMON
        )
        self.workers: list[subprocess.Popen[bytes]] = []

    @property
    def address(self) -> str:
        """Of the scheduler."""
        address: str = json.loads(self._file.read_text())["address"]
        return address

    @property
    def port(self) -> int:
        """Of the scheduler."""
        return int(self.address.rpartition(":")[2])

    def add_worker(self, **environ: str) -> subprocess.Popen[bytes]:
        """Another worker, which connects when it has started."""
        words = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self._folder))
        started = self._start("worker", self.address, *words, *_COMMON, **environ)
        self.workers.append(started)
        return started

    def wait_for_scheduler(self) -> None:
        """Return when the scheduler can be connected to."""
        deadline = time.monotonic() + _SECONDS
        while not (self._file.exists() and self._file.read_text()):
            assert self.scheduler.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def wait_for_workers(self, number: int) -> None:
        """Return when the scheduler has so many workers."""
        deadline = time.monotonic() + _SECONDS
        log = self._folder / "scheduler.log"
        while log.read_text().count("Starting worker compute stream") < number:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def kill(self) -> None:
        """End all of it at once."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, *words: str, **environ: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{words[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                stdout=log,
                stderr=log,
                env=os.environ | {"PYTHONPATH": str(Path.cwd())} | environ,  # noqa: TID251  (as a person starts them)
            )


@contextmanager
def running_cluster(folder: Path, workers: int) -> Iterator[DaskCluster]:
    """A cluster whose processes end with the block."""
    cluster = DaskCluster(folder)
    try:
        cluster.wait_for_scheduler()
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.kill()
