"""IO: the demonstration: the story's nights, crawled one after the other from the made-up web."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from crawler.config import FetchSettings, GuardSettings, Settings
from crawler.demo.web import LOOPBACK, Web
from crawler.demo.worlds import CANARIES, STORY, World, build
from crawler.model import Resource

LIST_NAME = "resources.csv"

RunNight = Callable[[Settings, Web, datetime], object]
"""One complete run: with these settings, the web's resolver, and a clock that stands at a time."""


def run_demo(
    directory: str, resources: Sequence[Resource], run_night: RunNight
) -> tuple[World, ...]:
    """The worlds that were crawled; list, database and reports are in the directory.

    Raises: OSError when the directory cannot be written.
    """
    worlds = tuple(build(resources, night) for night in range(1, len(STORY) + 1))
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    with Web(worlds[0]) as web:
        for world in worlds:
            web.play(world)
            (folder / LIST_NAME).write_bytes(list_text(world.resources).encode())
            run_night(demo_settings(directory, web), web, world.date)
    return worlds


def demo_settings(directory: str, web: Web) -> Settings:
    """Settings for a run over the world that is played now, quick because nobody is to be spared."""
    folder = Path(directory)
    return Settings(
        resources=str(folder / LIST_NAME),
        database=str(folder / "crawler.db"),
        reports=str(folder / "reports"),
        fetch=FetchSettings(
            host_delay=0.0,
            connect_timeout=2.0,
            read_timeout=2.0,
            total_timeout=10.0,
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
