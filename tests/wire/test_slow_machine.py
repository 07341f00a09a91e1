"""A machine that is too slow for what it asks: its lateness changes no verdict."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from crawler.demo.replies import Reply
from crawler.demo.server import replying
from crawler.model import Reason, WarningCode
from crawler.retry import REPEATS
from tests.support.builders import NOW
from tests.support.fetching import make_settings
from tests.support.loopback import page, silent
from tests.support.many_hosts import (
    crawl_hosts,
    host_names,
    reasons_and_warnings,
    running_server,
    settings_for,
)

pytestmark = pytest.mark.slow

ANSWERS_IN = 0.4
"""Seconds; much less than the time-outs."""


_answering_in_time = replying(Reply(raw=(page(),), delay=ANSWERS_IN))


def _reading_for(seconds: float) -> Callable[[], datetime]:
    """A clock, asked once a page, that blocks the event loop as the reading of a page does."""

    def clock() -> datetime:
        time.sleep(seconds)
        return NOW

    return clock


def test_pages_that_take_long_to_read_make_no_other_page_fail_or_slow() -> None:
    with running_server(_answering_in_time) as authority:
        checks = crawl_hosts(settings_for(authority), *host_names(80), clock=_reading_for(0.05))
    assert reasons_and_warnings(checks) == {Reason.OK: 80}


def test_a_page_that_hangs_still_fails() -> None:
    with running_server(_answering_in_time) as living, running_server(silent) as hanging:
        settings = settings_for(living, ("h1.test:80", hanging))
        checks = crawl_hosts(settings, *host_names(50), clock=_reading_for(0.05))
    assert reasons_and_warnings(checks) == {Reason.OK: 49, Reason.READ_TIMEOUT: 1}
    assert checks[1].judgement.reason is Reason.READ_TIMEOUT


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when bytes came in")
@pytest.mark.parametrize(
    "answer",
    [
        Reply(raw=(page(),), delay=1.5),
        Reply(
            raw=(page()[:60], *(page()[n : n + 1] for n in range(60, 75)), page()[75:]), pause=0.1
        ),
    ],
)
def test_a_server_that_is_slow_is_still_called_so(answer: Reply) -> None:
    with running_server(_answering_in_time) as quick, running_server(replying(answer)) as slow:
        settings = settings_for(quick, ("h1.test:80", slow))
        fetch = replace(settings.fetch, read_timeout=20.0, total_timeout=60.0)
        hasty = replace(settings, fetch=fetch)
        checks = crawl_hosts(hasty, *host_names(50), clock=_reading_for(0.05))
    assert reasons_and_warnings(checks) == {Reason.OK: 50, WarningCode.SLOW: 1}
    assert WarningCode.SLOW in checks[1].judgement.warnings


@pytest.mark.parametrize(
    ("late_times", "reason", "looks"),
    [(REPEATS, Reason.OK, 1), (REPEATS + 1, Reason.OK, 2), (9, Reason.OUT_OF_BUDGET, 0)],
)
def test_a_target_whose_answer_we_were_too_late_for_is_asked_again_and_never_failing(
    late_times: int, reason: Reason, looks: int
) -> None:
    times = iter(range(late_times))

    async def resolver(host: str, port: int) -> tuple[str, ...]:
        for _ in times:
            # As long as the time-out: the loop is in the way of its own answer.
            time.sleep(0.3)  # noqa: ASYNC251 -- that it blocks is what it is here for
            raise TimeoutError
        return ("127.0.0.1",)

    with running_server(_answering_in_time) as authority:
        port = authority.partition(":")[2]
        settings = make_settings(connect_timeout=0.2, recheck_after=0, robots=False)
        (check,) = crawl_hosts(settings, f"h1.test:{port}", resolver=resolver)
    assert (check.judgement.reason, check.looks) == (reason, looks)
    assert check.attempts == bool(looks)


_ON_ONE_CORE = """
import multiprocessing, os, sys
from tests.support.many_hosts import crawl_hosts, host_names, reasons_and_warnings, settings_for

def spin():
    while True:
        pass

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
spinners = [multiprocessing.get_context("fork").Process(target=spin, daemon=True) for _ in range(3)]
for spinner in spinners:
    spinner.start()
print(dict(reasons_and_warnings(crawl_hosts(settings_for(sys.argv[1]), *host_names(200)))))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="cores are only chosen so on Linux")
def test_a_core_kept_busy_by_something_else_makes_no_page_fail_or_slow() -> None:
    with running_server(_answering_in_time) as authority:
        command = [sys.executable, "-c", _ON_ONE_CORE, authority]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == (f"{ {'ok': 200} }\n", "")
