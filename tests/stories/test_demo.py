"""The demonstration: its list, its nights, and the folder that it may write to."""

from pathlib import Path

import pytest

from crawler.demo import LIST_NAME, MARK, list_lines, list_text, nights
from crawler.demo.worlds import STORY, world_of
from crawler.errors import StoreError
from crawler.model import RunStatus
from crawler.report.ours import BEGINNING, is_report
from crawler.run.files import PATCH, REPORTS
from tests.support.demo_list import ignore_progress, listed
from tests.support.paths import REPOSITORY


def test_the_packaged_list_is_the_one_of_the_repository() -> None:
    assert b"".join(list_lines()) == (REPOSITORY / "resources.csv").read_bytes()


def test_a_list_is_written_as_it_is_read() -> None:
    assert list_text(listed()).encode() == b"".join(list_lines())


def test_each_night_has_its_own_list_and_is_crawled_on_its_own_date(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    story = nights(folder)
    titles = []
    for number, night in enumerate(story, 1):
        assert (folder / LIST_NAME).read_text(encoding="utf-8") == list_text(
            world_of(listed(), number).resources
        )
        titles.append(night.title)
    assert titles[0] == "Night 1, 2 November 2026: a first look"
    assert len(titles) == len(STORY)


@pytest.mark.slow
def test_a_second_demo_replaces_the_first(tmp_path: Path) -> None:
    reports = []
    for _ in range(2):
        for night in nights(tmp_path / "demo", 1):
            ran = night.crawl(ignore_progress)
            assert ran.status is RunStatus.COMPLETE
        reports.append((tmp_path / "demo" / "reports" / "README.md").read_bytes())
    assert reports[0] == reports[1]
    assert reports[0].startswith(b"# Link report: resources.csv, from a made-up web\n")
    assert b"baseline" in reports[1]


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / LIST_NAME).write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="holds something else"):
        next(nights(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == [LIST_NAME]
    assert (tmp_path / LIST_NAME).read_text(encoding="utf-8") == "mine"


def test_a_link_in_the_folder_overwrites_no_file(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / MARK).symlink_to(tmp_path / "mine")
    with pytest.raises(StoreError, match="demo: cannot be written"):
        next(nights(tmp_path / "demo"))
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file/demo"):
        next(nights(tmp_path / "file" / "demo"))


def test_the_folder_says_that_it_is_made_up(tmp_path: Path) -> None:
    next(nights(tmp_path))
    assert "crawler demo" in (tmp_path / MARK).read_text(encoding="utf-8")


def test_the_report_in_the_repository_says_that_it_is_made_up_or_is_a_real_one() -> None:
    reports = REPOSITORY / "reports"
    title = (reports / "README.md").read_text("utf-8").partition("\n")[0]
    if not title.endswith("from a made-up web"):
        return  # its maintainer has run the crawler
    assert {path.name for path in reports.iterdir()} - {PATCH} == {*REPORTS, "nights"}
    for path in reports.rglob("*.*"):
        assert is_report(path.name, path.read_text("utf-8")[:BEGINNING]), path
        assert str(REPOSITORY.parent) not in path.read_text("utf-8"), path
