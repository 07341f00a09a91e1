"""`crawler init --recipe` at the command line."""

from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus

INIT = ["init", "--recipe", "github"]
WORKFLOW = Path(".github/workflows/links.yml")


@pytest.fixture(autouse=True)
def _list() -> None:
    Path("resources.csv").write_text("url\nhttps://a.example/\n", "utf-8")


def test_settings_and_the_files_of_a_recipe_are_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*INIT, "--recipe", "systemd"]) == ExitStatus.NOTHING_NEW
    said = " ".join(capsys.readouterr().out.split())
    assert "crawler.toml is written." in said
    assert "Written: .github/workflows/links.yml, .github/workflows/new-links.yml." in said
    assert "Written: systemd/crawler.service, systemd/crawler.timer." in said
    assert f"WorkingDirectory={Path.cwd()}\n" in Path("systemd/crawler.service").read_text("utf-8")
    assert ("git.example" in said) == ("git.example" in WORKFLOW.read_text("utf-8"))


def test_settings_that_are_there_do_not_stand_in_the_way(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("crawler.toml").touch()
    assert main(INIT) == ExitStatus.NOTHING_NEW
    assert main(INIT) == ExitStatus.NOTHING_NEW
    said = " ".join(capsys.readouterr().out.split())
    assert "There are settings already; they are left as they are." in said
    assert "new-links.yml: as before." in said
    assert Path("crawler.toml").read_text("utf-8") == ""


def test_nothing_is_written_where_a_file_is_in_the_way(
    capsys: pytest.CaptureFixture[str],
) -> None:
    WORKFLOW.parent.mkdir(parents=True)
    WORKFLOW.write_text("mine", "utf-8")
    assert main([*INIT, "--recipe", "cron"]) == ExitStatus.USAGE
    assert f"{WORKFLOW}: is there already" in capsys.readouterr().err
    assert WORKFLOW.read_text("utf-8") == "mine"
    assert not Path("crawler.toml").exists()
    assert not Path("crawler.cron").exists()


def test_an_unknown_recipe_is_refused_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["init", "--recipe", "launchd"]) == ExitStatus.USAGE
    said = " ".join(capsys.readouterr().err.split())
    assert "expected one of container, cron, github, gitlab, systemd" in said
