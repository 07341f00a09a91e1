"""Which links the words of `crawler check` mean."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crawler import check as checks
from crawler import resources
from crawler.check import LinkChoice, LookOptions, look
from crawler.config import GuardSettings, Settings
from crawler.crawl import Progress
from crawler.errors import ResourcesError
from crawler.model import FailureKind, Reason, ResourceList
from tests.support.builders import NOW

LIST = """number,title,url
7,One,https://one.example/a
8,Two,https://two.example/?q=[x]
9,Three,https://one.example/b
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a list."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "resources.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "other.csv").write_text(
        "number,url\n7,https://other.example/\n8,https://one.example/a\n9,https://other.example/\n",
        encoding="utf-8",
    )
    return tmp_path


def places(choice: LinkChoice) -> list[str]:
    return [f"{one.file}:{one.resource.line} {one.resource.url}" for one in choice.links]


def chosen(*words: str) -> list[str]:
    return places(checks.choose(Settings(), words))


def listing(text: str) -> ResourceList:
    return resources.parse(text.encode().splitlines(keepends=True), "older.csv")


ONE, TWO, THREE = (
    "resources.csv:2 https://one.example/a",
    "resources.csv:3 https://two.example/?q=[x]",
    "resources.csv:4 https://one.example/b",
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], [ONE, TWO, THREE]),
        (["8"], [TWO]),
        (["9", "7", "9"], [THREE, ONE]),
        (["*one.example*"], [ONE, THREE]),
        (["https://one.example/*"], [ONE, THREE]),
        (["https://one.example/a"], [ONE]),
        (["https://two.example/?q=[x]"], [TWO]),
        (["https://new.example/"], [":0 https://new.example/"]),
        (["https://new.example/?q=[x]"], [":0 https://new.example/?q=[x]"]),
        (["https://me:secret@new.example/"], [":0 https://new.example/"]),
        (["other.csv", "7"], [
            "other.csv:2 https://other.example/",
            "other.csv:3 https://one.example/a",
            "other.csv:4 https://other.example/",
            ONE,
        ]),
    ],
)  # fmt: skip
def test_a_word_is_a_number_a_glob_a_url_or_a_file(words: list[str], found: list[str]) -> None:
    assert chosen(*words) == found


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("one.example", r"one\.example: no such resource; near to it: 7 .*; a URL begins with"),
        ("77", "77: no such resource"),
        ("https://nowhere.example/*", "no such resource"),
        ("missing.csv", r"missing\.csv: cannot be read"),
    ],
)
def test_a_word_that_means_nothing_is_refused(word: str, says: str) -> None:
    with pytest.raises(ResourcesError, match=says):
        chosen(word)


def test_a_url_needs_no_list(folder: Path) -> None:
    (folder / "resources.csv").write_text("no header\n", encoding="utf-8")
    assert chosen("https://new.example/") == [":0 https://new.example/"]
    (folder / "resources.csv").unlink()
    assert chosen("https://new.example/") == [":0 https://new.example/"]
    with pytest.raises(ResourcesError, match=r"7: there is no list resources\.csv"):
        chosen("7")


@pytest.mark.parametrize("url", ["mailto:me@new.example", "TEL:+123", "urn:isbn:1"])
def test_a_url_of_another_scheme_is_a_url_too(folder: Path, url: str) -> None:
    assert chosen("https://new.example/", url) == [":0 https://new.example/", f":0 {url}"]


def test_a_list_without_resources_is_refused(folder: Path) -> None:
    (folder / "resources.csv").write_text("url\n", encoding="utf-8")
    with pytest.raises(ResourcesError, match="has no resources"):
        chosen()


def test_more_urls_may_be_typed_and_none_is_not_the_whole_list() -> None:
    typed = ["https://new.example/", "", "nowhere", 'https://"x,y', "https://new.example/"]
    assert places(checks.choose(Settings(), typed=typed)) == [
        ":0 https://new.example/",
        ":0 nowhere",
        ':0 https://"x,y',
    ]
    assert places(checks.choose(Settings(), typed=[])) == []


@pytest.mark.parametrize(
    ("older", "found"),
    [
        (LIST, []),
        (LIST.replace("7,", "70,").replace("8,", "7,"), []),
        (LIST.replace("9,Three,https://one.example/b\n", ""), [THREE]),
        (LIST.replace("Two", "Second"), [TWO]),
        (LIST.replace("/a", "/z"), [ONE]),
        (LIST.replace("https://one.example/a", "HTTPS://One.Example:443/a"), []),
        ("url\n", [ONE, TWO, THREE]),
    ],
)
def test_only_rows_with_another_url_or_title_are_new(older: str, found: list[str]) -> None:
    choice = checks.choose(Settings(), older=listing(older))
    assert places(choice) == found
    assert choice.of_rows == 3


def test_what_is_odd_about_a_row_is_told_with_it() -> None:
    older = listing("number,url\n7,https://other.example/\n")
    choice = checks.choose(Settings(), ["other.csv"], older=older)
    assert places(choice) == ["other.csv:3 https://one.example/a"]
    assert choice.notices == ()
    (notice,) = checks.choose(Settings(), ["other.csv"]).notices
    assert notice[0] == "other.csv"
    assert notice[1].line == 4


# --- the look -----------------------------------------------------------------------------------


async def _no_such_name(host: str, port: int) -> tuple[str, ...]:
    raise OSError("no network")


@pytest.mark.parametrize("canaries", [(), ("https://canary.example/",)])
def test_a_name_that_no_canary_vouches_for_is_our_own_trouble(canaries: tuple[str, ...]) -> None:
    said: list[str] = []
    ignore: Callable[[Progress], None] = lambda _: None  # noqa: E731
    base = Settings(guard=GuardSettings(canaries=canaries))
    # With the canaries' word for it, nobody waits for a second look.
    wait = 60 if canaries else 0
    settings = replace(base, fetch=replace(base.fetch, attempts=1, recheck_after=wait))
    options = LookOptions(
        clock=lambda: NOW, listen=ignore, remark=said.append, resolver=_no_such_name
    )
    choice = checks.choose(settings, ["https://gone.example/"], typed=["nowhere"])
    looked = look(choice, settings, options)
    reasons = [link.check.judgement.reason for link in looked.today.links]
    dns_error = Reason(FailureKind.DNS_ERROR)
    assert reasons == ([Reason.INVALID_URL] if canaries else [dns_error, Reason.INVALID_URL])
    assert (looked.distrust is not None) == bool(canaries)
    assert said == []
