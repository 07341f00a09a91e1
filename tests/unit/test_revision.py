"""The list as it was at a revision of git, in repositories of the tests' own."""

import os
import subprocess
from pathlib import Path

import pytest

from crawler import check as checks
from crawler.config import ListSettings, Settings
from crawler.errors import ResourcesError
from crawler.run.revision import read_at

BEFORE = "- [A](https://a.example/)\n- [B](https://b.example/)\n- [C](https://c.example/)\n"


def git(*words: str) -> None:
    settings = (
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@x.example",
        "-c",
        "init.defaultBranch=main",
    )
    subprocess.run(["git", *settings, *words], check=True, capture_output=True)  # noqa: S607


def keep(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def commit(message: str = "x") -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", message)


def urls(revision: str, *named: str) -> list[str]:
    return [one.url for one in read_at(revision, named, ListSettings()).resources]


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git("init", "--quiet")
    keep("README.md", BEFORE)
    keep("docs/x/more.md", "- [D](https://d.example/)\n")
    Path("linked.md").symlink_to("README.md")
    commit()


def test_only_links_that_a_change_adds_or_edits_are_chosen() -> None:
    keep("README.md", BEFORE.replace("b.example", "b2.example") + "- [N](https://n.example/)\n")
    settings = Settings(resources=("README.md", "docs/**/*.md"))
    older = read_at("HEAD", settings.resources, settings.list)
    choice = checks.choose(settings, older=older)
    assert [one.resource.url for one in choice.links] == [
        "https://b2.example/",
        "https://n.example/",
    ]
    assert choice.of_rows == 5


def test_a_file_that_was_renamed_brings_nothing_new() -> None:
    Path("docs/x/more.md").rename("docs/moved.md")
    settings = Settings(resources=("docs/**/*.md",))
    older = read_at("HEAD", settings.resources, settings.list)
    assert checks.choose(settings, older=older).links == ()


def test_what_the_branch_has_got_since_is_not_counted_as_ours() -> None:
    git("checkout", "--quiet", "-b", "mine")
    git("checkout", "--quiet", "main")
    keep("README.md", "- [A](https://a.example/)\n")
    commit()
    git("checkout", "--quiet", "mine")
    assert len(urls("main", "README.md")) == 3
    assert len(urls("HEAD", str(Path.cwd() / "README.md"))) == 3


def test_paths_begin_in_the_present_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("docs")
    assert urls("HEAD", "x/*.md") == ["https://d.example/"]
    assert urls("HEAD", "README.md", "linked.md") == []


@pytest.mark.parametrize("revision", ["none", "--help", "HEAD:README.md", "", "a\x1b[31m"])
def test_an_unknown_revision_is_refused(revision: str) -> None:
    with pytest.raises(ResourcesError, match="neither a file nor a revision that git knows"):
        urls(revision, "README.md")


def test_a_fault_of_then_names_the_revision() -> None:
    keep("list.csv", "no,column\n1,2\n")
    commit()
    with pytest.raises(ResourcesError, match=r"^at HEAD: list\.csv:1: "):
        urls("HEAD", "list.csv")


def test_without_a_repository_or_git_it_is_said(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("bare"))
    with pytest.raises(ResourcesError, match="neither a file nor a revision"):
        urls("HEAD", "README.md")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ResourcesError, match="git cannot be started"):
        urls("HEAD", "README.md")
