"""`crawler rejudge` at the command line."""

from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.model import Reason
from crawler.store import Store
from tests.support.store_nights import FIRST_NIGHT, check, night, resource

HOSTILE = "[red]404[/red] \x1b[2J:skull:"


def _stored(reason: Reason, status_code: int, title: str = "Learn SQL") -> None:
    row = resource(7, title=title)
    listed = f'number,title,url\n7,"Learn SQL",{row.url}\n'
    Path("resources.csv").write_text(listed, encoding="utf-8")
    with Store.open("crawler.db") as store:
        night(store, [check(row, reason, status_code=status_code)], at=FIRST_NIGHT)


def test_nothing_would_change(capsys: pytest.CaptureFixture[str]) -> None:
    _stored(Reason.OK, 200)
    assert main(["rejudge"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out == "Nothing would change.\n"
    assert main(["rejudge", "--apply"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out == "Nothing changed.\n"


def test_what_would_differ_is_shown_and_stored_when_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _stored(Reason.HTTP_410, 404, HOSTILE)
    assert main(["rejudge"]) == ExitStatus.NOTHING_NEW
    said = capsys.readouterr().out
    assert said.splitlines()[-1] == "1 judged differently; --apply stores it."
    assert "dead http_410" in said
    assert "dead http_404" in said
    assert "[red]404[/red] [2J:skull:" in said
    assert "\x1b" not in said
    assert not Path("reports").exists()
    assert main(["rejudge", "--apply"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out.splitlines()[-1] == "1 judged differently, stored."
    assert '"http_404"' in Path("reports/latest.json").read_text(encoding="utf-8")
    assert main(["rejudge"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out == "Nothing would change.\n"


def test_without_a_database_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rejudge"]) == ExitStatus.INCOMPLETE
    assert "no database yet" in capsys.readouterr().err
