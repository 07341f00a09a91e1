"""The cost bound of a resource holds on hostile servers; what second looks cost."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

import pytest

from crawler.config import Settings
from crawler.crawl import crawl
from crawler.demo.replies import NOT_FOUND, Reply, Request, Then, document, read_request, redirect
from crawler.demo.server import Peer, Script, Server, full_port, replying
from crawler.fetch import Resolver
from crawler.model import Check, Reason, Verdict
from crawler.plan import plan
from crawler.retry import cost_bound
from tests.support.builders import make_resource
from tests.support.crawling import make_surroundings
from tests.support.fetching import make_settings, to_loopback
from tests.support.loopback import page, resetting, silent

pytestmark = pytest.mark.slow

LOOKS = 2
PATIENT = make_settings(
    host_delay=0, attempts=2, max_redirects=3, max_retry_after=0.5, recheck_after=0.2
)
"""For servers that answer, however busy the machine is."""
HASTE = replace(
    PATIENT,
    fetch=replace(PATIENT.fetch, connect_timeout=0.2, read_timeout=0.2, total_timeout=0.4),
)
"""For servers that do not; a time-out is waited for."""
LATE = 10
"""Times a deadline by which a busy machine may be late."""
PAGE = Reply(raw=(page(),))


@dataclass
class Cost:
    """What a crawl cost."""

    checks: tuple[Check, ...] = ()
    waits: list[float] = field(default_factory=list)
    """Seconds between attempts and between looks; a test waits for them only if it needs to."""
    requests_before: list[int] = field(default_factory=list)
    """The number of requests made before each of the waits."""
    wire: float = 0.0
    """Seconds that the crawl took without these waits."""
    requests: int = 0

    @property
    def seconds(self) -> float:
        return self.wire + sum(self.waits)

    @property
    def reasons(self) -> list[Reason]:
        return [check.judgement.reason for check in self.checks]


async def _spend(
    settings: Settings,
    urls: Sequence[str],
    resolver: Resolver = to_loopback,
    server: Server | None = None,
    *,
    waiting: bool = False,
) -> Cost:
    cost = Cost()

    async def sleep(seconds: float) -> None:
        cost.waits.append(seconds)
        cost.requests_before.append(server.requests if server else 0)
        await asyncio.sleep(seconds if waiting else 0)

    around = make_surroundings(resolver=resolver, sleep=sleep)
    # With the title that the pages have, so that nothing gives reason to doubt them.
    resources = [
        make_resource(url, number=number, title="Here") for number, url in enumerate(urls, 1)
    ]
    started_at = monotonic()
    crawled = await crawl(plan(resources), settings, around)
    cost.wire = monotonic() - started_at
    assert not crawled.faults
    cost.checks = tuple(crawled.checks.values())
    cost.requests = max(server.requests, server.connections) if server else 0
    return cost


def _cost(
    script: Script,
    *paths: str,
    settings: Settings = PATIENT,
    scheme: str = "http",
    waiting: bool = False,
) -> Cost:
    """The cost of resources at host.test; all hosts are the server."""

    async def main() -> Cost:
        async with Server(script) as server:
            everywhere = (("*", server.authority),)
            there = replace(settings, fetch=replace(settings.fetch, resolve=everywhere))
            urls = [f"{scheme}://host.test{path}" for path in paths or ("/0",)]
            return await _spend(there, urls, server=server, waiting=waiting)

    return asyncio.run(main())


def _pages(*answers: Reply) -> Script:
    """No robots.txt, and these answers to the requests for pages, the last for all that follow."""
    left = list(answers)

    def respond(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return NOT_FOUND
        return left.pop(0) if len(left) > 1 else left[0]

    return replying(respond)


def _trickling(reply: Reply, seconds: float) -> Reply:
    """The reply byte by byte, over so many seconds."""
    (data,) = reply.parts()
    return Reply(raw=tuple(data[i : i + 1] for i in range(len(data))), pause=seconds / len(data))


def _unavailable(*fields: str, status: str = "503 Unavailable") -> Reply:
    return Reply(raw=(page(b"", *fields, status=status),))


# --- what one resource costs ----------------------------------------------------------------------


_STALLING_PAGES = _pages(Reply(raw=(), then=Then.HANG))
_SLOW = _trickling(document("x" * 1_000), 10)


def _trickling_redirects(request: Request) -> Reply:
    return _trickling(redirect(f"{request.path}0", 302), 0.15)


_hosts = itertools.count()
TIME_OUTS = {Reason.CONNECT_TIMEOUT, Reason.READ_TIMEOUT}


def _host_to_host(request: Request) -> Reply:
    """Every page leads to a new host, whose robots.txt takes a while."""
    if request.path == "/robots.txt":
        return _trickling(NOT_FOUND, 0.18)
    return redirect(f"http://h{next(_hosts)}.test/", 302)


@pytest.mark.parametrize(
    ("script", "scheme", "reason"),
    [
        (resetting, "http", Reason.CONNECTION_RESET),
        (silent, "https", Reason.CONNECT_TIMEOUT),
        (silent, "http", Reason.READ_TIMEOUT),
        (_STALLING_PAGES, "http", Reason.READ_TIMEOUT),
        (_pages(_SLOW), "http", Reason.READ_TIMEOUT),
        (replying(_SLOW), "http", Reason.READ_TIMEOUT),
        (replying(_trickling_redirects), "http", Reason.READ_TIMEOUT),
        (replying(_host_to_host), "http", Reason.READ_TIMEOUT),
        (_pages(_unavailable()), "http", Reason.HTTP_5XX),
    ],
    ids=[
        "resets",
        "says nothing to TLS",
        "says nothing",
        "says nothing of pages",
        "trickles pages",
        "trickles robots.txt",
        "trickles redirects",
        "leads from slow host to slow host",
        "is in trouble",
    ],
)
def test_no_server_makes_a_resource_cost_more(script: Script, scheme: str, reason: Reason) -> None:
    settings = HASTE if reason in TIME_OUTS else PATIENT
    cost = _cost(script, scheme=scheme, settings=settings)
    assert cost.reasons == [reason]
    _assert_within_bound(cost, settings)


def _assert_within_bound(cost: Cost, settings: Settings) -> None:
    limit = cost_bound(settings.fetch)
    assert cost.requests <= limit.requests
    assert sum(cost.waits) <= limit.time.total_seconds()
    assert cost.seconds <= LATE * limit.time.total_seconds()
    # Without the waits, which are by far the most of it here.
    assert cost.wire <= LATE * LOOKS * settings.fetch.attempts * settings.fetch.total_timeout
    assert len(cost.waits) == LOOKS * (settings.fetch.attempts - 1) + 1


def test_no_name_server_makes_a_resource_cost_more() -> None:
    async def hanging(host: str, port: int) -> tuple[str, ...]:
        await asyncio.Event().wait()
        return ()

    cost = asyncio.run(_spend(HASTE, ["http://host.test/"], hanging))
    assert cost.reasons == [Reason.DNS_ERROR]
    _assert_within_bound(cost, HASTE)


def test_no_host_that_accepts_no_connection_makes_a_resource_cost_more() -> None:
    with full_port() as port:
        cost = asyncio.run(_spend(HASTE, [f"http://host.test:{port}/"]))
    assert cost.reasons == [Reason.CONNECT_TIMEOUT]
    _assert_within_bound(cost, HASTE)


def test_the_bound_is_near_what_a_stalling_server_costs() -> None:
    slow = replace(HASTE, fetch=replace(HASTE.fetch, read_timeout=0.4))
    cost = _cost(_STALLING_PAGES, settings=slow)
    assert cost.seconds >= cost_bound(slow.fetch).time.total_seconds() / 2


def test_the_bound_is_near_the_requests_that_a_maze_can_cause() -> None:
    hosts = itertools.count()

    def maze(request: Request) -> Reply:
        """Three new hosts, each with a robots.txt five redirects away, and then an error."""
        path = request.path
        if path.startswith("/robots.txt"):
            return redirect(f"{path}?", 302) if path.count("?") < 5 else NOT_FOUND
        if path == "/3":
            return _unavailable()
        return redirect(f"http://h{next(hosts)}.test/{int(path[1:]) + 1}", 302)

    cost = _cost(replying(maze))
    assert cost.reasons == [Reason.HTTP_5XX]
    _assert_within_bound(cost, PATIENT)
    # A page in trouble is not probed, which would cost 3 attempts more.
    assert cost.requests >= 0.4 * cost_bound(PATIENT.fetch).requests


def test_a_request_is_sent_again_once_in_an_attempt() -> None:
    async def script(peer: Peer) -> None:
        """Closes the connection on every second request."""
        request = read_request(await peer.request(), "http")
        await peer.reply(redirect(f"{request.path}0", 302))
        await peer.request()

    bare = replace(
        PATIENT, fetch=replace(PATIENT.fetch, robots=False, recheck_after=0, attempts=1)
    )
    cost = _cost(script, settings=bare)
    assert cost.reasons == [Reason.CONNECTION_RESET]
    # The first page, the second twice, the third once.
    assert cost.requests == 4


# --- servers that ask for time --------------------------------------------------------------------


def test_the_longest_wait_allowed_is_waited_for_before_every_attempt_of_both_looks() -> None:
    cap = replace(PATIENT, fetch=replace(PATIENT.fetch, max_retry_after=4, attempts=3))
    cost = _cost(_pages(_unavailable("Retry-After: 4")), settings=cap)
    assert (cost.reasons, cost.waits) == ([Reason.HTTP_5XX], [4, 4, 0.2, 4, 4])
    _assert_within_bound(cost, cap)


def test_a_host_that_asks_for_time_with_429_is_given_it_and_then_blocked() -> None:
    cap = replace(PATIENT, fetch=replace(PATIENT.fetch, max_retry_after=1))
    cost = _cost(_pages(_unavailable("Retry-After: 1", status="429 Too Many")), settings=cap)
    assert (cost.reasons, len(cost.waits), cost.requests) == ([Reason.RATE_LIMITED], 1, 3)
    assert cost.seconds <= LATE * cost_bound(cap.fetch).time.total_seconds()


@pytest.mark.parametrize(
    "fields",
    [
        ["Retry-After: 86400"],
        ["Retry-After: 1"],
        ["Retry-After: " + "9" * 400],
        ["Date: Sat, 21 Nov 2026 03:17:00 GMT", "Retry-After: Sun, 22 Nov 2026 03:17:00 GMT"],
        ["Date: Sat, 21 Nov 2026 03:17:00 GMT", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"],
    ],
    ids=["a day", "a second", "no number", "a date", "the last date"],
)
@pytest.mark.parametrize(
    ("status", "reason", "waits"),
    [("429 Too Many", Reason.RATE_LIMITED, []), ("503 Unavailable", Reason.HTTP_5XX, [0.2])],
)
def test_a_host_that_asks_for_a_longer_wait_is_not_asked_again(
    status: str, reason: Reason, waits: list[float], fields: list[str]
) -> None:
    cost = _cost(_pages(_unavailable(*fields, status=status)))
    # One request a look, and one for robots.txt; the second look is for what fails only.
    assert (cost.reasons, cost.waits, cost.requests) == ([reason], waits, 2 + len(waits))


@pytest.mark.parametrize(
    "fields",
    [
        ["Retry-After: Sun, 22 Nov 2026 03:17:00 GMT"],
        ["Date: Sat, 21 Nov 2026 03:17:00 GMT", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT"],
        ["Retry-After: soon"],
        ["Retry-After: -1"],
    ],
    ids=["a date without Date", "a date in the past", "a word", "less than nothing"],
)
def test_a_wait_that_is_over_or_makes_no_sense_is_replaced_by_the_usual_one(
    fields: list[str],
) -> None:
    cost = _cost(_pages(_unavailable(*fields), PAGE))
    assert cost.reasons == [Reason.OK]
    assert len(cost.waits) == 1
    assert 1 <= cost.waits[0] <= 2


def test_a_robots_txt_with_a_server_error_is_asked_for_again() -> None:
    answers = [_unavailable(), NOT_FOUND, PAGE]

    cost = _cost(replying(lambda _: answers.pop(0)), waiting=True)
    assert (cost.reasons, len(cost.waits), cost.requests) == ([Reason.OK], 1, 3)


def test_a_host_that_answers_429_is_asked_ever_less_until_the_budget_ends() -> None:
    budget = replace(PATIENT, fetch=replace(PATIENT.fetch, budget=1.5))
    cost = _cost(
        _pages(_unavailable(status="429 Too Many")),
        *(f"/{number}" for number in range(30)),
        settings=budget,
    )
    # robots.txt, a page at once, and one a second later.
    assert 2 <= cost.requests <= 3
    assert set(cost.reasons) == {Reason.OUT_OF_BUDGET}
    assert cost_bound(budget.fetch).time.total_seconds() == budget.fetch.budget
    assert cost.wire <= LATE * budget.fetch.budget


# --- second looks ---------------------------------------------------------------------------------

ONCE = replace(PATIENT, fetch=replace(PATIENT.fetch, attempts=1, recheck_after=60.0))
ANSWERS = {
    "page": [PAGE],
    "moved": [redirect("/there"), PAGE],
    "forbidden": [document("", 403)],
    "gone": [NOT_FOUND],
    "broken": [document("", 500)],
}


@pytest.mark.parametrize(
    ("first", "verdict"),
    [("page", Verdict.OK), ("moved", Verdict.MOVED), ("forbidden", Verdict.BLOCKED)],
)
def test_one_look_is_enough_for_what_is_neither_dead_nor_failing(
    first: str, verdict: Verdict
) -> None:
    cost = _cost(_pages(*ANSWERS[first]), settings=ONCE)
    assert [(c.judgement.verdict, c.looks) for c in cost.checks] == [(verdict, 1)]
    assert (cost.waits, cost.requests) == ([], 1 + len(ANSWERS[first]))


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("gone", "page", Verdict.OK),
        ("broken", "page", Verdict.OK),
        ("broken", "moved", Verdict.MOVED),
        ("gone", "forbidden", Verdict.BLOCKED),
        ("broken", "gone", Verdict.DEAD),
        ("gone", "broken", Verdict.DEAD),
        ("gone", "gone", Verdict.DEAD),
        ("broken", "broken", Verdict.FAILING),
    ],
)
def test_the_better_of_two_looks_at_what_is_dead_or_failing_is_kept(
    first: str, second: str, verdict: Verdict
) -> None:
    cost = _cost(_pages(*ANSWERS[first], *ANSWERS[second]), settings=ONCE)
    assert [(c.judgement.verdict, c.looks) for c in cost.checks] == [(verdict, 2)]
    assert (cost.waits, cost.requests) == ([60.0], 2 + len(ANSWERS[second]))


def test_the_second_look_comes_after_the_whole_first_pass() -> None:
    def respond(request: Request) -> Reply:
        reply = PAGE if request.path == "/1" else NOT_FOUND
        return replace(reply, delay=0.05 if request.path == "/2" else 0)

    cost = _cost(replying(respond), "/0", "/1", "/2", settings=ONCE)
    # robots.txt and three pages; then the two that are gone.
    assert (cost.waits, cost.requests_before, cost.requests) == ([60.0], [4], 6)
    assert [check.looks for check in cost.checks] == [2, 1, 2]


def test_second_looks_can_be_switched_off() -> None:
    never = replace(ONCE, fetch=replace(ONCE.fetch, recheck_after=0))
    cost = _cost(_pages(NOT_FOUND, PAGE), settings=never)
    assert (cost.reasons, cost.waits) == ([Reason.HTTP_404], [])


def test_resources_of_one_url_are_looked_at_again_together() -> None:
    cost = _cost(_pages(NOT_FOUND, PAGE), "/a", "/a", settings=ONCE)
    assert (cost.reasons, cost.requests) == ([Reason.OK] * 2, 3)
