"""A list of made-up resources, each with a host of its own on loopback, crawled in one run."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from crawler import urls
from crawler.config import GuardSettings, Settings
from crawler.demo import LIST_NAME, demo_settings, list_text
from crawler.demo.replies import Behaviour, Reply, Then
from crawler.demo.server import LOOPBACK, Script
from crawler.demo.web import MakeCertificate, Port, Site, Web
from crawler.fetch import Resolver
from crawler.model import Resource
from crawler.run import RunOptions, RunResult, run
from tests.support.database import named_rows
from tests.support.loopback import page

TITLE = "Practical Raft"
NIGHT = datetime(2026, 11, 21, 3, 17, tzinfo=UTC)

_WORDS = "A log that is the same on all machines, agreed upon by a majority of them. " * 10
HTML = (
    f'<!doctype html><html lang="en"><title>{TITLE}</title><h1>{TITLE}</h1><p>{_WORDS}</p>'
).encode()
LIVING = page(HTML)
"""The answer of a living page."""
NOT_FOUND = page(b"<title>Not found</title>", status="404 Not Found")


Sent = bytes | Behaviour
"""Bytes are sent as they are; where they tell no end of their content, the connection is closed there."""
_FRAMED = re.compile(rb"^(content-length|transfer-encoding):", re.IGNORECASE | re.MULTILINE)
"""Without these fields, the content ends where the connection does (RFC 9112 §6.3)."""


def _behaviour(sent: Sent) -> Behaviour:
    if not isinstance(sent, bytes):
        return sent
    head = sent.partition(b"\r\n\r\n")[0]
    return Reply(raw=(sent,), then=Then.KEEP if _FRAMED.search(head) else Then.CLOSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One resource, and how its host behaves."""

    name: str
    """First label of its host under `.test`."""
    script: Script | None = None
    """What its server does with connections."""
    pages: Mapping[str, Sent] = field(default_factory=dict)
    """Without a script, what its server replies, as in `Site`; without both, it refuses connections."""
    unknown: Sent = NOT_FOUND
    """The reply for every other path."""
    path: str = "/page"
    url: str = ""
    """As listed; by default the path at the host, by http."""
    https: bool = False
    """Whether it is listed by https."""
    certificate: MakeCertificate | None = None
    """The certificate with which its script speaks TLS, where https is expected."""
    addresses: tuple[str, ...] | OSError = (LOOPBACK,)
    """What its name resolves to, or the error of looking it up."""

    @property
    def host(self) -> str:
        return f"{self.name}.test"

    @property
    def listed(self) -> str:
        return self.url or f"{'https' if self.https else 'http'}://{self.host}{self.path}"

    def place(self) -> tuple[str, Site]:
        """The host and what it serves."""
        served = self.script is not None or self.pages
        url = urls.normal_form(self.listed) if served else f"http://{self.host}/"
        port = urls.port(url)
        return urls.host(url), Site(
            pages={path: _behaviour(sent) for path, sent in self.pages.items()},
            unknown=_behaviour(self.unknown),
            http=True,
            script=self.script,
            certificate=self.certificate,
            addresses=self.addresses,
            port=Port.OPEN if served else Port.REFUSING,
            more_ports=() if port in {80, 443} else (port,),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A row of `latest_checks`."""

    verdict: str
    reason: str
    http_status: int | None
    final_url: str | None
    suggested_url: str | None
    title: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """The houses, and the settings for a run that checks all of them."""

    houses: tuple[House, ...]
    settings: Settings
    resolver: Resolver

    def crawl(self, **fetch: object) -> RunResult:
        """One complete run, with these settings of `fetch` changed."""
        changed = replace(self.settings.fetch, **fetch)  # type: ignore[arg-type]  # as given
        settings = replace(self.settings, fetch=changed)
        return run(settings, RunOptions(clock=lambda: NIGHT, resolver=self.resolver))

    def stored(self) -> Mapping[str, Stored]:
        """The rows of `latest_checks`, by name of the house."""
        rows = named_rows(
            self.settings.database,
            "select verdict, reason, http_status, final_url, suggested_url, title, warnings"
            " from latest_checks order by number",
        )
        by_number = (Stored(**{**row, "warnings": _words(row["warnings"])}) for row in rows)
        return {house.name: s for house, s in zip(self.houses, by_number, strict=True)}


def _words(warnings: str | None) -> tuple[str, ...]:
    return tuple((warnings or "").strip('[]"').replace('","', " ").split())


@contextmanager
def street(
    folder: Path, houses: Iterable[House], *, elsewhere: Mapping[str, Sent] | None = None
) -> Iterator[Street]:
    """The houses while they are served; `elsewhere` are other hosts, each with one reply."""
    built = tuple(houses)
    others = {
        host: Site(unknown=_behaviour(sent), http=True) for host, sent in (elsewhere or {}).items()
    }
    with Web(dict(house.place() for house in built) | others) as web:
        rows = (
            Resource(key=str(n), number=n, category="Street", title=TITLE, url=house.listed)
            for n, house in enumerate(built, 1)
        )
        (folder / LIST_NAME).write_text(list_text(rows), encoding="utf-8")
        yield Street(houses=built, settings=_settings(folder, web), resolver=web.resolver)


def _settings(folder: Path, web: Web) -> Settings:
    base = demo_settings(folder, web)
    fetch = replace(
        base.fetch,
        connect_timeout=3.0,
        total_timeout=9.0,
        attempts=1,
        robots=False,
        allow_private=("127.0.0.0/8",),
    )
    return replace(base, fetch=fetch, guard=GuardSettings(canaries=()))


def redirect(location: str | bytes, status_code: int = 301, *fields: str) -> bytes:
    """A response that names another place."""
    value = location if isinstance(location, bytes) else location.encode()
    head = f"HTTP/1.1 {status_code} Elsewhere\r\n" + "".join(f"{f}\r\n" for f in fields)
    return head.encode() + b"Location: " + value + b"\r\nContent-Length: 0\r\n\r\n"


def answer(*fields: str, content: bytes = HTML, status: str = "200 OK") -> bytes:
    """A response with only these fields; the connection is closed at its end if they give no length."""
    head = "\r\n".join((f"HTTP/1.1 {status}", *fields, "", ""))
    return head.encode("latin-1") + content
