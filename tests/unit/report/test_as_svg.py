"""The picture of the list's health: well-formed, safe, and the same until something changes."""

from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from crawler import report
from crawler.model import Histories, Snapshot
from crawler.report import as_svg
from tests.support.many_nights import many_nights
from tests.support.report_builders import NIGHT, make_run, make_snapshot

SVG = "{http://www.w3.org/2000/svg}"


def rendered(snapshot: Snapshot) -> str:
    return as_svg.render(report.build(snapshot))


def texts(snapshot: Snapshot) -> list[str]:
    tree = ElementTree.fromstring(rendered(snapshot))  # noqa: S314 - our own
    return ["".join(text.itertext()) for text in tree.iter(f"{SVG}text")]


def test_picture_tells_how_many_work_and_when() -> None:
    assert texts(many_nights(100, 24)) == [
        "76 of 100 links work",
        "resources.csv",
        "40",
        "20",
        "0",
        "2026-08-24",
        "2026-11-21",
        "8 broken",
        "3 to look at",
        "2 failing",
        "7 moved",
        "2 blocked",
        "2 not asked",
    ]


def test_list_without_a_history_has_a_picture_too() -> None:
    assert texts(make_snapshot())[0] == "0 of 0 links work"


@pytest.mark.parametrize("quiet", [1, 30, 44])
def test_nights_without_events_change_no_byte(quiet: int) -> None:
    before = many_nights(100, 24)
    night = NIGHT + timedelta(days=quiet)
    nights = [day + timedelta(days=quiet) for day in before.histories.nights]
    grown = {
        key: replace(history, marks=history.marks[quiet:] + history.marks[-1] * quiet)
        for key, history in before.histories.of.items()
    }
    # The stored histories go so far back that all of the nights shown are still there.
    earlier = tuple(before.histories.nights[:quiet])
    of = {
        key: replace(history, marks=before.histories.of[key].marks[:quiet] + history.marks)
        for key, history in grown.items()
    }
    after = replace(
        before,
        run=make_run(night, 200),
        histories=Histories(nights=(*earlier, *nights), of=of),
    )
    assert rendered(after) == rendered(before)


def test_hostile_name_of_a_list_stays_text() -> None:
    name = "</title><script>alert(1)</script>&.csv"
    of = replace(make_snapshot(), resources_name=name)
    assert "<script" not in rendered(of)
    assert texts(of)[1] == name
