"""Pure: the made-up web of the benchmarks: which rows a list has, and what is at their URLs."""

import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from benchmarks import pages

DOMAIN = "bench.internal"
"""No public suffix, so that each of its hosts is a registrable domain of its own."""
REDIRECTED = 20
"""One in this many rows begins at a redirect."""
POOR_TITLES = ("Guide", "here", "Worth seeing", "Very nice", "Our favourite")
"""Titles that are in no page."""
MEDIAN_SECONDS = 0.3
SIGMA = 0.5
LONGEST_SECONDS = 1.0


class Titles(Enum):
    """What the titles in a list are like."""

    FITTING = "fitting"
    POOR = "poor"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A redirect: where its URLs begin, its status code, and whether it leads to another host."""

    prefix: str
    status_code: int
    away: bool


WAYS = (
    Way(prefix="/moved", status_code=301, away=False),
    Way(prefix="/found", status_code=302, away=False),
    Way(prefix="/moved-away", status_code=301, away=True),
    Way(prefix="/found-away", status_code=302, away=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the list, and which page is behind it."""

    number: int
    title: str
    host: str
    path: str
    page: int

    @property
    def end(self) -> tuple[str, str]:
        """Host and path at which the page is, after the redirect where there is one."""
        return led(self.host, self.path) or (self.host, self.path)

    def url(self, port: int) -> str:
        """As listed, where the web is served at a port."""
        return f"https://{self.host}:{port}{self.path}"


def rows(hosts: Sequence[int], titles: Titles = Titles.FITTING) -> tuple[Row, ...]:
    """A list grouped by host: host `n` has `hosts[n]` rows."""
    numbers = (n for n, count in enumerate(hosts) for _ in range(count))
    return tuple(_row(page, host, titles) for page, host in enumerate(numbers))


def led(host: str, path: str) -> tuple[str, str] | None:
    """Where the redirect at this place leads; None if there is none."""
    for way in WAYS:
        if path.startswith(f"{way.prefix}/"):
            return (other(host) if way.away else host), path.removeprefix(way.prefix)
    return None


def way_of(path: str) -> Way | None:
    """The redirect at a path."""
    return next((way for way in WAYS if path.startswith(f"{way.prefix}/")), None)


def other(host: str) -> str:
    """The host that another one's redirects lead away to.

    >>> other("h12.bench.internal")
    'm12.bench.internal'
    """
    return "m" + host[1:]


def hosts_of(listed: Sequence[Row]) -> tuple[str, ...]:
    """All hosts that are asked for these rows."""
    return tuple(dict.fromkeys(host for row in listed for host in (row.host, row.end[0])))


def slug(title: str) -> str:
    """A title as a part of a path; empty for one without Latin letters.

    >>> slug("Cadena error conexión lenguaje")
    'cadena-error-conexi-n-lenguaje'
    """
    return "-".join(re.findall("[a-z]+", title.lower()))


def seconds(host: str, path: str) -> float:
    """How long the answer of a page takes: lognormal up to a limit, the same each time."""
    drawn = random.Random(f"{host}{path}").lognormvariate(math.log(MEDIAN_SECONDS), SIGMA)
    return min(drawn, LONGEST_SECONDS)


def waits(row: Row) -> float:
    """Seconds that the row's page and its redirect take one after the other."""
    end = row.end
    return sum(seconds(*place) for place in {(row.host, row.path), end})


def documents(listed: Sequence[Row]) -> Iterator[tuple[str, bytes]]:
    """Paths and contents of all pages behind the rows, whatever their host."""
    for row in listed:
        path = row.end[1]
        yield path, pages.page(row.page, path)


def missing() -> bytes:
    """What the web shows with status 404."""
    return (
        b'<!doctype html><html lang="en"><head><title>Page not found | Field notes</title></head>'
        b"<body><h1>Page not found</h1><p>There is nothing at this address.</p></body></html>\n"
    )


def _row(page: int, host: int, titles: Titles) -> Row:
    name = pages.title(page)
    way = WAYS[page // REDIRECTED % len(WAYS)].prefix if page % REDIRECTED == 7 else ""
    path = f"{way}/guides/{slug(name)}-{page}"
    return Row(
        number=page + 1,
        title={
            Titles.FITTING: name,
            Titles.POOR: POOR_TITLES[page % len(POOR_TITLES)],
            Titles.NONE: "",
        }[titles],
        host=f"h{host}.{DOMAIN}",
        path=path,
        page=page,
    )
