"""Whole runs on a Dask cluster: the same as in one process, also when a worker is killed, or a signal ends the run."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks.scale.outcome import differences, outcome
from crawler.demo.replies import NOT_FOUND, Reply, Request, Then, document
from crawler.demo.server import replying
from tests.support.dask_cluster import DaskCluster, running_cluster
from tests.support.database import query
from tests.support.many_hosts import host_names, running_server

pytestmark = pytest.mark.slow

FULL = bool(os.environ.get("CRAWLER_FULL"))  # noqa: TID251
HOSTS = host_names(2_000 if FULL else 60)
THIRD = len(HOSTS) // 3
IN_FLIGHT = 4
ETAG = ("ETag", '"a"')
HANG = Reply(raw=(), then=Then.HANG)
PATIENCE = 200
"""Seconds in which anything comes, whatever else the machine does."""


@dataclass
class Web:
    """A page at each host, which changes from night to night; all lets wait after `answers`."""

    night: int = 1
    answers: int | None = None
    asked: Counter[str] = field(default_factory=Counter)
    """By host, requests that were answered."""
    hung: Counter[str] = field(default_factory=Counter)

    def __call__(self, request: Request) -> Reply:
        if self.answers is not None and self.asked.total() >= self.answers:
            self.hung[request.host] += 1
            return HANG
        self.asked[request.host] += 1
        number = int(request.host[1:-5])
        if number % 10 == 1:
            is_known = request.fields.get("if-none-match") == ETAG[1]
            return (
                Reply(status_code=304, fields=(ETAG,)) if is_known else document("Same", 200, ETAG)
            )
        return self._page(number, request.host)

    def _page(self, number: int, host: str) -> Reply:
        if number % 10 == 3 or (number % 10 == 7 and self.night == 2):
            return NOT_FOUND
        new = " It has news." if number % 10 == 5 and self.night == 2 else ""
        return document(f"Here is {host}. It says something that stays.{new}")


@dataclass(frozen=True)
class Place:
    """A folder with a list of links to hosts of one server."""

    folder: Path
    authority: str

    @contextmanager
    def started(self, cluster: str = "") -> "Iterator[subprocess.Popen[str]]":
        """A run in one process, or on a cluster; it ends with the block."""
        self.folder.mkdir(exist_ok=True)
        rows = "".join(f"{n},Here,http://{host}/\n" for n, host in enumerate(HOSTS, 1))
        (self.folder / "resources.csv").write_text(f"number,title,url\n{rows}", encoding="utf-8")
        fetch = {
            "allow_private": ["127.0.0.0/8"],
            "attempts": 1,
            "budget": 1_000,
            "concurrency": IN_FLIGHT,
            "host_delay": 0,
            "processes": 1,
            "read_timeout": 1_000,
            "recheck_after": 0.1,
            "robots": False,
            "total_timeout": 1_000,
        }
        lines = [f"{name} = {json.dumps(value)}" for name, value in fetch.items()]
        text = "\n".join(
            (
                "[guard]\ncanaries = []\n[confirm]\nspan_hours = 0.0001\n[fetch]",
                *lines,
                f'resolve = {{ "*" = "{self.authority}" }}',
            )
        )
        (self.folder / "crawler.toml").write_text(text, encoding="utf-8")
        options = ("--cluster", cluster) if cluster else ()
        command = [sys.executable, "-m", "crawler", "run", "--quiet", *options]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, cwd=self.folder, stderr=pipe, stdout=pipe, text=True
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def finish(self, cluster: str = "") -> int:
        """Exit status of a run that comes to its end."""
        with self.started(cluster) as process:
            _, errors = process.communicate(timeout=PATIENCE * (2 if FULL else 1))
        assert "Traceback" not in errors
        return process.returncode

    def stored(self) -> int:
        """How many checks the last run has stored so far."""
        is_ready = "select 1 from sqlite_schema where name = 'checks'"
        if not (self.folder / "crawler.db").exists() or not self.rows(is_ready):
            return 0
        (found,) = self.rows(
            "select count(*) from checks where run_id = (select max(id) from runs)"
        )
        return int(str(found[0]))

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return query(self.folder / "crawler.db", sql)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Return when it is so."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextmanager
def serving(web: Web) -> Iterator[str]:
    with running_server(replying(web)) as authority:
        yield authority


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler with two workers."""
    with running_cluster(tmp_path_factory.mktemp("dask"), workers=2) as running:
        yield running


