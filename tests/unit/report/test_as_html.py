"""What a browser's parser makes of the page, hostile lists and pages included."""

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler import report
from crawler.compare import to_report
from crawler.model import (
    ChangeKind,
    FindingClass,
    Notice,
    Reason,
    Record,
    Snapshot,
    State,
    WarningCode,
)
from crawler.report import as_html
from crawler.report.wording.state_words import CLASS_WORDS
from crawler.resources import name_of
from crawler.text import clean
from tests.support.report_builders import (
    NIGHT,
    make_change,
    make_record,
    make_resource,
    make_snapshot,
)
from tests.support.report_scenarios import SCENARIOS, bad_night, first_look

REL = "noopener noreferrer nofollow"


def rendered(snapshot: Snapshot) -> str:
    return "".join(as_html.render(report.build(snapshot)))


def page(snapshot: Snapshot) -> LexborHTMLParser:
    return LexborHTMLParser(rendered(snapshot))


def one(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    (found,) = tree.css(selector)
    return found


def text(node: LexborNode) -> str:
    """What a person reads there, as one line."""
    return re.sub(r" (?=[.:;])", "", " ".join(node.text(separator=" ").split()))


def cells(tree: LexborHTMLParser, column: str) -> list[str]:
    return [text(cell) for cell in tree.css(f"#links tbody .{column}")]


def sections(tree: LexborHTMLParser) -> dict[str, str]:
    return {
        text(one(section, "h2")): text(section).removeprefix(text(one(section, "h2"))).strip()
        for section in tree.css("main > section")
    }


# --- what stands where --------------------------------------------------------------------------


def test_page_begins_with_the_verdict_on_the_list() -> None:
    built = report.build(bad_night())
    header = text(one(page(bad_night()), "header"))
    assert header == (
        f"Link report resources.csv {built.headline} {built.tally}. "
        "Last good run: 2026-11-21 03:17 UTC. Last change: 2026-11-21."
    )


@pytest.mark.parametrize(
    ("scenario", "headings"),
    [
        (
            "first_look",
            [
                "Addresses to take over (2)",
                "Gone at first sight, to be confirmed (1)",
                "Blocked or not asked (4)",
                "Worth a look",
                "About the list itself",
                "All links",
            ],
        ),
        (
            "bad_night",
            [
                "To mend (2)",
                "Addresses to take over (2)",
                "New on 2026-11-21",
                "Being watched on 2026-11-21",
                "Back on 2026-11-21",
                "Changed pages on 2026-11-21",
                "In the list on 2026-11-21",
                "Worth a look",
                "All links",
            ],
        ),
    ],
)
def test_sections_without_entries_are_left_out(scenario: str, headings: list[str]) -> None:
    assert list(sections(page(SCENARIOS[scenario]()))) == headings


@pytest.mark.parametrize(
    ("section", "said"),
    [
        (
            "Addresses to take over (2)",
            "last worked on 2026-11-20. New address: https://graphql.example/learn/start/ If",
        ),
        (
            "Back on 2026-11-21",
            "No. 11, resources.csv:12 It works again. Before: The server answers",
        ),
        (
            "Changed pages on 2026-11-21",
            "Title was The Twelve-Factor App is now Twelve factors | the book",
        ),
        (
            "Changed pages on 2026-11-21",
            "Description was A query language for APIs. is now (none)",
        ),
        ("Changed pages on 2026-11-21", "Language was (none) is now en-gb"),
        (
            "In the list on 2026-11-21",
            "URL replaced: Paid course, part 2 No. 55, resources.csv:56 was https://walled.example/2",
        ),
        (
            "To mend (2)",
            "Practical Raft No. 41, resources.csv:42 new The server says that there is no such page (404). Broken since 2026-11-20; last worked on 2026-11-19. Look for its new place;",
        ),
    ],
)
def test_section_says(section: str, said: str) -> None:
    assert said in sections(page(bad_night()))[section]


def test_what_was_removed_from_the_list_is_named_without_a_link() -> None:
    hrefs = [link.attributes["href"] for link in page(bad_night()).css("a")]
    assert "Removed: An old one" in sections(page(bad_night()))["In the list on 2026-11-21"]
    assert "https://old.example/" not in hrefs


def test_link_that_never_worked_says_so() -> None:
    record = make_record(reason=Reason.HTTP_404, state=State.BROKEN, since=None, last_ok_at=None)
    assert "Broken; never seen working." in sections(page(make_snapshot(record)))["To mend (1)"]


def test_page_in_doubt_is_shown_with_what_it_calls_itself() -> None:
    record = make_record(reason=Reason.SUSPECT_REPLACED)
    reported = to_report(record, NIGHT)
    assert reported is not None
    record = replace(record, reported=replace(reported, title="Garden <b>furniture</b>"))
    said = sections(page(make_snapshot(record)))["To mend (1)"]
    assert "The page's title is Garden <b>furniture</b>." in said


def test_long_sections_are_cut_but_nothing_is_lost() -> None:
    records = [
        make_record(make_resource(line), Reason.HTTP_404, state=State.BROKEN)
        for line in range(2, 22)
    ]
    tree = page(make_snapshot(*records))
    assert [text(summary) for summary in tree.css("main summary")] == ["8 more"]
    assert len(tree.css(".items li")) == 20


def test_notices_about_the_list_are_reported() -> None:
    assert sections(page(first_look()))["About the list itself"] == (
        "resources.csv:61: The URL of line 55 again; it is checked once."
    )


# --- the table of all links ---------------------------------------------------------------------


def test_table_has_a_row_for_every_link_in_the_order_of_the_report() -> None:
    built = report.build(bad_night())
    tree = page(bad_night())
    assert cells(tree, "number") == [name_of(finding.resource) for finding in built.findings]
    assert cells(tree, "category") == [finding.resource.category for finding in built.findings]
    assert cells(tree, "since") == [finding.since for finding in built.findings]
    assert [row.attributes["data-state"] for row in tree.css("#links tbody tr")] == [
        finding.kind for finding in built.findings
    ]


def test_row_says_all_there_is_to_say() -> None:
    record = make_record(
        make_resource(7, "Foo & Bar", "http://foo.example/a"),
        Reason.HTTPS_UPGRADE,
        suggested_url="https://foo.example/a",
        page_title="Foo <and> Bar",
        warnings=(WarningCode.EMPTY_BODY, WarningCode.INSECURE_HTTP),
    )
    row = one(page(make_snapshot(record)), "#links tbody tr")
    noticed = "Noticed: not encrypted (http); the page is empty."
    assert [text(cell) for cell in row.css("th, td")] == [
        "6",
        "Foo & Bar foo.example resources.csv:7",
        "Basics",
        "moved",
        f"The same address now answers over https. New address: https://foo.example/a {noticed}",
        "2026-11-01",
        "Foo <and> Bar",
    ]
    assert one(row, ".state use").attributes["href"] == "#mark-moved"


def test_row_that_knows_nothing_yet_is_blank() -> None:
    resource = replace(
        make_resource(url="mailto:us@example.org"), number=None, key="mailto:us@example.org"
    )
    row = one(page(make_snapshot(Record(resource=resource))), "#links tbody tr")
    assert [text(cell) for cell in row.css("th, td")] == [
        "line:2",
        "A page mailto:us@example.org resources.csv:2",
        "Basics",
        "not checked yet",
        "It has not been checked yet.",
        "",
        "",
    ]


def test_table_is_one_that_assistive_technology_can_read() -> None:
    table = one(page(bad_night()), "table")
    assert len(table.css("caption")) == 1
    assert {header.attributes["scope"] for header in table.css("thead th")} == {"col"}
    assert {header.attributes["scope"] for header in table.css("tbody th")} == {"row"}
    assert text(one(table, "[aria-sort=ascending]")) == "State"
    assert len(page(bad_night()).css("#shown[aria-live=polite]")) == 1


def test_states_can_be_chosen_with_their_counts() -> None:
    built = report.build(bad_night())
    counts = Counter(finding.kind for finding in built.findings)
    options = one(page(bad_night()), "#state").css("option")[1:]
    assert [(option.attributes["value"], text(option)) for option in options] == [
        (kind, f"{CLASS_WORDS[kind]} ({counts[kind]})") for kind in FindingClass if counts[kind]
    ]


def test_every_class_has_a_word_and_a_shape() -> None:
    tree = page(bad_night())
    shapes = {symbol.id: symbol.html for symbol in tree.css("symbol")}
    assert set(shapes) == {f"mark-{code}" for code in CLASS_WORDS}
    assert set(CLASS_WORDS) == {*FindingClass, "unseen"}
    assert len({one(symbol, "path").attributes["d"] for symbol in tree.css("symbol")}) == len(
        shapes
    )


# --- alone and safe -----------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_only_our_script_may_run(scenario: str) -> None:
    tree = page(SCENARIOS[scenario]())
    script = one(tree, "script").text()
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = one(tree, "meta[http-equiv=Content-Security-Policy]").attributes["content"]
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    )


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_page_asks_nobody_for_anything(scenario: str) -> None:
    content = rendered(SCENARIOS[scenario]())
    assert not re.search(r"src=|@import|url\(|javascript:|<link|<img|<iframe|srcset", content)


