"""What a reader's Markdown parser makes of the report, hostile lists and pages included."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from crawler import report
from crawler.compare import to_report
from crawler.model import (
    Attempts,
    ChangeKind,
    Reason,
    Record,
    RunStatus,
    Snapshot,
    State,
    WarningCode,
)
from crawler.report import as_markdown
from tests.support.hostile import hostile_snapshots
from tests.support.report_builders import (
    BEFORE,
    NIGHT,
    make_change,
    make_record,
    make_resource,
    make_run,
    make_snapshot,
)
from tests.support.report_scenarios import bad_night, first_look, quiet_night


def _length_of_host(_: object, text: str, start: int) -> int:
    found = re.match(r"[\w-]+\.[\w.-]+", text[start:])
    return found.end() if found else 0


def _github() -> MarkdownIt:
    """Links `www.` and schemes, but no bare domain such as `a.org`, as GitHub does (GFM §6.9)."""
    markdown = MarkdownIt("gfm-like")
    assert markdown.linkify is not None
    markdown.linkify.set({"fuzzy_link": False})
    markdown.linkify.add("www.", {"validate": _length_of_host})
    return markdown


GITHUB = _github()


def rendered(snapshot: Snapshot) -> str:
    return as_markdown.render(report.build(snapshot))


def tokens(text: str) -> Iterator[Token]:
    for token in GITHUB.parse(text):
        yield token
        yield from token.children or ()


def links(text: str) -> list[tuple[str, str]]:
    """Address and text of every link."""
    found = []
    for token in GITHUB.parse(text):
        children = token.children or []
        for place, child in enumerate(children):
            if child.type == "link_open":
                end = next(i for i in range(place, len(children)) if children[i].nesting < 0)
                shown = "".join(inner.content for inner in children[place + 1 : end])
                found.append((str(child.attrs["href"]), shown.replace("\u200b", "")))
    return found


# --- what stands where --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("snapshot", "sentence"),
    [
        (make_snapshot(make_record()), "Nothing has changed since the first look."),
        (
            make_snapshot(make_record(), changed_at=BEFORE),
            "The last change was on 2026-11-20.",
        ),
    ],
)
def test_night_without_known_events_says_when_the_last_was(
    snapshot: Snapshot, sentence: str
) -> None:
    assert sentence in rendered(snapshot).splitlines()


def test_sections_stand_in_the_order_of_urgency() -> None:
    reasons = (
        (Reason.FORBIDDEN, State.HEALTHY),
        (Reason.HTTP_5XX, State.FAILING),
        (Reason.PERMANENT_REDIRECT, State.HEALTHY),
        (Reason.OK, State.SUSPECT),
        (Reason.HTTP_404, State.BROKEN),
    )
    records = (
        make_record(make_resource(line), reason, state=state)
        for line, (reason, state) in enumerate(reasons, 2)
    )
    headings = [
        line for line in rendered(make_snapshot(*records)).splitlines() if line[:3] == "## "
    ]
    assert headings == [
        "## Broken (1)",
        "## Look at these (1)",
        "## Moved for good (1)",
        "## Failing, not confirmed (1)",
        "## Blocked or not asked (1)",
        "## All links",
        "## How to read this",
    ]


@pytest.mark.parametrize(
    ("url", "reason", "new_url", "move"),
    [
        ("http://a.example/", Reason.HTTPS_UPGRADE, "https://a.example/", "https only"),
        ("https://a.example/x", Reason.TRIVIAL_REDIRECT, "https://a.example/x/", "spelling only"),
        ("https://a.example/x", Reason.PERMANENT_REDIRECT, "https://a.example/y", "same host"),
        ("https://a.example/x", Reason.PERMANENT_REDIRECT, "https://b.example/y", "other host"),
    ],
)
def test_move_is_reported_by_how_far_it_goes(
    url: str, reason: Reason, new_url: str, move: str
) -> None:
    record = make_record(make_resource(url=url), reason, suggested_url=new_url)
    text = rendered(make_snapshot(record))
    assert f", No. 1, resources.csv:2\\\n  Now at <{new_url}> ({move})\n" in text


def test_move_to_nowhere_known_says_so() -> None:
    text = rendered(make_snapshot(make_record(reason=Reason.PERMANENT_REDIRECT)))
    assert "  Now at an address that is not known\n" in text


def test_blocked_links_of_one_host_share_an_item() -> None:
    records = (
        make_record(make_resource(line, f"Page {line}"), Reason.FORBIDDEN) for line in (2, 3)
    )
    assert (
        "- `example.org`: The server refuses to answer a robot. Open it in a browser; if it works "
        "there, leave the link as it is.\\\n"
        "  Links: [Page 2](<https://example.org/2>) (No. 1, resources.csv:2), last worked 2026-11-20; "
        "[Page 3](<https://example.org/3>) (No. 2, resources.csv:3), last worked 2026-11-20\n"
    ) in rendered(make_snapshot(*records))


def test_each_link_that_needs_somebody_stands_once_above_all_links() -> None:
    text, _, _ = rendered(bad_night()).partition("## Worth a look")
    addresses = [address for address, _ in links(text)]
    for url in ("https://example.org/raft", "https://queuekit.example/"):
        assert addresses.count(url) == 1
    assert "## Still broken (1)" in text
    assert text.count("Kafka in a nutshell") == 1


def test_a_link_that_is_wrong_in_the_list_is_not_new_as_well() -> None:
    record = make_record(make_resource(url="htp:/x"), Reason.INVALID_URL, state=State.BROKEN)
    change = make_change(ChangeKind.BROKE, record.resource, None, "dead invalid_url")
    text = rendered(make_snapshot(record, changes=(change,)))
    assert "## Wrong in the list itself (1)" in text
    assert "## New" not in text


def test_all_links_are_grouped_by_category() -> None:
    records = (
        make_record(make_resource(line, category=category))
        for line, category in ((2, "B"), (3, ""), (4, "B"))
    )
    text = rendered(make_snapshot(*records)).partition("## All links")[2]
    headings = [line for line in text.splitlines() if line.startswith("**")]
    assert headings == ["**B**", "**Without a category**"]
    plain = rendered(make_snapshot(make_record(make_resource(category=""))))
    assert "</summary>\n\n- [A page]" in plain


def test_headings_stand_apart_where_lists_are_cut() -> None:
    reasons = (Reason.HTTP_404, Reason.HTTP_5XX, Reason.PERMANENT_REDIRECT)
    records = (
        make_record(
            make_resource(line),
            reasons[line % 3],
            state=State.BROKEN if line % 3 == 0 else None,
            warnings=(WarningCode.TITLE_MISMATCH,),
        )
        for line in range(2, 400)
    )
    text = rendered(make_snapshot(*records))
    assert text.count("- And ") == 4
    lines = text.splitlines()
    for place, line in enumerate(lines[1:], 1):
        assert not line.startswith("#") or lines[place - 1] == ""
    assert "\n\n\n" not in text


def test_nothing_is_wider_than_a_phone() -> None:
    for snapshot in (first_look(), bad_night(), quiet_night()):
        assert not any(token.type == "table_open" for token in tokens(rendered(snapshot)))


def test_title_that_does_not_fit_is_quoted_as_it_was_reported() -> None:
    record = make_record(warnings=(WarningCode.TITLE_MISMATCH,), page_title="Quite another")
    record = replace(record, reported=to_report(record, NIGHT))
    tonight = make_record(warnings=(WarningCode.TITLE_MISMATCH,), page_title="(2) Quite another")
    later = replace(tonight, reported=record.reported)
    for known in (record, later):
        assert "title is `Quite another`" in rendered(make_snapshot(known))


def test_page_without_a_title_is_not_quoted() -> None:
    record = make_record(warnings=(WarningCode.TITLE_MISMATCH,))
    assert "title is" not in rendered(make_snapshot(record, first=True))


def test_unasked_link_is_listed_as_such() -> None:
    text = rendered(make_snapshot(Record(resource=make_resource())))
    assert "(No. 1, resources.csv:2): not asked yet, not known yet\n" in text


def test_many_edits_are_counted() -> None:
    changes = tuple(make_change(ChangeKind.ADDED, make_resource(line)) for line in range(2, 14))
    text = rendered(make_snapshot(make_record(), changes=changes))
    assert "- Added (12): [A page]" in text
    assert "; and 2 more" in text


def test_resource_that_left_the_list_has_neither_link_nor_line() -> None:
    change = make_change(ChangeKind.REMOVED, make_resource(9, "Gone", "https://gone.example/"))
    assert "- Removed (1): `Gone`\n" in rendered(make_snapshot(make_record(), changes=(change,)))


def test_place_without_a_line_is_the_link_alone() -> None:
    resource = replace(make_resource(0), number=None, key="https://example.org/0")
    change = make_change(ChangeKind.RECOVERED, resource)
    text = rendered(make_snapshot(make_record(), changes=(change,)))
    assert "- [A page](<https://example.org/0>): It works again." in text


def test_replaced_url_that_was_broken_is_fixed_in_the_list() -> None:
    change = make_change(ChangeKind.URL_CHANGED, None, "http://was.example/", since=BEFORE)
    text = rendered(make_snapshot(make_record(), changes=(change,)))
    assert "was `http://was.example/`, broken since 2026-11-20, fixed in the list" in text


def test_replaced_url_is_shown_beside_the_new_one() -> None:
    change = make_change(ChangeKind.URL_CHANGED, None, "http://was.example/", None)
    bare = make_change(ChangeKind.URL_CHANGED, make_resource(3))
    text = rendered(make_snapshot(make_record(), changes=(change, bare)))
    assert (
        "(No. 1, resources.csv:2), was `http://was.example/`; [A page](<https://example.org/3>) (No. 2,"
        in text
    )


# --- the summary of a job -----------------------------------------------------------------------


def test_the_summary_is_the_report_without_all_links() -> None:
    built = report.build(bad_night())
    summary = as_markdown.render_summary(built)
    assert summary == as_markdown.render(built).partition("## All links")[0]


def test_the_summary_of_a_quiet_run_says_so() -> None:
    summary = as_markdown.render_summary(report.build(quiet_night()))
    assert summary.startswith("Nothing changed in this run.\n\n# Link report: resources.csv\n")


def test_the_summary_of_a_run_that_failed_says_so_first() -> None:
    failed = replace(make_run(NIGHT, 22), status=RunStatus.FAILED, why="no space left")
    snapshot = replace(quiet_night(), attempts=Attempts(first=failed, last=failed, count=1))
    summary = as_markdown.render_summary(report.build(snapshot))
    assert summary.startswith(
        "The last attempt, on 2026-11-21 at 03:17 UTC, failed: no space left."
    )


# --- foreign text -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://example.org/?a=1&b=2#c", "https://example.org/?a=1&b=2#c"),
        ("https://example.org/?a&copy;b", "https://example.org/?a&copy%3Bb"),
        ("https://example.org/a|b?c|d", "https://example.org/a%7Cb?c%7Cd"),
        ("https://example.org/a)b(c]d[", "https://example.org/a)b(c%5Dd%5B"),
        ("https://example.org/?a\\`b", "https://example.org/?a%5C%60b"),
        ("https://example.org/<b>", "https://example.org/%3Cb%3E"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ],
)
def test_link_leads_where_the_list_says(url: str, href: str) -> None:
    (row,) = {
        target for target, _ in links(rendered(make_snapshot(make_record(make_resource(url=url)))))
    }
    assert row == href


@pytest.mark.parametrize(
    "title",
    [
        "Plain",
        "C# & F#: a | b \\| c",
        "[x](https://evil.example/)",
        "![i](https://evil.example/i.png)",
        "`code` *em* __strong__ ~~gone~~ <b>bold</b> <https://evil.example/>",
        "www.evil.example https://evil.example me@evil.example",
        "@everyone fixes #1 &copy; &#35; $x$",
        "ends in a backslash \\",
        "<!-- comment --> <details>",
    ],
)
def test_title_is_shown_letter_by_letter_as_link_text(title: str) -> None:
    record = make_record(make_resource(title=title), Reason.HTTP_404, state=State.BROKEN)
    assert links(rendered(make_snapshot(record))) == [("https://example.org/2", title)] * 2


@pytest.mark.promise("35")
@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "not a url", "//x"])
def test_what_is_no_web_address_is_never_a_link(url: str) -> None:
    record = make_record(make_resource(url=url), Reason.INVALID_URL, state=State.BROKEN)
    assert links(rendered(make_snapshot(record))) == []


def test_what_a_stored_change_says_is_escaped() -> None:
    change = make_change(ChangeKind.BROKE, None, None, "failing http_4xx")
    text = rendered(make_snapshot(make_record(), changes=(replace(change, seen="<b> | @all"),)))
    assert r"(status \<b\> \| \@" in text


OUR_HTML = ("<details>", "<summary>1 link</summary>", "</details>")
OURS = ("https://listed.example/", "https://successor.example/", "https://example.org/2")


@pytest.mark.promise("35")
@pytest.mark.slow
@settings(max_examples=50)
@given(hostile_snapshots())
def test_foreign_text_stays_where_it_stands(snapshot: Snapshot) -> None:
    text = rendered(snapshot)
    seen = list(tokens(text))
    html = [line for token in seen if "html" in token.type for line in token.content.splitlines()]
    assert tuple(html) == OUR_HTML
    kinds = {token.type for token in seen}
    assert not kinds & {
        "image",
        "em_open",
        "s_open",
        "hr",
        "code_block",
        "fence",
        "blockquote_open",
    }
    ours = [line for line in text.splitlines() if line.startswith("#")]
    assert len(ours) == sum(token.type == "heading_open" for token in seen)
    assert not any(token.markup == "linkify" for token in seen)
    assert all(href.startswith(OURS) for href, _ in links(text))


@settings(max_examples=50)
@given(hostile_snapshots())
def test_lists_keep_their_shape(snapshot: Snapshot) -> None:
    text = rendered(snapshot)
    kinds = [token.type for token in tokens(text)]
    ours = [line for line in text.splitlines() if line.startswith("- ")]
    assert kinds.count("list_item_open") == len(ours)
    # A backslash that is text is written as two.
    broken = re.findall(r"(?<!\\)(?:\\\\)*\\$", text, re.MULTILINE)
    assert kinds.count("hardbreak") == len(broken)
    assert "ordered_list_open" not in kinds
    assert "table_open" not in kinds


@pytest.mark.promise("35")
@settings(max_examples=50)
@given(hostile_snapshots())
def test_nobody_is_mentioned_and_nothing_is_a_task(snapshot: Snapshot) -> None:
    for token in tokens(rendered(snapshot)):
        if token.type in {"text", "code_inline"}:
            shown = token.content
            followers = {shown[i + 1 : i + 2] for i, c in enumerate(shown) if c in "@#"}
            assert followers <= {"\u200b"} or shown.startswith(OURS)
        if token.type == "inline":
            assert not token.content.startswith(("[ ] ", "[x] ", "[X] "))
