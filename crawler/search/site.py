"""IO: what a site shows of itself: its sitemaps, its links, and the pages that were read."""

import asyncio
import re
from collections.abc import Iterable, Sequence

from crawler import urls
from crawler.config import Settings
from crawler.judge import paths
from crawler.model import CandidateSource, Fetch, Link
from crawler.search.asking import Asker, Tally
from crawler.search.sitemap_files import sitemaps_of
from crawler.successors.candidates import Candidate
from crawler.successors.comparing import SiteKnowledge, may_be_related
from crawler.successors.found_page import FoundPage, found_page
from crawler.successors.inventory import Inventory
from crawler.successors.lost import Lost
from crawler.successors.names import Name
from crawler.successors.shingles import SiteLines, shingles

FEW_URLS = 30
"""With fewer known URLs, a site is looked at more closely."""
MAX_FOLDERS = 6
"""Folders above lost pages that are read only for their links."""
MAX_HUBS, HUBS_AT_ONCE = 12, 4
"""Pages of a site without a sitemap that are read only for their links, and how many of them at a time."""
LEFT_FOR_PAGES = 5
"""With fewer requests left, only pages that may be the resource are read."""
_AT_ONCE = 500
"""URLs that are added before the event loop may do other work."""
_FILE = re.compile(
    r"\.(?:css|gif|gz|ico|jpe?g|js|json|mp4|png|svg|webp|woff2|xml|zip)$", re.IGNORECASE
)
"""Of URLs that are no pages."""


