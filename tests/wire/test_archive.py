"""Archives of the web, asked on loopback for captures of lost pages."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from crawler.config import ArchiveSettings, load
from crawler.demo.server import Server, replying
from crawler.search import Archive, ArchivedCopy, archive_of
from tests.support.builders import NOW
from tests.support.fake_archive import HOST, SILENT, TOO_MANY, Captured, FakeArchive
from tests.support.fetching import make_settings
from tests.support.lost_site import make_around

T = TypeVar("T")

URL = "https://docs.example/guide?a=1"
PAGE = b"<title>The guide</title><p>All about it</p>"
CAPTURES = [
    Captured(url=URL, timestamp="20200101000000", content=b"<title>Too old</title>"),
    Captured(url=URL, timestamp="20240101000000", content=PAGE),
    Captured(url=URL, timestamp="20250301000000", status=404, content=b"gone"),
    Captured(url=URL, timestamp="20250601000000", content=b"<title>Parked</title>"),
    Captured(url=URL, timestamp="20250901000000", status=301, location="https://docs.example/new"),
]
BEFORE = datetime(2025, 2, 1, tzinfo=UTC)
ENDPOINTS = {
    "wayback": (True, f"{HOST}/cdx/search/cdx"),
    "pywb": (False, f"{HOST}/mem/cdx"),
    "timemap": (False, f"{HOST}/mem"),
    "timemaps of web.archive.org": (True, f"{HOST}/web/timemap/link/"),
}


class Pause:
    """Records waits, and lets the clock go on by them."""

    def __init__(self) -> None:
        self.now = NOW
        self.waited: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += timedelta(seconds=seconds)


def ask(
    fake: FakeArchive,
    endpoint: str,
    question: Callable[[Archive], Awaitable[T]],
    *,
    cache: Path | None,
    pause: Pause | None = None,
    timeout: float = 15.0,
) -> T:
    """The answer to a question to an archive at that address, of which `fake` has the pages."""
    pause = pause or Pause()
    around = make_around(clock=lambda: pause.now, sleep=pause)

    async def story() -> T:
        async with Server(replying(fake.respond)) as server:
            settings = make_settings(resolve=(("*", server.authority),))
            there = replace(
                settings, archive=ArchiveSettings(endpoint=endpoint, cache=str(cache or ""))
            )
            archive = archive_of(there, around, timeout)
            assert archive is not None
            return await question(archive)

    return asyncio.run(story())


@pytest.mark.parametrize(("is_wayback", "endpoint"), ENDPOINTS.values(), ids=ENDPOINTS)
def test_the_last_good_capture_before_a_time_is_found(
    is_wayback: bool, endpoint: str, tmp_path: Path
) -> None:
    fake = FakeArchive(CAPTURES, is_wayback=is_wayback)
    copy = ask(fake, endpoint, lambda one: one.copy_of(f"{URL}#part", BEFORE), cache=tmp_path)
    assert copy is not None
    assert copy.url == f"{fake.start}/20240101000000/{URL}"
    assert copy.captured_at == CAPTURES[1].at
    assert copy.page.title is not None
    assert (copy.page.title.value, copy.page.text) == ("The guide", "All about it")
    assert len(fake.asked) == 2


@pytest.mark.parametrize(("is_wayback", "endpoint"), ENDPOINTS.values(), ids=ENDPOINTS)
def test_an_archived_redirect_leads_to_the_new_url(
    is_wayback: bool, endpoint: str, tmp_path: Path
) -> None:
    fake = FakeArchive(CAPTURES, is_wayback=is_wayback)
    found = ask(fake, endpoint, lambda one: one.redirects_of(URL), cache=tmp_path)
    assert found == ("https://docs.example/new",)


@pytest.mark.parametrize("gate_redirects", [False, True])
def test_a_time_gate_shows_a_capture_or_redirects_to_it(
    gate_redirects: bool, tmp_path: Path
) -> None:
    fake = FakeArchive(CAPTURES, gate_redirects=gate_redirects)
    endpoint = f"{HOST}/mem/timegate"
    before = datetime(2024, 2, 1, tzinfo=UTC)
    copy = ask(fake, endpoint, lambda one: one.copy_of(URL, before), cache=tmp_path)
    assert copy is not None
    assert copy.captured_at == CAPTURES[1].at
    assert copy.page.text == "All about it"
    # Nearest to this time is a capture after it.
    after = ask(
        fake, endpoint, lambda one: one.copy_of(URL, CAPTURES[3].at - timedelta(1)), cache=tmp_path
    )
    assert after is None
    assert ask(fake, endpoint, lambda one: one.redirects_of(URL), cache=tmp_path) == ()


@pytest.mark.parametrize(
    "endpoint", [*(place for _, place in ENDPOINTS.values()), f"{HOST}/timegate"]
)
def test_what_the_archive_does_not_have_is_no_capture(endpoint: str, tmp_path: Path) -> None:
    fake = FakeArchive([], is_wayback="mem" not in endpoint)
    assert ask(fake, endpoint, lambda one: one.copy_of(URL, BEFORE), cache=tmp_path) is None
    assert ask(fake, endpoint, lambda one: one.redirects_of(URL), cache=tmp_path) == ()


async def _ask_often(archive: Archive) -> None:
    for n in range(30):
        await archive.redirects_of(f"{URL}&n={n}")


def test_twenty_requests_three_seconds_apart_are_the_most(tmp_path: Path) -> None:
    fake, pause = FakeArchive([]), Pause()
    ask(fake, f"{HOST}/mem/cdx", _ask_often, cache=tmp_path, pause=pause)
    assert len(fake.asked) == 20
    assert pause.waited == [3.0] * 19


def test_nothing_is_asked_after_a_429_until_the_next_day(tmp_path: Path) -> None:
    fake, pause = FakeArchive([], replies_first=[TOO_MANY]), Pause()
    for _ in range(2):
        ask(fake, f"{HOST}/mem/cdx", _ask_often, cache=tmp_path, pause=pause)
        assert len(fake.asked) == 1
    pause.now += timedelta(days=1)
    ask(fake, f"{HOST}/mem/cdx", _ask_often, cache=tmp_path, pause=pause)
    assert len(fake.asked) == 21


def test_an_archive_that_says_nothing_is_left_alone(tmp_path: Path) -> None:
    fake = FakeArchive([], replies_first=[SILENT] * 9)
    ask(fake, f"{HOST}/mem/cdx", _ask_often, cache=tmp_path, timeout=0.3)
    assert len(fake.asked) == 2


@pytest.mark.parametrize(("captures", "days"), [(CAPTURES, 30), ([], 7)])
def test_answers_are_remembered(captures: list[Captured], days: int, tmp_path: Path) -> None:
    fake, pause = FakeArchive(captures), Pause()

    def again(after: timedelta) -> int:
        """How many requests are sent then."""
        fake.asked.clear()
        pause.now = NOW + after
        endpoint = f"{HOST}/mem"
        ask(fake, endpoint, lambda one: one.copy_of(URL, BEFORE), cache=tmp_path, pause=pause)
        return len(fake.asked)

    first = again(timedelta(0))
    assert first
    assert again(timedelta(days=days - 1)) == 0
    assert again(timedelta(days=days + 1)) == first


def test_what_is_remembered_is_not_believed_when_it_is_damaged(tmp_path: Path) -> None:
    fake = FakeArchive(CAPTURES)
    for content in ("", "{}", "[]", '{"key": 1}', "[" * 200_000):
        for path in tmp_path.glob("*.json"):
            path.write_text(content)
        copy = ask(fake, f"{HOST}/mem", lambda one: one.copy_of(URL, BEFORE), cache=tmp_path)
        assert copy is not None


def test_links_in_the_folder_of_answers_lead_to_no_other_file(tmp_path: Path) -> None:
    fake, pause = FakeArchive(CAPTURES), Pause()
    ask(fake, f"{HOST}/mem", lambda one: one.copy_of(URL, BEFORE), cache=tmp_path, pause=pause)
    names = [path.name for path in tmp_path.iterdir()]
    assert ".gitignore" in names
    assert any(name.startswith("requests-") for name in names)
    other = tmp_path.with_name("other")
    other.write_text("as it was")
    for name in names:
        (tmp_path / name).unlink()
        (tmp_path / name).symlink_to(other if name == ".gitignore" else "/dev/zero")
    copy = ask(fake, f"{HOST}/mem", lambda one: one.copy_of(URL, BEFORE), cache=tmp_path)
    assert copy is not None
    assert other.read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_each_list_has_its_own_number_of_requests_and_all_share_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake, pause, cache = FakeArchive([]), Pause(), tmp_path / "cache"
    asked = []
    for place in ("one", "two", "one"):
        (tmp_path / place).mkdir(exist_ok=True)
        monkeypatch.chdir(tmp_path / place)
        fake.asked.clear()
        ask(fake, f"{HOST}/mem", _ask_often, cache=cache, pause=pause)
        asked.append(len(fake.asked))
    assert asked == [20, 10, 0]


@pytest.mark.promise("29")
def test_answers_that_a_pull_request_planted_beside_the_list_are_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tmp_path / "checkout" / ".crawler" / "archive"
    ask(FakeArchive(CAPTURES), f"{HOST}/mem", _guide, cache=planted)
    monkeypatch.chdir(tmp_path / "checkout")
    environ = {"HOME": str(tmp_path / "home")}
    cache = Path(load("", environ).archive.cache)
    fake = FakeArchive([])
    assert ask(fake, f"{HOST}/mem", _guide, cache=cache) is None
    assert fake.asked
    assert cache.is_relative_to(tmp_path / "home")


def _guide(archive: Archive) -> Awaitable[ArchivedCopy | None]:
    return archive.copy_of(URL, BEFORE)


def test_without_a_folder_nothing_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        fake = FakeArchive(CAPTURES)
        assert ask(fake, f"{HOST}/mem", _guide, cache=None) is not None
        assert fake.asked
    assert list(tmp_path.iterdir()) == []


def test_no_archive_is_asked_without_an_endpoint() -> None:
    assert archive_of(make_settings(), make_around()) is None
