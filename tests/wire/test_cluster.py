"""A crawl on the workers of a Dask cluster, which are processes on loopback."""

import asyncio
import gc
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import trustme

from crawler import __version__, doctor, guard
from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.config import CrawlSettings, GuardSettings, Settings
from crawler.crawl import CrawlResult, Progress, Surroundings, crawl
from crawler.crawl.cluster import connection, examination
from crawler.crawl.cluster.packets import LEASE_SECONDS
from crawler.crawl.kept_checks import KeptChecks
from crawler.demo.replies import NOT_FOUND, Reply, Request
from crawler.demo.server import refusing_port, replying
from crawler.doctor import Diagnosis, Level, Topic
from crawler.errors import ClusterError, ConfigError
from crawler.guard import Outage
from crawler.model import Check, Reason
from crawler.plan import plan
from tests.support.builders import NOW, make_resource
from tests.support.dask_cluster import DaskCluster, running_cluster
from tests.support.database import named_rows
from tests.support.loopback import page
from tests.support.many_hosts import host_names, running_server, settings_for
from tests.support.relay import running_relay
from tests.support.two_nights import two_nights

pytestmark = pytest.mark.slow

CANARY = "canary.test"
FULL = bool(os.environ.get("CRAWLER_FULL"))  # noqa: TID251


@dataclass
class Site:
    """A server of all hosts, which counts how often each was asked."""

    gone: frozenset[str] = frozenset()
    delay: float = 0.0
    asked: Counter[str] = field(default_factory=Counter)

    def __call__(self, request: Request) -> Reply:
        self.asked[request.host] += 1
        return NOT_FOUND if request.host in self.gone else Reply(raw=(page(),), delay=self.delay)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with running_cluster(tmp_path_factory.mktemp("dask"), workers=2) as running:
        yield running


def _on(cluster: DaskCluster | None, authority: str, **fetch: object) -> Settings:
    settings = settings_for(authority)
    fetch = {"concurrency": 8 if FULL else 4, "recheck_after": 0.01, "processes": 1} | fetch
    return replace(
        settings,
        fetch=replace(settings.fetch, **fetch),  # type: ignore[arg-type]
        crawl=CrawlSettings(cluster=cluster.address if cluster else ""),
    )


def _crawled(
    settings: Settings,
    hosts: int,
    said: list[str] | None = None,
    listen: Callable[[Progress], None] = lambda progress: None,
) -> tuple[CrawlResult, list[Check]]:
    resources = [
        make_resource(f"http://{host}/", number=n, title="Here")
        for n, host in enumerate(host_names(hosts), 1)
    ]
    kept: list[Check] = []
    stored = KeptChecks()

    def note(progress: Progress) -> None:
        kept.extend(progress.checks)
        listen(progress)

    around = Surroundings(
        clock=lambda: NOW,
        keep=stored.keep,
        read_back=stored.read_back,
        listen=note,
        version="1.2.3",
        announce=(said if said is not None else []).append,
        tokens=("one", "two"),
    )
    return asyncio.run(crawl(plan(resources), settings, around)), kept


def _plain(check: Check) -> Check:
    """The check without what the wire decides."""
    return replace(check, elapsed=None, address="", checked_at=NOW)


def test_a_cluster_finds_what_one_process_finds_and_asks_for_nothing_twice(
    cluster: DaskCluster,
) -> None:
    gone = frozenset({"h3.test", "h77.test", "h150.test"})
    site, said = Site(gone=gone), list[str]()
    with running_server(replying(site)) as authority:
        whole, _ = _crawled(_on(None, authority), 200)
        site.asked.clear()
        cut_up, kept = _crawled(_on(cluster, authority), 200, said)
    assert (cut_up.distrust, cut_up.faults) == (None, ())
    assert [*map(_plain, cut_up.checks.values())] == [*map(_plain, whole.checks.values())]
    assert site.asked == {host: 2 if host in gone else 1 for host in host_names(200)}
    assert len(kept) == 200 + len(gone)
    assert len(said) == 1
    assert said[0].startswith("The cluster has ")


