"""What one look at some links says, in words and as JSON."""

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from crawler.model import Context, Declared, Notice, Reason, Resource, WarningCode
from crawler.report.today import CheckedLink, Today
from crawler.report.today.today_json import render
from crawler.report.today.today_text import MOST_NOTICED, Line, one, overview
from crawler.report.wording import today_words
from crawler.report.wording.today_words import Group
from tests.support.builders import (
    URL,
    make_check,
    make_facts,
    make_judgement,
    make_page,
    make_probing,
    make_resource,
)

WIDTH = 80


def link(reason: Reason, resource: Resource | None = None, file: str = "list.csv") -> CheckedLink:
    return CheckedLink(check=make_check(reason, resource=resource), file=file)


def shown(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)


def overview_of(*links: CheckedLink, width: int = WIDTH) -> str:
    return shown(overview(Today(links=links), width))


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_group_and_a_step_that_needs_no_history(reason: Reason) -> None:
    for is_row in (True, False):
        wording = today_words.describe(reason, is_row=is_row)
        said = f"{wording.what} {wording.step}"
        assert "{" not in said
        assert "crawler accept" not in said
        assert "every run" not in said
        assert is_row or " row" not in wording.step
        is_working = today_words.group_of(reason) is Group.WORKS
        assert wording.step or is_working


def test_what_is_gone_or_wrong_in_the_list_is_bad_and_nothing_else() -> None:
    bad = {reason for reason in Reason if Today(links=(link(reason),)).is_bad}
    groups = {today_words.group_of(reason) for reason in bad}
    assert groups == {Group.GONE, Group.IN_LIST}
    assert bad == {r for r in Reason if today_words.group_of(r) in groups}


# --- the overview -------------------------------------------------------------------------------


def test_links_are_grouped_the_urgent_first_and_those_that_work_are_counted() -> None:
    text = overview_of(
        link(Reason.OK),
        link(Reason.FORBIDDEN),
        link(Reason.HTTP_404, make_resource(title="Gone", line=17)),
        link(Reason.HTTP_404, make_resource(title="Gone too")),
        link(Reason.INVALID_URL, make_resource("nowhere", title="Odd")),
    )
    assert text.startswith(
        "5 links checked: 1 has no usable URL, 2 are gone, 1 is blocked, 1 works.\n\nNo usable URL"
    )
    assert (
        "  No. 1, list.csv:17: Gone\n    https://example.org/guides/raft\n    The server" in text
    )
    assert text.index("No usable URL (1)") < text.index("Gone (2)") < text.index("Blocked (1)")
    assert "Works (" not in text
    assert text.count(today_words.ONE_LOOK[:40]) == 1


def test_when_nothing_is_bad_nothing_is_said_of_confirmation() -> None:
    assert overview_of(link(Reason.OK)) == "1 link checked: 1 works."
    assert overview_of() == "No link was checked."


def test_a_resource_without_number_and_title_is_its_place_and_url() -> None:
    bare = Resource(key=URL, url=URL, line=3)
    assert f"\n  list.csv:3: {URL}\n    The server" in overview_of(link(Reason.HTTP_404, bare))
    assert f"\n  {URL}\n    The server" in overview_of(link(Reason.HTTP_404, bare, file=""))


def test_a_move_has_its_new_address_and_a_doubt_the_title_seen() -> None:
    moved = make_check(
        make_judgement(Reason.PERMANENT_REDIRECT, suggested_url="https://example.org/new")
    )
    facts = replace(make_facts(), seen=make_page("Garden chairs"))
    doubtful = make_check(Reason.SUSPECT_REPLACED, facts=facts)
    text = overview_of(*(CheckedLink(check=one, file="list.csv") for one in (moved, doubtful)))
    assert "    New address: https://example.org/new\n" in text
    assert "    Its title: Garden chairs\n" in text


def test_a_page_that_works_is_shown_for_a_warning_that_says_its_row_may_be_wrong() -> None:
    warned = make_judgement(warnings=(WarningCode.SLOW, WarningCode.TITLE_MISMATCH))
    text = overview_of(CheckedLink(check=make_check(warned, page=make_page("Chairs"))))
    assert text.startswith("1 link checked: 1 works with a warning.\n\nWorks, but (1)\n")
    assert "The page's title does not fit the list's.\n    Its title: Chairs" in text
    assert "slow" not in text
    slow = make_check(make_judgement(warnings=(WarningCode.SLOW,)))
    assert "Works, but" not in overview_of(CheckedLink(check=slow))
    told = CheckedLink(check=slow, reported=(WarningCode.SLOW,))
    assert "\n    Slow." in overview_of(told)


