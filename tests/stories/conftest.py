"""A web of five resources, and settings for runs over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.config import Settings
from crawler.demo import LIST_NAME, demo_settings, list_text
from crawler.demo.web import Web
from crawler.demo.worlds import plain_world
from tests.support.short_web import FEW


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(plain_world(FEW).sites) as playing:
        yield playing


@pytest.fixture
def settings(tmp_path: Path, web: Web) -> Settings:
    (tmp_path / LIST_NAME).write_text(list_text(FEW), encoding="utf-8")
    return demo_settings(tmp_path, web)