OURS = Counter(
    dict.fromkeys(("html", "head", "body", "title", "style", "script", "header", "table"), 1)
)
ADDRESSES = ("https://", "http://", "#mark-")


@st.composite
def hostile_snapshots(draw: st.DrawFn) -> Snapshot:
    marks = st.sampled_from(
        [
            "<script>alert(1)</script>",
            "</title></style></script>",
            "<img src=x onerror=alert(1)>",
            '" onmouseover="alert(1)',
            "' autofocus onfocus='alert(1)",
            "<!-- ",
            "]]>",
            "&lt;b&gt;",
            "&#x3c;svg/onload=alert(1)>",
            "{{ 7 * 7 }}",
            "{% endfor %}",
            "javascript:alert(1)",
            "\u2028",
            "é",
        ]
    )
    texts = st.lists(marks | st.text(max_size=10), max_size=4).map(" ".join).map(clean)
    targets = st.sampled_from(
        [
            "https://successor.example/",
            "javascript:alert(1)",
            "data:text/html,<script>",
            "//x",
            "x",
        ]
    )
    address = st.sampled_from(
        ["https://listed.example/", "javascript:alert(1)//", "JaVaScRiPt:", "data:text/html,", ""]
    )
    resource = replace(
        make_resource(2, draw(texts), draw(address) + draw(texts)), category=draw(texts)
    )
    successor = draw(targets) + draw(texts)
    sides = {
        ChangeKind.MOVED: (resource.url, successor),
        ChangeKind.REMOVED: (resource.url, None),
        ChangeKind.CLASS: ("ok ok", "dead http_404"),
    }
    kinds = st.sampled_from([Reason.PERMANENT_REDIRECT, Reason.FORBIDDEN, Reason.HTTP_404])
    return replace(
        make_snapshot(
            make_record(
                resource,
                draw(kinds),
                state=draw(st.sampled_from(State)),
                suggested_url=successor,
                page_title=draw(texts),
                warnings=(WarningCode.TITLE_MISMATCH,),
            ),
            changes=tuple(
                make_change(kind, resource, *sides.get(kind, (draw(texts), draw(texts))))
                for kind in ChangeKind
            ),
            notices=(Notice(line=3, text=draw(texts)),),
        ),
        resources_name=draw(texts),
    )


