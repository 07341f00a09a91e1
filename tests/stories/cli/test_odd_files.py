"""Promises 6, 16 and 17: what is no regular file where one is expected is named at once, and nothing waits for it."""

import os
import socket
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus

KINDS = ["device", "empty_link", "fifo", "folder", "huge", "loop", "socket"]
HUGE = 100_000_000


def make(path: Path, kind: str) -> None:
    path.parent.mkdir(exist_ok=True)
    match kind:
        case "device":
            path.symlink_to("/dev/zero")
        case "empty_link":
            path.symlink_to("nowhere")
        case "fifo":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "huge":
            path.touch()
            os.truncate(path, HUGE)  # It takes no room on the disk.
        case "loop":
            path.symlink_to(path.name)
        case _:
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(str(path))


@pytest.fixture(autouse=True)
def _list(empty_folder: None) -> None:
    Path("resources.csv").write_text("url\nftp://a.example/\n", encoding="utf-8")


@pytest.mark.promise("17")
@pytest.mark.parametrize("name", ["crawler.toml", "pyproject.toml"])
@pytest.mark.parametrize("kind", KINDS)
def test_settings_that_are_no_small_file_are_refused(
    kind: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make(Path(name), kind)
    for words in (["run"], ["status"], ["run", "--config", name]):
        assert main(words) == ExitStatus.USAGE
        said = capsys.readouterr().err
        assert said.startswith(f"crawler: {name}: settings cannot be read from it (")
        assert len(said.splitlines()) == 1
    assert not Path("crawler.db").exists()


@pytest.mark.promise("17")
def test_settings_that_are_not_there_are_refused_when_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["run", "--config", "none.toml"]) == ExitStatus.USAGE
    assert "none.toml: settings cannot be read from it (No such file" in capsys.readouterr().err


@pytest.mark.promise("16")
@pytest.mark.parametrize("kind", KINDS)
def test_a_list_that_is_no_file_is_refused(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("resources.csv").unlink()
    make(Path("resources.csv"), kind)
    for command in ("run", "fix", "doctor", "check"):
        assert main([command]) == ExitStatus.USAGE
        said = capsys.readouterr()
        assert "resources.csv" in said.err + said.out
        assert "Traceback" not in said.err


@pytest.mark.promise("17")
@pytest.mark.parametrize("kind", KINDS)
def test_certificates_that_are_no_file_are_refused(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make(Path("roots.pem"), kind)
    assert main(["run", "--set", "fetch.ca_bundle=roots.pem"]) == ExitStatus.USAGE
    assert "fetch.ca_bundle: roots.pem cannot be read as certificates" in capsys.readouterr().err


@pytest.mark.promise("6")
@pytest.mark.parametrize("kind", KINDS)
def test_a_database_that_is_no_file_is_refused(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make(Path("crawler.db"), kind)
    for command in ("run", "status", "prune"):
        assert main([command]) == ExitStatus.INCOMPLETE
        said = capsys.readouterr().err
        assert "crawler.db" in said
        assert not Path("nowhere").exists()
        assert "internal error" not in said


@pytest.mark.promise("6")
@pytest.mark.parametrize("name", ["crawler.db-lock", ".crawler", ".crawler/archive"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_in_the_place_of_our_own_files_stops_no_run_for_ever(
    kind: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make(Path(name), kind)
    assert main(["run", "--quiet"]) in {ExitStatus.NOTHING_NEW, ExitStatus.INCOMPLETE}
    said = capsys.readouterr().err
    assert "internal error" not in said
