"""Shards: a crawl finds the same with any number of them, and what the loss of one costs."""

import asyncio
import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.config import GuardSettings, Settings
from crawler.crawl import CrawlResult, Progress, crawl, remote_call
from crawler.crawl.coordinator import MAX_PROCESSES
from crawler.crawl.outbox import Learn
from crawler.crawl.remote_call import LostError, RemoteCall
from crawler.crawl.surroundings import forget
from crawler.crawl.worker import Channel
from crawler.demo.replies import NOT_FOUND, Reply, Request, Then, redirect
from crawler.demo.server import refusing_port, replying
from crawler.errors import ConfigError
from crawler.guard import Outage
from crawler.model import Reason
from crawler.plan import plan
from crawler.robots import RobotsFile
from tests.support.builders import make_resource
from tests.support.crawling import make_surroundings
from tests.support.database import named_rows
from tests.support.loopback import page
from tests.support.many_hosts import host_names, running_server, settings_for
from tests.support.two_nights import two_nights

pytestmark = pytest.mark.slow

FULL = bool(os.environ.get("CRAWLER_FULL"))  # noqa: TID251
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")


# --- the same, however many -----------------------------------------------------------------------


def test_reports_and_checks_are_the_same_however_many_shards_there_are(tmp_path: Path) -> None:
    whole = two_nights(tmp_path / "1", processes=1)
    for number in (2, 3, 5) if FULL else (3,):
        cut_up = two_nights(tmp_path / str(number), processes=number)
        assert cut_up[1] == whole[1]
        assert cut_up[0] == whole[0]


# --- processes ------------------------------------------------------------------------------------


HANG = Reply(raw=(), then=Then.HANG)
_answering_soon = replying(Reply(raw=(page(),), delay=0.05))
_answering_late = replying(Reply(raw=(page(),), delay=0.5))


EARLIER_CHILDREN = set[int]()
"""Children of this process that the running test did not start."""


@pytest.fixture(autouse=True)
def _note_earlier_children() -> None:
    """Other tests may have left a resource tracker of Python's, or a process that reads pages."""
    EARLIER_CHILDREN.clear()
    if sys.platform == "linux":
        EARLIER_CHILDREN.update(_children(os.getpid()))


def _children(parent: int) -> list[int]:
    children: list[int] = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        with suppress(OSError):  # the thread may have ended
            children += map(int, (task / "children").read_text().split())
    return children


def _shard_processes(parent: int | None = None) -> list[int]:
    """The children since the test began that have a process group of their own, as shards have."""
    children = _children(parent or os.getpid())
    return [pid for pid in children if pid not in EARLIER_CHILDREN and _leads_a_group(pid)]


def _leads_a_group(pid: int) -> bool:
    try:
        return os.getpgid(pid) == pid
    except ProcessLookupError:
        return False


def _crawled(
    settings: Settings,
    names: list[str],
    listen: Callable[[Progress], None] = lambda _: None,
    grace_seconds: float = 2.0,
    learn: Learn = forget,
    **fetch: object,
) -> CrawlResult:
    changed = replace(settings.fetch, **({"processes": 2} | fetch))  # type: ignore[arg-type]
    resources = [
        make_resource(f"http://{host}/", number=n, title="Here") for n, host in enumerate(names, 1)
    ]
    around = make_surroundings(listen=listen, grace_seconds=grace_seconds, learn=learn)
    brought = asyncio.run(crawl(plan(resources), replace(settings, fetch=changed), around))
    assert not _shard_processes()
    return brought


def _reasons(brought: CrawlResult) -> list[Reason]:
    return [check.judgement.reason for check in brought.checks.values()]


@LINUX
def test_a_killed_process_costs_its_unfinished_pages_another_try() -> None:
    killed: list[int] = []

    def listen(progress: Progress) -> None:
        if progress.done >= 4 and not killed:
            killed.append(_shard_processes()[0])
            os.kill(killed[0], signal.SIGKILL)

    with running_server(_answering_late) as authority:
        brought = _crawled(settings_for(authority), host_names(40), listen, concurrency=4)
    assert killed
    assert (_reasons(brought), brought.faults) == ([Reason.OK] * 40, ())
    assert {check.looks for check in brought.checks.values()} == {1}


