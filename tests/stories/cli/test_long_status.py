"""`crawler status` of a list that is too long to be shown as a whole."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.model import Reason
from crawler.report import long_list
from crawler.report.dossier import Dossier, dossier_json
from tests.support.histories import START, Night, Place, row

pytestmark = pytest.mark.slow

LINKS, BROKEN, SHOWN = 24, 11, 4
MORE = f"and {BROKEN - SHOWN} more. reports/findings/ has the links that do not simply work,"


@pytest.fixture(autouse=True)
def _two_nights(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second night confirms what is broken; the list is long."""
    monkeypatch.setattr(long_list, "LONG", 8)
    monkeypatch.setattr(long_list, "PAGE", SHOWN)
    rows = tuple(row(number) for number in range(1, LINKS + 1))
    finds = {one.key: Reason.HTTP_404 if n < BROKEN else Reason.OK for n, one in enumerate(rows)}
    place = Place(Path.cwd())
    for night in range(2):
        place.play(Night(at=START + timedelta(days=night), rows=rows, finds=finds))


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["status", *words]) == ExitStatus.NOTHING_NEW
    return capsys.readouterr().out


def test_the_most_urgent_are_shown_with_the_numbers_of_the_reports(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys)
    latest = json.loads(Path("reports/latest.json").read_text("utf-8"))
    assert f"\n{latest['headline']}\n{latest['tally']}.\n" in text
    assert text.count("https://") == SHOWN
    assert f"\n{MORE}" in text


def test_a_word_is_answered_with_the_number_of_all_that_fit(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys, "works")
    assert f"\n{LINKS - BROKEN} links: {LINKS - BROKEN} work.\n" in text
    assert text.count("https://") == SHOWN
    assert f"and {LINKS - BROKEN - SHOWN} more." in text
    assert said(capsys, "muted").endswith("No link fits muted.\n")


def test_of_a_glob_the_first_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "*example*")
    assert text.count("Latest check") == SHOWN
    assert text.endswith(f"\n{LINKS - SHOWN} more fit; --json prints all of them.\n")
    assert said(capsys, "*example*", "broken").endswith(
        f"\n{BROKEN - SHOWN} more fit; --json prints all of them.\n"
    )
    assert "more fit" not in said(capsys, "1", "2")


def test_programs_get_all_of_it_as_of_a_short_list(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    argvs = [["--json"], ["--json", "works"], ["--json", "*example*"], ["--json", "24", "moved"]]
    told = [said(capsys, *argv) for argv in argvs]
    assert [len(json.loads(text)) for text in told] == [BROKEN, LINKS - BROKEN, LINKS, 0]
    monkeypatch.setattr(long_list, "LONG", LINKS)
    assert [said(capsys, *argv) for argv in argvs] == told


def test_no_more_is_read_when_nobody_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Dossier] = []

    def noted(dossier: Dossier) -> dict[str, object]:
        made.append(dossier)
        return {}

    monkeypatch.setattr(dossier_json, "as_object", noted)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["status", "--json"]) == ExitStatus.NOTHING_NEW
    assert len(made) < BROKEN
