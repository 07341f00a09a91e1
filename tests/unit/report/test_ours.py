"""Reports are known from the files of people by how they begin."""

from datetime import UTC

import pytest

from crawler.report import as_html, as_json, as_markdown, as_ndjson, as_svg, build
from crawler.report.nights import by_night
from crawler.report.ours import BEGINNING, is_report
from tests.support.report_scenarios import SCENARIOS


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_report_of_today_is_known(scenario: str) -> None:
    snapshot = SCENARIOS[scenario]()
    report = build(snapshot)
    nights = list(by_night([(snapshot.run.started_at, c) for c in snapshot.changes], UTC))
    texts = {
        "README.md": as_markdown.render(report),
        "index.html": "".join(as_html.render(report)),
        "health.svg": as_svg.render(report),
        "latest.json": "".join(as_json.render(report)),
        "events.ndjson": "".join(as_ndjson.render(nights)),
        **{f"{night.date}.md": as_markdown.render_night(night) for night in nights},
    }
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
        ("2026-11-03.md", "# Monday\n"),
        ("notes.md", "# Link report: "),
    ],
)
def test_any_other_file_is_a_persons(name: str, beginning: str) -> None:
    assert not is_report(name, beginning)
