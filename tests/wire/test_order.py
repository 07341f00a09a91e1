"""In which order a crawl asks when there are fewer slots than hosts."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from crawler.crawl import crawl
from crawler.demo.replies import Reply, Request
from crawler.demo.server import replying
from crawler.plan import plan
from tests.support.builders import make_resource
from tests.support.crawling import make_surroundings
from tests.support.loopback import page
from tests.support.many_hosts import running_server, settings_for

pytestmark = pytest.mark.slow

URLS = ("http://long.test/1", "http://long.test/2", "http://long.test/3")
OTHERS = ("http://first.test/1", "http://short.test/1")


def _asked(
    waiting: dict[str, tuple[int, int]],
    urls: Sequence[str] = (*URLS, *OTHERS),
    *,
    robots: bool = False,
) -> list[str]:
    """The hosts and paths, as a crawl with one slot asks for them."""
    asked: list[str] = []

    def respond(request: Request) -> Reply:
        asked.append(f"{request.host}{request.path}")
        return Reply(raw=(page(),), delay=0.05)

    resources = [make_resource(url, number=n, title="Here") for n, url in enumerate(urls, 1)]
    around = make_surroundings()
    with running_server(replying(respond)) as authority:
        settings = settings_for(authority)
        settings = replace(settings, fetch=replace(settings.fetch, concurrency=1, robots=robots))
        asyncio.run(crawl(plan(resources, waiting=waiting), settings, around))
    return asked


def test_the_host_with_most_links_is_asked_first() -> None:
    assert _asked({})[0] == "long.test/1"


def test_what_has_waited_longest_gets_it_before() -> None:
    waiting = {"4": (0, 0), "5": (0, 0), "3": (1, 1)}
    assert _asked(waiting) == [
        "first.test/1",
        "short.test/1",
        "long.test/3",
        "long.test/1",
        "long.test/2",
    ]


def test_a_page_follows_the_robots_txt_of_its_host_while_the_connection_is_open() -> None:
    open_hosts, most = set[str](), 0
    asked = _asked({}, [f"http://h{n}.test/page" for n in range(40)], robots=True)
    for host, _, path in (one.partition("/") for one in asked):
        (open_hosts.add if path == "robots.txt" else open_hosts.remove)(host)
        most = max(most, len(open_hosts))
    assert (len(asked), open_hosts) == (80, set())
    assert most <= 3
