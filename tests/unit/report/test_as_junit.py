from datetime import date
from typing import Any

import pytest

from crawler.model import Mute, Reason, Record, State
from tests.support.report_builders import make_record, make_resource, make_snapshot
from tests.support.report_forms import junit, xml
from tests.support.report_scenarios import SCENARIOS, bad_night


def cases(text: str) -> list[Any]:
    return xml(text).findall("testsuite/testcase")


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("fail_on", [("broken",), ("suspect", "moved", "blocked")])
def test_counts_are_those_of_the_cases(scenario: str, fail_on: tuple[str, ...]) -> None:
    root = xml(junit(SCENARIOS[scenario](), *fail_on))
    for suite in (root, root[0]):
        assert suite.get("tests") == str(len(root.findall(".//testcase")))
        assert suite.get("failures") == str(len(root.findall(".//failure")))
        assert suite.get("skipped") == str(len(root.findall(".//skipped")))


def test_failures_are_the_links_of_the_classes_to_fail_on() -> None:
    def failed(*fail_on: str) -> list[str]:
        return [
            case.get("line")
            for case in cases(junit(bad_night(), *fail_on))
            if len(case) and case[0].tag == "failure"
        ]

    assert failed("broken") == ["77", "42"]
    assert failed("moved") == ["18", "19"]
    assert failed("blocked", "suspect") == ["55", "56"]


def test_a_failure_says_what_happened_and_what_to_do() -> None:
    record = make_record(make_resource(7, "Raft"), Reason.HTTP_404, state=State.BROKEN)
    ((case,), *_) = [cases(junit(make_snapshot(record)))]
    assert dict(case.attrib) == {
        "classname": "Basics",
        "name": "Raft https://example.org/7",
        "file": "lists/resources.csv",
        "line": "7",
        "time": "0.217",
    }
    (failure,) = case
    assert failure.get("type") == "http_404"
    assert failure.get("message") == "The server says that there is no such page (404)."
    assert failure.text == (
        "No. 6, resources.csv:7. The server says that there is no such page (404). "
        "Since 2026-11-01. Look for its new place; otherwise replace or remove the link."
    )


@pytest.mark.parametrize(
    ("record", "tags"),
    [
        (make_record(), []),
        (
            make_record(reason=Reason.PERMANENT_REDIRECT, suggested_url="https://a.example/"),
            ["system-out"],
        ),
        (make_record(reason=Reason.FORBIDDEN), ["skipped"]),
        (Record(resource=make_resource()), ["skipped"]),
        (
            Record(
                resource=make_resource(),
                check=make_record(reason=Reason.HTTP_404).check,
                mute=Mute(until=date(2027, 1, 1)),
            ),
            ["skipped"],
        ),
    ],
)
def test_what_is_no_failure(record: Record, tags: list[str]) -> None:
    (case,) = cases(junit(make_snapshot(record)))
    assert [result.tag for result in case] == tags


def test_hostile_text_stays_text() -> None:
    evil = make_resource(2, "</testcase><evil/>\uffff\x00", 'https://a.example/"><x>')
    (case,) = cases(junit(make_snapshot(make_record(evil, Reason.HTTP_404, state=State.BROKEN))))
    assert case.get("name") == '</testcase><evil/>\ufffd https://a.example/"><x>'