def test_a_night_is_the_same_as_in_one_process(tmp_path: Path, cluster: DaskCluster) -> None:
    web = Web()
    with serving(web) as authority:
        alone, together = Place(tmp_path / "alone", authority), Place(tmp_path / "both", authority)
        assert alone.finish() == 0
        shutil.copytree(alone.folder, together.folder)
        web.night, web.asked = 2, (by_one := Counter[str]())
        assert alone.finish() == 1
        web.asked = Counter()
        assert together.finish(cluster.address) == 1
    one, other = outcome(alone.folder), outcome(together.folder)
    assert list(differences(one, other)) == []
    assert len(one.verdicts) == len(HOSTS)
    # The last good page is read from the database, which the workers do not have.
    assert 304 in {row[3] for row in one.verdicts.values()}
    assert len({kind for _, kind in one.events}) >= 2
    assert web.asked == by_one


def test_after_the_loss_of_a_worker_only_what_was_under_way_is_asked_again(tmp_path: Path) -> None:
    web = Web(answers=THIRD)
    with serving(web) as authority, running_cluster(tmp_path, workers=1) as small:
        place = Place(tmp_path / "run", authority)
        with place.started(small.address) as process:
            wait_until(lambda: place.stored() == THIRD and web.hung.total() >= IN_FLIGHT)
            small.workers[0].kill()
            web.answers = None
            small.add_worker()
            _, errors = process.communicate(timeout=PATIENCE * (2 if FULL else 1))
    assert (process.returncode, "Traceback" in errors) == (0, False)
    assert place.stored() == len(HOSTS)
    assert place.rows("select status from runs") == [("complete",)]
    looks = {host: 2 if int(host[1:-5]) % 10 == 3 else 1 for host in HOSTS}
    assert web.asked == looks  # those that hung were never answered before


@pytest.mark.promise("3")
def test_a_signal_ends_it_and_the_next_run_goes_on(tmp_path: Path, cluster: DaskCluster) -> None:
    web = Web(answers=THIRD)
    with serving(web) as authority:
        place = Place(tmp_path, authority)
        with place.started(cluster.address) as process:
            wait_until(lambda: place.stored() == THIRD)
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 128 + signal.SIGTERM
        assert errors.splitlines()[-1].startswith("Interrupted. ")
        assert place.rows("select status, why from runs") == [("interrupted", "SIGTERM came")]
        assert place.stored() == THIRD
        web.answers = None
        assert place.finish(cluster.address) == 0
    assert place.stored() == len(HOSTS)
    assert place.rows("select status from runs") == [("interrupted",), ("complete",)]


@contextmanager
def silent_port() -> Iterator[tuple[str, Callable[[], object]]]:
    """An address that takes a connection and says nothing, and what waits for that connection."""
    with socket.create_server(("127.0.0.1", 0)) as silent, ExitStack() as stack:
        silent.settimeout(PATIENCE)
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        yield address, lambda: stack.enter_context(silent.accept()[0])


def interrupted(place: Place, process: "subprocess.Popen[str]", signum: signal.Signals) -> None:
    """Sends the signal, and expects a run that ends in order, with its reports."""
    process.send_signal(signum)
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + signum
    assert errors.splitlines()[-1].startswith("Interrupted. What was judged so far counts")
    assert place.rows("select status from runs") == [("complete",), ("interrupted",)]


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_run_that_waits_for_a_scheduler(
    tmp_path: Path, signum: signal.Signals
) -> None:
    with serving(Web()) as authority, silent_port() as (address, accept):
        place = Place(tmp_path, authority)
        place.finish()
        with place.started(address) as process:
            accept()
            interrupted(place, process, signum)


def children(pid: int) -> list[Path]:
    """The folders of the processes that a process has started."""
    numbers: list[str] = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):  # it has ended
            numbers += (thread / "children").read_text().split()
    return [Path(f"/proc/{number}") for number in numbers]


@pytest.mark.skipif(sys.platform != "linux", reason="the processes are found in /proc")
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_run_that_starts_workers(tmp_path: Path, signum: signal.Signals) -> None:
    with serving(Web(answers=len(HOSTS) * 2)) as authority:
        place = Place(tmp_path, authority)
        place.finish()
        with place.started("local") as process:
            # The first is the resource tracker of `multiprocessing`.
            wait_until(lambda: len(children(process.pid)) > 1)
            started = children(process.pid)
            interrupted(place, process, signum)
    wait_until(lambda: not any(one.exists() for one in started))
