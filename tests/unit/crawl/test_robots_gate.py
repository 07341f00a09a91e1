"""The gate: one robots.txt for each origin, kept for a day; a host that is down keeps its failure."""

import asyncio
import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.config import FetchSettings, HostSettings, Settings
from crawler.crawl.robots_gate import RobotsGate
from crawler.fetch import AttemptBudget, Refusal, RobotsAnswer
from crawler.model import Failure, FailureKind, NotAsked, NotAskedReason, Phase
from crawler.robots import RobotsFile

NOW = datetime(2026, 11, 21, 3, 17, tzinfo=UTC)
ORIGIN = "https://a.test"
RULES = "User-agent: *\nDisallow: /private/\n"
CLOSED = RobotsAnswer(status_code=200, text=RULES)
DOWN = Failure(kind=FailureKind.CONNECTION_REFUSED, phase=Phase.CONNECT, target_uri=ORIGIN)


class Source:
    """Gives the same answer for every robots.txt, and records which origins were asked."""

    def __init__(self, answer: RobotsAnswer | Failure) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.noted: list[RobotsFile] = []
        self.time = 100.0

    async def robots(self, origin: str, budget: AttemptBudget) -> RobotsAnswer | Failure:
        self.asked.append(origin)
        await asyncio.sleep(0)
        return self.answer


def _answer(status_code: int, text: str = "", retry_after: float | None = None) -> RobotsAnswer:
    return RobotsAnswer(status_code=status_code, text=text, retry_after=retry_after)


def _gate(source: Source, settings: Settings | None = None, *known: RobotsFile) -> RobotsGate:
    return RobotsGate(
        settings or Settings(),
        source,
        now=NOW,
        known={file.origin: file for file in known},
        slow_down=lambda host, delay: source.asked.append(f"{host} {delay}"),
        note=source.noted.append,
        clock=lambda: source.time,
    )


def _ask(
    gate: RobotsGate, *urls: str, seconds: tuple[float, ...] = (1.0,)
) -> list[Refusal | None]:
    """What the gate says about the URLs, asked all at once, with so many seconds left for each."""

    async def story() -> list[Refusal | None]:
        asked = zip(urls, itertools.cycle(seconds), strict=False)
        return list(await asyncio.gather(*(gate(url, AttemptBudget(left)) for url, left in asked)))

    return asyncio.run(story())


def _refusal(reason: NotAskedReason, url: str = f"{ORIGIN}/x", **further: Any) -> Refusal:
    return Refusal(outcome=NotAsked(reason=reason, target_uri=url), **further)


def _disallowed(url: str) -> Refusal:
    return _refusal(NotAskedReason.ROBOTS_DISALLOWED, url, may_pass=False)


def test_a_disallowed_url_is_refused_and_an_allowed_one_is_not() -> None:
    private = f"{ORIGIN}/private/x"
    assert _ask(_gate(Source(CLOSED)), f"{ORIGIN}/x", private) == [None, _disallowed(private)]


def test_an_origin_is_asked_once_even_by_many_at_once() -> None:
    source = Source(CLOSED)
    _ask(_gate(source), *(f"{ORIGIN}/{n}" for n in range(20)), "http://a.test/")
    assert source.asked == [ORIGIN, "http://a.test"]


@pytest.mark.parametrize(("retry_after", "wait"), [(9.0, 9.0), (None, 1.0), (0.0, 1.0)])
def test_server_errors_are_worth_a_retry_until_there_are_as_many_as_attempts(
    retry_after: float | None, wait: float
) -> None:
    source = Source(_answer(503, retry_after=retry_after))
    gate = _gate(source)
    may_pass = _refusal(NotAskedReason.ROBOTS_UNAVAILABLE, retry_after=retry_after)
    stands = _refusal(NotAskedReason.ROBOTS_UNAVAILABLE, may_pass=False)
    for expected in (may_pass, may_pass, stands, stands):
        assert _ask(gate, f"{ORIGIN}/x") == [expected]
        source.time += wait
    assert source.asked == [ORIGIN] * 3
    assert [file.status_code for file in source.noted] == [503]


