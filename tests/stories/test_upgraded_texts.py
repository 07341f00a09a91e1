"""A database of the first release with real texts, upgraded and used for some nights."""

import hashlib
import sqlite3
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from benchmarks import pages
from crawler import extract
from crawler.config import FixSettings, Settings
from crawler.crawl import CrawlResult, Surroundings
from crawler.model import Change, ChangeKind, Page, Plan
from crawler.run import RunOptions, run
from crawler.store import Store
from tests.support.database import query
from tests.support.paths import REPOSITORY
from tests.support.store_nights import FIRST_NIGHT, check, gone

SCHEMA = REPOSITORY / "tests" / "schemas" / "0001.sql"
URLS = {key: f"https://host-{key}.example/page" for key in ("1", "2")}
PAGES = {
    key: extract.read(pages.page(int(key), "/page"), url, "text/html") for key, url in URLS.items()
}
ROLES = (
    "select key, role from kept_texts join resources on resources.id = resource_id order by 1, 2"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    listed = tmp_path / "resources.csv"
    rows = (f"{key},Data,Resource {key},{url}\n" for key, url in URLS.items())
    listed.write_text("number,category,title,url\n" + "".join(rows))
    database = tmp_path / "crawler.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(SCHEMA.read_text())
        for key, page in PAGES.items():
            text = page.text.encode()
            row = (zlib.compress(text), hashlib.sha256(text).hexdigest(), key)
            connection.execute("update pages set text = ?, fingerprint = ? where id = ?", row)
        connection.commit()
    return Settings(
        resources=(str(listed),),
        database=str(database),
        reports=str(tmp_path / "reports"),
        fix=FixSettings(search=False),
    )


async def answers(
    shown: Mapping[str, Page], plan: Plan, _: Settings, around: Surroundings
) -> CrawlResult:
    """The pages that are shown; all others are gone."""
    targets = (target for lane in plan.lanes for target in lane.targets)
    checks = tuple(
        check(one, at=around.clock(), page=shown[one.key])
        if one.key in shown
        else gone(one, around.clock())
        for target in targets
        for one in target.resources
    )
    around.keep(checks)
    kept = {one.resource.key: one for one in checks}
    return CrawlResult(checks=kept)


def crawl(settings: Settings, day: int, shown: Mapping[str, Page]) -> tuple[Change, ...]:
    at = FIRST_NIGHT + timedelta(days=day)
    return run(settings, RunOptions(clock=lambda: at, crawl=partial(answers, shown))).changes


def text_of(settings: Settings, key: str) -> str:
    with Store.open(settings.database, exclusive=False) as store:
        good = store.records()[key].last_good
        assert good is not None
        return good.text()


def test_the_last_good_texts_of_the_first_release_stay(settings: Settings) -> None:
    assert min(len(page.text) for page in PAGES.values()) > 10_000
    assert {key: text_of(settings, key) for key in PAGES} == {
        key: page.text for key, page in PAGES.items()
    }
    for day in range(2, 9):
        crawl(settings, day, {"1": PAGES["1"]})
    assert text_of(settings, "2") == PAGES["2"].text
    assert query(settings.database, ROLES) == [
        ("1", "first"),
        ("1", "good"),
        ("2", "before_breaking"),
        ("2", "first"),
        ("2", "good"),
    ]
    assert query(settings.database, "pragma foreign_key_check") == []


def test_an_upgrade_is_no_edit_and_what_is_edited_later_is(settings: Settings) -> None:
    for day in range(2, 12):
        told = crawl(settings, day, PAGES)
        assert not [one for one in told if one.kind in {ChangeKind.EDITED, ChangeKind.REWRITTEN}]
    title, *lines = (PAGES["1"].main_text or "").split("\n")
    sentence = "The whole guide was printed as a book with another chapter about pelicans."
    edited = replace(
        PAGES["1"],
        main_text="\n".join((title, sentence, *lines)),
        text=PAGES["1"].text.replace(title, f"{title}\n{sentence}", 1),
    )
    told = tuple(
        one for day in range(12, 20) for one in crawl(settings, day, PAGES | {"1": edited})
    )
    edits = [one for one in told if one.kind is ChangeKind.EDITED]
    assert [(one.resource.key, sentence in (one.after or "")) for one in edits] == [("1", True)]
    assert sentence in text_of(settings, "1")
