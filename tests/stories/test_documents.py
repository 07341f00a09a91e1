"""Runs over lists that are documents: nothing is asked, because no link is for the web."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from crawler import settle
from crawler.config import Settings
from crawler.errors import ResourcesError
from crawler.model import ChangeKind, LeftOut, Mute, Resource
from crawler.run import RunOptions, run
from crawler.run.files import read_list
from crawler.store import Store
from tests.support.histories import START

FIRST = """\
# My list

## Tools

- [A](ftp://a.example/x) - a tool
- [B](ftp://b.example/x)
- [C](ftp://c.example/x)
"""
BOOKS = "# Books\n\n- [D](ftp://d.example/x)\n- [A again](ftp://a.example/x)\n"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    write("README.md", FIRST)
    write("docs/books.md", BOOKS)
    return Settings(resources=("README.md", "docs/**/*.md"))


def write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8")


def clock(night: int) -> Callable[[], datetime]:
    return lambda: START + timedelta(days=night)


def changes(settings: Settings, night: int) -> list[tuple[ChangeKind, str, str | None]]:
    """What a run says about the list."""
    report = run(settings, RunOptions(clock=clock(night))).report
    assert report is not None
    kinds = {ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.URL_CHANGED}
    return [
        (change.kind, change.resource.key, change.after)
        for change in report.snapshot.changes
        if change.kind in kinds and report.snapshot.changed_at == clock(night)()
    ]


def known(settings: Settings) -> dict[str, Resource]:
    with Store.open(settings.database, exclusive=False) as store:
        return {resource.url: resource for resource in store.resources.listed()}


def test_a_link_that_stands_in_two_files_is_one_resource(settings: Settings) -> None:
    assert changes(settings, 0) == []
    listed = known(settings)
    assert list(map(str, listed)) == [f"ftp://{name}.example/x" for name in "abcd"]
    assert [(place.file, place.line) for place in listed["ftp://a.example/x"].places] == [
        ("README.md", 5),
        ("docs/books.md", 4),
    ]
    assert listed["ftp://d.example/x"].file == "docs/books.md"


def test_edits_keep_the_history_of_what_they_leave(settings: Settings) -> None:
    changes(settings, 0)
    write("README.md", FIRST.replace("## Tools", "## Things").replace("[C]", "[Sea]"))
    Path("docs/books.md").rename("docs/novels.md")
    assert changes(settings, 1) == []
    write("README.md", FIRST.replace("ftp://b.example/x", "ftp://new.example/x"))
    replaced = (ChangeKind.URL_CHANGED, "ftp://b.example/x", "ftp://new.example/x")
    assert changes(settings, 2) == [replaced]
    write("README.md", FIRST.replace("ftp://b.example/x", "ftp://new.example/x") + "\nEnd.\n")
    assert changes(settings, 3) == []
    assert known(settings)["ftp://new.example/x"].key == "ftp://b.example/x"


def test_a_decision_is_about_the_resource_that_the_database_knows(settings: Settings) -> None:
    changes(settings, 0)
    write("README.md", FIRST.replace("ftp://b.example/x", "ftp://new.example/x"))
    changes(settings, 1)
    wish = Mute(until=date(2030, 1, 1), reason="known")
    (record,) = settle.mute(settings, ["README.md:6"], wish, clock(2))
    assert record.resource.key == "ftp://b.example/x"
    assert changes(settings, 3) == []
    with Store.open(settings.database, exclusive=False) as store:
        assert store.records()["ftp://b.example/x"].mute == wish


def test_what_is_left_out_is_counted_over_all_files(settings: Settings) -> None:
    write("docs/more.md", "[top](#top) [D](ftp://d.example/x) [file](x.md)\n\n- <a@b.example>\n")
    listed = read_list(settings)
    assert listed.files == ("README.md", "docs/books.md", "docs/more.md")
    assert dict(listed.left_out) == {LeftOut.ANCHOR: 1, LeftOut.RELATIVE: 1, LeftOut.MAIL: 1}


def test_a_number_in_two_files_is_refused(settings: Settings) -> None:
    write("a.csv", "number,url\n1,ftp://a.example\n")
    write("b.csv", "number,url\n1,ftp://b.example\n")
    both = Settings(resources=("a.csv", "b.csv"), database=settings.database)
    with pytest.raises(ResourcesError, match=r"^b\.csv:2: the number repeats that of line 2 of a"):
        read_list(both)


@pytest.mark.parametrize(
    ("resources", "message"),
    [
        (("docs/*.rst",), r"^docs/\*\.rst: no file fits; name the list with --resources"),
        (("README.md", "no.md"), r"^no\.md: cannot be read \(No such file or directory\)"),
        (("docs",), r"^docs: not a regular file; name the list, or a glob such as"),
    ],
)
def test_files_that_are_not_there_are_named(
    settings: Settings, resources: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ResourcesError, match=message):
        read_list(Settings(resources=resources, database=settings.database))


def test_the_sitemaps_of_an_index_are_read_from_its_folder(settings: Settings) -> None:
    one = "<urlset><url><loc>https://a.example/</loc></url></urlset>"
    index = "<sitemap><loc>https://a.example/{}</loc></sitemap>".format
    write("one.xml", one)
    write("index.xml", f"<sitemapindex>{index('one.xml')}{index('two.xml')}</sitemapindex>")
    listed = read_list(Settings(resources=("index.xml",), database=settings.database))
    assert [resource.url for resource in listed.resources] == ["https://a.example/"]
    assert [notice.text for notice in listed.notices] == [
        "two.xml is not in the folder of this index, so it was not read."
    ]