class Site:
    """A host that has lost resources, and the hosts that it moved to."""

    def __init__(self, url: str, asker: Asker, settings: Settings, *, most: int) -> None:
        """`url` is that of one of the lost resources; `most` requests are sent for all of them."""
        self._url = url
        self.tally = Tally()
        self._most = most
        self._asker = asker
        self._settings = settings
        self.inventory = Inventory()
        self.domains: set[str] = set()
        """Registrable domains that it is known to have moved to."""
        self.new_origins: list[str] = []
        """Those to which it moved."""
        self.pages: dict[str, FoundPage | None] = {}
        """What was read, by the URL that was asked and the one that answered; None when nothing came."""
        self.related: dict[str, dict[str, FoundPage]] = {}
        """By key of the lost resource and of the page: pages that are worth a comparison."""
        self._lost: Sequence[Lost] = ()
        self._lines = SiteLines()
        self._front_url = ""
        """Empty when it does not answer."""
        self._front_names: frozenset[Name] = frozenset()
        self._words: frozenset[str] = frozenset()
        self._hosts: set[str] = set()
        """Those whose front pages and sitemaps were asked for."""
        self.has_sitemap = False
        """Whether a sitemap names many of its pages."""
        self._hubs_read = 0
        self._folders_read: set[str] = set()

    def knowledge(self) -> SiteKnowledge:
        """What is known of the site beside single pages."""
        return SiteKnowledge(lines=self._lines, words=self._words, names=self._front_names)

    def look_for(self, lost: Sequence[Lost]) -> None:
        """Compare all pages with these resources from now on."""
        self._lost = lost
        self.related = {one.key: {} for one in lost}
        for one in lost:
            self._lines.add(one.title, one.text)
        for page in dict.fromkeys(filter(None, self.pages.values())):
            self._relate(page)

    # --- its hosts ------------------------------------------------------------------------------

    async def explore(self) -> None:
        """Read the front page and the sitemaps; those of the whole domain when the host is gone."""
        origin = urls.origin(self._url)
        await self._read_origin(origin)
        domain = urls.domain(self._url)
        if not self.pages.get(origin + "/") and domain != urls.host(origin):
            await self._read_origin(f"{urls.scheme(origin)}://{domain}")

    async def follow(self, url: str) -> None:
        """Get to know the host of a URL, too: the site is known to have moved there."""
        if urls.host_key(url) not in self._hosts:
            self._note_move(url)
            await self._read_origin(urls.origin(url))

    async def _read_origin(self, origin: str) -> None:
        self._hosts.add(urls.host_key(origin))
        home = await self._read_front_page(origin + "/")
        self._hosts.add(urls.host_key(home))
        await self._read_sitemaps(home)

    async def _read_front_page(self, url: str) -> str:
        """The origin of the site as it is now: that of its front page after redirects."""
        front = await self.read(url)
        if front is None or not self._is_of_site(front.url):
            return urls.origin(url)
        self._front_url = front.url
        if paths.is_front_page(front.url):
            self._front_names = frozenset(front.names)
            self._words = frozenset[str]().union(*front.names[-1:])
        return urls.origin(front.url)

    def _note_move(self, new: str) -> None:
        """Remember that pages of the site are on the host of another URL now, if that is another one."""
        if urls.host_key(self._url) != urls.host_key(new):
            self.domains.add(urls.domain(new))
            self.new_origins = list(dict.fromkeys((*self.new_origins, urls.origin(new))))

    # --- its pages ------------------------------------------------------------------------------

    async def read(self, url: str, fragment: str = "") -> FoundPage | None:
        """The page at a URL, judged; its links become known. None when there is none."""
        if url in self.pages or not self._requests_left:
            return self.pages.get(url)
        self.pages[url] = None
        reading = await self._asker.page(url, fragment)
        if isinstance(reading, Fetch):
            return None
        found = found_page(
            url, reading.fetch, reading.page, now=self._asker.now(), settings=self._settings
        )
        if urls.path(url) == "/" and found.is_redirected_for_good:
            self._note_move(found.url)
        self._lines.add(found.title, found.page.text)
        self._add_links(reading.links, found.url)
        self._relate(found)
        self.pages[url] = self.pages[found.url] = found
        return found

    def _relate(self, found: FoundPage) -> None:
        """Note for which of the lost resources a page is worth a comparison."""
        found_shingles = shingles(found.page.text)
        for one in self._lost:
            if may_be_related(one, found, found_shingles):
                self.related[one.key][found.key] = found

    @property
    def _requests_left(self) -> int:
        return max(0, self._most - self.tally.requests)

    # --- its URLs -------------------------------------------------------------------------------

    @property
    def is_small(self) -> bool:
        """Whether few of its URLs are known."""
        return len(self.inventory) < FEW_URLS

    async def read_folders(self, lost: Lost) -> None:
        """Read the folders above a lost page for their links, nearest first, until there is one."""
        for url in _folders(lost.url):
            if url in self._folders_read or len(self._folders_read) >= MAX_FOLDERS:
                continue
            self._folders_read.add(url)
            found = await self.read(url)
            if found is not None and found.verdict.is_alive:
                return

    async def read_hubs(self) -> bool:
        """Read some more folders for their links, where no sitemap names the pages; whether there were any."""
        if self.has_sitemap or self._requests_left < LEFT_FOR_PAGES:
            return False
        asked = set(map(urls.page_key, self.pages))
        hubs = [url for url in self.inventory.hubs() if urls.page_key(url) not in asked]
        hubs = hubs[: min(HUBS_AT_ONCE, MAX_HUBS - self._hubs_read)]
        self._hubs_read += len(hubs)
        for url in hubs:
            await self.read(url)
        return bool(hubs)

    async def _read_sitemaps(self, origin: str) -> None:
        words = frozenset[str]().union(*(one.slug.words for one in self._lost))
        sitemaps = sitemaps_of(origin, self._asker, may_ask=self._is_of_site, words=words)
        async for url, sitemap in sitemaps:
            if self._requests_left < LEFT_FOR_PAGES:
                return
            self.has_sitemap |= len(sitemap.pages) >= FEW_URLS
            await self._add_pages(sitemap.pages, url)

    async def _add_pages(self, pages: Iterable[str], found_at: str) -> None:
        for number, url in enumerate(pages):
            self._add(Candidate(url=url, source=CandidateSource.SITEMAP, found_at=found_at))
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0)

    def _add_links(self, links: Iterable[Link], found_at: str) -> None:
        for link in links:
            candidate = Candidate(
                url=link.url, source=CandidateSource.NAVIGATION, found_at=found_at
            )
            self._add(candidate, link.text, is_part=link.is_part)

    def _add(self, candidate: Candidate, anchor: str = "", *, is_part: bool = False) -> None:
        is_page = _FILE.search(urls.path(candidate.url)) is None
        if is_page and self._is_of_site(candidate.url):
            self.inventory.add(candidate, anchor, is_part=is_part)

    def may_be_at(self, url: str) -> bool:
        """Whether its pages may have scheme and host of the URL, by what its front page has."""
        front = self._front_url or url
        return urls.origin(url) in {urls.origin(front), urls.origin(self._url)}

    def _is_of_site(self, url: str) -> bool:
        """Whether a URL is on the site's own domain, or one that it moved to."""
        return urls.domain(url) in {*self.domains, urls.domain(self._url)}


def _folders(url: str) -> list[str]:
    """The URLs of the folders above a page, nearest first, without the root."""
    origin = urls.origin(url)
    names = [name for name in urls.path(url).split("/") if name][:-1]
    return [f"{origin}/{'/'.join(names[:end])}/" for end in range(len(names), 0, -1)]
