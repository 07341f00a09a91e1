"""What GitHub Actions makes of the output: annotations, a job summary, and no command of others."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus

STRICT = ["run", "--set", "confirm.dead=1"]
EVIL = (
    "::add-mask::x",
    "::stop-commands::guessed",
    f"{'a' * 60} ::set-output name=a::b and more of it",
    "##[error]gone",
    "[x](https://evil.example/) <script>",
)
KNOWN = {"error", "warning", "notice", "debug", "add-mask", "set-output", "group", "stop-commands"}


def commands(output: str) -> Iterator[str]:
    """The lines that the runner of GitHub Actions obeys."""
    token = ""
    for line in output.splitlines():
        found = re.match(r"\s*::([\w-]+)[ :]", line) or re.search(r"##\[([\w-]+)", line)
        if token:
            token = "" if line.strip() == f"::{token}::" else token
        elif line.strip().startswith("::stop-commands::"):
            token = line.strip().removeprefix("::stop-commands::")
            assert re.fullmatch("[0-9a-f]{32}", token)
        elif found and found[1] in KNOWN:
            yield line
    assert not token


@pytest.fixture
def summary(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file for the job summary; the current folder has a list whose rows hold no URL."""
    rows = (f'{n},"{text}","{text}"\n' for n, text in enumerate(EVIL, 1))
    Path("resources.csv").write_text("number,title,url\n" + "".join(rows), encoding="utf-8")
    path = Path("summary.md")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


@pytest.mark.promise("37")
@pytest.mark.usefixtures("summary")
def test_only_our_own_annotations_are_obeyed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", sys.stdout)
    assert main(STRICT) == ExitStatus.NEW_FINDINGS
    obeyed = [*commands(capsys.readouterr().out)]
    assert len(obeyed) == len(EVIL)
    for number, line in enumerate(obeyed, 2):
        assert line.startswith(f"::error file=resources.csv,line={number}::")
    for command in (
        ["status"],
        ["status", "1"],
        ["report"],
        ["check"],
        ["status", "::x::\n::group::y"],
    ):
        main(command)
        printed = [*commands(capsys.readouterr().out)]
        assert all(line.startswith("::error file=resources.csv,line=") for line in printed)
        assert bool(printed) == (command == ["check"])


@pytest.mark.promise("37")
@pytest.mark.usefixtures("summary")
def test_each_stream_is_safe_without_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    main(STRICT)
    said = capsys.readouterr()
    assert len([*commands(said.out)]) == len(EVIL)
    assert not [*commands(said.err)]


@pytest.mark.usefixtures("summary")
@pytest.mark.promise("37")
@pytest.mark.parametrize("command", [["status", "--json"], ["check", "--json"]])
def test_what_a_program_reads_is_parsed_as_ever_and_holds_no_command(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(STRICT)
    capsys.readouterr()
    main(command)
    said = capsys.readouterr().out
    assert not [*commands(said)]
    monkeypatch.delenv("GITHUB_ACTIONS")
    main(command)
    plain = capsys.readouterr().out
    assert "##[" in plain
    assert [one["title"] for one in json.loads(said)] == [
        one["title"] for one in json.loads(plain)
    ]


def test_the_job_summary_has_the_report(summary: Path) -> None:
    main([*STRICT, "--quiet"])
    text = summary.read_text("utf-8")
    assert text.startswith("# Link report: resources.csv\n")
    assert "## Wrong in the list itself (5)" in text
    assert r"**\[x\](https\://evil.example/) \<script\>**" in text
    assert "## All links" not in text


def test_a_run_goes_on_without_a_job_summary(
    summary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    summary.mkdir()
    assert main([*STRICT, "--quiet"]) == ExitStatus.NEW_FINDINGS
    assert "no job summary was written" in capsys.readouterr().err
