"""A run that was killed, and the next one."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.model import RunStatus
from crawler.store import Store
from tests.support.database import query
from tests.support.paths import REPOSITORY
from tests.support.store_nights import FIRST_NIGHT, check, night, resource, start

ONE = resource(1)

KILLED = """
import os, signal, sys
from crawler.store import Store
from tests.support.store_nights import check, resource, start

store = Store.open(sys.argv[1])
resources = [resource(number) for number in range(1, 1000)]
run_id = start(store)
store.resources.add(resources)
for first in range(0, 990, 10):
    batch = resources[first:first + 10]
    store.checks.save(run_id, [check(one) for one in batch])
    print(batch[-1].number, flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
"""


@pytest.mark.promise("2")
@pytest.mark.slow
@pytest.mark.parametrize("batches", [1, 7, 40])
def test_a_killed_run_loses_nothing_that_was_committed(tmp_path: Path, batches: int) -> None:
    path = str(tmp_path / "crawler.db")
    with Store.open(path) as store:
        night(store, [check(ONE)])
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, path],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(REPOSITORY)},
    ) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(batches)]
        process.send_signal(signal.SIGKILL)
    assert Path(f"{path}-lock").exists()
    with Store.open(path) as store:
        start(store, FIRST_NIGHT)
        assert store.runs.interrupted == 1
        kept = store._db.execute("select count(*) from checks where run_id = 2").fetchone()[0]
        assert list(store.records()) == ["1"]
        night(store, [check(ONE)], status=RunStatus.COMPLETE)
    assert kept >= told[-1]
    assert query(path, "pragma integrity_check") == [("ok",)]
