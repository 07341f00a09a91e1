"""Mended files: planned from an unchanged list, written whole or not at all, and kept."""

import gzip
import os
import signal
import stat
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import mend
from crawler.config import Settings
from crawler.errors import EditError
from crawler.mend import MendedFile, Plan, Replacement
from crawler.run.files import read_list
from tests.support.builders import NOW

LIST = "title,url\nA,https://old.example/\n"
MENDED = LIST.replace("old.", "new.")
TO = "https://new.example/"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text(LIST)
    return tmp_path


def settings(*files: str) -> Settings:
    return Settings(resources=files or ("list.csv",))


def plan(*files: str) -> Plan:
    """New URLs for all resources."""
    listed = read_list(settings(*files))
    wanted = [
        Replacement(key=one.key, before=one.url, after=one.url.replace("old.", "new."))
        for one in listed.resources
    ]
    return mend.planned(settings(*files), listed, wanted)


def mended(path: str = "list.csv") -> Sequence[MendedFile]:
    return plan(path).files


def test_a_plan_writes_nothing() -> None:
    result = plan()
    assert result.files == (
        MendedFile(path="list.csv", before=LIST.encode(), after=MENDED.encode()),
    )
    assert [one.url for one in result.done] == [TO]
    assert Path("list.csv").read_text() == LIST


def test_a_list_that_was_edited_since_is_refused() -> None:
    listed = read_list(settings())
    Path("list.csv").write_text(LIST + "B,https://b.example/\n")
    with pytest.raises(EditError, match=r"^list\.csv: the file has changed since"):
        mend.planned(settings(), listed, ())


def test_a_list_that_is_gone_is_refused() -> None:
    listed = read_list(settings())
    Path("list.csv").unlink()
    with pytest.raises(EditError, match=r"^list\.csv: cannot be read \(No such file"):
        mend.planned(settings(), listed, ())


def test_a_packed_list_is_refused(folder: Path) -> None:
    (folder / "list.csv.gz").write_bytes(gzip.compress(LIST.encode()))
    result = plan("list.csv.gz")
    assert result.files == ()
    assert "packed with gzip" in str(result.refused[0])


def test_a_file_is_written_with_its_mode_and_through_a_link(folder: Path) -> None:
    Path("list.csv").chmod(0o640)
    (folder / "real").mkdir()
    Path("list.csv").rename("real/list.csv")
    Path("list.csv").symlink_to("real/list.csv")
    mend.write(mended(), NOW)
    assert Path("list.csv").is_symlink()
    assert Path("real/list.csv").read_text() == MENDED
    assert stat.S_IMODE(Path("real/list.csv").stat().st_mode) == 0o640
    assert [path.name for path in Path("real").iterdir()] == ["list.csv"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_of_a_file_stays() -> None:
    os.chown("list.csv", 1234, 2345)
    mend.write(mended(), NOW)
    status = Path("list.csv").stat()
    assert (status.st_uid, status.st_gid) == (1234, 2345)


def test_a_backup_with_the_same_mode_is_kept() -> None:
    Path("list.csv").chmod(0o600)
    (kept,) = mend.write(mended(), NOW)
    assert kept == Path(".crawler/backup/list.csv.20261122T031700Z")
    assert kept.read_text() == LIST
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert Path(".crawler/.gitignore").read_text().endswith("\n*\n")


def test_the_last_ten_backups_stay() -> None:
    for n in range(12):
        Path("list.csv").write_text(LIST + "\n" * n)
        mend.write(mended(), NOW + timedelta(minutes=n // 2))
        Path(".crawler/backup/other.csv.20261122T031700Z").touch()
    names = sorted(path.name for path in Path(".crawler/backup").iterdir())
    assert len([name for name in names if name.startswith("list.csv.")]) == 10
    assert "list.csv.20261122T032200Z-2" in names
    assert "other.csv.20261122T031700Z" in names


def test_a_folder_of_backups_that_is_a_link_is_refused(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    Path(".crawler").symlink_to("elsewhere")
    with pytest.raises(EditError, match=r"^\.crawler: a symbolic link"):
        mend.write(mended(), NOW)
    assert Path("list.csv").read_text() == LIST
    assert not list((folder / "elsewhere").iterdir())


def test_a_file_that_changes_before_it_is_written_is_left_alone() -> None:
    files = mended()
    Path("list.csv").write_text("title,url\nB,https://b.example/\n")
    with pytest.raises(EditError, match="the file has changed since"):
        mend.write(files, NOW)
    assert "b.example" in Path("list.csv").read_text()


def test_a_read_only_file_is_refused() -> None:
    Path("list.csv").chmod(0o444)
    with pytest.raises(EditError, match=r"^list\.csv: the file is read-only; allow writing"):
        mend.write(mended(), NOW)
    assert Path("list.csv").read_text() == LIST


def test_all_files_are_checked_before_the_first_is_written(folder: Path) -> None:
    Path("two.csv").write_text(LIST.replace("old.", "old.two."))
    files = plan("list.csv", "two.csv").files
    Path("two.csv").chmod(0o444)
    with pytest.raises(EditError, match=r"^two\.csv: the file is read-only"):
        mend.write(files, NOW)
    assert Path("list.csv").read_text() == LIST
    assert sorted(path.name for path in folder.iterdir()) == ["list.csv", "two.csv"]


def test_what_was_written_is_put_back_when_a_later_file_cannot_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("two.csv").write_text(LIST.replace("old.", "old.two."))
    files = plan("list.csv", "two.csv").files
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "two.csv":
            raise OSError(28, os.strerror(28))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(EditError, match=r"^two\.csv: cannot be written \(No space left"):
        mend.write(files, NOW)
    assert Path("list.csv").read_text() == LIST


def test_a_signal_waits_until_all_files_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("two.csv").write_text(LIST.replace("old.", "old.two."))
    files = plan("list.csv", "two.csv").files
    replace = Path.replace

    def signalled(self: Path, target: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", signalled)
    with pytest.raises(KeyboardInterrupt):
        mend.write(files, NOW)
    assert [Path(file.path).read_bytes() for file in files] == [file.after for file in files]


def test_a_new_file_is_made_and_never_replaces_one() -> None:
    new = MendedFile(path="retired.csv", before=None, after=b"url\n")
    mend.write((new,), NOW)
    assert Path("retired.csv").read_bytes() == b"url\n"
    with pytest.raises(EditError, match="such a file has been made meanwhile"):
        mend.write((new,), NOW)


def test_a_new_file_is_not_made_where_a_link_leads(folder: Path) -> None:
    Path("retired.csv").symlink_to("elsewhere")
    new = MendedFile(path="retired.csv", before=None, after=b"url\n")
    with pytest.raises(EditError, match="a symbolic link that leads nowhere"):
        mend.write((new,), NOW)
    assert not Path("elsewhere").exists()


def test_a_repository_that_is_none_means_a_backup(folder: Path) -> None:
    for content in (b"", b"DIRC\0\0\0\2\0\0\0\7", b"DIRC\0\0\0\4\0\0\0\1" + b"\xff" * 90):
        (folder / ".git").mkdir(exist_ok=True)
        (folder / ".git" / "index").write_bytes(content)
        Path("list.csv").write_text(LIST)
        assert mend.write(mended(), NOW)


def test_an_index_that_would_never_be_read_to_its_end_is_not_opened(folder: Path) -> None:
    (folder / ".git").mkdir()
    os.mkfifo(folder / ".git" / "index")
    assert mend.write(mended(), NOW)
