"""A machine that is too slow for what it asks: no page is anything but what it is because of that."""

import asyncio
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest

from crawler.config import Settings
from crawler.crawl import Surroundings, crawl
from crawler.fetch import Resolver
from crawler.model import Check, Reason, WarningCode
from crawler.plan import plan
from crawler.retry import REPEATS
from tests.support.builders import NOW, make_resource
from tests.support.fetching import make_settings, to_loopback
from tests.support.loopback import Peer, Script, Server, page, silent

HASTE = make_settings(
    concurrency=512,
    host_delay=0,
    connect_timeout=1.0,
    read_timeout=1.0,
    total_timeout=3.0,
    recheck_after=0,
    robots=False,
)
ANSWERS_IN = 0.4
"""Seconds; much less than the time-outs."""


async def _answering_in_time(peer: Peer) -> None:
    while True:
        await peer.request()
        await asyncio.sleep(ANSWERS_IN)
        await peer.send(page())


@contextmanager
def server(script: Script) -> Iterator[str]:
    """`host:port` of a server in a thread of its own."""
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event, str]] = Future()

    async def main() -> None:
        async with Server(script) as server:
            stop = asyncio.Event()
            started.set_result((asyncio.get_running_loop(), stop, server.authority))
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(main()))
    thread.start()
    loop, stop, authority = started.result(timeout=30)
    try:
        yield authority
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def _reading_for(seconds: float) -> Callable[[], datetime]:
    """A clock, asked once a page, that blocks the event loop as the reading of a page does."""

    def clock() -> datetime:
        time.sleep(seconds)
        return NOW

    return clock


def crawled(
    settings: Settings,
    *hosts: str,
    clock: Callable[[], datetime] = lambda: NOW,
    resolver: Resolver = to_loopback,
) -> tuple[Check, ...]:
    """The checks of one page for each host."""
    resources = [
        make_resource(f"http://{host}/", number=number, title="Here")
        for number, host in enumerate(hosts, 1)
    ]
    around = Surroundings(
        clock=clock,
        keep=lambda checks: None,
        listen=lambda progress: None,
        version="1.2.3",
        resolver=resolver,
    )
    brought = asyncio.run(crawl(plan(resources), settings, around))
    assert not brought.faults
    return brought.checks


def hosts(number: int) -> list[str]:
    return [f"h{n}.test" for n in range(number)]


def behind(authority: str, *others: tuple[str, str]) -> Settings:
    """Settings with which every host is that server, and being slow soon told of."""
    resolve = (*others, ("*", authority))
    report = replace(HASTE.report, slow_seconds=1)
    return replace(HASTE, fetch=replace(HASTE.fetch, resolve=resolve), report=report)


def said_of(checks: tuple[Check, ...]) -> Counter[str]:
    """Reasons and warnings, but for that of http."""
    words = Counter(
        str(word)
        for check in checks
        for word in (check.judgement.reason, *check.judgement.warnings)
    )
    del words[WarningCode.INSECURE_HTTP]
    return words


def test_pages_that_take_long_to_read_make_no_other_page_fail_or_slow() -> None:
    with server(_answering_in_time) as authority:
        checks = crawled(behind(authority), *hosts(120), clock=_reading_for(0.05))
    assert said_of(checks) == {Reason.OK: 120}


def test_a_page_that_hangs_fails_even_then() -> None:
    with server(_answering_in_time) as living, server(silent) as hanging:
        settings = behind(living, ("h1.test:80", hanging))
        checks = crawled(settings, *hosts(60), clock=_reading_for(0.05))
    assert said_of(checks) == {Reason.OK: 59, Reason.READ_TIMEOUT: 1}
    assert checks[1].judgement.reason is Reason.READ_TIMEOUT


@pytest.mark.parametrize(
    ("late_times", "reason", "looks"),
    [(REPEATS, Reason.OK, 1), (REPEATS + 1, Reason.OK, 2), (9, Reason.OUT_OF_BUDGET, 0)],
)
def test_what_we_are_too_late_for_is_asked_later_and_never_failing(
    late_times: int, reason: Reason, looks: int
) -> None:
    times = iter(range(late_times))

    async def resolver(host: str, port: int) -> tuple[str, ...]:
        for _ in times:
            # As long as the time-out: the loop is in the way of its own answer.
            time.sleep(0.3)  # noqa: ASYNC251 -- that it blocks is what it is here for
            raise TimeoutError
        return ("127.0.0.1",)

    with server(_answering_in_time) as authority:
        port = authority.partition(":")[2]
        settings = make_settings(connect_timeout=0.2, recheck_after=0, robots=False)
        (check,) = crawled(settings, f"h1.test:{port}", resolver=resolver)
    assert (check.judgement.reason, check.looks) == (reason, looks)
    assert check.attempts == bool(looks)


_ON_ONE_CORE = """
import multiprocessing, os, sys
from tests.wire.test_slow_machine import behind, crawled, hosts, said_of

def spin():
    while True:
        pass

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
spinners = [multiprocessing.get_context("fork").Process(target=spin, daemon=True) for _ in range(3)]
for spinner in spinners:
    spinner.start()
print(dict(said_of(crawled(behind(sys.argv[1]), *hosts(200)))))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="cores are only chosen so on Linux")
def test_a_core_kept_busy_by_something_else_makes_no_page_fail_or_slow() -> None:
    with server(_answering_in_time) as authority:
        command = [sys.executable, "-c", _ON_ONE_CORE, authority]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == (f"{ {'ok': 200} }\n", "")
