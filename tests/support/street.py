"""A list of made-up resources, each with a server of its own on loopback, crawled in one run."""

import asyncio
import csv
import socket
import sqlite3
import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AsyncExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from crawler import urls
from crawler.config import FetchSettings, GuardSettings, Settings
from crawler.run import RunOptions, RunResult, run
from tests.support.loopback import Peer, Script, Server, page

TITLE = "Practical Raft"
NIGHT = datetime(2026, 11, 21, 3, 17, tzinfo=UTC)

_WORDS = "A log that is the same on all machines, agreed upon by a majority of them. " * 10
HTML = (
    f'<!doctype html><html lang="en"><title>{TITLE}</title><h1>{TITLE}</h1><p>{_WORDS}</p>'
).encode()
LIVING = page(HTML)
"""The answer of a page that is well."""
NOT_FOUND = page(b"<title>Not found</title>", status="404 Not Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One resource, and what is behind its name."""

    name: str
    """First label of its host under `.test`."""
    script: Script | None = None
    """What its server does; None when there is no server, and connections are refused."""
    path: str = "/page"
    url: str = ""
    """As listed; by default the path at the host, by http."""
    https: bool = False
    """Whether its server is on the port of https."""
    context: ssl.SSLContext | None = None
    """For a server that speaks TLS; it is on that port too."""
    plainly: Script | None = None
    """What its server for http does, beside one for https."""
    addresses: tuple[str, ...] | socket.gaierror = ("127.0.0.1",)
    """What its name stands for, when there is no server."""

    @property
    def host(self) -> str:
        return f"{self.name}.test"

    @property
    def is_https(self) -> bool:
        return self.https or self.context is not None

    @property
    def listed(self) -> str:
        return self.url or f"{'https' if self.is_https else 'http'}://{self.host}{self.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What `latest_checks` knows of a resource."""

    verdict: str
    reason: str
    http_status: int | None
    final_url: str | None
    suggested_url: str | None
    title: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """The houses, and the settings for a run past all of them."""

    houses: tuple[House, ...]
    settings: Settings

    def crawl(self, **fetch: object) -> RunResult:
        """One complete run, with these settings of `fetch` changed."""
        changed = replace(self.settings.fetch, **fetch)  # type: ignore[arg-type]  # as given
        settings = replace(self.settings, fetch=changed)
        return run(settings, RunOptions(clock=lambda: NIGHT, resolver=self._resolve))

    def query(self, sql: str) -> list[sqlite3.Row]:
        with closing(sqlite3.connect(self.settings.database)) as database:
            database.row_factory = sqlite3.Row
            return database.execute(sql).fetchall()

    def stored(self) -> Mapping[str, Stored]:
        """The rows of `latest_checks`, by name of the house."""
        rows = self.query(
            "select verdict, reason, http_status, final_url, suggested_url, title, warnings"
            " from latest_checks order by number"
        )
        by_number = (Stored(**{**row, "warnings": _words(row["warnings"])}) for row in rows)
        return {house.name: s for house, s in zip(self.houses, by_number, strict=True)}

    async def _resolve(self, host: str, port: int) -> tuple[str, ...]:
        found = next((h.addresses for h in self.houses if h.host == host), ("127.0.0.1",))
        if isinstance(found, socket.gaierror):
            raise found
        return found


def _words(warnings: str | None) -> tuple[str, ...]:
    return tuple((warnings or "").strip('[]"').replace('","', " ").split())


_Door = tuple[str, Script, ssl.SSLContext | None]
"""`host:port`, and what happens there."""
_Resolve = tuple[tuple[str, str], ...]


@contextmanager
def street(
    folder: Path,
    houses: Iterable[House],
    *,
    elsewhere: Mapping[str, Script] | None = None,
    ca_bundle: str = "",
) -> Iterator[Street]:
    """The houses with their servers, which run in a thread of their own while the context is open.

    `elsewhere` are other hosts, by name, that answer by http.
    """
    built = tuple(houses)
    with _serving([*_doors(built), *_others(elsewhere or {})]) as resolve:
        _write_list(folder / "resources.csv", built)
        yield Street(houses=built, settings=_settings(folder, resolve, ca_bundle))


def _settings(folder: Path, resolve: _Resolve, ca_bundle: str) -> Settings:
    return Settings(
        resources=str(folder / "resources.csv"),
        database=str(folder / "crawler.db"),
        reports=str(folder / "reports"),
        guard=GuardSettings(canaries=()),
        fetch=FetchSettings(
            host_delay=0.0,
            connect_timeout=3.0,
            read_timeout=3.0,
            total_timeout=9.0,
            attempts=1,
            recheck_after=0.0,
            robots=False,
            allow_private=("127.0.0.0/8",),
            resolve=resolve,
            ca_bundle=ca_bundle,
        ),
    )


def _write_list(path: Path, houses: tuple[House, ...]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("number", "category", "title", "url"))
        writer.writerows((n, "Street", TITLE, house.listed) for n, house in enumerate(houses, 1))


# --- the servers --------------------------------------------------------------------------------


def _doors(houses: tuple[House, ...]) -> Iterator[_Door]:
    for house in houses:
        if house.script is not None:
            url = urls.normal_form(house.listed)
            port = 443 if house.is_https else urls.port(url)
            yield f"{urls.host(url)}:{port}", house.script, house.context
        if house.plainly is not None:
            yield f"{house.host}:80", house.plainly, None


def _others(scripts: Mapping[str, Script]) -> Iterator[_Door]:
    yield from ((f"{host}:80", script, None) for host, script in scripts.items())


@contextmanager
def _serving(doors: Sequence[_Door]) -> Iterator[_Resolve]:
    """Pairs for `FetchSettings.resolve` to the servers, which are open meanwhile."""
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event, _Resolve]] = Future()

    async def main() -> None:
        async with AsyncExitStack() as stack:
            pairs = []
            for door, script, context in doors:
                server = await stack.enter_async_context(Server(script, context))
                pairs.append((door, server.authority))
            stop = asyncio.Event()
            started.set_result((asyncio.get_running_loop(), stop, tuple(pairs)))
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(main()), name="street")
    thread.start()
    loop, stop, resolve = started.result(timeout=30)
    try:
        yield resolve
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def site(answers: Mapping[str, bytes | None], otherwise: bytes = NOT_FOUND) -> Script:
    """Answers requests by their path and query; with silence for None."""

    async def script(peer: Peer) -> None:
        while True:
            path = (await peer.request()).split(b" ", 2)[1].decode("ascii")
            answer = answers.get(path, otherwise)
            if answer is None:
                return await peer.until_closed()
            await peer.send(answer)

    return script


def redirect(location: str | bytes, status_code: int = 301, *fields: str) -> bytes:
    """A response that names another place."""
    value = location if isinstance(location, bytes) else location.encode()
    head = f"HTTP/1.1 {status_code} Elsewhere\r\n" + "".join(f"{f}\r\n" for f in fields)
    return head.encode() + b"Location: " + value + b"\r\nContent-Length: 0\r\n\r\n"


def answer(*fields: str, content: bytes = HTML, status: str = "200 OK") -> bytes:
    """A response with these fields and no others, closed at its end when they tell no length."""
    head = "\r\n".join((f"HTTP/1.1 {status}", *fields, "", ""))
    return head.encode("latin-1") + content