def test_after_a_server_error_the_file_is_not_asked_for_until_the_wait_is_over() -> None:
    source = Source(_answer(503, retry_after=9))
    gate = _gate(source)
    _ask(gate, f"{ORIGIN}/x")
    source.time += 4
    assert _ask(gate, f"{ORIGIN}/x") == [
        _refusal(NotAskedReason.ROBOTS_UNAVAILABLE, retry_after=5)
    ]
    assert source.asked == [ORIGIN]


def test_a_server_error_with_a_longer_wait_than_the_settings_allow_is_final() -> None:
    source = Source(_answer(503, retry_after=61))
    stands = _refusal(NotAskedReason.ROBOTS_UNAVAILABLE, may_pass=False)
    assert _ask(_gate(source), *[f"{ORIGIN}/x"] * 2) == [stands, stands]
    assert source.asked == [ORIGIN]


def test_too_many_requests_allow_everything_in_this_run_only() -> None:
    source = Source(_answer(429))
    gate = _gate(source)
    assert _ask(gate, f"{ORIGIN}/x", f"{ORIGIN}/y") == [None, None]
    assert source.asked == [ORIGIN]


def test_a_host_that_is_down_answers_with_its_failure_and_is_asked_again_later() -> None:
    source = Source(DOWN)
    gate = _gate(source)
    assert _ask(gate, f"{ORIGIN}/x") == [Refusal(outcome=DOWN)]
    source.answer = _answer(404)
    assert _ask(gate, f"{ORIGIN}/x") == [None]
    assert source.asked == [ORIGIN, ORIGIN]


@pytest.mark.parametrize(
    ("seconds", "asked"), [((1.0, 1.0, 0.5), 1), ((1.0, 2.0, 2.0), 2), ((1.0, 2.0, 3.0), 3)]
)
def test_after_a_failed_attempt_only_a_waiter_with_more_time_asks_again(
    seconds: tuple[float, ...], asked: int
) -> None:
    source = Source(DOWN)
    urls = [f"{ORIGIN}/{n}" for n in range(3)]
    assert _ask(_gate(source), *urls, seconds=seconds) == [Refusal(outcome=DOWN)] * 3
    assert len(source.asked) == asked


@pytest.mark.parametrize(("age", "asked"), [(23, []), (25, [ORIGIN])])
def test_a_robots_file_is_kept_for_a_day(age: int, asked: list[str]) -> None:
    fetched_at = NOW - timedelta(hours=age)
    known = RobotsFile(origin=ORIGIN, status_code=200, text=RULES, fetched_at=fetched_at)
    source = Source(CLOSED)
    private = f"{ORIGIN}/private/x"
    assert _ask(_gate(source, None, known), private) == [_disallowed(private)]
    assert source.asked == asked


def test_a_file_is_noted_once() -> None:
    source = Source(CLOSED)
    _ask(_gate(source), f"{ORIGIN}/x", f"{ORIGIN}/y")
    assert source.noted == [RobotsFile(origin=ORIGIN, status_code=200, text=RULES, fetched_at=NOW)]


def test_a_crawl_delay_slows_the_host_down() -> None:
    source = Source(_answer(200, "User-agent: *\nCrawl-delay: 2\n"))
    _ask(_gate(source), f"{ORIGIN}/x", f"{ORIGIN}/y")
    assert source.asked == [ORIGIN, "a.test 2.0"]


@pytest.mark.parametrize(
    "settings",
    [
        Settings(fetch=FetchSettings(robots=False)),
        Settings(hosts=(("a.test", HostSettings(robots=False)),)),
    ],
)
def test_robots_txt_can_be_ignored_everywhere_or_for_a_host(settings: Settings) -> None:
    source = Source(CLOSED)
    assert _ask(_gate(source, settings), f"{ORIGIN}/private/x") == [None]
    assert source.asked == []
