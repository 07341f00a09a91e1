"""What is told of the texts of pages over several nights, in all files of a report."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.config import HostSettings, Settings
from crawler.demo.web import Web
from crawler.model import Record
from crawler.report import long_list
from crawler.run import RunOptions, rewrite_reports, run
from crawler.settle import forget_noise
from crawler.store import Store
from tests.support.loopback import page
from tests.support.street import NIGHT, TITLE, House, street

pytestmark = pytest.mark.slow

NAMES = ("raft", "paxos", "zab")
PARAGRAPHS = (
    "Raft keeps a log that all servers agree on, and applies its entries in their order.",
    "A leader is elected by most of the servers, for as long as it is heard of.",
    "Entries are written to the log by the leader alone, and copied by all others.",
    "The course is free for everybody, and has exercises after each chapter.",
    "Snapshots make the log shorter when it has grown beyond what is useful.",
)
HOSTILE = "</script><script>alert(1)</script> `x` | [a](javascript:b) \u202e @everyone ]]>"
STABLE = ("README.md", "events.ndjson", "feed.xml", "badge.json")


class Nights:
    """Three pages with noise of their own, crawled night after night."""

    def __init__(self, folder: Path, web: Web, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        self._web = web
        self._night = 0

    def crawl(self, *nights: Mapping[str, str], nav: str = "Home") -> None:
        """A run for each mapping, in which these pages have that text in place of the usual one."""
        for texts in nights:
            at = NIGHT + timedelta(days=self._night)
            houses = (_house(name, texts.get(name), self._night, nav) for name in NAMES)
            self._web.serve(dict(house.place() for house in houses))
            run(self.settings, RunOptions(clock=lambda at=at: at, resolver=self._web.resolver))  # type: ignore[misc]  # the default is the time
            self._night += 1

    def read(self, name: str) -> str:
        return (self.folder / "reports" / name).read_text(encoding="utf-8")

    def stable(self) -> dict[str, str]:
        return {name: self.read(name) for name in STABLE}

    def events(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.read("events.ndjson").splitlines()]

    def kinds(self) -> list[object]:
        return [event["kind"] for event in self.events()]

    def record(self, number: int = 1) -> Record:
        with Store.open(self.settings.database, exclusive=False) as store:
            return store.records()[str(number)]

    def count(self, table: str) -> int:
        with closing(sqlite3.connect(self.settings.database)) as connection:
            (number,) = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608
        return int(number)


def _house(name: str, text: str | None, night: int, nav: str) -> House:
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS) if text is None else text
    html = (
        f"<!doctype html><html lang=en><title>{TITLE}: {name}</title>"
        f"<nav>{nav} {night}</nav><main><h1>{TITLE}: {name}</h1>{body}"
        f"<p>Last updated on {night % 28 + 1} May 2026</p><p>{night * 37} readers</p></main>"
        f"<footer>Token {night * 7919:x}</footer>"
    )
    return House(name=name, pages={"/page": page(html.encode())})


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[Nights]:
    houses = [_house(name, None, 0, "Home") for name in NAMES]
    with (
        street(tmp_path, houses) as built,
        Web(dict(house.place() for house in houses)) as web,
    ):
        fetch = replace(built.settings.fetch, resolve=web.resolve)
        yield Nights(tmp_path, web, replace(built.settings, fetch=fetch))


def test_noise_is_told_nowhere_and_stored_once(nights: Nights) -> None:
    nights.crawl(*[{}] * 3)
    before, texts = nights.stable(), nights.count("texts")
    nights.crawl(*[{}] * 6)
    assert nights.stable() == before
    assert nights.kinds() == []
    assert (nights.count("texts"), nights.count("pages")) == (texts, len(NAMES))
    assert "Ignored in its text" in nights.read("index.html")
    record = json.loads(nights.read("latest.json"))["records"][0]
    assert record["ignored_lines"]


def test_an_edit_is_told_in_every_form_and_written_again_from_the_database(nights: Nights) -> None:
    edited = "".join(f"<p>{line}</p>" for line in PARAGRAPHS).replace(
        "The course is free for everybody", "The course has a trial of 14 days"
    )
    nights.crawl(*[{}] * 9)
    nights.crawl(*[{"paxos": edited}] * 4)
    told = [event for event in nights.events() if event["kind"] == "edited"]
    assert [(event["key"], event["extent"]) for event in told] == [("2", 1)]
    assert "trial of 14 days" in str(told[0]["after"])
    assert "trial" in [event.get("field") for event in nights.events() if event["kind"] == "words"]
    assert "Its text was edited: 1 line. Now: `The course has a trial" in nights.read("README.md")
    assert "<del>" in nights.read("index.html")
    written = nights.stable()
    rewrite_reports(nights.settings)
    assert nights.stable() == written


def test_a_notice_is_told_the_night_it_appears(nights: Nights) -> None:
    notice = "<p>This repository has been archived by the owner.</p>"
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    nights.crawl(*[{}] * 4)
    nights.crawl({"raft": notice + body})
    words = [event for event in nights.events() if event["kind"] == "words"]
    assert [(event["key"], event["field"], event["seen"]) for event in words] == [
        ("1", "archived", "notice")
    ]
    readme = nights.read("README.md")
    assert "`This repository has been archived by the owner.`" in readme
    nights.crawl({"raft": notice + body})
    assert nights.kinds().count("words") == 1


def test_a_new_navigation_is_no_edit(nights: Nights) -> None:
    nights.crawl(*[{}] * 4)
    nights.crawl(*[{}] * 4, nav="Start <a href=/x>News</a> <a href=/y>About</a>")
    assert nights.kinds() == []


def test_hostile_lines_stay_lines(nights: Nights) -> None:
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    escaped = HOSTILE.replace("<", "&lt;")
    nights.crawl(*[{}] * 9)
    nights.crawl(*[{"zab": f"{body}<h2>{escaped}</h2><p>{escaped * 40}</p>"}] * 4)
    assert "edited" in nights.kinds()
    assert "<script>alert" not in nights.read("index.html")
    assert "\u202e" not in "".join(nights.stable().values())
    for event in nights.events():
        quoted = f"{event.get('before', '')}{event.get('after', '')}"
        assert len(quoted.encode()) <= 2_000


def test_what_is_read_with_credentials_is_not_compared(nights: Nights) -> None:
    keys = HostSettings(headers=(("Authorization", "Bearer 4711"),), credentials_over_http=True)
    hosts = tuple((f"{name}.test", keys) for name in NAMES)
    nights.settings = replace(nights.settings, hosts=hosts)
    nights.crawl({}, {"raft": "<p>Something else</p>"}, {"raft": "<p>Something else</p>"})
    assert nights.count("texts") == 0
    assert nights.record().ignored == ()


def test_of_a_long_list_the_noise_of_the_first_links_is_shown(
    nights: Nights, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nights.crawl({})
    monkeypatch.setattr(long_list, "LONG", len(NAMES) - 1)
    monkeypatch.setattr(long_list, "PAGE", 1)
    files = ["--database", nights.settings.database, "--resources", *nights.settings.resources]
    assert main(["noise", "*", *files]) == 0
    said = capsys.readouterr().out
    assert said.count(" lines and 0 places known") == 1
    assert f"and {len(NAMES) - 1} more;" in said


def test_noise_can_be_seen_and_forgotten(
    nights: Nights, capsys: pytest.CaptureFixture[str]
) -> None:
    nights.crawl(*[{}] * 5)
    files = ["--database", nights.settings.database, "--resources", *nights.settings.resources]
    assert main(["noise", *files]) == 0
    assert "lines (" in capsys.readouterr().out
    assert nights.record().ignored
    (forgotten,) = forget_noise(nights.settings, ["1"])
    assert forgotten.ignored == nights.record().ignored == ()
    assert main(["noise", "1", *files]) == 0
    assert "not compared with an earlier text yet" in capsys.readouterr().out
    nights.crawl({}, {})
    assert nights.record().ignored
    assert nights.kinds() == []