@LINUX
def test_after_the_loss_of_a_process_no_robots_file_is_asked_for_again() -> None:
    asked = Counter[str]()
    told, files = threading.Event(), list[RobotsFile]()

    def respond(request: Request) -> Reply:
        if request.path == "/robots.txt":
            asked[request.host] += 1
            return NOT_FOUND
        # No page comes before the loss.
        return Reply(raw=(page(),)) if told.is_set() else HANG

    def learn(some: Sequence[RobotsFile], _: object) -> None:
        files.extend(some)
        if len(files) == 6 and not told.is_set():
            told.set()
            for child in _shard_processes():
                os.kill(child, signal.SIGKILL)

    with running_server(replying(respond)) as authority:
        settings = settings_for(authority)
        brought = _crawled(
            settings, host_names(6), learn=learn, robots=True, read_timeout=60, total_timeout=60
        )
    assert (_reasons(brought), brought.faults) == ([Reason.OK] * 6, ())
    assert asked == dict.fromkeys(host_names(6), 1)


@LINUX
def test_a_process_that_is_lost_again_and_again_costs_what_it_did_not_finish() -> None:
    with running_server(_answering_soon) as authority:
        settings = settings_for(authority)
        settings = replace(settings, fetch=replace(settings.fetch, read_timeout=9))

        def listen(progress: Progress) -> None:
            # The process with nothing left to do has ended, or ends now.
            if progress.done >= 19:
                for child in _shard_processes():
                    os.kill(child, signal.SIGKILL)

        def respond(request: Request) -> Reply:
            return HANG if request.host == "h7.test" else Reply(raw=(page(),))

        with running_server(replying(respond)) as poisoned:
            resolve = (("*", poisoned),)
            brought = _crawled(settings, host_names(20), listen, resolve=resolve)
    assert _reasons(brought) == [Reason.OK] * 19
    (fault,) = brought.faults
    assert fault.target.url == "http://h7.test/"
    assert fault.error == f"its process ended with status -{int(signal.SIGKILL)}"
    assert MAX_PROCESSES > 1


@LINUX
def test_shards_run_in_this_process_when_no_other_can_be_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with running_server(_answering_soon) as authority:
        brought = _crawled(settings_for(authority), host_names(6))
    assert (_reasons(brought), brought.faults) == ([Reason.OK] * 6, ())


@LINUX
def test_a_second_look_is_taken_after_the_first_of_all_shards() -> None:
    asked: list[str] = []

    def respond(request: Request) -> Reply:
        asked.append(request.host)
        gone = request.host in {"h1.test", "h2.test"} and asked.count(request.host) == 1
        return NOT_FOUND if gone else Reply(raw=(page(),), delay=0.5)

    with running_server(replying(respond)) as authority:
        brought = _crawled(settings_for(authority), host_names(4), recheck_after=0.01)
    assert _reasons(brought) == [Reason.OK] * 4
    assert [check.looks for check in brought.checks.values()] == [1, 2, 2, 1]
    assert sorted(asked[-2:]) == ["h1.test", "h2.test"]


def test_the_longest_lane_comes_first_wherever_its_redirects_lead() -> None:
    asked: list[str] = []

    def respond(request: Request) -> Reply:
        asked.append(request.host.removesuffix(".test"))
        if request.path == "/a/":
            return redirect("http://away.test/")
        return Reply(raw=(page(),))

    names = [*host_names(9), *(f"long.test/{name}" for name in "abc")]
    with running_server(replying(respond)) as authority:
        _crawled(settings_for(authority), names, processes=1, concurrency=1)
    # Between two of its requests the slot is not left idle.
    assert asked[:7] == ["long", "h0", "away", "h1", "long", "h2", "long"]


@LINUX
def test_a_network_that_is_down_stops_all_shards() -> None:
    with refusing_port() as port:
        nowhere = f"127.0.0.1:{port}"
        settings = replace(
            settings_for(nowhere), guard=GuardSettings(canaries=("http://c.test/",))
        )
        brought = _crawled(settings, host_names(9), attempts=1)
    assert isinstance(brought.distrust, Outage)


