"""The command line: what it refuses, what it says where, and with which exit status."""

import json
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from crawler import __version__
from crawler.cli import commands, crawler, main
from crawler.cli.commands import SUMMARIES
from crawler.cli.exits import ExitStatus
from crawler.errors import describe
from crawler.model import VERDICTS, Reason
from crawler.store import Store
from tests.support.paths import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def _list(*urls: str) -> None:
    rows = "".join(f"{n},{url}\n" for n, url in enumerate(urls, 1))
    Path("resources.csv").write_text(f"number,url\n{rows}", encoding="utf-8")


# --- usage --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["walk"], "No such command"),
        (["run", "--fast"], "No such option"),
        (["run", "--config", "missing.toml"], "missing.toml: settings cannot be read"),
        (["run", "--set", "fetch.atempts=2"], "fetch.attempts"),
        (["run", "--set", "fetch.attempts=0"], "fetch.attempts"),
        (["run"], "resources.csv: cannot be read"),
        (["report"], "resources.csv: cannot be read"),
        (["demo", "--nights", "0"], "--nights"),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong_and_exits_2(
    argv: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == ExitStatus.USAGE
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("text", "says"), [("[fetch]\nconcurency = 1\n", "concurrency"), ("\xff", "not UTF-8")]
)
def test_a_bad_settings_file_is_named(
    text: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _list()
    Path("crawler.toml").write_text(text, encoding="latin-1")
    assert main(["run"]) == ExitStatus.USAGE
    said = capsys.readouterr().err
    assert "crawler.toml" in said
    assert says in said


def test_settings_are_found_in_pyproject_when_there_is_no_file_of_our_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _list()
    Path("pyproject.toml").write_text("[tool.crawler]\nreport = 1\n", encoding="utf-8")
    assert main(["run"]) == ExitStatus.USAGE
    assert "pyproject.toml" in capsys.readouterr().err


def test_flags_name_files_and_win_over_settings(capsys: pytest.CaptureFixture[str]) -> None:
    Path("crawler.toml").write_text('resources = "one.csv"\n', encoding="utf-8")
    assert main(["run", "--set", "resources=two.csv", "--resources", "3.csv"]) == ExitStatus.USAGE
    assert "3.csv: cannot be read" in capsys.readouterr().err


# --- run and report -----------------------------------------------------------------------------


def test_a_run_says_its_summary_on_standard_output_and_its_lines_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _list("example.org/no-scheme", "mailto:someone@example.org")
    assert main(["run"]) == ExitStatus.NEW_FINDINGS
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "dead invalid_url example.org/no-scheme",
        "skipped unsupported_scheme mailto:someone@example.org",
    ]
    assert "2 links" in said.out
    report = Path("reports/README.md").read_text(encoding="utf-8")
    assert "First look" in report
    latest = json.loads(Path("reports/latest.json").read_text(encoding="utf-8"))
    assert latest
    assert main(["report"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out == said.out
    assert Path("reports/README.md").read_text(encoding="utf-8") == report


def test_common_options_stand_before_or_after_the_name_of_the_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _list(*(f"mailto:{name}@example.org" for name in "abcd"))
    Path("resources.csv").rename("mine.csv")
    before = ["--resources", "mine.csv", "--set", "report.fail_on=[]", "--only", "2"]
    assert main([*before, "run", "--set", "fetch.attempts=1"]) == ExitStatus.NOTHING_NEW
    asked = capsys.readouterr().err.splitlines()
    assert [line.rpartition(" ")[2] for line in asked] == ["mailto:b@example.org"]
    assert main(["--quiet", "run", "--resources", "mine.csv"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().err == ""


def test_a_file_after_the_name_of_the_command_wins(capsys: pytest.CaptureFixture[str]) -> None:
    _list("mailto:a@example.org")
    both = ["--resources", "none.csv", "run", "--resources", "resources.csv"]
    assert main(both) == ExitStatus.NOTHING_NEW
    assert main(["--set", "b=1", "run", "--set", "c=1"]) == ExitStatus.USAGE
    assert "--set: b: no such setting" in capsys.readouterr().err


def test_an_option_that_the_command_does_not_have_is_refused_before_its_name_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--only", "3", "status"]) == ExitStatus.USAGE
    assert "No such option" in capsys.readouterr().err


def test_new_findings_of_a_class_in_fail_on_exit_1_once_and_are_annotated(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    _list("example.org/no-scheme")
    strict = ["run", "--quiet", "--set", "confirm.dead=1"]
    assert main(strict) == ExitStatus.NEW_FINDINGS
    assert "::error file=resources.csv,line=2::" in capsys.readouterr().out
    assert main(strict) == ExitStatus.NOTHING_NEW
    assert "::error" not in capsys.readouterr().out
    assert main([*strict, "--set", "report.fail_on=[]"]) == ExitStatus.NOTHING_NEW


@pytest.mark.promise("7")
def test_a_database_that_is_not_ours_exits_3(capsys: pytest.CaptureFixture[str]) -> None:
    _list()
    Path("crawler.db").write_text("this is somebody's text, not a database", encoding="utf-8")
    assert main(["run"]) == ExitStatus.INCOMPLETE
    assert "crawler.db" in capsys.readouterr().err
    assert Path("crawler.db").read_text(encoding="utf-8").startswith("this is somebody's")


def test_a_report_before_the_first_run_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    _list()
    assert main(["report"]) == ExitStatus.INCOMPLETE
    assert "`crawler run` makes one" in capsys.readouterr().err
    with Store.open("crawler.db"):
        pass
    assert main(["report"]) == ExitStatus.INCOMPLETE
    assert "no run has completed yet" in capsys.readouterr().err


@pytest.mark.slow
def test_lines_of_a_run_that_is_not_trusted_say_so_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _list("mailto:a@example.org", *(f"https://{name}.example/" for name in "abcdef"))
    sets = {
        "fetch.resolve": '{ "*" = "127.0.0.1:1" }',
        "fetch.allow_private": '["127.0.0.1"]',
        "fetch.attempts": "1",
        "guard.canaries": "[]",
    }
    options = [word for key, value in sets.items() for word in ("--set", f"{key}={value}")]
    assert main(["run", *options]) == ExitStatus.UNTRUSTED
    reach, asked, why, *lines = capsys.readouterr().err.splitlines()
    assert reach == (
        "In force, and reaching further than the web: fetch.allow_private, fetch.resolve."
        " `crawler doctor` says more."
    )
    assert asked == "skipped unsupported_scheme mailto:a@example.org"
    assert why.startswith("This run is not trusted: ")
    assert lines
    assert all(line.startswith("untrusted failing connection_refused https://") for line in lines)


@pytest.mark.promise("12")
@pytest.mark.slow
@pytest.mark.parametrize(
    ("streams", "is_heard"),
    [
        ("2>errors | true", True),
        ("2>errors >&-", True),
        ("2>errors >/dev/full", True),
        ("2> >(true) >/dev/null", False),
        ("2>&- >/dev/null", False),
        ("2>/dev/full >/dev/null", False),
    ],
)
def test_a_reader_that_has_gone_stops_nothing_and_makes_no_noise(
    streams: str, *, is_heard: bool
) -> None:
    _list("example.org/no-scheme")
    command = f"{sys.executable} -m crawler run {streams}; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], check=False, timeout=60)  # noqa: S607
    assert done.returncode == ExitStatus.NEW_FINDINGS
    assert Path("reports/README.md").is_file()
    if is_heard:
        said = Path("errors").read_text(encoding="utf-8")
        assert said == "dead invalid_url example.org/no-scheme\n"


@pytest.mark.parametrize(
    ("streams", "status", "says"),
    [
        (">/dev/full", ExitStatus.INCOMPLETE, "could not be written: No space left on device"),
        ("| true", ExitStatus.NOTHING_NEW, ""),
        (">&-", ExitStatus.NOTHING_NEW, ""),
    ],
)
def test_a_result_that_is_lost_is_told(streams: str, status: int, says: str) -> None:
    command = f"{sys.executable} -m crawler check --quiet mailto:me@example.org"
    line = f"{command} 2>errors {streams}; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], check=False, timeout=60)  # noqa: S607
    assert done.returncode == status
    assert says in Path("errors").read_text(encoding="utf-8")


@pytest.mark.promise("37")
@pytest.mark.parametrize(
    "environment",
    [
        "PYTHONIOENCODING=latin-1",
        "LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0",
    ],
)
def test_a_title_that_the_terminal_cannot_show_stops_nothing(environment: str) -> None:
    Path("resources.csv").write_text("title,url\n世界,nowhere\n", encoding="utf-8")
    command = f"{environment} {sys.executable} -m crawler run"
    done = subprocess.run(["bash", "-c", command], check=False, capture_output=True, timeout=60)  # noqa: S607
    assert done.returncode == ExitStatus.NEW_FINDINGS
    assert b"\\u4e16" in done.stdout


# --- demo ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_demo_says_what_happened_and_where_the_report_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["demo", "--nights", "1"]) == ExitStatus.NOTHING_NEW
    said = capsys.readouterr()
    assert "Night 1" in said.out
    assert "crawler-demo/reports/README.md" in said.out
    assert len(said.err.splitlines()) == 100


def test_the_demo_leaves_a_folder_with_something_else_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("mine").mkdir()
    Path("mine/file").touch()
    assert main(["demo", "--directory", "mine"]) == ExitStatus.INCOMPLETE
    assert "mine: holds something else" in capsys.readouterr().err


# --- what the documents say ---------------------------------------------------------------------


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_help_says_of_a_command_what_its_own_help_does(name: str) -> None:
    command = crawler.get_command(click.Context(crawler), name)
    assert command
    first = (command.help or "").partition("\n\n")[0]
    assert " ".join(first.split()) == SUMMARIES[name]


def test_there_are_no_commands_but_those_in_the_help() -> None:
    modules = {module.name for module in pkgutil.iter_modules(commands.__path__)}
    assert modules == {*SUMMARIES}
    assert crawler.get_command(click.Context(crawler), "options") is None


def test_the_help_imports_nothing_that_it_does_not_show() -> None:
    """It is what people wait for; click alone takes most of its time."""
    shown = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "crawler", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in shown.stderr.splitlines()}
    ours = {name for name in imported if name.startswith("crawler.")}
    assert ours == {
        "crawler.cli",
        "crawler.cli.commands",
        "crawler.cli.exits",
        "crawler.cli.options",
        "crawler.cli.streams",
        "crawler.errors",
    }
    assert not imported & {"traceback", "asyncio", "rich", "sqlite3", "httpx", "json"}


@pytest.mark.parametrize("command", SUMMARIES)
def test_every_command_and_its_options_are_in_the_readme(command: str) -> None:
    assert f"`crawler {command}`" in README


def test_every_exit_status_is_in_the_readme_and_in_the_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["--help"])
    shown = capsys.readouterr().out
    for status in ExitStatus:
        assert re.search(rf"^\| {int(status)} \|", README, re.MULTILINE)
        assert re.search(rf"^ +{int(status)} ", shown, re.MULTILINE)


def test_every_verdict_is_in_the_readme() -> None:
    assert {*VERDICTS.values()} <= {v for v in VERDICTS.values() if f"| `{v}` |" in README}
    assert Reason.HTTP_404 in README


def test_the_version_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"crawler {__version__}\n"


def test_an_internal_error_names_its_kind_and_place_and_not_its_text() -> None:
    with pytest.raises(ValueError, match="somebody's") as raised:
        int("somebody's password")
    text = describe(raised.value)
    assert re.match(r"internal error, ValueError in test_cli\.py:\d+\. ", text)
    assert "password" not in text
