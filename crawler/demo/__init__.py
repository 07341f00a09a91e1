"""IO: `crawler demo`: the nights of a story, crawled one after the other from a made-up web."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path

from crawler import resources
from crawler.config import FetchSettings, GuardSettings, Settings
from crawler.crawl import Progress
from crawler.demo.server import LOOPBACK
from crawler.demo.web import Web
from crawler.demo.worlds import CANARIES, STORY, World, world_of
from crawler.errors import StoreError
from crawler.model import Resource, Trigger
from crawler.own_files import make_file, make_folder
from crawler.run import RunOptions, RunResult, run

LIST_NAME = "resources.csv"

MARK = "MADE-UP.txt"
_MARK_TEXT = """Everything in this folder was made by `crawler demo`, from a made-up web; the next demo replaces it.
"""
_REPLACED = (LIST_NAME, "crawler.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoNight:
    """One night of the story, ready to be crawled."""

    title: str
    crawl: Callable[[Callable[[Progress], None]], RunResult]
    """Crawls the made-up web of that night, and reports its progress."""


def nights(folder: Path, count: int | None = None) -> Iterator[DemoNight]:
    """The first `count` nights of the story, or all; crawl each before taking the next.

    Raises:
        StoreError: the folder holds something else, or cannot be written.
    """
    _prepare(folder)
    listed = resources.parse(list_lines(), LIST_NAME).resources
    worlds = [world_of(listed, number) for number, _ in enumerate(STORY[:count], 1)]
    with Web(worlds[0].sites) as web:
        for number, world in enumerate(worlds, 1):
            web.serve(world.sites)
            text = list_text(world.resources)
            make_file(folder / LIST_NAME, text.encode(), replace=True)
            yield DemoNight(
                title=f"Night {number}, {world.date:%-d %B %Y}: {world.name}",
                crawl=partial(_crawl, folder, web, world),
            )


def _crawl(folder: Path, web: Web, world: World, listen: Callable[[Progress], None]) -> RunResult:
    options = RunOptions(
        clock=lambda: world.date, trigger=Trigger.DEMO, listen=listen, resolver=web.resolver
    )
    return run(demo_settings(folder, web), options)


def _prepare(folder: Path) -> None:
    """Makes the folder, or empties it of what an earlier demo wrote."""
    try:
        make_folder(folder)
        if any(folder.iterdir()) and not (folder / MARK).is_file():
            raise StoreError(f"{folder}: holds something else; name a new folder with --directory")
        make_file(folder / MARK, _MARK_TEXT.encode(), replace=True)
        for name in _REPLACED:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written; name another with --directory") from error


def demo_settings(folder: Path, web: Web) -> Settings:
    """Settings for a run over the sites that are served now, without pauses between requests."""
    return Settings(
        resources=(str(folder / LIST_NAME),),
        database=str(folder / "crawler.db"),
        reports=str(folder / "reports"),
        fetch=FetchSettings(
            host_delay=0.0,
            # A hundred handshakes at once, with the server in this process, on a busy machine.
            connect_timeout=20.0,
            read_timeout=3.0,
            total_timeout=60.0,
            attempts=2,
            max_retry_after=2.0,
            recheck_after=0.0,
            budget=120.0,
            allow_private=(f"{LOOPBACK}/32",),
            resolve=web.resolve,
            ca_bundle=web.ca_bundle,
        ),
        guard=GuardSettings(canaries=CANARIES),
    )


def list_lines() -> list[bytes]:
    """The lines of the list of 100 resources that comes with the package."""
    return files(__name__).joinpath(LIST_NAME).read_bytes().splitlines(keepends=True)


def list_text(resources: Iterable[Resource]) -> str:
    """The resources as the text of a list."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("number", "category", "title", "url"))
    writer.writerows((r.number, r.category, r.title, r.url) for r in resources)
    return text.getvalue()
