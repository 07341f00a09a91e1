"""One made-up web for all tests, and what the demonstration leaves in its database."""

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from crawler import demo
from crawler.config import Settings
from crawler.demo import LIST_NAME, demo_settings, list_text
from crawler.demo.web import Web
from crawler.demo.worlds import plain_world
from tests.support.demo_list import ignore_progress, listed
from tests.support.short_web import FEW


@pytest.fixture(scope="session")
def shared_web() -> Iterator[Web]:
    """The web behind the packaged list."""
    with Web(plain_world(listed()).sites) as web:
        yield web


@pytest.fixture
def web(shared_web: Web) -> Web:
    """The web behind five resources, of which nothing has been asked yet."""
    shared_web.serve(plain_world(FEW).sites)
    return shared_web


@pytest.fixture
def settings(tmp_path: Path, web: Web) -> Settings:
    """For runs over these five, whose list is there."""
    (tmp_path / LIST_NAME).write_text(list_text(FEW), encoding="utf-8")
    return demo_settings(tmp_path, web)


@pytest.fixture(scope="session")
def demo_databases(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Sequence[Path]:
    """The database after each night of the demonstration, to be copied or only read.

    The first worker that wants them makes them for all.
    """
    folder = tmp_path_factory.getbasetemp()
    shared = folder if worker_id == "master" else folder.parent
    databases = shared / "demo-databases"
    with (shared / "demo-databases.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not databases.exists():
            copies = tmp_path_factory.mktemp("copies")
            _play_demo(tmp_path_factory.mktemp("demo"), copies)
            copies.rename(databases)
    return sorted(databases.iterdir())


def _play_demo(folder: Path, copies: Path) -> None:
    for number, night in enumerate(demo.nights(folder), 1):
        night.crawl(ignore_progress)
        shutil.copy(folder / "crawler.db", copies / f"{number:02}.db")
