"""`crawler retire` at the command line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.model import State
from crawler.store import Store
from tests.support.store_nights import FIRST_NIGHT, check, gone, night, resource

ONE, TWO = resource(1), resource(2)
LIST = f"number,title,url\r\n1,O\x1bne,{ONE.url}\r\n2,Two,{TWO.url}\r\n"


@pytest.fixture(autouse=True)
def _list_and_database(empty_folder: None) -> None:
    Path("resources.csv").write_text(LIST, encoding="utf-8", newline="")
    with Store.open("crawler.db") as store:
        night(store, [check(ONE), check(TWO)])
        at = FIRST_NIGHT + timedelta(days=1)
        night(store, [gone(ONE, at), check(TWO, at=at)], at=at, state=State.BROKEN)


def test_the_change_is_shown_and_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retire", "1"]) == ExitStatus.NOTHING_NEW
    out, err = capsys.readouterr()
    assert f"-1,O\\x1bne,{ONE.url}\n" in out
    assert "+++ b/retired.csv\n" in out
    assert "\x1b" not in out
    assert err == "Nothing is written; --apply does it.\n"
    assert Path("resources.csv").read_bytes() == LIST.encode()
    assert not Path("retired.csv").exists()


def test_a_row_moves_with_date_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    today = datetime.now(UTC).date()  # noqa: TID251 - the command reads it too
    assert main(["retire", "1", "--apply", "--yes"]) == ExitStatus.NOTHING_NEW
    assert (
        Path("resources.csv").read_bytes() == LIST.replace(f"1,O\x1bne,{ONE.url}\r\n", "").encode()
    )
    header, row = Path("retired.csv").read_text(encoding="utf-8").splitlines()
    assert header == "number,title,url,retired_on,retired_because"
    assert row.startswith(f"1,O\x1bne,{ONE.url},{today}")
    assert "404" in row or "410" in row
    out, err = capsys.readouterr()
    assert "is retired. The next run takes it out of the reports." in " ".join(out.split())
    assert ".crawler/backup/resources.csv." in err


@pytest.mark.parametrize("mine", [b"", b"number,title,url,retired_on,retired_because\n"])
def test_retired_rows_go_to_no_file_behind_a_link(
    mine: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("mine").write_bytes(mine)
    Path("retired.csv").symlink_to("mine")
    assert main(["retire", "1", "--apply", "--yes"]) == ExitStatus.USAGE
    assert "retired.csv: a symbolic link" in capsys.readouterr().err
    assert Path("mine").read_bytes() == mine
    assert Path("resources.csv").read_bytes() == LIST.encode()


def test_a_row_is_in_one_of_the_files_at_every_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    replace, held = Path.replace, list[bool]()

    def watched(self: Path, target: Path) -> Path:
        done = replace(self, target)
        if target.suffix == ".csv":
            held.append(any(ONE.url in path.read_text("utf-8") for path in Path().glob("*.csv")))
        return done

    monkeypatch.setattr(Path, "replace", watched)
    assert main(["retire", "1", "--apply", "--yes"]) == ExitStatus.NOTHING_NEW
    assert held == [True, True]


def test_nobody_to_ask_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retire", "1", "--apply"]) == ExitStatus.USAGE
    assert "--yes writes without asking" in capsys.readouterr().err
    assert Path("resources.csv").read_bytes() == LIST.encode()


def test_what_is_not_broken_stays_unless_forced(capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open("crawler.db") as store:
        at = FIRST_NIGHT + timedelta(days=2)
        night(store, [check(ONE, at=at), check(TWO, at=at)], at=at)
    assert main(["retire", "2"]) == ExitStatus.USAGE
    assert "it is not known to be broken; --force" in capsys.readouterr().err
    assert main(["retire", "2", "--force"]) == ExitStatus.NOTHING_NEW


def test_a_file_of_retired_rows_that_would_be_in_the_list_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["retire", "1", "--resources", "*.csv"]) == ExitStatus.USAGE
    assert "retired.csv: the file for retired rows would be part of the list" in (
        capsys.readouterr().err
    )
