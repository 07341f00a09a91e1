from dataclasses import replace
from datetime import timedelta, timezone

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
from tests.support.report_scenarios import SCENARIOS, bad_night, first_look, quiet_night


def said(snapshot: Snapshot) -> str:
    return as_text.render(report.build(snapshot))


def test_quiet_night_is_one_sentence() -> None:
    change = make_change(ChangeKind.TITLE, None, "Old", "New")
    snapshot = make_snapshot(make_record(), changes=(change,), changed_at=BEFORE)
    assert said(snapshot) == "Nothing changed. 1 link: 1 works (same as 2026-11-20).\n"


def test_night_without_any_change_so_far_is_compared_with_the_run_before() -> None:
    assert "(same as 2026-11-20)" in said(make_snapshot(make_record()))


def test_that_run_has_the_date_of_the_reports_zone() -> None:
    snapshot = replace(make_snapshot(make_record()), zone=timezone(timedelta(hours=-12)))
    assert "(same as 2026-11-19)" in said(snapshot)


def test_what_needs_a_person_comes_first_and_once() -> None:
    text = said(bad_night())
    titles = ["To mend (2)", "Addresses to take over (2)", "New (1)", "Being watched (1)", "Back"]
    assert sorted(titles, key=text.index) == titles
    assert text.count("Practical Raft (new)") == text.count("Practical Raft") == 1


def test_addresses_that_were_told_before_are_only_counted() -> None:
    assert "Addresses to take over (2)\n  2 from before" in said(quiet_night())


def test_what_was_never_confirmed_and_is_over_is_counted_in_one_line() -> None:
    change = make_change(ChangeKind.CLASS, None, "failing http_5xx", "ok ok")
    text = said(make_snapshot(make_record(), changes=(change,)))
    assert text.endswith("\n\nWorks again, and was never confirmed as broken (1)\n")


def test_first_look_lists_all_that_is_dead_moved_doubtful_or_blocked() -> None:
    text = said(first_look())
    assert "Gone at first sight, to be confirmed (1)" in text
    assert "Addresses to take over (2)" in text
    assert "Blocked or not asked (4)" in text
    assert text.count("    -> ") == 7


def test_resource_without_a_title_is_named_by_its_url() -> None:
    record = make_record(
        make_resource(7, "", "https://x.example/"), Reason.HTTP_404, state=State.BROKEN, since=None
    )
    assert "  No. 6, resources.csv:7: https://x.example/\n    The server says" in said(
        make_snapshot(record)
    )


def test_resource_that_left_the_list_has_no_line() -> None:
    change = make_change(ChangeKind.REMOVED, make_resource(9, "Gone"))
    assert "  Removed: Gone\n" in said(make_snapshot(make_record(), changes=(change,)))


def test_move_without_an_address_is_still_reported() -> None:
    change = make_change(ChangeKind.MOVED, make_resource(0))
    text = said(make_snapshot(make_record(), changes=(change,)))
    assert "  No. -1: A page\n" in text
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


def test_what_is_new_is_not_cut_off_behind_what_is_old() -> None:
    records = [
        make_record(make_resource(line), Reason.HTTP_404, state=State.BROKEN)
        for line in range(2, 60)
    ]
    change = make_change(ChangeKind.BROKE, records[-1].resource, None, "dead http_404")
    text = said(make_snapshot(*records, changes=(change,)))
    first = text.split("To mend (58)\n")[1].splitlines()[0]
    assert first == "  No. 58, resources.csv:59: A page (new)"
