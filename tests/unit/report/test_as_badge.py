from json import loads

import pytest

from crawler import report
from crawler.model import Reason, Snapshot, State
from crawler.report import as_badge
from tests.support.report_builders import make_record, make_resource, make_snapshot
from tests.support.report_scenarios import bad_night, first_look, quiet_night


def rendered(snapshot: Snapshot) -> str:
    return as_badge.render(report.build(snapshot))


SUSPECT = make_record(make_resource(3), Reason.SUSPECT_REPLACED, state=State.SUSPECT)


@pytest.mark.parametrize(
    ("snapshot", "message", "colour"),
    [
        (first_look(), "18 listed, first look", "blue"),
        (bad_night(), "2 of 21 broken", "red"),
        (make_snapshot(make_record(), SUSPECT), "1 of 2 to look at", "yellow"),
        (make_snapshot(make_record()), "1 listed, none broken", "brightgreen"),
    ],
)
def test_message_names_the_worst(snapshot: Snapshot, message: str, colour: str) -> None:
    assert loads(rendered(snapshot)) == {
        "schemaVersion": 1,
        "label": "links",
        "message": message,
        "color": colour,
    }


def test_a_quiet_night_leaves_the_bytes_alone() -> None:
    assert rendered(quiet_night()) == rendered(bad_night())