def test_shards_that_have_not_begun_by_the_end_of_the_budget_are_out_of_it(
    cluster: DaskCluster,
) -> None:
    site = Site(delay=2.0)
    with running_server(replying(site)) as authority:
        found, _ = _crawled(_on(cluster, authority, budget=8.0, read_timeout=9.0), 240)
    assert (found.faults, found.is_cut_short, len(found.checks)) == ((), False, 240)
    reasons = Counter(check.judgement.reason for check in found.checks.values())
    assert reasons.keys() <= {Reason.OK, Reason.OUT_OF_BUDGET}
    assert reasons[Reason.OUT_OF_BUDGET] > 0


def test_reports_and_checks_are_those_of_one_process(cluster: DaskCluster, tmp_path: Path) -> None:
    whole = two_nights(tmp_path / "1", processes=1)
    cut_up = two_nights(tmp_path / "2", processes=1, cluster=cluster.address)
    assert cut_up[1] == whole[1]
    assert cut_up[0] == whole[0]


_A_RUN = """
import sys
from dataclasses import replace
from pathlib import Path
from crawler.config import CrawlSettings
from crawler.run import RunOptions, run
from tests.support.many_hosts import write_list_of_40_hosts

def listen(progress):
    if progress.done >= 4:
        print("four", flush=True)

folder, authority, cluster = sys.argv[1:]
settings = write_list_of_40_hosts(Path(folder), authority)
settings = replace(settings, crawl=CrawlSettings(cluster=cluster))
ran = run(settings, RunOptions(listen=listen))
print(ran.status, ran.signal, flush=True)
"""


