"""Pure: which hosts there are, what each lists, and what becomes of it; nothing here is left to chance.

The same sites give the same plan, with another seed another one.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from benchmarks.real_pages.anchors import listed_text, says_something
from benchmarks.real_pages.fates import Fate
from benchmarks.real_pages.indexing import IndexedSite, LinkedPage
from benchmarks.real_pages.sources import APP, Half, half_of

_T = TypeVar("_T")


class Server(StrEnum):
    """The programs that serve."""

    NGINX = "nginx"
    APACHE = "apache"
    CADDY = "caddy"


class Way(StrEnum):
    """How a host answers for what it does not have."""

    SERVER_404 = "server_404"
    SITE_404 = "site_404"
    GONE_410 = "gone_410"
    SOFT_PLAIN = "soft_plain"
    """Status 200 with a page that has nothing of the site."""
    SOFT_THEMED = "soft_themed"
    """Status 200 with a page in the site's own template."""
    SOFT_BARE = "soft_bare"
    """Status 200 with one line."""
    SEARCH_200 = "search_200"
    """Status 200 with a search that has found nothing."""
    FRONT_200 = "front_200"
    """The front page, at the URL that was asked."""
    HOME_302 = "home_302"
    HOME_301 = "home_301"
    TO_404_PAGE = "to_404_page"
    """A redirect to a page that says so, with status 200."""
    TO_SEARCH = "to_search"
    """A redirect to a search that has found nothing."""


