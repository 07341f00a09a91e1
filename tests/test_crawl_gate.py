"""The gate: one robots.txt for each origin, kept for a day, with the host's own failure passed on."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from crawler.config import FetchSettings, HostSettings, Settings
from crawler.crawl.gate import Gate
from crawler.model import Failure, FailureKind, NotAsked, NotAskedReason, Phase
from crawler.robots import RobotsFile

NOW = datetime(2026, 11, 21, 3, 17, tzinfo=UTC)
ORIGIN = "https://a.test"
CLOSED = "User-agent: *\nDisallow: /private/\n"
DOWN = Failure(kind=FailureKind.CONNECTION_REFUSED, phase=Phase.CONNECT, target_uri=ORIGIN)


class Source:
    """Answers every robots.txt alike, and remembers who was asked."""

    def __init__(self, answer: tuple[int, str] | Failure) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def robots(self, origin: str) -> tuple[int, str] | Failure:
        self.asked.append(origin)
        await asyncio.sleep(0)
        return self.answer


def _gate(source: Source, settings: Settings | None = None, *known: RobotsFile) -> Gate:
    return Gate(
        settings or Settings(),
        source,
        now=NOW,
        known={file.origin: file for file in known},
        slow_down=lambda host, delay: source.asked.append(f"{host} {delay}"),
    )


def _ask(gate: Gate, *uris: str) -> list[NotAsked | Failure | None]:
    async def story() -> list[NotAsked | Failure | None]:
        return list(await asyncio.gather(*(gate(uri) for uri in uris)))

    return asyncio.run(story())


def _disallowed(uri: str) -> NotAsked:
    return NotAsked(reason=NotAskedReason.ROBOTS_DISALLOWED, target_uri=uri)


def test_a_disallowed_uri_is_not_asked_and_an_allowed_one_is() -> None:
    private = f"{ORIGIN}/private/x"
    assert _ask(_gate(Source((200, CLOSED))), f"{ORIGIN}/x", private) == [
        None,
        _disallowed(private),
    ]


def test_an_origin_is_asked_once_even_by_many_at_once() -> None:
    source = Source((200, CLOSED))
    _ask(_gate(source), *(f"{ORIGIN}/{n}" for n in range(20)), "http://a.test/")
    assert source.asked == [ORIGIN, "http://a.test"]


def test_a_server_error_disallows_everything_and_is_not_kept() -> None:
    gate = _gate(Source((503, "")))
    assert _ask(gate, f"{ORIGIN}/x") == [
        NotAsked(reason=NotAskedReason.ROBOTS_UNAVAILABLE, target_uri=f"{ORIGIN}/x")
    ]
    assert gate.fetched == []


def test_a_host_that_is_down_answers_with_its_failure_and_is_asked_again_later() -> None:
    source = Source(DOWN)
    gate = _gate(source)
    assert _ask(gate, f"{ORIGIN}/x") == [DOWN]
    source.answer = (404, "")
    assert _ask(gate, f"{ORIGIN}/x") == [None]
    assert source.asked == [ORIGIN, ORIGIN]


@pytest.mark.parametrize(("age", "asked"), [(23, []), (25, [ORIGIN])])
def test_a_robots_file_is_kept_for_a_day(age: int, asked: list[str]) -> None:
    fetched_at = NOW - timedelta(hours=age)
    known = RobotsFile(origin=ORIGIN, status_code=200, text=CLOSED, fetched_at=fetched_at)
    source = Source((200, CLOSED))
    private = f"{ORIGIN}/private/x"
    assert _ask(_gate(source, None, known), private) == [_disallowed(private)]
    assert source.asked == asked


def test_what_was_learned_is_there_to_be_kept() -> None:
    gate = _gate(Source((200, CLOSED)))
    _ask(gate, f"{ORIGIN}/x")
    assert gate.fetched == [
        RobotsFile(origin=ORIGIN, status_code=200, text=CLOSED, fetched_at=NOW)
    ]


def test_a_crawl_delay_slows_the_host_down() -> None:
    source = Source((200, "User-agent: *\nCrawl-delay: 2\n"))
    _ask(_gate(source), f"{ORIGIN}/x", f"{ORIGIN}/y")
    assert source.asked == [ORIGIN, "a.test 2.0"]


@pytest.mark.parametrize(
    "settings",
    [
        Settings(fetch=FetchSettings(robots=False)),
        Settings(hosts=(("a.test", HostSettings(robots=False)),)),
    ],
)
def test_robots_can_be_left_out_everywhere_or_for_a_host(settings: Settings) -> None:
    source = Source((200, CLOSED))
    assert _ask(_gate(source, settings), f"{ORIGIN}/private/x") == [None]
    assert source.asked == []
