"""IO: the demonstration: the story's nights, crawled one after the other from the made-up web."""

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
from crawler.demo.web import LOOPBACK, Web
from crawler.demo.worlds import CANARIES, STORY, World, build
from crawler.errors import StoreError
from crawler.model import Resource, Trigger
from crawler.run import RunOptions, RunResult, run

LIST_NAME = "resources.csv"

MARK = "MADE-UP.txt"
_MARK_TEXT = """Everything in this folder was made by `crawler demo`, on a made-up web; the next one replaces it.
"""
_REPLACED = (LIST_NAME, "crawler.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One night of the story, ready to be played."""

    title: str
    play: Callable[[Callable[[Progress], None]], RunResult]
    """Crawls the made-up web as it is that night, and reports its progress."""


def nights(folder: Path, count: int | None = None) -> Iterator[Night]:
    """The first `count` nights of the story, or all; each is to be played before the next is taken.

    Raises:
        StoreError: the folder holds something else, or cannot be written.
    """
    _prepare(folder)
    listed = resources.parse(list_lines(), LIST_NAME).resources
    worlds = [build(listed, number) for number, _ in enumerate(STORY[:count], 1)]
    with Web(worlds[0]) as web:
        for number, world in enumerate(worlds, 1):
            web.play(world)
            (folder / LIST_NAME).write_bytes(list_text(world.resources).encode())
            yield Night(
                title=f"Night {number}, {world.date:%-d %B %Y}: {world.name}",
                play=partial(_play, folder, web, world),
            )


def _play(folder: Path, web: Web, world: World, listen: Callable[[Progress], None]) -> RunResult:
    conditions = RunOptions(
        clock=lambda: world.date, trigger=Trigger.DEMO, listen=listen, resolver=web.resolver
    )
    return run(demo_settings(folder, web), conditions)


def _prepare(folder: Path) -> None:
    """The folder is there, and holds nothing but perhaps what an earlier demo left."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / MARK).is_file():
            raise StoreError(f"{folder}: holds something else; name a new folder with --directory")
        (folder / MARK).write_text(_MARK_TEXT, encoding="utf-8")
        for name in _REPLACED:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written; name another with --directory") from error


def demo_settings(folder: Path, web: Web) -> Settings:
    """Settings for a run over the world that is played now, quick because nobody is to be spared."""
    return Settings(
        resources=str(folder / LIST_NAME),
        database=str(folder / "crawler.db"),
        reports=str(folder / "reports"),
        fetch=FetchSettings(
            host_delay=0.0,
            # A hundred handshakes at once, with servers in this very process, on a busy machine.
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