def _signalled(
    folder: Path, authority: str, address: str, signum: signal.Signals
) -> tuple[str, float]:
    """What a run prints last that gets a signal in the middle, and how many seconds it took to end."""
    command = [sys.executable, "-c", _A_RUN, str(folder), authority, address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "four\n"
        process.send_signal(signum)
        began_at = time.monotonic()
        output, _ = process.communicate(timeout=120)
    return output.splitlines()[-1] if output else "", time.monotonic() - began_at


@pytest.mark.parametrize("is_local", [False, True])
def test_a_signal_ends_the_run_in_order(
    cluster: DaskCluster, tmp_path: Path, is_local: bool
) -> None:
    site = Site(delay=1.0)
    with running_server(replying(site)) as authority:
        address = "local" if is_local else cluster.address
        printed, seconds = _signalled(tmp_path, authority, address, signal.SIGTERM)
        assert not FULL or seconds < 5
        assert printed == f"interrupted {int(signal.SIGTERM)}"
        _await_silence(site)
    (row,) = named_rows(tmp_path / "crawler.db", "select count(*) as stored from checks")
    assert 4 <= row["stored"] < 40


@pytest.mark.skipif(not FULL, reason=f"a worker waits {LEASE_SECONDS} s for the coordinator")
def test_the_shards_of_a_killed_run_end(cluster: DaskCluster, tmp_path: Path) -> None:
    site = Site(delay=1.0)
    with running_server(replying(site)) as authority:
        _signalled(tmp_path, authority, cluster.address, signal.SIGKILL)
        _await_silence(site)


def _await_silence(site: Site) -> None:
    """Return when nothing is asked any more."""
    deadline = time.monotonic() + 120
    before = -1
    while before != site.asked.total():
        assert time.monotonic() < deadline
        before = site.asked.total()
        time.sleep(4)


def test_the_doctor_counts_the_workers_and_names_those_of_another_version(
    tmp_path: Path,
) -> None:
    with running_cluster(tmp_path, 1) as own:
        own.add_worker(**_with_start(tmp_path / "start", _OTHER_VERSION))
        own.wait_for_workers(2)
        wide, one = _on(own, "127.0.0.1:9", concurrency=16), f"{own.address}: 1 worker that can"
        other, slots = _diagnoses(wide)
        assert other.level is Level.FAIL
        assert "has version 0.0.1 of the crawler; install resource-crawler[cluster]" in other.text
        assert (slots.level, slots.text) == (Level.OK, f"{one} be used, with 1 slot.")
        _, slots = _diagnoses(_on(own, "127.0.0.1:9", concurrency=15))
        assert slots.level is Level.WARN
        assert "They share 15 requests at once (fetch.concurrency)" in slots.text


def _diagnoses(settings: Settings) -> list[Diagnosis]:
    settings = replace(settings, guard=GuardSettings(canaries=()))
    found = doctor.examine(settings, clock=lambda: NOW, version=__version__)
    return [one for one in found if one.topic is Topic.CLUSTER]


def test_the_doctor_says_what_it_did_not_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    local = replace(settings_for("127.0.0.1:9"), crawl=CrawlSettings(cluster="local"))
    (one,) = _diagnoses(local)
    assert (one.level, one.text) == (
        Level.SKIP,
        "Nothing was asked (the workers are started for each run).",
    )
    with refusing_port() as port:
        monkeypatch.setattr(connection, "CONNECT_SECONDS", 1)
        gone = CrawlSettings(cluster=f"tcp://127.0.0.1:{port}")
        (one,) = _diagnoses(replace(local, crawl=gone))
    assert one.level is Level.FAIL
    monkeypatch.setitem(sys.modules, "distributed", None)
    (one,) = _diagnoses(local)
    assert one.level is Level.FAIL
    assert "pip install 'resource-crawler[cluster]'" in one.text


@pytest.mark.parametrize("command", ["run", "schedule"])
def test_without_dask_nothing_is_begun(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    database = tmp_path / "crawler.db"
    words = [command, "--cluster", "local", "--database", str(database)]
    assert main(words) == ExitStatus.USAGE
    assert "pip install 'resource-crawler[cluster]'" in capsys.readouterr().err
    assert not database.exists()


# --- faults -----------------------------------------------------------------------------------------

HOSTS = 3000 if FULL else 120
MOST_ASKED_AGAIN = HOSTS * (2 if FULL else 20) // 100
"""Requests on their way are lost; of a few hundred they are more than 2 %, most of all on a busy machine."""


def _assert_complete(found: CrawlResult, site: Site, hosts: int = HOSTS) -> None:
    assert (found.distrust, found.faults, found.broken_off) == (None, (), "")
    assert not found.is_cut_short
    assert len(found.checks) == hosts
    assert {check.judgement.reason for check in found.checks.values()} == {Reason.OK}
    assert site.asked.keys() - {CANARY} == set(host_names(hosts))
    again = sum(count > 1 for host, count in site.asked.items() if host != CANARY)
    assert again <= MOST_ASKED_AGAIN


@dataclass
class Once:
    """Calls something once, when so many resources have a check."""

    at: int
    call: Callable[[], object]
    is_done: bool = False

    def __call__(self, progress: Progress) -> None:
        if progress.done >= self.at and not self.is_done:
            self.is_done = True
            self.call()


def test_a_worker_that_is_killed_costs_few_requests(tmp_path: Path) -> None:
    site = Site(delay=0.2)
    with running_server(replying(site)) as authority, running_cluster(tmp_path, 2) as own:
        kill = Once(HOSTS // 3, own.workers[0].kill)
        found, _ = _crawled(_on(own, authority), HOSTS, listen=kill)
    assert kill.is_done
    _assert_complete(found, site)


_CUT_OFF = """
import errno, pathlib, pycurl
from crawler.fetch import transfer
def _open(self, purpose, address):
    if pathlib.Path("{mark}").exists():
        return self._refuse(OSError(errno.ENETUNREACH, "no network"), pycurl.SOCKET_BAD)
    return _open_really(self, purpose, address)
_open_really, transfer.Transfer._open = transfer.Transfer._open, _open
"""
"""A process whose requests reach nobody as soon as there is a file of that name."""
_OTHER_VERSION = """
import crawler
crawler.__version__ = "0.0.1"
"""

_NO_CRAWLER = """
import sys
sys.modules["crawler"] = None
"""


def _with_start(folder: Path, text: str) -> dict[str, str]:
    """The environment of a process in which the text runs before anything else."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(text)
    return {"PYTHONPATH": f"{folder}{os.pathsep}{Path.cwd()}"}


def _with_canary(settings: Settings) -> Settings:
    return replace(settings, guard=GuardSettings(canaries=(f"http://{CANARY}/",)))


def test_the_shards_of_a_worker_without_a_network_go_to_another(tmp_path: Path) -> None:
    site = Site()
    start = _CUT_OFF.format(mark=tmp_path)
    with running_server(replying(site)) as authority, running_cluster(tmp_path, 0) as own:
        own.add_worker(**_with_start(tmp_path / "start", start))
        own.add_worker()
        own.wait_for_workers(2)
        found, _ = _crawled(_with_canary(_on(own, authority)), HOSTS)
    _assert_complete(found, site)


def test_without_a_worker_that_has_a_network_nothing_is_trusted(tmp_path: Path) -> None:
    site = Site()
    start = _CUT_OFF.format(mark=tmp_path)
    with running_server(replying(site)) as authority, running_cluster(tmp_path, 0) as own:
        own.add_worker(**_with_start(tmp_path / "start", start))
        found, kept = _crawled(_with_canary(_on(own, authority)), HOSTS)
    assert isinstance(found.distrust, Outage)
    assert found.distrust.unreached > guard.MIN_HOSTS
    assert (kept, site.asked) == ([], Counter())


def test_without_a_network_for_the_second_looks_the_first_count(tmp_path: Path) -> None:
    gone = host_names(4)
    site, mark = Site(gone=frozenset(gone)), tmp_path / "mark"
    with running_server(replying(site)) as authority, running_cluster(tmp_path, 0) as own:
        own.add_worker(**_with_start(tmp_path / "start", _CUT_OFF.format(mark=mark)))
        settings = _with_canary(_on(own, authority, recheck_after=3.0))
        found, _ = _crawled(settings, 20, listen=Once(20, mark.touch))
    assert (found.distrust, found.faults, found.is_cut_short) == (None, (), False)
    checks = list(found.checks.values())
    assert [check.judgement.reason for check in checks[:5]] == [Reason.HTTP_404] * 4 + [Reason.OK]
    assert {check.looks for check in checks} == {1}


@pytest.mark.parametrize(
    ("start", "fault"),
    [
        (_OTHER_VERSION, "has version 0.0.1 of the crawler; install resource-crawler[cluster] "),
        (_NO_CRAWLER, "cannot run the crawler ("),
    ],
    ids=["another version", "no crawler"],
)
def test_a_worker_that_cannot_run_the_crawler_is_refused(
    tmp_path: Path, start: str, fault: str
) -> None:
    site, said = Site(), list[str]()
    environ = _with_start(tmp_path / "start", start)
    with running_server(replying(site)) as authority, running_cluster(tmp_path, 0) as own:
        own.add_worker(**environ)
        own.wait_for_workers(1)
        with pytest.raises(ClusterError, match=re.escape(fault)):
            _crawled(_on(own, authority), HOSTS)
        own.add_worker()
        own.wait_for_workers(2)
        found, _ = _crawled(_on(own, authority), HOSTS, said)
    _assert_complete(found, site)
    assert f"gets nothing: it {fault}" in said[0]


def test_a_worker_without_the_certificates_of_the_settings_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, said, here = Site(), list[str](), Path.cwd()
    (tmp_path / "ours.pem").write_bytes(trustme.CA().cert_pem.bytes())
    with running_server(replying(site)) as authority, running_cluster(tmp_path, 1) as own:
        monkeypatch.chdir(tmp_path)
        own.add_worker(PYTHONPATH=str(here))
        own.wait_for_workers(2)
        found, _ = _crawled(_on(own, authority, ca_bundle="ours.pem"), HOSTS, said)
        monkeypatch.chdir(here)
    _assert_complete(found, site)
    assert "gets nothing: it cannot read fetch.ca_bundle, ours.pem; put that file there" in said[0]
    assert said[1].startswith("The cluster has 1 worker ")


def test_the_doctor_names_workers_that_cannot_be_used_or_do_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "WORKER_SECONDS", 20)
    with running_cluster(tmp_path, 1) as own:
        own.add_worker(**_with_start(tmp_path / "start", _NO_CRAWLER))
        own.wait_for_workers(2)
        own.workers[0].send_signal(signal.SIGSTOP)
        *faults, slots = _diagnoses(_on(own, "127.0.0.1:9"))
    assert {one.level for one in faults} == {Level.FAIL}
    silent, without = sorted((one.text for one in faults), key=lambda text: "crawler" in text)
    assert silent.endswith(" does not answer; restart it.")
    assert "cannot run the crawler (" in without
    assert slots.text.endswith(
        "0 workers that can be used, with 0 slots. Start some with `dask worker`."
    )


@pytest.mark.skipif(not FULL, reason=f"a worker may be silent for {LEASE_SECONDS} s")
def test_a_worker_that_hangs_from_the_start_costs_no_link(tmp_path: Path) -> None:
    site = Site(delay=0.2)
    with running_server(replying(site)) as authority, running_cluster(tmp_path, 2) as own:
        own.wait_for_workers(2)
        own.workers[0].send_signal(signal.SIGSTOP)
        found, _ = _crawled(_on(own, authority), HOSTS)
    _assert_complete(found, site)


def test_a_connection_that_breaks_and_comes_back_costs_few_requests(tmp_path: Path) -> None:
    site = Site(delay=0.2)
    with (
        running_server(replying(site)) as authority,
        running_cluster(tmp_path, 2) as own,
        running_relay(own.port) as relay,
    ):
        settings = _on(own, authority)
        address = f"tcp://127.0.0.1:{relay.port}"

        def cut() -> None:
            relay.cut()
            threading.Timer(3, relay.mend).start()

        found, _ = _crawled(
            replace(settings, crawl=CrawlSettings(cluster=address)),
            HOSTS,
            listen=Once(HOSTS // 3, cut),
        )
    _assert_complete(found, site)


def test_what_was_judged_before_the_scheduler_was_gone_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 3)
    site = Site(delay=0.2)
    with running_server(replying(site)) as authority, running_cluster(tmp_path, 2) as own:
        own.wait_for_workers(2)
        kill = Once(HOSTS // 3, own.scheduler.kill)
        found, _ = _crawled(_on(own, authority), HOSTS, listen=kill)
    assert found.broken_off == "crawl.cluster: the connection to the scheduler was lost"
    assert (found.distrust, found.faults, found.is_cut_short) == (None, (), True)
    assert HOSTS // 3 <= len(found.checks) < HOSTS


def test_first_looks_count_when_the_scheduler_is_gone_before_the_second_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 1)
    site = Site(gone=frozenset({"h3.test"}))
    with running_server(replying(site)) as authority, running_cluster(tmp_path, 1) as own:
        own.wait_for_workers(1)
        settings = _on(own, authority, recheck_after=15.0)
        found, _ = _crawled(settings, 20, listen=Once(20, own.scheduler.kill))
    assert found.broken_off == "crawl.cluster: the connection to the scheduler was lost"
    assert (len(found.checks), found.faults, found.is_cut_short) == (19, (), True)


def test_a_scheduler_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 1)
    with refusing_port() as port:
        settings = replace(
            settings_for("127.0.0.1:9"), crawl=CrawlSettings(cluster=f"tcp://127.0.0.1:{port}")
        )
        with pytest.raises(ClusterError, match="no scheduler of Dask can be used at tcp://127"):
            _crawled(settings, 3)


@pytest.mark.parametrize("scheme", ["tcp", "tls", "ws"])
def test_what_is_no_scheduler_is_an_error(
    scheme: str, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    """A port that takes connections and says nothing, and TLS without certificates."""
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 1)
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"{scheme}://127.0.0.1:{silent.getsockname()[1]}"
        settings = replace(settings_for("127.0.0.1:9"), crawl=CrawlSettings(cluster=address))
        with pytest.raises(ClusterError, match=f"no scheduler of Dask can be used at {scheme}://"):
            _crawled(settings, 3)
    gc.collect()
    assert not [one for one in recwarn if "never awaited" in str(one.message)]


def test_certificates_that_cannot_be_read_are_an_error_before_any_connection() -> None:
    settings = replace(
        _on(None, "127.0.0.1:9", ca_bundle="nowhere.pem"), crawl=CrawlSettings(cluster="local")
    )
    with pytest.raises(ConfigError, match=r"nowhere\.pem cannot be read as certificates"):
        _crawled(settings, 3)
