"""The files that a run leaves in `reports/`."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.model import Reason
from crawler.report.schemas import NAMES
from crawler.run.files import REPORTS
from tests.support.histories import START, Ending, Night, Place, row
from tests.support.report_forms import xml

ROWS = (row(1, title="Practical Raft"), row(2, title="QueueKit docs"))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """After three nights, the last two of which the first link was gone."""
    played = Place(tmp_path)
    for number in range(3):
        gone = {"1": Reason.HTTP_404} if number else {}
        finds = {resource.key: gone.get(resource.key, Reason.OK) for resource in ROWS}
        played.play(Night(at=START + timedelta(days=number), rows=ROWS, finds=finds))
    return played


def _text(place: Place, name: str) -> str:
    return (place.folder / "reports" / name).read_text("utf-8")


def test_every_form_is_written(place: Place) -> None:
    names = {path.name for path in (place.folder / "reports").iterdir()}
    assert names == {*REPORTS, "nights"}


def test_the_last_run_is_told_however_it_ended(place: Place) -> None:
    good = json.loads(_text(place, "run.json"))
    assert (good["run"]["status"], good["attempts"]) == ("complete", 0)
    assert good["last_good_run"]["id"] == good["run"]["id"] == 3

    finds = {resource.key: Reason.CONNECT_TIMEOUT for resource in ROWS}
    place.play(
        Night(at=START + timedelta(days=3), rows=ROWS, finds=finds, ending=Ending.UNTRUSTED)
    )
    bad = json.loads(_text(place, "run.json"))
    assert (bad["run"]["id"], bad["run"]["status"], bad["attempts"]) == (4, "untrusted", 1)
    assert bad["run"]["why"]
    assert bad["last_good_run"] == good["last_good_run"]
    assert bad["counts"] == good["counts"]


def test_a_first_run_that_is_not_trusted_is_told_before_there_is_a_report(tmp_path: Path) -> None:
    place = Place(tmp_path)
    finds = {resource.key: Reason.CONNECT_TIMEOUT for resource in ROWS}
    place.play(Night(at=START, rows=ROWS, finds=finds, ending=Ending.UNTRUSTED))
    assert [path.name for path in (place.folder / "reports").iterdir()] == ["run.json"]
    told = json.loads(_text(place, "run.json"))
    assert (told["run"]["status"], told["last_good_run"], told["counts"]) == (
        "untrusted",
        None,
        None,
    )


def test_findings_name_line_and_column_in_the_list(place: Place) -> None:
    (result,) = json.loads(_text(place, "findings.sarif"))["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    line = (
        (place.folder / "resources.csv").read_text("utf-8").splitlines()[region["startLine"] - 1]
    )
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == ROWS[0].url


def test_findings_lose_their_column_when_the_list_is_another_one(place: Place) -> None:
    path = place.folder / "resources.csv"
    path.write_text(path.read_text("utf-8").replace(ROWS[0].url, "https://new.example/"), "utf-8")
    assert main(["report", *_options(place)]) == ExitStatus.NOTHING_NEW
    (result,) = json.loads(_text(place, "findings.sarif"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 2}


def test_failures_are_what_the_settings_fail_on(place: Place) -> None:
    assert xml(_text(place, "junit.xml")).get("failures") == "1"
    options = [*_options(place), "--set", "report.fail_on=[]"]
    assert main(["report", *options]) == ExitStatus.NOTHING_NEW
    assert xml(_text(place, "junit.xml")).get("failures") == "0"


def test_the_list_is_named_as_seen_from_the_working_folder(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place.folder.parent)
    assert main(["report", *_options(place)]) == ExitStatus.NOTHING_NEW
    case = xml(_text(place, "junit.xml")).find(".//testcase")
    assert case is not None
    assert case.get("file") == f"{place.folder.name}/resources.csv"


def test_each_finding_is_in_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lists").mkdir()
    wrong = {"lists/a.csv": "htp://a.example/", "lists/b.csv": "htp://b.example/"}
    for name, url in wrong.items():
        Path(name).write_text(f"title,url\nA page,{url}\n", "utf-8")
    assert (
        main(["run", "--quiet", "--set", 'resources=["lists/*.csv"]']) == ExitStatus.NEW_FINDINGS
    )
    (run,) = json.loads(Path("reports/findings.sarif").read_text("utf-8"))["runs"]
    found = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert [place["artifactLocation"]["uri"] for place in found] == [*wrong]
    region = {"startLine": 2, "startColumn": 8, "endColumn": 24}
    assert [place["region"] for place in found] == [region] * 2
    cases = xml(Path("reports/junit.xml").read_text("utf-8")).iter("testcase")
    assert [case.get("file") for case in cases] == [*wrong]


def test_the_feed_has_the_nights_with_events(place: Place) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    entries = xml(_text(place, "feed.xml")).findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}updated") for entry in entries] == [
        "2026-01-03T03:17:00Z",
        "2026-01-02T03:17:00Z",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--schema", name]) == ExitStatus.NOTHING_NEW
    assert json.loads(capsys.readouterr().out)["title"] == name


def test_a_report_without_a_schema_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--schema", "index.html"]) == ExitStatus.USAGE
    assert "latest.json, run.json, events.ndjson" in capsys.readouterr().err


def _options(place: Place) -> list[str]:
    settings = place.settings
    return [
        f"--resources={settings.list_name}",
        f"--database={settings.database}",
        f"--reports={settings.reports}",
    ]
