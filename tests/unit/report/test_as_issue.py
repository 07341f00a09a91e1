"""The report as an issue: how long it is, what it says of itself, and what it does to others."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from crawler import report
from crawler.model import ChangeKind, Reason, Snapshot, State
from crawler.report import as_issue
from crawler.report.as_issue import MOST, IssueText, Mark, mark_of
from tests.support.hostile import hostile_snapshots
from tests.support.many_nights import many_nights
from tests.support.report_builders import make_change, make_record, make_resource, make_snapshot
from tests.support.report_scenarios import bad_night, first_look, quiet_night

GITHUB = MarkdownIt("gfm-like")


def rendered(snapshot: Snapshot) -> IssueText:
    return as_issue.render(report.build(snapshot))


def test_the_body_says_which_night_it_tells_and_how_much_is_to_do() -> None:
    issue = rendered(bad_night())
    assert mark_of(issue.body) == issue.mark
    assert issue.mark.night == "2026-11-21"
    assert issue.mark.to_do > 0
    assert "## New on 2026-11-21" in issue.body
    assert issue.comment.startswith(issue.comment_mark)


def test_the_first_look_is_a_night_without_a_comment() -> None:
    issue = rendered(first_look())
    assert (issue.mark.night, issue.comment) == ("2026-11-01", "")


@pytest.mark.parametrize("body", ["", "Hello", "x<!-- resource-crawler: link report; night=; -->"])
def test_only_our_mark_at_the_beginning_counts(body: str) -> None:
    assert mark_of(body) is None
    ours = as_issue.render(report.build(quiet_night())).body
    assert mark_of(f"> {ours}") is None
    assert mark_of(ours)


@pytest.mark.slow
def test_a_long_list_in_ruins_is_told_within_what_github_takes() -> None:
    found = many_nights(600, 600, 2)
    wide = {
        key: replace(one, resource=replace(one.resource, title="\N{SNOWMAN}" * 200))
        for key, one in found.records.items()
    }
    issue = rendered(replace(found, records=wide))
    assert MOST // 4 < len(issue.body) <= MOST
    assert len(issue.comment) <= MOST
    assert re.search(r"^- And \d+ more", issue.body, re.MULTILINE)
    assert issue.body.endswith("when nothing is left to do.\n")


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://github.com/a/b/issues/1", "https://redirect.github.com/a/b/issues/1"),
        ("https://www.github.com/a/b/pull/1", "https://redirect.github.com/a/b/pull/1"),
        ("https://github.com/a/b", "https://github.com/a/b"),
        ("https://example.org/github.com/a/b/issues/1", None),
    ],
)
def test_links_to_issues_of_others_leave_no_trace_there(url: str, target: str | None) -> None:
    link = make_resource(url=url)
    broken = make_record(link, Reason.HTTP_404, state=State.BROKEN)
    change = make_change(ChangeKind.BROKE, link, "ok ok", "dead http_404")
    issue = rendered(make_snapshot(broken, changes=(change,)))
    for text in (issue.body, issue.comment):
        assert f"(<{target or url}>)" in text


@settings(max_examples=50)
@given(hostile_snapshots())
def test_foreign_text_stays_in_its_place(snapshot: Snapshot) -> None:
    issue = rendered(snapshot)
    assert isinstance(issue.mark, Mark)
    for text in filter(None, (issue.body, issue.comment)):
        mark, _, rest = text.partition("\n")
        assert mark.startswith("<!-- resource-crawler: ")
        assert not re.search(r"[@#]\w|\bGH-\d", re.sub(r"<https?://[^>]*>", "", rest), re.ASCII)
        blocks = {token.type for token in GITHUB.parse(rest)}
        inline = {child.type for token in GITHUB.parse(rest) for child in token.children or ()}
        assert not (blocks | inline) & {"html_block", "html_inline", "image", "table_open"}
