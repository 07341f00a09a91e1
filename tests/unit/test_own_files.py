"""Promise 10: modes of our own under any umask, and nothing left of runs that were killed."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler import own_files
from crawler.errors import StoreError
from crawler.run import files
from crawler.store import Store
from tests.support.paths import REPOSITORY
from tests.support.store_nights import check, night, resource

KILLED = """
import os, signal, sys
from pathlib import Path
from crawler.run import files

def pieces():
    yield "# Link report: "
    os.kill(os.getpid(), signal.SIGKILL)

files.write(Path(sys.argv[1]), pieces())
"""


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def _modes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_mode & 0o7777 for path in folder.rglob("*")
    }


@pytest.mark.promise("10")
@pytest.mark.usefixtures("umask")
def test_10_reports_have_modes_of_their_own(tmp_path: Path) -> None:
    night_file = tmp_path / "deep" / "reports" / "nights" / "2026-11-28.md"
    files.prepare_reports(night_file.parents[1])
    files.prepare_folder(night_file.parent)
    files.write(night_file, ["text"])
    folders = ("deep", "deep/reports", "deep/reports/nights")
    assert _modes(tmp_path) == dict.fromkeys(folders, 0o755) | {
        "deep/reports/nights/2026-11-28.md": 0o644
    }


@pytest.mark.promise("10")
@pytest.mark.usefixtures("umask")
def test_10_the_database_has_a_mode_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "crawler.db"
    with Store.open(str(path)) as store:
        night(store, [check(resource(1))])
        assert _modes(tmp_path) == {
            "crawler.db": 0o644,
            "crawler.db-wal": 0o644,
            "crawler.db-shm": 0o644,
            "crawler.db-lock": 0o600,
        }


@pytest.mark.promise("10")
@pytest.mark.usefixtures("umask")
def test_10_other_files_have_modes_of_their_own(tmp_path: Path) -> None:
    own_files.make_file(tmp_path / "new", b"a")
    own_files.make_file(tmp_path / "again", b"long")
    own_files.make_file(tmp_path / "again", b"a", replace=True)
    assert _modes(tmp_path) == {"new": 0o644, "again": 0o644}
    assert (tmp_path / "again").read_bytes() == b"a"
    with pytest.raises(FileExistsError):
        own_files.make_file(tmp_path / "new", b"b")


def test_a_folder_that_is_there_keeps_its_mode_and_a_new_one_its_group(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2770)
    files.prepare_folder(shared / "reports")
    assert _modes(tmp_path) == {"shared": 0o2770, "shared/reports": 0o2755}


@pytest.mark.parametrize("name", ["file", "file/reports", "loop", "loop/reports"])
def test_what_is_no_folder_cannot_become_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(StoreError, match="reports cannot be written there"):
        files.prepare_folder(tmp_path / name)


# --- what killed runs leave -----------------------------------------------------------------------


@pytest.mark.promise("10")
@pytest.mark.parametrize("name", ["README.md", "nights/2026-11-28.md"])
def test_10_the_next_run_removes_what_a_killed_one_left(tmp_path: Path, name: str) -> None:
    files.prepare_reports(tmp_path)
    files.prepare_folder((tmp_path / name).parent)
    command = [sys.executable, "-c", KILLED, str(tmp_path / name)]
    killed = subprocess.run(command, env={"PYTHONPATH": str(REPOSITORY)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    (left,) = (tmp_path / name).parent.glob(".*.md.*")
    files.prepare_reports(tmp_path)
    assert not left.exists()


@pytest.mark.promise("10")
def test_10_only_our_own_temporary_files_are_removed(tmp_path: Path) -> None:
    others = [
        ".README.md.swp",
        ".README.md.original",
        ".notes.md.crawler-abcdefgh",
        "README.md.crawler-abcdefgh",
    ]
    for name in others:
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / ".README.md.crawler-folder__").mkdir()
    (tmp_path / ".README.md.crawler-linked__").symlink_to(tmp_path / others[0])
    before = _modes(tmp_path).keys()
    files.prepare_reports(tmp_path)
    assert _modes(tmp_path).keys() == before


@pytest.mark.promise("10")
def test_10_the_temporary_file_of_a_process_that_still_writes_stays(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "# Link report: "
        files.prepare_reports(tmp_path)
        yield "whole"

    files.write(tmp_path / "README.md", pieces())
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "# Link report: whole"


@pytest.mark.promise("10")
def test_10_a_link_planted_under_a_guessed_temporary_name_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.write_text("mine", encoding="utf-8")
    (tmp_path / ".README.md.crawler-guessed_").symlink_to(other)
    names = iter(["guessed_", "another_"])
    monkeypatch.setattr(tempfile, "_get_candidate_names", lambda: names)
    files.write(tmp_path / "README.md", ["# Link report: whole"])
    assert other.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "README.md").is_symlink()
    assert {path.name for path in tmp_path.iterdir()} == {
        "other",
        "README.md",
        ".README.md.crawler-guessed_",
    }


@pytest.mark.promise("10")
def test_10_of_two_writers_one_report_stays_whole(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "# Link report: "
        files.write(tmp_path / "README.md", ["# Link report: of the other one"])
        yield "of this one"

    files.write(tmp_path / "README.md", pieces())
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "# Link report: of this one"
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
