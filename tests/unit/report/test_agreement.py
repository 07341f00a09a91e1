"""The forms of a report do not contradict each other, nor themselves."""

import re
from dataclasses import replace

import pytest

from crawler import report
from crawler.model import NIGHT_MARKS, ChangeKind, FindingClass, Histories, Snapshot
from crawler.report import as_html
from tests.support.many_nights import many_nights
from tests.support.report_builders import make_change, make_record, make_snapshot
from tests.support.report_forms import FORMS


def page(snapshot: Snapshot) -> str:
    return "".join(as_html.render(report.build(snapshot)))


PAGES = {**FORMS, "index.html": page}


def over() -> Snapshot:
    """A night on which a link recovered that was only watched."""
    record = make_record()
    change = make_change(ChangeKind.CLASS, record.resource, "failing http_5xx", "ok ok")
    return make_snapshot(record, changes=(change,))


@pytest.mark.parametrize("form", ["README.md", "night.md", "feed.xml", "index.html"])
def test_what_recovered_is_not_said_to_be_watched(form: str) -> None:
    text = PAGES[form](over())
    assert "being watched" not in text.lower()
    assert "No longer watched" in text


def test_picture_and_header_of_the_page_count_alike() -> None:
    snapshot = many_nights(40, 12)
    blocked = NIGHT_MARKS[FindingClass.BLOCKED]
    # One blocked check ends no trouble, and makes no link that works a blocked one.
    of = {
        key: replace(history, marks=history.marks[:-1] + blocked)
        for key, history in snapshot.histories.of.items()
    }
    histories = Histories(nights=snapshot.histories.nights, of=of)
    text = page(replace(snapshot, histories=histories))
    header = dict(re.findall(r'href="#state=(\w+)">.*?<b>(\d+)</b>', text))
    legend = dict(re.findall(r'<span><i class="(\w+)"></i>(\d+) ', text))
    assert legend["blocked"] == "1"
    assert legend == {kind: header.get(kind, "0") for kind in legend}
