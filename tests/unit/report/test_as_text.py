import pytest

from crawler import report
from crawler.model import ChangeKind, Reason, Snapshot, State
from crawler.report import as_text
from tests.support.report_builders import (
    BEFORE,
    make_change,
    make_record,
    make_resource,
    make_snapshot,
)
from tests.support.report_scenarios import SCENARIOS, bad_night


def said(snapshot: Snapshot) -> str:
    return as_text.render(report.build(snapshot))


def test_quiet_night_is_one_sentence() -> None:
    change = make_change(ChangeKind.TITLE, None, "Old", "New")
    snapshot = make_snapshot(make_record(), changes=(change,), changed_at=BEFORE)
    assert said(snapshot) == "Nothing changed. 1 link: 1 works (same as 2026-11-20).\n"


def test_night_without_any_change_so_far_is_compared_with_the_run_before() -> None:
    assert "(same as 2026-11-20)" in said(make_snapshot(make_record()))


def test_what_waited_before_is_reported_apart_from_what_is_new() -> None:
    text = said(bad_night())
    assert text.index("New (4)") < text.index("Still waiting for you (1)")
    assert text.count("Practical Raft") == 1


def test_resource_without_a_title_is_named_by_its_url() -> None:
    record = make_record(
        make_resource(7, "", "https://x.example/"), Reason.HTTP_404, state=State.BROKEN, since=None
    )
    assert "  line 7, https://x.example/\n    The server says" in said(make_snapshot(record))


def test_resource_that_left_the_list_has_no_line() -> None:
    change = make_change(ChangeKind.REMOVED, make_resource(9, "Gone"))
    assert "  Removed: Gone\n" in said(make_snapshot(make_record(), changes=(change,)))


def test_move_without_an_address_is_still_reported() -> None:
    change = make_change(ChangeKind.MOVED, make_resource(0))
    text = said(make_snapshot(make_record(), changes=(change,)))
    assert "  A page\n" in text
    assert "New address" not in text


@pytest.mark.parametrize("name", SCENARIOS)
def test_lines_fit_a_terminal_without_control_characters(name: str) -> None:
    text = said(SCENARIOS[name]())
    assert all(len(line) <= 100 for line in text.splitlines())
    assert text.replace("\n", "").isprintable()


def test_url_that_is_none_cannot_reach_the_terminal_raw() -> None:
    url = "not\na \x1b[31murl\u202e"
    record = make_record(make_resource(url=url), Reason.INVALID_URL, state=State.BROKEN)
    assert said(make_snapshot(record)).replace("\n", "").isprintable()


def test_long_address_stays_whole() -> None:
    url = "https://example.org/" + "a-" * 80
    record = make_record(make_resource(url=url), Reason.HTTP_404, state=State.BROKEN)
    assert url in said(make_snapshot(record))
