"""IO: what a site shows of itself: sitemaps, the links of its front page and folders, pages that were read."""

from collections.abc import Sequence

from crawler import urls
from crawler.config import Settings
from crawler.judge import paths
from crawler.model import CandidateSource, Fetch
from crawler.search.asking import Asker, Reading
from crawler.successors.candidates import Candidate
from crawler.successors.comparing import SiteKnowledge, may_be_related
from crawler.successors.found_page import FoundPage, found_page
from crawler.successors.inventory import Inventory
from crawler.successors.lost import Lost
from crawler.successors.names import Name
from crawler.successors.shingles import SiteLines, shingles
from crawler.successors.sitemaps import MAX_URLS, read_sitemap

MAX_FILES = 5
"""Sitemaps of a site that are asked for."""
MAX_FILE_BYTES = 10_485_760
"""Unpacked, of all sitemaps of a site together."""
FEW_URLS = 30
"""A site with fewer known URLs is read two levels deep."""
MAX_FOLDERS = 6
"""Folders above lost pages that are read only for their links."""
MAX_HUBS, HUBS_AT_ONCE = 12, 4
"""Pages of a site without a sitemap that are read only for their links, and how many of them at a time."""


class Site:
    """One host with lost resources, and the hosts that it moved to."""

    def __init__(self, lost: Sequence[Lost], asker: Asker, settings: Settings) -> None:
        self._lost = lost
        self._host = urls.host(lost[0].url)
        self._asker = asker
        self._settings = settings
        self.inventory = Inventory()
        self.lines = SiteLines()
        self.domains: set[str] = set()
        """Registrable domains that it is known to have moved to."""
        self.pages: dict[str, FoundPage | None] = {}
        """What was read, by `urls.page_key` of the URL that was asked; None when nothing came."""
        self.related: dict[str, dict[str, FoundPage]] = {one.key: {} for one in lost}
        """By key of the lost resource and of the page: pages that are worth a comparison."""
        self.is_secure = False
        """Whether its front page answers by https."""
        self._front_names: frozenset[Name] = frozenset()
        self._words: frozenset[str] = frozenset()
        self.new_origins: list[str] = []
        """Those to which it moved."""
        self._hosts: set[str] = set()
        """Those whose front pages and sitemaps were asked for."""
        self._has_sitemap = False
        self._hubs_read = 0
        self._folders_read: set[str] = set()

    def knowledge(self) -> SiteKnowledge:
        """What is known of the site beside single pages."""
        return SiteKnowledge(lines=self.lines, words=self._words, names=self._front_names)

    async def explore(self) -> None:
        """Read the front page and the sitemaps."""
        for one in self._lost:
            self.lines.add(one.title, one.text)
        await self._read_origin(urls.origin(self._lost[0].url))

    async def follow(self, url: str) -> None:
        """Get to know the host of a URL, too: the site is known to have moved there."""
        if urls.host_key(url) not in self._hosts:
            self._note_move(self._lost[0].url, url)
            await self._read_origin(urls.origin(url))

    async def _read_origin(self, origin: str) -> None:
        self._hosts.add(urls.host_key(origin))
        home = await self._read_front_page(origin + "/")
        self._hosts.add(urls.host_key(home))
        await self._read_sitemaps(home)

    async def read(self, url: str, fragment: str = "") -> FoundPage | None:
        """The page at a URL, judged; its links become known. None when there is none."""
        key = urls.page_key(url)
        if key in self.pages:
            return self.pages[key]
        self.pages[key] = None
        reading = await self._asker.page(url, fragment)
        if isinstance(reading, Fetch):
            return None
        found = found_page(
            url,
            reading.fetch,
            reading.page,
            now=self._asker.now(),
            settings=self._settings,
        )
        if urls.path(url) == "/":
            self._note_move(url, found.url)
        self.lines.add(found.title, found.page.text)
        self._add_links(reading)
        self._relate(found)
        self.pages[key] = self.pages[found.key] = found
        return found

    def _relate(self, found: FoundPage) -> None:
        """Note for which of the lost resources a page is worth a comparison."""
        found_shingles = shingles(found.page.text)
        for one in self._lost:
            if may_be_related(one, found, found_shingles):
                self.related[one.key][found.key] = found

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
        if self._has_sitemap:
            return False
        asked = set(self.pages)
        hubs = [url for url in self.inventory.hubs() if urls.page_key(url) not in asked]
        hubs = hubs[: min(HUBS_AT_ONCE, MAX_HUBS - self._hubs_read)]
        self._hubs_read += len(hubs)
        for url in hubs:
            await self.read(url)
        return bool(hubs)

    @property
    def is_small(self) -> bool:
        """Whether few of its URLs are known."""
        return len(self.inventory) < FEW_URLS

    async def _read_front_page(self, url: str) -> str:
        """The origin of the site as it is now: that of its front page after redirects."""
        front = await self.read(url)
        if front is None:
            return urls.origin(url)
        self.is_secure = urls.scheme(front.url) == "https"
        if paths.is_front_page(front.url):
            self._front_names = frozenset(front.names)
            self._words = frozenset[str]().union(*front.names[-1:])
        return urls.origin(front.url)

    def _note_move(self, old: str, new: str) -> None:
        """Remember that pages of the site are on the host of another URL now, if that is another one."""
        if urls.host_key(old) != urls.host_key(new):
            self.domains.add(urls.domain(new))
            self.new_origins = list(dict.fromkeys((*self.new_origins, urls.origin(new))))

    # --- sitemaps -------------------------------------------------------------------------------

    async def _read_sitemaps(self, origin: str) -> None:
        waiting = [*self._asker.sitemaps(origin), f"{origin}/sitemap.xml"]
        asked: set[str] = set()
        bytes_left = MAX_FILE_BYTES
        while waiting and len(asked) < MAX_FILES and bytes_left > 0:
            url = urls.target_uri(waiting.pop(0))
            if url in asked or urls.problem(url) or not self._may_ask(url):
                continue
            asked.add(url)
            content = await self._asker.file(url, bytes_left)
            bytes_left -= len(content)
            sitemap = read_sitemap(content, MAX_URLS)
            waiting[:0] = sitemap.sitemaps[: MAX_FILES * 2]
            self._add_pages(sitemap.pages, url)

    def _may_ask(self, url: str) -> bool:
        """Whether a sitemap is on the site's own domains."""
        return urls.domain(url) in {*self.domains, urls.registrable_domain(self._host)}

    def _add_pages(self, pages: Sequence[str], found_at: str) -> None:
        self._has_sitemap |= len(pages) >= FEW_URLS
        for page in pages:
            if self._is_of_site(page):
                self.inventory.add(
                    Candidate(url=page, source=CandidateSource.SITEMAP, found_at=found_at)
                )

    # --- links ----------------------------------------------------------------------------------

    def _add_links(self, reading: Reading) -> None:
        for link in reading.links:
            if self._is_of_site(link.url):
                candidate = Candidate(
                    url=link.url, source=CandidateSource.NAVIGATION, found_at=reading.url
                )
                self.inventory.add(candidate, link.text, is_part=link.is_part)

    def _is_of_site(self, url: str) -> bool:
        return self._may_ask(url) and not _is_file(url)


_FILES = [
    ".css",
    ".gif",
    ".gz",
    ".ico",
    ".jpeg",
    ".jpg",
    ".js",
    ".json",
    ".mp4",
    ".png",
    ".svg",
    ".webp",
    ".woff2",
    ".xml",
    ".zip",
]


def _is_file(url: str) -> bool:
    return urls.path(url).lower().endswith(tuple(_FILES))


def _folders(url: str) -> list[str]:
    """The URLs of the folders above a page, nearest first, without the root."""
    origin = urls.origin(url)
    names = [name for name in urls.path(url).split("/") if name][:-1]
    return [f"{origin}/{'/'.join(names[:end])}/" for end in range(len(names), 0, -1)]
