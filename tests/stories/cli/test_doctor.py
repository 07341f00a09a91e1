"""`crawler doctor` at the command line."""

from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus

QUIET = ["doctor", "--offline", "--set", "user_agent=mine/1 (+https://mine.example/)"]


def test_a_line_for_each_finding(capsys: pytest.CaptureFixture[str]) -> None:
    Path("resources.csv").write_text("Link;Note\nhttps://a.example/;\n", encoding="utf-8")
    assert main(["doctor", "--offline"]) == ExitStatus.NOTHING_NEW
    said = capsys.readouterr()
    assert said.err == ""
    lines = said.out.splitlines()
    assert lines[0] == "ok    list: resources.csv: 1 resource."
    assert lines[1] == (
        'ok    list: Columns read: url ("Link"). Left alone: "Note". Separated by semicolons.'
    )
    assert lines[3].startswith("warn  settings: The contact is the placeholder")
    assert "skip  network: Nothing was asked (offline)." in lines


@pytest.mark.parametrize(
    ("listed", "more", "status"),
    [
        (True, [], ExitStatus.NOTHING_NEW),
        (False, [], ExitStatus.USAGE),
        (False, ["--set", "fetch.atempts=1"], ExitStatus.USAGE),
        (True, ["--database", "missing/crawler.db"], ExitStatus.INCOMPLETE),
        (True, ["--set", "fetch.ca_bundle=missing.pem"], ExitStatus.INCOMPLETE),
    ],
)
def test_what_fails_is_in_the_exit_status(
    listed: bool, more: list[str], status: ExitStatus, capsys: pytest.CaptureFixture[str]
) -> None:
    if listed:
        Path("resources.csv").write_text("url\nhttps://a.example/\n", encoding="utf-8")
    assert main([*QUIET, *more]) == status
    assert "Traceback" not in capsys.readouterr().err


def test_no_text_of_others_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--offline", "--resources", "a\x1b[2J.csv"]) == ExitStatus.USAGE
    assert "\x1b" not in capsys.readouterr().out
