from dataclasses import replace
from datetime import timedelta
from json import loads
from typing import Any

from crawler import report
from crawler.model import Record, Snapshot
from crawler.report import as_json
from tests.support.report_builders import make_record, make_resource, make_snapshot
from tests.support.report_scenarios import bad_night, first_look


def parsed(snapshot: Snapshot) -> Any:
    return loads("".join(as_json.render(report.build(snapshot))))


def test_text_ends_with_one_newline_and_keeps_letters() -> None:
    snapshot = make_snapshot(make_record(make_resource(title="Größe")))
    text = "".join(as_json.render(report.build(snapshot)))
    assert text.endswith("}\n")
    assert "Größe" in text


def test_counts_add_up() -> None:
    content = parsed(bad_night())
    counts = content["counts"]
    assert counts["links"] == len(content["records"]) == sum(counts["classes"].values())
    assert sum(counts["verdicts"].values()) == counts["links"]
    assert counts["need_you"] == 2


def test_times_are_utc_with_milliseconds() -> None:
    content = parsed(bad_night())
    assert content["run"]["started_at"] == "2026-11-21T03:17:00.000Z"
    assert content["changed_at"] == "2026-11-21T03:17:00.000Z"
    assert content["previous_run"]["id"] == 20


def test_first_run_has_no_previous_one() -> None:
    assert parsed(first_look())["previous_run"] is None


def test_record_without_a_check_has_the_same_fields() -> None:
    with_check, without = parsed(make_snapshot(make_record(), Record(resource=make_resource(3))))[
        "records"
    ]
    assert list(with_check) == list(without)
    assert without["verdict"] is without["checked_at"] is without["elapsed_ms"] is None


def test_a_check_may_take_no_time_at_all() -> None:
    known = make_record()
    assert known.check is not None
    record = replace(known, check=replace(known.check, elapsed=timedelta()))
    assert parsed(make_snapshot(record))["records"][0]["elapsed_ms"] == 0


def test_page_fields_come_with_their_origin() -> None:
    (record,) = parsed(make_snapshot(make_record(page_title="Its title")))["records"]
    assert record["title"] == "Its title"
    assert record["page"]["title"] == {"value": "Its title", "origin": "title"}
    assert record["page"]["language"] is None
    assert record["elapsed_ms"] == 217
