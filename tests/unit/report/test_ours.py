"""Reports are known from the files of people by how they begin."""

import pytest

from crawler.report import as_html, build
from crawler.report.ours import BEGINNING, is_report
from tests.support.report_forms import FORMS
from tests.support.report_scenarios import SCENARIOS


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_report_of_today_is_known(scenario: str) -> None:
    snapshot = SCENARIOS[scenario]()
    texts = {name: form(snapshot) for name, form in FORMS.items() if name != "summary.txt"}
    texts["index.html"] = "".join(as_html.render(build(snapshot)))
    night = texts.pop("night.md")
    if night:
        texts["2026-11-21.md"] = night
    for name, text in texts.items():
        assert is_report(name, text[:BEGINNING]), name


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("README.md", "# Link report: my list.csv\n\n**No link needs you.** "),
        (
            "index.html",
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<title>Link report: a.csv</title>',
        ),
        ("latest.json", '{\n  "schema": 1,\n  "resources": "resources.csv",\n'),
        ("latest.json", '{\r\n  "schema": 1,\r\n  "resources": "resources.csv",\r\n'),
        ("events.ndjson", '{"night": "2026-11-03", "kind": "broke"'),
        ("2026-11-03.md", "# Night of 2026-11-03\n"),
        (
            "feed.xml",
            '<?xml version="1.0"?>\n<feed xmlns="http://a.example/">\n  <title>Link report: a.csv',
        ),
        (
            "badge.json",
            '{\n  "schemaVersion": 1,\n  "label": "links",\n  "message": "1 of 2 broken"',
        ),
        (
            "junit.xml",
            '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Link report: a.csv" tests="1"',
        ),
        ("README.md", ""),
    ],
)
def test_reports_of_earlier_versions_stay_known(name: str, beginning: str) -> None:
    assert is_report(name, beginning)


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("README.md", "# My project\n\n# Link report: resources.csv\n"),
        ("README.md", "\n"),
        ("index.html", "<!DOCTYPE html>\n<title>My site</title>"),
        ("latest.json", "{}"),
        ("latest.json", '{"schema": "mine"}'),
        ("events.ndjson", '{"event": 1}'),
        (
            "feed.xml",
            '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>My blog',
        ),
        ("badge.json", '{"schemaVersion": 1, "label": "tests", "message": "passing"}'),
        ("junit.xml", '<?xml version="1.0"?>\n<testsuites name="pytest tests">'),
        (
            "findings.sarif",
            '{"$schema": "x", "version": "2.1.0", "runs": [{"tool": {"driver": {"name": "CodeQL"',
        ),
        ("2026-11-03.md", "# Monday\n"),
        ("notes.md", "# Link report: "),
    ],
)
def test_any_other_file_is_a_persons(name: str, beginning: str) -> None:
    assert not is_report(name, beginning)