@pytest.mark.slow
@settings(max_examples=60)
@given(hostile_snapshots())
def test_foreign_text_stays_text(snapshot: Snapshot) -> None:
    tree = page(snapshot)
    names = Counter(str(node.tag) for node in tree.css("*"))
    assert {name: names[name] for name in OURS} == OURS
    assert not {"img", "iframe", "link", "base", "form", "object", "embed"} & set(names)
    assert not [node.tag for node in tree.css("*") if "_comment" in str(node.tag)]
    for node in tree.css("*"):
        assert not [name for name in node.attributes if name.startswith("on")]
        address = node.attributes.get("href")
        assert address is None or address.startswith(ADDRESSES)


@pytest.mark.slow
@settings(max_examples=30)
@given(hostile_snapshots())
def test_every_text_is_shown_as_it_is(snapshot: Snapshot) -> None:
    (record,) = snapshot.records.values()
    tree = page(snapshot)
    assert one(tree, "td.category").text() == record.resource.category
    assert one(tree, "h1").text() == snapshot.resources_name
    declared = record.last_good and record.last_good.page.title
    assert one(tree, "td.title").text() == (declared.value if declared else "")


def test_links_tell_nobody_where_they_were_followed() -> None:
    links = page(bad_night()).css("a")
    assert {link.attributes["rel"] for link in links} == {REL}
    assert {str(link.attributes["href"]).partition(":")[0] for link in links} == {"http", "https"}


def test_userinfo_of_a_suggested_address_is_not_shown() -> None:
    record = make_record(
        reason=Reason.PERMANENT_REDIRECT, suggested_url="https://me:secret@successor.example/"
    )
    assert "secret" not in rendered(make_snapshot(record))


# --- well-formed --------------------------------------------------------------------------------

_VOID = {"meta", "input"}
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:=\"[^\"]*\")?)*)\s*(/?)>")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_element_is_closed_where_it_should_be(scenario: str) -> None:
    content = re.sub(
        r"(<(style|script)>).*?(</\2>)", r"\1\3", rendered(SCENARIOS[scenario]()), flags=re.S
    )
    stack: list[str] = []
    for closing, name, _, alone in _TAG.findall(content):
        if closing:
            assert stack.pop() == name
        elif name not in _VOID and not alone:
            stack.append(name)
    assert not stack
    assert content.count("<") == len(_TAG.findall(content)) + content.count("<!DOCTYPE html>")


def test_page_of_many_links_stays_small() -> None:
    records = [make_record(make_resource(line)) for line in range(2, 102)]
    assert len(rendered(make_snapshot(*records))) < 100_000


def test_page_does_not_depend_on_the_order_of_the_records() -> None:
    records = [make_record(make_resource(line)) for line in range(2, 12)]
    assert rendered(make_snapshot(*records)) == rendered(make_snapshot(*reversed(records)))
