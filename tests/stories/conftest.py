"""One made-up web for all tests, and what the demonstration leaves in its database."""

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
    """The web behind the packaged list; it makes each host's certificate once."""
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
def demo_databases(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    """The database after each night of the demonstration, to be copied or only read."""
    folder, copies = tmp_path_factory.mktemp("demo"), tmp_path_factory.mktemp("databases")
    databases = []
    for number, night in enumerate(demo.nights(folder), 1):
        night.crawl(ignore_progress)
        databases.append(Path(shutil.copy(folder / "crawler.db", copies / f"{number}.db")))
    return databases
