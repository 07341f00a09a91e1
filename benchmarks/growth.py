"""IO: `python -m benchmarks.growth`: how the database grows over many nights with noise on them."""

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.growing import Link
from benchmarks.made_up_list import settings_for
from crawler.config import Settings
from crawler.crawl import CrawlResult, Surroundings
from crawler.model import Check, Plan
from crawler.run import RunOptions, run
from crawler.store import Pruned, Store

FIRST_NIGHT = datetime(2026, 1, 1, 3, 17, tzinfo=UTC)
KEEP_DAYS = 90
"""What is pruned at the end is older."""
PAGE_NIGHT_AIM = 500
YEAR_AIM = 10_000_000
"""Bytes, of 100 links."""
YEAR_LINKS, YEAR_NIGHTS = 100, 365

_PARTS = {
    "texts": ("texts", "kept_texts"),
    "checks": ("checks",),
    "facts": ("facts",),
    "pages": ("pages",),
    "events": ("changes", "incidents"),
}
_USED = """
select coalesce(sum(pgsize), 0) from dbstat
where name in (select name from sqlite_schema where tbl_name in ({}))
"""
_NOISE = "select coalesce(sum(length(noise) + length(ignored)), 0) from resources"
_FREE = "select freelist_count * page_size from pragma_freelist_count, pragma_page_size"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A database that was filled night after night."""

    links: int
    nights: int
    sizes: tuple[int, ...]
    """Bytes of the file after each night."""
    parts: Mapping[str, int]
    pruned: Pruned
    after_pruning: int
    """Bytes of the file."""

    @property
    def page_night(self) -> float:
        """Bytes that the file grows by for each link and night after the first."""
        return (self.sizes[-1] - self.sizes[0]) / (self.links * max(1, self.nights - 1))

    @property
    def is_year(self) -> bool:
        """Whether it is what the aim for the file is about."""
        return (self.links, self.nights) == (YEAR_LINKS, YEAR_NIGHTS)


def grow(folder: Path, links: int, nights: int, tell: Callable[[str], None]) -> Grown:
    """A database with so many runs over so many links, by the real run on made-up answers."""
    settings = _settings(folder, links)
    listed = {_url(number): Link(number) for number in range(1, links + 1)}
    database, sizes = Path(settings.database), []
    for night in range(nights):
        now = FIRST_NIGHT + timedelta(days=night)
        run(settings, RunOptions(clock=lambda now=now: now, crawl=partial(_crawl, listed, night)))  # type: ignore[misc]
        sizes.append(database.stat().st_size)
        if (night + 1) % 30 == 0:
            tell(f"night {night + 1}: {sizes[-1] / 1e6:.1f} MB")
    parts = dict(_parts(database))
    with Store.open(settings.database) as store:
        pruned = store.prune(KEEP_DAYS)
    return Grown(
        links=links,
        nights=nights,
        sizes=tuple(sizes),
        parts=parts,
        pruned=pruned,
        after_pruning=database.stat().st_size,
    )


def _settings(folder: Path, links: int) -> Settings:
    rows = (
        f"{number},Made up,Field notes {number},{_url(number)}" for number in range(1, links + 1)
    )
    return settings_for(folder, ("number,category,title,url", *rows))


def _url(number: int) -> str:
    """As long as the URLs of lists are on average."""
    return f"https://www.host-{number:03}.example/guides/{number:03}"


async def _crawl(
    listed: Mapping[str, Link], night: int, plan: Plan, _: Settings, around: Surroundings
) -> CrawlResult:
    """What the links answer, stored as a crawl stores it; nothing is asked."""
    checks = tuple(_checks(listed, night, plan, around.clock()))
    around.keep(checks)
    kept = {check.resource.key: check for check in checks}
    return CrawlResult(checks=kept)


def _checks(listed: Mapping[str, Link], night: int, plan: Plan, now: datetime) -> Iterator[Check]:
    for lane in plan.lanes:
        for target in lane.targets:
            for resource in target.resources:
                yield listed[resource.url].check(resource, night, now)


def _parts(database: Path) -> Iterator[tuple[str, int]]:
    rest = database.stat().st_size
    with closing(sqlite3.connect(database)) as connection:
        for part, statement, names in _statements():
            (size,) = connection.execute(statement, names).fetchone()
            rest -= size
            yield part, size
    yield "all else", rest


def _statements() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for part, tables in _PARTS.items():
        yield part, _USED.format(", ".join("?" * len(tables))), tables
    yield "noise", _NOISE, ()
    yield "free", _FREE, ()


def table(grown: Grown) -> Iterator[str]:
    """The lines of the table, in Markdown."""
    yield "| what | bytes | aim | holds |"
    yield "|---|---|---|---|"
    yield _aimed("a page-night after the first night", grown.page_night, PAGE_NIGHT_AIM)
    what = f"the file, {grown.links} links, {grown.nights} nights"
    yield (
        _aimed(what, grown.sizes[-1], YEAR_AIM) if grown.is_year else _plain(what, grown.sizes[-1])
    )
    yield _plain("the file after the first night", grown.sizes[0])
    for part, size in grown.parts.items():
        yield _plain(f"of it: {part}", size)
    before, after = grown.pruned.before, grown.pruned.after
    yield _plain(f"the file after `prune`, {KEEP_DAYS} days kept", grown.after_pruning)
    for name in ("checks", "facts", "pages", "texts"):
        gone, had = getattr(before, name) - getattr(after, name), getattr(before, name)
        yield f"| {name} that `prune` takes away | {gone:,} of {had:,} | | |"


def _aimed(what: str, size: float, aim: int) -> str:
    return f"| {what} | {size:,.0f} | <= {aim:,} | {'yes' if size <= aim else '**no**'} |"


def _plain(what: str, size: int) -> str:
    return f"| {what} | {size:,} | | |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill a database, and print what it holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--links", type=int, default=YEAR_LINKS)
    parser.add_argument("--nights", type=int, default=YEAR_NIGHTS)
    parser.add_argument("--quick", action="store_true", help="20 links, 40 nights")
    chosen = parser.parse_args(arguments)
    links, nights = (20, 40) if chosen.quick else (chosen.links, chosen.nights)
    with tempfile.TemporaryDirectory() as folder:
        grown = grow(Path(folder), links, nights, lambda text: print(text, file=sys.stderr))
    print("\n".join(table(grown)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
