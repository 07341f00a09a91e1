"""The files that globs name."""

import os
from pathlib import Path

import pytest

from crawler.config import ListSettings
from crawler.errors import ResourcesError
from crawler.run import patterns
from crawler.run.files import read_files


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.txt", "docs/c.md", "docs/en/d.md", "docs/.git/e.md", ".f.md"):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.md", ["a.md"]),
        ("?.*", ["a.md", "b.txt"]),
        ("[!a]*", ["b.txt"]),
        (".*.md", [".f.md"]),
        ("**/*.md", ["a.md", "docs/c.md", "docs/en/d.md"]),
        ("./**/**/*.md", ["a.md", "docs/c.md", "docs/en/d.md"]),
        ("docs/**", ["docs/c.md", "docs/en/d.md"]),
        ("docs/en/../*.md", ["docs/en/../c.md"]),
        ("*/en/d.md", ["docs/en/d.md"]),
        ("d*/.git/*", ["docs/.git/e.md"]),
        ("none/*.md", []),
        ("a.md/*", []),
        ("**/en/**", ["docs/en/d.md"]),
    ],
)
def test_a_glob_names_files(pattern: str, expected: list[str]) -> None:
    assert patterns.files(pattern) == expected
    if ".." not in pattern:
        everything = patterns.files("**") + patterns.files(".*") + patterns.files("docs/.git/*")
        assert [path for path in everything if patterns.fits(path, pattern)] == expected


def test_a_glob_may_be_absolute(tmp_path: Path) -> None:
    assert patterns.files(f"{tmp_path}/docs/*.md") == [f"{tmp_path}/docs/c.md"]


def test_links_that_lead_in_a_circle_are_not_followed() -> None:
    for link in ("docs/up", "docs/en/up", "docs/en/top"):
        Path(link).symlink_to("..")
    Path("self.md").symlink_to("self.md")
    assert patterns.files("**/*.md") == ["a.md", "docs/c.md", "docs/en/d.md"]


def test_a_file_with_two_names_is_read_once() -> None:
    Path("docs/c.md").write_text("[t](https://a.example)", encoding="utf-8")
    Path("docs/z.md").symlink_to("c.md")
    listed = read_files(("docs/*.md", "./docs/c.md"), ListSettings())
    assert listed.files == ("docs/c.md",)
    assert len(listed.resources[0].places) == 1


def test_a_file_whose_name_is_not_in_utf_8_is_refused() -> None:
    Path(os.fsdecode(b"odd\xff.md")).write_text("[t](https://a.example)", encoding="utf-8")
    with pytest.raises(ResourcesError, match=r"^odd\\xff\.md: the name of this file is not in"):
        read_files(("*.md",), ListSettings())


@pytest.mark.promise("14")
def test_a_file_with_the_name_of_a_glob_hides_no_others() -> None:
    Path("docs/c.md").write_text("- [a](https://a.example)\n", encoding="utf-8")
    Path("docs/*.md").write_text("- [b](https://b.example)\n", encoding="utf-8")
    with pytest.raises(ResourcesError, match=r"^docs/\*\.md: a file has the name of this glob"):
        read_files(("docs/*.md",), ListSettings())
    Path("docs/[x].md").write_text("- [x](https://x.example)\n", encoding="utf-8")
    (one,) = read_files(("docs/[x].md",), ListSettings()).resources
    assert one.url == "https://x.example"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("docs/a\nb.md", r"docs/a\\nb.md"),
        ("docs/\x1b]0;x\x07.md", r"docs/\\x1b\]0;x\\x07.md"),
        ("docs/\u202eb.md", r"docs/\\u202eb.md"),
    ],
)
@pytest.mark.promise("37")
def test_a_name_that_a_terminal_obeys_is_refused(name: str, shown: str) -> None:
    Path(name).write_text("- [a](https://a.example)\n", encoding="utf-8")
    with pytest.raises(ResourcesError, match=f"^{shown}: the name of this file holds control"):
        read_files(("docs/*.md",), ListSettings())


def test_a_name_in_any_language_is_read() -> None:
    Path("docs/e\u0301\u00f1 \u4e2d \U0001f469\u200d\U0001f4bb.md").write_text(
        "- [a](https://a.example)\n", encoding="utf-8"
    )
    (one,) = read_files(("docs/*.md",), ListSettings()).resources
    assert one.file.startswith("docs/e\u0301")
