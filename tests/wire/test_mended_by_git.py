"""Patches and backups beside the real git, which is asked about repositories of our own making only."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from crawler import mend
from crawler.config import Settings
from crawler.mend import MendedFile, Replacement
from crawler.run.files import read_list
from tests.support.builders import NOW

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

URL = "https://old.example/"
ROWS = "".join(f"T{n},https://example.org/{n}\n" for n in range(30))


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet")
    return tmp_path


def git(*arguments: str, given: bytes = b"") -> bytes:
    who = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "core.autocrlf=false")
    done = subprocess.run(
        ["git", *who, *arguments],  # noqa: S607
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"},  # noqa: TID251
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def plan(*names: str) -> mend.Plan:
    settings = Settings(resources=names)
    listed = read_list(settings)
    wanted = [
        Replacement(key=one.key, before=one.url, after=one.url.replace("old.", "new."))
        for one in listed.resources
        if "old." in one.url
    ]
    return mend.planned(settings, listed, wanted)


LISTS = {
    "plain.csv": f"title,url\n{ROWS}A,{URL}\n{ROWS.replace('T', 'U').replace('.org', '.net')}",
    "crlf.csv": f"title,url\nA,{URL}\nB,https://b.example/\n".replace("\n", "\r\n"),
    "mixed.csv": f"title,url\r\nA,{URL}\nB,https://b.example/\r\n",
    "open end.csv": f"title,url\nA,{URL}",
    "mark.csv": f"\ufefftitle,url\nA,{URL}\n",
    "lines\u2028inside.md": f"# A\x0c\x0b\u2028\u0085b\n\n- [A]({URL}) \u2028 é\n",
    'a "quote" \\ and\ttab.md': f"- [A]({URL})\n",
    "é/ü 中.yaml": f"- url: {URL}\n  title: é\n",
    "list.html": f"<a href='{URL}'>A</a>",
    "list.opml": f"<opml><outline text='A' url='{URL}'/></opml>\n",
    "list.json": f'[{{"url": "{URL}"}}]',
    "list.toml": f'[[a]]\nurl = "{URL}"\n',
    "sitemap.xml": f"<urlset><url><loc>{URL}</loc></url></urlset>\n",
    "list.txt": f"{URL}\nhttps://b.example/",
}


@pytest.mark.parametrize("name", LISTS)
def test_git_applies_a_patch_to_every_format_and_name(name: str, repository: Path) -> None:
    path = repository / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(LISTS[name].encode())
    result = plan(name)
    patch = mend.patch(result.files).encode("utf-8", "surrogateescape")
    git("apply", "--check", given=patch)
    git("apply", given=patch)
    assert path.read_bytes() == LISTS[name].replace("old.", "new.").encode()
    git("apply", "--reverse", given=patch)
    assert path.read_bytes() == LISTS[name].encode()


def test_a_patch_of_several_files_and_a_new_one_is_applied(repository: Path) -> None:
    for name in ("plain.csv", "crlf.csv"):
        (repository / name).write_bytes(LISTS[name].encode())
    new = MendedFile(path="not there yet.csv", before=None, after=b"url\r\nx")
    patch = mend.patch((*plan("plain.csv", "crlf.csv").files, new)).encode()
    git("apply", given=patch)
    assert b"new." in (repository / "crlf.csv").read_bytes()
    assert (repository / "not there yet.csv").read_bytes() == b"url\r\nx"


def test_paths_are_those_of_the_repository_also_in_a_folder_and_through_a_link(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "docs").mkdir()
    (repository / "docs" / "list.md").write_text(f"- [A]({URL})\n")
    (repository / "link.md").symlink_to("docs/list.md")
    monkeypatch.chdir(repository / "docs")
    first = mend.patch(plan("list.md").files)
    assert first.startswith("diff --git a/docs/list.md b/docs/list.md\n")
    monkeypatch.chdir(repository)
    assert mend.patch(plan("link.md").files) == first
    git("apply", given=first.encode())


@pytest.mark.parametrize("version", ["2", "4"])
def test_no_backup_is_made_of_a_file_that_git_has(version: str, repository: Path) -> None:
    for name in ("plain.csv", "crlf.csv", "other.txt"):
        (repository / name).write_bytes(LISTS.get(name, "x").encode())
    git("-c", f"index.version={version}", "add", ".")
    git("commit", "--quiet", "-m", "first")
    git("update-index", f"--index-version={version}")
    assert mend.write(plan("plain.csv").files, NOW) == ()
    (repository / "crlf.csv").write_bytes(LISTS["crlf.csv"].encode() + b"C,https://c.example/\r\n")
    assert len(mend.write(plan("crlf.csv").files, NOW)) == 1


def test_a_file_in_a_further_work_tree_is_known_to_git_too(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "crlf.csv").write_bytes(LISTS["crlf.csv"].encode())
    git("add", ".")
    git("commit", "--quiet", "-m", "first")
    git("worktree", "add", "--quiet", "further")
    monkeypatch.chdir(repository / "further")
    assert mend.write(plan("crlf.csv").files, NOW) == ()


def test_no_program_that_a_repository_names_is_started(repository: Path) -> None:
    (repository / "crlf.csv").write_bytes(LISTS["crlf.csv"].encode())
    (repository / ".gitattributes").write_text("* filter=trap diff=trap\n")
    git("add", ".")
    trap = repository / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{repository}/sprung'\ncat\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "filter.trap.clean", "filter.trap.smudge", "diff.trap.command"):
        git("config", key, str(trap))
    (repository / "sprung").unlink(missing_ok=True)
    assert mend.write(plan("crlf.csv").files, NOW) == ()
    assert not (repository / "sprung").exists()


def test_a_public_patch_has_no_secrets_and_still_applies(repository: Path) -> None:
    far = "".join(f"T{n},https://example.org/{n}\n" for n in range(9))
    text = f"title,url\nS,https://me:secret@b.example/\nA,{URL}1\n{far}B,{URL}2\n"
    (repository / "list.csv").write_text(text)
    files = plan("list.csv").files
    assert "secret" in mend.patch(files)
    patch = mend.patch(files, is_public=True)
    assert "secret" not in patch
    git("apply", given=patch.encode())
    assert (repository / "list.csv").read_text() == text.replace(
        f"{URL}2", "https://new.example/2"
    )
