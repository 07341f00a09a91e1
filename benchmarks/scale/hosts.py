"""Pure: a made-up web of many hosts on many addresses, as it is on two nights, and the list of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from benchmarks import pages, web

FIRST_PORT = 10_000
"""Of the URLs; the port says which address a host has."""
PAGES = 400
"""Different ones; the hosts share them."""
POOR = 20
"""One row in this many has a title that is in no page."""
NIGHTS = (1, 2)
_EDITED = 50
"""One page in this many has another paragraph on the second night."""
_SENTENCE = "<p>A short page that says little of its own.</p>"


class Size(Enum):
    """How large pages are."""

    REAL = "30 to 60 kB"
    SMALL = "1 kB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What befalls one host, address or row in `every`, the one that leaves `rest`."""

    every: int
    rest: int

    def hits(self, number: int) -> bool:
        """Whether it befalls the one with this number."""
        return number % self.every == self.rest


SLOW, SOFT, LARGE = Fate(every=50, rest=3), Fate(every=50, rest=43), Fate(every=1000, rest=500)
"""Hosts: that send slowly; that answer 200 for what they do not have; that have many URLs."""
DEAD, DIES, RETURNS = Fate(every=50, rest=13), Fate(every=100, rest=38), Fate(every=200, rest=77)
"""Addresses: that refuse connections; from the second night on; on the first night only."""
GONE, FAILING, MOVED = Fate(every=90, rest=31), Fate(every=200, rest=57), Fate(every=20, rest=7)
"""Rows: with 404; with 503; with a redirect, to the same host or another one."""
_NAMES = {SLOW: "slow", SOFT: "soft"}
ORDINARY = "h"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How large the web is."""

    hosts: int = 10_000
    addresses: int = 2_000
    large: int = 60
    """URLs of a host that has many."""
    size: Size = Size.REAL


def rows(scale: Scale) -> tuple[web.Row, ...]:
    """The list, grouped by host."""
    numbers = (host for host in range(scale.hosts) for _ in range(_urls_of(host, scale)))
    return tuple(_row(index, host) for index, host in enumerate(numbers))


def url(row: web.Row, scale: Scale) -> str:
    """As listed."""
    return row.url(FIRST_PORT + _number(row.host) % scale.addresses)


def addresses(scale: Scale) -> Iterator[tuple[int, str]]:
    """Each port of the URLs with the address that its hosts have.

    >>> dict(addresses(Scale(addresses=2)))
    {10000: '127.1.0.1', 10001: '127.1.0.2'}
    """
    for number in range(scale.addresses):
        yield FIRST_PORT + number, _address(number)


def answering(scale: Scale, night: int) -> Iterator[str]:
    """The addresses that take connections on a night."""
    silent = (DEAD, RETURNS if night == NIGHTS[0] else DIES)
    for number in range(scale.addresses):
        if not any(fate.hits(number) for fate in silent):
            yield _address(number)


def documents(scale: Scale, night: int) -> Iterator[tuple[str, bytes]]:
    """Paths and contents of all pages on a night, whatever their host."""
    for page in range(PAGES):
        path = _path(page)
        content = pages.page(page, path) if scale.size is Size.REAL else _small(page)
        is_edited = night != NIGHTS[0] and page % _EDITED == 0
        yield path, content.replace(b"</h1>", b"</h1>" + _edit(page)) if is_edited else content


def _edit(page: int) -> bytes:
    return f"<p>This paragraph about {pages.title(page + PAGES)} is new.</p>".encode()


def _small(page: int) -> bytes:
    name = pages.title(page)
    head = f'<!doctype html><html lang="en"><head><title>{name} | Field notes</title></head>'
    return f"{head}<body><h1>{name}</h1>{_SENTENCE * 16}</body></html>\n".encode()


def _urls_of(host: int, scale: Scale) -> int:
    return scale.large if LARGE.hits(host) else (1, 1, 2, 1, 1, 1, 1, 3, 1, 1)[host % 10]


def _row(index: int, host: int) -> web.Row:
    page = index % PAGES
    is_poor = index % POOR == 0
    return web.Row(
        number=index + 1,
        title=web.POOR_TITLES[index % len(web.POOR_TITLES)] if is_poor else pages.title(page),
        host=f"{_name(host)}{host}.{web.DOMAIN}",
        path=f"{_beginning(index)}{_path(page)}",
        page=page,
    )


def _beginning(index: int) -> str:
    """What precedes the path of a page, and says how it is answered."""
    if GONE.hits(index):
        return "/gone"
    if FAILING.hits(index):
        return "/failing"
    return web.WAYS[index // MOVED.every % len(web.WAYS)].prefix if MOVED.hits(index) else ""


def _path(page: int) -> str:
    return f"/guides/{web.slug(pages.title(page))}-{page}"


def _name(host: int) -> str:
    return next((name for fate, name in _NAMES.items() if fate.hits(host)), ORDINARY)


def _number(host: str) -> int:
    """The number in a host name.

    >>> _number("slow53.bench.internal")
    53
    """
    return int(host.partition(".")[0].lstrip("abcdefghijklmnopqrstuvwxyz"))


def _address(number: int) -> str:
    return f"127.1.{number // 250}.{number % 250 + 1}"
