"""`crawler prune` at the command line."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.store import Store
from tests.support.store_nights import FIRST_NIGHT, check, gone, night, resource

ONE = resource(1)


def _play(nights: int) -> None:
    Path("resources.csv").write_text(f"number,title,url\n1,One,{ONE.url}\n", encoding="utf-8")
    with Store.open("crawler.db") as store:
        for day in range(nights):
            one = gone(ONE) if day == 3 else check(ONE)
            night(store, [one], at=FIRST_NIGHT + timedelta(days=day))


def _row(name: str, said: str) -> list[str]:
    return next(line.split()[1:] for line in said.splitlines() if line.split()[:1] == [name])


def _reports() -> dict[str, bytes]:
    """All but index.html, which draws the nights that are left."""
    files = (path for path in Path("reports").iterdir() if path.name != "index.html")
    return {path.name: path.read_bytes() for path in files}


def test_counts_and_size_are_reported_and_the_reports_stay(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _play(30)
    assert main(["report"]) == ExitStatus.NOTHING_NEW
    reports = _reports()
    capsys.readouterr()
    assert main(["prune", "--keep-days", "10"]) == ExitStatus.NOTHING_NEW
    said = capsys.readouterr().out
    # The eleven of the last days; the first, the one before the outage, the outage, the one after.
    assert _row("checks", said) == ["30", "15"]
    assert _row("facts", said) == ["2", "2"]
    assert _row("size", said)[1::2] == ["MB", "MB"]
    assert main(["report"]) == ExitStatus.NOTHING_NEW
    assert _reports() == reports


def test_a_dry_run_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    _play(30)
    assert main(["prune", "--keep-days", "10", "--dry-run"]) == ExitStatus.NOTHING_NEW
    said = capsys.readouterr().out
    assert _row("checks", said) == ["30", "15"]
    assert "crawler.db is unchanged" in said
    with Store.open("crawler.db", exclusive=False) as store:
        assert len(store.checks.history("1")) == 30


def test_by_default_more_than_a_year_stays(capsys: pytest.CaptureFixture[str]) -> None:
    _play(30)
    assert main(["prune"]) == ExitStatus.NOTHING_NEW
    assert "nothing is old enough to remove" in capsys.readouterr().out


def test_what_cannot_be_pruned_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prune"]) == ExitStatus.INCOMPLETE
    assert "no database yet" in capsys.readouterr().err
    assert list(Path().iterdir()) == []
    assert main(["prune", "--keep-days", "0"]) == ExitStatus.USAGE
    with Store.open("crawler.db"):
        assert main(["prune"]) == ExitStatus.INCOMPLETE
    assert "another run is going on" in capsys.readouterr().err