def test_a_warning_that_many_have_is_counted() -> None:
    def warned(*codes: WarningCode) -> CheckedLink:
        return CheckedLink(check=make_check(make_judgement(warnings=codes)))

    http = warned(WarningCode.INSECURE_HTTP)
    both = warned(WarningCode.INSECURE_HTTP, WarningCode.EMPTY_BODY)
    few = [both, *[http] * (MOST_NOTICED - 1)]
    assert overview_of(*few).count("ot encrypted") == MOST_NOTICED
    text = overview_of(*few, http)
    assert text.count(URL) == 1
    assert text.endswith(
        "    11 links: not encrypted (http).\n    `crawler check --json` says which."
    )


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal_but_urls_stay_whole(width: int) -> None:
    long = make_resource("https://example.org/" + "x" * 150, title="")
    checked = [link(reason, long) for reason in Reason]
    lines = list(overview(Today(links=tuple(checked)), width))
    assert all(len(line.text) <= width or "https://" in line.text for line in lines)
    assert any(long.url in line.text for line in lines)


def test_hostile_text_cannot_leave_its_line() -> None:
    resource = make_resource("https://example.org/\x1b[2J", title="a\n::error::\x1b[31m")
    text = overview_of(link(Reason.HTTP_404, resource))
    assert "\x1b" not in text
    assert "\n::error" not in text


def test_rows_that_an_older_copy_has_are_counted_and_oddities_told() -> None:
    nothing = Today(links=(), of_rows=9)
    assert shown(overview(nothing, WIDTH)) == "No row is new or changed; nothing was asked."
    notice = Notice(line=4, text="Line 4 repeats the URL of line 2; it is asked once.")
    today = Today(links=(link(Reason.OK),), of_rows=9, notices=(("list.csv", notice),))
    text = shown(overview(today, WIDTH))
    assert text.startswith("1 of 9 rows is new or changed.\n1 link checked: 1 works.\n")
    assert text.endswith("\nlist.csv:4: Line 4 repeats the URL of line 2; it is asked once.")


def test_what_a_signal_left_is_counted() -> None:
    today = Today(links=(link(Reason.OK),), unchecked=2)
    assert shown(overview(today, WIDTH)).endswith("\n\nInterrupted: 2 links were not checked.")


# --- one link -----------------------------------------------------------------------------------


def test_one_link_is_told_in_full() -> None:
    page = make_page("Practical Raft, 2nd edition", description="How to agree.")
    checked = make_check(Reason.OK, page=page)
    text = shown(one(CheckedLink(check=checked, file="list.csv"), WIDTH))
    assert text.startswith(f"Practical Raft\n{URL}\n\nWorks\n    It answers.\n")
    assert "\nRow            No. 1, list.csv:2, Distributed systems\n" in text
    assert f"\nAsked          200 {URL}\n" in text
    assert "\nTitle          Practical Raft, 2nd edition\n" in text
    assert "\nDescription    How to agree.\n" in text
    assert "Last good page" not in text


def test_the_title_of_the_page_stands_for_one_that_is_missing() -> None:
    bare = Resource(key=URL, url=URL)
    checked = make_check(Reason.OK, resource=bare, page=make_page("Practical Raft"))
    assert next(one(CheckedLink(check=checked), WIDTH)).text == "Practical Raft"
    gone = make_check(Reason.HTTP_404, resource=bare)
    lines = list(one(CheckedLink(check=gone), WIDTH))
    assert lines[0].text == URL
    assert not any(line.text.startswith("Row") for line in lines)


# --- JSON ---------------------------------------------------------------------------------------


def test_json_has_what_is_known_without_history() -> None:
    checked = make_check(Reason.HTTP_404, facts=make_facts(status_code=404))
    (listed, bare) = json.loads(
        render(
            Today(links=(CheckedLink(check=checked, file="list.csv"), CheckedLink(check=checked)))
        )
    )
    assert (listed["file"], listed["line"], listed["number"]) == ("list.csv", 2, 1)
    assert (bare["file"], bare["verdict"], bare["reason"]) == (None, "dead", "http_404")
    assert bare["next_step"] == "Look for its new place."
    assert listed["http_status"] == 404
    assert not {"state", "class", "since", "incidents", "nights", "events"} & {*listed}


def test_json_of_probes_and_pages_is_that_of_the_dossier() -> None:
    page = make_page(description=Declared(value="How to agree.", origin="og"))
    context = Context(probing=make_probing())
    (found,) = json.loads(
        render(Today(links=(CheckedLink(check=make_check(page=page, context=context)),)))
    )
    assert found["description"] == "How to agree."
    assert [probe["status"] for probe in found["probes"]] == [404, 404]
