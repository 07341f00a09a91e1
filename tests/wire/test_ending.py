"""A crawl that is told to stop ends as at its deadline, whatever its pages do."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from crawler.crawl import CrawlResult, Progress, Surroundings, crawl
from crawler.crawl.kept_checks import KeptChecks
from crawler.demo.replies import NOT_FOUND, Reply, Request, Then
from crawler.demo.server import replying
from crawler.model import Check, Reason
from crawler.plan import plan
from tests.support.builders import NOW, make_resource
from tests.support.loopback import page
from tests.support.many_hosts import host_names, running_server, settings_for

pytestmark = pytest.mark.slow

HOSTS = host_names(20)
HANG = Reply(raw=(), then=Then.HANG)
MISSING = {"h0.test", "h1.test"}
ANSWERING = {f"h{n}.test" for n in range(6)}
PROCESSES = pytest.mark.parametrize("processes", [1, 2])


def _some_answer(request: Request) -> Reply:
    if request.host in MISSING:
        return NOT_FOUND
    return Reply(raw=(page(),)) if request.host in ANSWERING else HANG


def _crawled(around: Surroundings, authority: str, **fetch: object) -> CrawlResult:
    settings = settings_for(authority)
    fetch = {"read_timeout": 60.0, "total_timeout": 60.0, "recheck_after": 30.0} | fetch
    changed = replace(settings.fetch, **fetch)  # type: ignore[arg-type]
    resources = [
        make_resource(f"http://{host}/", number=n, title="Here") for n, host in enumerate(HOSTS)
    ]
    return asyncio.run(crawl(plan(resources), replace(settings, fetch=changed), around))


def _surroundings(kept: list[Check], stop: asyncio.Event, *, stop_at: int) -> Surroundings:
    """A crawl that is told to stop when it has so many checks."""

    def listen(progress: Progress) -> None:
        if progress.done >= stop_at:
            stop.set()

    latest = KeptChecks()

    def keep(checks: Sequence[Check]) -> None:
        kept.extend(checks)
        latest.keep(checks)

    around = Surroundings(
        clock=lambda: NOW,
        keep=keep,
        read_back=latest.read_back,
        listen=listen,
        version="1.2.3",
    )
    return replace(around, stop=stop)


@PROCESSES
def test_what_was_not_reached_has_no_check_and_a_first_failure_does_not_count(
    processes: int,
) -> None:
    kept: list[Check] = []
    with running_server(replying(_some_answer)) as authority:
        around = _surroundings(kept, asyncio.Event(), stop_at=len(ANSWERING))
        brought = _crawled(around, authority, processes=processes, attempts=1)
    assert brought.is_cut_short
    assert (brought.distrust, brought.faults) == (None, ())
    assert {check.resource.number for check in brought.checks.values()} == {2, 3, 4, 5}
    assert {check.judgement.reason for check in brought.checks.values()} == {Reason.OK}
    assert {check.resource.number for check in kept} == {0, 1, 2, 3, 4, 5}


@PROCESSES
def test_the_wait_for_the_second_looks_ends_too(processes: int) -> None:
    kept: list[Check] = []
    answering = replying(lambda r: NOT_FOUND if r.host in MISSING else Reply(raw=(page(),)))
    with running_server(answering) as authority:
        around = _surroundings(kept, asyncio.Event(), stop_at=len(HOSTS))

        async def sleep(seconds: float) -> None:
            around.stop.set()
            await asyncio.Event().wait()

        around = replace(around, sleep=sleep, listen=lambda progress: None)
        brought = _crawled(around, authority, processes=processes)
    assert brought.is_cut_short
    assert len(brought.checks) == len(HOSTS) - len(MISSING)
    assert len(kept) == len(HOSTS)


@PROCESSES
def test_second_looks_that_ended_before_count(processes: int) -> None:
    asked: list[str] = []

    def respond(request: Request) -> Reply:
        asked.append(request.host)
        if request.host not in MISSING:
            return Reply(raw=(page(),))
        # The second look at one of them gets no answer.
        return HANG if request.host == "h1.test" and "h1.test" in asked[:-1] else NOT_FOUND

    def listen(stop: asyncio.Event, progress: Progress) -> None:
        if any(check.looks == 2 for check in progress.checks):
            stop.set()

    with running_server(replying(respond)) as authority:
        stop = asyncio.Event()
        around = replace(_surroundings([], stop, stop_at=99), listen=partial(listen, stop))

        async def no_wait(seconds: float) -> None:
            pass

        brought = _crawled(replace(around, sleep=no_wait), authority, processes=processes)
    reasons = {check.resource.number: check.judgement.reason for check in brought.checks.values()}
    assert reasons == dict.fromkeys(range(2, 20), Reason.OK) | {0: Reason.HTTP_404}


def test_where_there_are_no_second_looks_the_first_counts() -> None:
    with running_server(replying(_some_answer)) as authority:
        around = _surroundings([], asyncio.Event(), stop_at=len(ANSWERING))
        brought = _crawled(around, authority, recheck_after=0)
    assert {check.resource.number for check in brought.checks.values()} == {0, 1, 2, 3, 4, 5}


def test_a_stop_before_the_first_request_asks_nobody() -> None:
    asked: list[str] = []

    def respond(request: Request) -> Reply:
        asked.append(request.host)
        return HANG

    with running_server(replying(respond)) as authority:
        around = _surroundings([], asyncio.Event(), stop_at=99)
        around.stop.set()
        brought = _crawled(around, authority)
    assert brought.is_cut_short
    assert (dict(brought.checks), asked) == ({}, [])