class Takeover(StrEnum):
    """What is at a host that is no longer its owner's."""

    OTHER_SITE = "other_site"
    """Another site, with its front page for what it does not have."""
    ONE_PAGE = "one_page"
    """One page of another site, for every path."""
    SPAM = "spam"
    PARKED = "parked"
    DEFAULT_PAGE = "default_page"
    """The page that a server shows until somebody configures it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A row of the list."""

    path: str
    """As listed, with its slash before it."""
    page: str
    """Its file in the site; empty if it is the front page."""
    title: str
    page_title: str
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A host and the rows that list it."""

    name: str
    site: IndexedSite
    server: Server
    way: Way
    variant: int
    """Chooses among texts of one kind."""
    links: tuple[Link, ...]
    takeover: Takeover | None = None
    other: IndexedSite | None = None
    """Whose pages are there after a takeover."""
    is_single: bool = False
    """Whether it has no other page than the listed one."""

    @property
    def half(self) -> Half:
        """That of its site."""
        return half_of(self.site.package)


_WAYS = {
    Way.SERVER_404: 14,
    Way.SITE_404: 20,
    Way.GONE_410: 4,
    Way.SOFT_PLAIN: 8,
    Way.SOFT_THEMED: 14,
    Way.SOFT_BARE: 4,
    Way.SEARCH_200: 5,
    Way.FRONT_200: 10,
    Way.HOME_302: 8,
    Way.HOME_301: 4,
    Way.TO_404_PAGE: 5,
    Way.TO_SEARCH: 4,
}
_FATES_OF_PAGES = {
    Fate.LIVING: 73,
    Fate.ROTTEN: 11,
    Fate.DYING: 8,
    Fate.MOVED: 5,
    Fate.MOVING: 3,
}
_FATES_OF_HOSTS = {
    Fate.LIVING: 720,
    Fate.NOISY: 90,
    Fate.HIJACKED: 90,
    Fate.TAKEN: 30,
    Fate.SITE_MOVED: 20,
    Fate.UNAVAILABLE: 20,
    Fate.HANGING: 12,
}
_TO_FRONT = {Way.FRONT_200, Way.HOME_302, Way.HOME_301}
_TAKEOVERS = {
    Takeover.OTHER_SITE: 30,
    Takeover.ONE_PAGE: 25,
    Takeover.SPAM: 15,
    Takeover.PARKED: 20,
    Takeover.DEFAULT_PAGE: 10,
}
_SERVERS = {Server.NGINX: 45, Server.APACHE: 30, Server.CADDY: 25}
_APP_PATHS = (
    ("/browse", "Browse"),
    ("/docs/getting-started", "Getting started"),
    ("/faq", "Frequently asked questions"),
    ("/settings", "Settings"),
    ("/help/data-formats", "Data formats"),
    ("/search/advanced", "Advanced search"),
)
_SINGLE = 0.12
_FRONT_PAGE = 0.15
_DOMAINS = ("org", "net", "io", "dev", "com", "info")
_NEGOTIABLE = re.compile(r"(?P<stem>.*/?[^/]+)\.(?P<language>[a-z]{2}(?:-[a-z]{2})?)\.html")


def plan(sites: Sequence[IndexedSite], hosts: int, seed: str) -> tuple[Host, ...]:
    """About so many hosts, made of these sites, and two for each application."""
    apps = [site for site in sites if site.generator == APP]
    sites = [site for site in sites if site.generator != APP]
    weights = [min(len(site.pages), 40) for site in sites]
    planned: list[Host] = []
    for site, weight in zip(sites, weights, strict=True):
        share = max(1, round(hosts * weight / sum(weights)))
        planned.extend(_hosts(site, share, sites, random.Random(f"{seed} {site.name}")))
    planned.extend(_app(site, number) for site in apps for number in (1, 2))
    return tuple(planned)


def _app(site: IndexedSite, number: int) -> Host:
    """An application of one page, which is at every path; all that is listed lives."""
    draw = random.Random(f"{site.name} {number}")
    front = Link(
        path="/", page="", title=site.front_title, page_title=site.front_title, fate=Fate.APP
    )
    deep = draw.sample(_APP_PATHS, 3)
    name = site.front_title.partition(" | ")[0]
    return Host(
        name=_name(site, number, draw),
        site=site,
        server=_drawn(_SERVERS, draw),
        way=Way.FRONT_200,
        variant=0,
        links=(
            front,
            *(replace(front, path=path, title=f"{name}: {title}") for path, title in deep),
        ),
    )


def _hosts(
    site: IndexedSite, count: int, sites: Sequence[IndexedSite], draw: random.Random
) -> Iterator[Host]:
    named = [page for page in site.pages if any(says_something(text) for text, _ in page.texts)]
    pages = _endless(named or site.pages, draw)
    for number in range(1, count + 1):
        yield _host(site, number, pages, sites, draw)
    negotiable = [page for page in site.pages if _NEGOTIABLE.fullmatch(page.path)]
    if negotiable:
        yield _negotiating(site, negotiable, draw)


def _endless(pages: Sequence[LinkedPage], draw: random.Random) -> Iterator[LinkedPage]:
    while True:
        yield from draw.sample(pages, len(pages))


def _host(
    site: IndexedSite,
    number: int,
    pages: Iterator[LinkedPage],
    sites: Sequence[IndexedSite],
    draw: random.Random,
) -> Host:
    fate = _drawn(_FATES_OF_HOSTS, draw)
    way, server, variant = _drawn(_WAYS, draw), _drawn(_SERVERS, draw), draw.randrange(1000)
    name = _name(site, number, draw)
    is_single = fate is Fate.LIVING and draw.random() < _SINGLE
    if is_single:
        links = (_single(next(pages), draw),)
        return Host(
            name=name,
            site=site,
            server=server,
            way=way if links[0].path == "/" or way not in _TO_FRONT else Way.SITE_404,
            variant=variant,
            links=links,
            is_single=True,
        )
    takeover = _drawn(_TAKEOVERS, draw) if fate in {Fate.HIJACKED, Fate.TAKEN} else None
    wanted = 3 if fate in {Fate.HIJACKED, Fate.TAKEN} else draw.choice((3, 4, 4, 5))
    if fate is Fate.HANGING:
        wanted = 1
    return Host(
        name=name,
        site=site,
        server=server,
        way=way,
        variant=variant,
        links=tuple(_links(site, fate, wanted, pages, draw)),
        takeover=takeover,
        other=draw.choice([one for one in sites if one.package != site.package]),
    )


def _links(
    site: IndexedSite, fate: Fate, wanted: int, pages: Iterator[LinkedPage], draw: random.Random
) -> Iterator[Link]:
    lists_front = draw.random() < _FRONT_PAGE and fate not in {Fate.SITE_MOVED, Fate.TAKEN}
    if lists_front:
        yield Link(
            path="/", page="", title=site.front_title, page_title=site.front_title, fate=fate
        )
    chosen = {page.path: page for page in (next(pages) for _ in range(wanted - lists_front))}
    for page in chosen.values():
        own = _drawn(_FATES_OF_PAGES, draw) if fate is Fate.LIVING else fate
        yield Link(
            path=f"/{page.path}",
            page=page.file,
            title=listed_text(page.texts, draw),
            page_title=page.title,
            fate=own,
        )


def _single(page: LinkedPage, draw: random.Random) -> Link:
    path = draw.choice(("/", "/", f"/{page.path}", f"/{page.path.rpartition('/')[2]}"))
    return Link(
        path=path,
        page=page.file,
        title=listed_text(page.texts, draw),
        page_title=page.title,
        fate=Fate.LIVING,
    )


def _negotiating(site: IndexedSite, pages: Sequence[LinkedPage], draw: random.Random) -> Host:
    chosen = draw.sample(pages, min(3, len(pages)))
    return Host(
        name=_name(site, 0, draw),
        site=site,
        server=Server.APACHE,
        way=Way.SERVER_404,
        variant=0,
        links=tuple(
            Link(
                path="/" + page.path.removesuffix(".html"),
                page=page.file,
                title=listed_text(page.texts, draw),
                page_title=page.title,
                fate=Fate.NEGOTIATED,
            )
            for page in chosen
        ),
    )


def _name(site: IndexedSite, number: int, draw: random.Random) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", site.name.lower()).removesuffix("-doc").strip("-")
    return f"{stem}-{number}.{draw.choice(_DOMAINS)}"


def _drawn(weights: dict[_T, int], draw: random.Random) -> _T:
    return draw.choices(tuple(weights), tuple(weights.values()))[0]