@LINUX
def test_at_the_end_of_the_budget_the_rest_is_out_of_budget_and_what_was_learned_is_kept() -> None:
    hanging: set[str] = set()

    def respond(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return NOT_FOUND
        return HANG if request.host in hanging else Reply(raw=(page(),))

    with running_server(replying(respond)) as authority:
        settings = settings_for(authority)
        settings = replace(
            settings, fetch=replace(settings.fetch, read_timeout=60, total_timeout=60, robots=True)
        )
        # Most of it goes by before the processes have begun: how long that takes is the machine's affair.
        began_at = time.monotonic()
        _crawled(settings, host_names(4))
        budget = 3 * (time.monotonic() - began_at)
        hanging.add("h1.test")
        learned: list[RobotsFile] = []
        brought = _crawled(
            settings,
            host_names(4),
            grace_seconds=budget,
            learn=lambda files, _: learned.extend(files),
            budget=budget,
        )
    reasons = [Reason.OK, Reason.OUT_OF_BUDGET, Reason.OK, Reason.OK]
    assert _reasons(brought) == reasons
    assert len(learned) == 4


def test_certificates_that_cannot_be_read_are_an_error_before_any_process_is_started() -> None:
    with pytest.raises(ConfigError):
        _crawled(settings_for("127.0.0.1:9"), host_names(4), ca_bundle="/nowhere.pem")


_A_RUN = """
import sys
from pathlib import Path
from dataclasses import replace
from crawler.run import RunOptions, run
from tests.support.many_hosts import write_list_of_40_hosts

stored = []

def listen(progress):
    stored.extend(progress.checks)
    if len(stored) >= 4:
        print("four", flush=True)

ran = run(write_list_of_40_hosts(Path(sys.argv[1]), sys.argv[2]), RunOptions(listen=listen))
print(ran.status, ran.signal, flush=True)
"""


def _are_gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


@LINUX
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_processes_end_with_the_coordinator(tmp_path: Path, signum: signal.Signals) -> None:
    with running_server(_answering_late) as authority:
        command = [sys.executable, "-c", _A_RUN, str(tmp_path), authority]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "four\n"
            children = _shard_processes(process.pid)
            assert len(children) == 2
            process.send_signal(signum)
            output, _ = process.communicate(timeout=30)
        assert _are_gone(children)
    sql = "select count(*) as stored, max(runs.status) as status from checks, runs"
    (row,) = named_rows(tmp_path / "crawler.db", sql)
    assert 4 <= row["stored"] < 40
    if signum is not signal.SIGKILL:
        assert output.splitlines()[-1] == f"interrupted {int(signum)}"
        assert row["status"] == "interrupted"


def _echo(channel: Channel, word: str) -> str:
    heard: list[object] = []
    channel.listen(heard.append)
    channel.send(word)
    while not heard:
        time.sleep(0.01)
    return f"{heard[0]} after {word}"


def _call(function: Callable[[Channel], object]) -> RemoteCall:
    """The call, after its end; its messages are ignored."""
    call = RemoteCall(lambda call, messages: None, function)
    call.join()
    return call


def _threshold(_: Channel) -> int:
    return gc.get_threshold()[0]


def test_a_process_collects_garbage_as_seldom_as_the_one_that_started_it() -> None:
    before = gc.get_threshold()
    gc.set_threshold(12_345)
    try:
        assert _call(_threshold).result(timeout=30) == 12_345
    finally:
        gc.set_threshold(*before)


def _raise(_: Channel) -> None:
    raise ZeroDivisionError


def test_a_call_sends_and_receives_messages_before_it_returns() -> None:
    said: list[tuple[object, ...]] = []

    def listener(call: RemoteCall, messages: tuple[object, ...]) -> None:
        said.append(messages)
        call.send("this")

    call = RemoteCall(listener, _echo, "that")
    assert call.result(timeout=30) == "this after that"
    assert said == [("that",)]
    call.join()


def test_an_exception_of_a_call_is_its_result() -> None:
    with pytest.raises(LostError, match=r"ZeroDivisionError in test_shards\.py"):
        _call(_raise).result(timeout=30)


def _hang(channel: Channel) -> None:
    channel.send("here")
    threading.Event().wait()


def test_a_process_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_call, "SILENCE_SECONDS", 0.3)
    monkeypatch.setattr(remote_call, "SECOND_CHANCE_SECONDS", 0.1)
    monkeypatch.setattr(remote_call, "MAX_EXIT_SECONDS", 0.1)
    with pytest.raises(LostError, match="its process said nothing for 0 s"):
        _call(_hang).result(timeout=30)
