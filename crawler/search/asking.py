"""IO: requests of a search: pages with their links, and sitemap files; counted, and never too many."""

from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from crawler import extract, urls
from crawler.config import Settings
from crawler.crawl.host_turns import HostTurns
from crawler.crawl.pending_checks import is_hidden_by
from crawler.crawl.robots_gate import RobotsGate
from crawler.fetch import Fetcher, Lateness, Transport
from crawler.fetch.content import GZIP_MAGIC, BadContentError, Decoder
from crawler.fetch.page_reader import PageReader
from crawler.model import Fetch, Link, MediaKind, Page
from crawler.search.surroundings import Surroundings

MAX_PAGE_BYTES = 1_048_576
"""Content read of one page."""


@dataclass(slots=True)
class Tally:
    """Requests that were sent for one resource, or for all of a host."""

    requests: int = 0
    of_host: "Tally | None" = None
    """Counts the same requests."""

    def add(self, requests: int) -> None:
        """Count more requests."""
        self.requests += requests
        if self.of_host is not None:
            self.of_host.add(requests)


TALLY: ContextVar[Tally] = ContextVar("TALLY")
"""Of the resource that a task works for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page that was read, with its links."""

    fetch: Fetch
    """Without the page."""
    page: Page
    links: tuple[Link, ...] = field(repr=False)

    @property
    def url(self) -> str:
        """The final URL."""
        return self.fetch.facts.final_url


class Asker:
    """Asks hosts when robots.txt allows it and when it is their turn; a context manager."""

    def __init__(self, settings: Settings, around: Surroundings) -> None:
        self._settings = settings
        self._reader = PageReader()
        self._turns = HostTurns(settings, lambda: 0, Lateness(), lambda: self._reader.waiting)
        self._fetcher = Fetcher(
            settings,
            version=around.version,
            transport=Transport(settings, around.resolver),
            turns=self._turns,
            listen=self._note,
            reader=self._reader,
        )
        self._gate = RobotsGate(
            settings,
            self._fetcher,
            now=around.clock(),
            known=around.robots_files,
            slow_down=self._turns.slow_down,
            note=lambda _: None,
        )
        self.now: Callable[[], datetime] = around.clock

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._reader)
            await stack.enter_async_context(self._fetcher)
            stack.enter_context(self._turns.lateness.measured())
            self._open = stack.pop_all()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._open.aclose()

    def sitemaps(self, origin: str) -> tuple[str, ...]:
        """What the origin's robots.txt names, if that was asked for before."""
        return self._gate.sitemaps(origin)

    async def page(self, url: str, fragment: str = "") -> Reading | Fetch:
        """The page at a URL, with its links; the fetch alone when nothing could be read.

        A page that was read with credentials, and that the settings hide, counts as not read.
        """
        raw = await self._fetcher.raw(url, gate=self._gate, max_bytes=MAX_PAGE_BYTES)
        facts = raw.fetch.facts
        if not facts.succeeded or is_hidden_by(self._settings, raw.fetch):
            return raw.fetch
        address = urls.with_fragment(facts.final_url, fragment)
        page = await self._reader(raw.content, address, raw.content_type)
        is_html = page.kind is MediaKind.HTML
        links = extract.links(raw.content, facts.final_url, raw.content_type) if is_html else ()
        return Reading(fetch=raw.fetch, page=replace(page, main_text=""), links=links)

    async def file(self, url: str, max_bytes: int) -> bytes:
        """The start of a file, unpacked when it is packed by gzip; empty when there is none."""
        raw = await self._fetcher.raw(url, gate=self._gate, max_bytes=max_bytes)
        if not raw.fetch.facts.succeeded:
            return b""
        content = raw.content
        return _unpacked(content, max_bytes) if content.startswith(GZIP_MAGIC) else content

    def _note(self, url: str, fetch: Fetch) -> None:
        """Count the requests of an attempt; ask a host less often after a 429."""
        facts = fetch.facts
        if tally := TALLY.get(None):
            tally.add(max(len(facts.exchanges), fetch.attempts))
        if facts.status_code == 429:
            pause = min(fetch.retry_after or 0.0, self._settings.fetch.max_retry_after)
            self._turns.ease_off(urls.host_key(facts.final_url), pause)


def _unpacked(content: bytes, max_bytes: int) -> bytes:
    """The first bytes of a gzip file; what comes after a fault in it is left out."""
    decoder = Decoder("gzip", max_bytes)
    with suppress(BadContentError):
        decoder.feed(content)
    return decoder.content
