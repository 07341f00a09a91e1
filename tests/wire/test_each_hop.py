"""Promise 28a: exclude, scheme, robots.txt and address guard hold for every hop of every request."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from crawler.config import GuardSettings, Settings
from crawler.crawl.canaries import is_any_answered
from crawler.crawl.robots_gate import RobotsGate
from crawler.demo import demo_settings
from crawler.demo.replies import Reply
from crawler.demo.web import Site, Web
from crawler.fetch import Fetcher, Transport
from crawler.model import Answer, Failure, FailureKind, Fetch, NotAsked, NotAskedReason, Target
from tests.support.fetching import RecordingTurns, no_wait
from tests.support.loopback import page
from tests.support.street import HTML, redirect

NIGHT = datetime(2026, 11, 20, 3, 17, tzinfo=UTC)
FRONT = "front.test"
RULES = b"User-agent: *\nDisallow: /\n"


def _meta(target: str) -> bytes:
    tag = f'<meta http-equiv="refresh" content="0; url={target}">'
    return page(HTML.replace(b"<h1>", tag.encode() + b"<h1>"))


WAYS: Mapping[str, Callable[[str], bytes]] = {
    "location": redirect,
    "refresh field": lambda target: page(HTML, f"Refresh: 0; url={target}"),
    "meta refresh": _meta,
}
"""How a page leads to another one."""
ENDS = {
    "http://hidden.test/": NotAskedReason.EXCLUDED,
    "http://HIDDEN.test/#top": NotAskedReason.EXCLUDED,
    "http://closed.test/": NotAskedReason.ROBOTS_DISALLOWED,
    "http://private.test/": FailureKind.PRIVATE_ADDRESS,
    "http://10.0.0.1/": FailureKind.PRIVATE_ADDRESS,
}
"""Where no request may go, and how an attempt ends there."""
Ask = Callable[[Fetcher, RobotsGate], Awaitable[object]]


def _site(pages: Mapping[str, bytes], addresses: tuple[str, ...] = ("127.0.0.1",)) -> Site:
    return Site(
        pages={path: Reply(raw=(sent,)) for path, sent in pages.items()},
        unknown=Reply(raw=(page(b"", status="404 Not Found"),)),
        http=True,
        addresses=addresses,
    )


@contextmanager
def _web(front: Mapping[str, bytes]) -> Iterator[Web]:
    """A front host, and others behind it that want no request."""
    sites = {
        FRONT: _site(front),
        "hidden.test": _site({"/": page(HTML)}),
        "closed.test": _site({"/": page(HTML), "/robots.txt": page(RULES)}),
        "private.test": _site({"/": page(HTML)}, addresses=("10.0.0.1",)),
    }
    with Web(sites) as web:
        yield web


def _settings(folder: Path, web: Web) -> Settings:
    base = demo_settings(folder, web)
    fetch = replace(base.fetch, attempts=1, exclude=("*://hidden.test/*",))
    return replace(base, fetch=fetch)


def _asked(folder: Path, web: Web, ask: Ask, settings: Settings | None = None) -> object:
    settings = settings or _settings(folder, web)

    async def main() -> object:
        transport = Transport(settings, web.resolver)
        turns = RecordingTurns()
        async with Fetcher(settings, version="1", transport=transport, turns=turns) as fetcher:
            gate = RobotsGate(
                settings,
                fetcher,
                now=NIGHT,
                known={},
                slow_down=lambda *_: None,
                note=lambda _: None,
            )
            return await ask(fetcher, gate)

    return asyncio.run(main())


async def _look(path: str, fetcher: Fetcher, gate: RobotsGate) -> Fetch:
    target = Target(url=f"http://{FRONT}{path}", resources=())
    return await fetcher.fetch(target, gate=gate, sleep=no_wait)


async def _probe(path: str, fetcher: Fetcher, gate: RobotsGate) -> Fetch:
    return await fetcher.probe(f"http://{FRONT}{path}", gate=gate)


def _end(fetch: object) -> object:
    assert isinstance(fetch, Fetch)
    outcome = fetch.facts.outcome
    match outcome:
        case Failure():
            return outcome.kind
        case NotAsked():
            return outcome.reason
    return outcome


def _beyond(web: Web) -> set[tuple[str, str]]:
    """What was asked for on other hosts than the front one."""
    return {(one.host, one.path) for one in web.requests if one.host != FRONT}


@pytest.mark.promise("28a")
@pytest.mark.parametrize("ask", [_look, _probe], ids=["look", "probe"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("end", ENDS)
def test_28a_no_hop_leads_where_no_request_may_go(
    tmp_path: Path, ask: Callable[..., Awaitable[Fetch]], way: str, end: str
) -> None:
    with _web({"/page": WAYS[way](end)}) as web:
        fetch = _asked(tmp_path, web, partial(ask, "/page"))
        assert _end(fetch) == ENDS[end]
        assert _beyond(web) <= {
            ("closed.test", "/robots.txt"),
            ("private.test", "/robots.txt"),
        }
        assert ("private.test", "/robots.txt") not in _beyond(web)


@pytest.mark.promise("28")
@pytest.mark.promise("28a")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://hidden.test/", "data:text/html,x"]
)
def test_28a_other_schemes_are_not_followed(tmp_path: Path, way: str, target: str) -> None:
    with _web({"/page": WAYS[way](target)}) as web:
        end = _end(_asked(tmp_path, web, partial(_look, "/page")))
        assert end is FailureKind.BAD_REDIRECT if way == "location" else isinstance(end, Answer)
        assert not _beyond(web)


@pytest.mark.promise("28a")
def test_28a_a_probe_of_an_excluded_url_is_not_sent(tmp_path: Path) -> None:
    with _web({}) as web:
        ask = partial(Fetcher.probe, url="http://hidden.test/made-up")
        fetch = _asked(tmp_path, web, lambda fetcher, gate: ask(fetcher, gate=gate))
        assert (_end(fetch), _beyond(web)) == (NotAskedReason.EXCLUDED, set())


@pytest.mark.promise("28a")
def test_28a_a_robots_txt_that_leads_to_an_excluded_host_allows_nothing(tmp_path: Path) -> None:
    front = {"/robots.txt": redirect("http://hidden.test/robots.txt"), "/page": page(HTML)}
    with _web(front) as web:
        fetch = _asked(tmp_path, web, partial(_look, "/page"))
        assert _end(fetch) == NotAskedReason.ROBOTS_UNAVAILABLE
        assert [(one.host, one.path) for one in web.requests] == [(FRONT, "/robots.txt")]


@pytest.mark.promise("26")
@pytest.mark.promise("28a")
def test_28a_a_robots_txt_that_leads_to_a_private_address_is_not_followed(tmp_path: Path) -> None:
    front = {"/robots.txt": redirect("http://private.test/robots.txt"), "/page": page(HTML)}
    with _web(front) as web:
        fetch = _asked(tmp_path, web, partial(_look, "/page"))
        assert (_end(fetch), _beyond(web)) == (FailureKind.PRIVATE_ADDRESS, set())


def test_a_glob_on_names_of_files_excludes_no_robots_txt(tmp_path: Path) -> None:
    with _web({"/robots.txt": page(RULES), "/page": page(HTML)}) as web:
        base = _settings(tmp_path, web)
        settings = replace(base, fetch=replace(base.fetch, exclude=("*.txt",)))
        fetch = _asked(tmp_path, web, partial(_look, "/page"), settings)
        assert _end(fetch) == NotAskedReason.ROBOTS_DISALLOWED


@pytest.mark.promise("28a")
@pytest.mark.parametrize("canary", ["http://hidden.test/", f"http://{FRONT}/canary"])
def test_28a_canaries_too(tmp_path: Path, canary: str) -> None:
    with _web({"/canary": redirect("http://hidden.test/")}) as web:
        settings = replace(_settings(tmp_path, web), guard=GuardSettings(canaries=(canary,)))
        assert not asyncio.run(is_any_answered(settings, "1", web.resolver))
        assert not _beyond(web)
