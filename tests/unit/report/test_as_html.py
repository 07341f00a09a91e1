"""What a browser's parser makes of the page, hostile lists and pages included."""

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler import report
from crawler.compare import to_report
from crawler.model import (
    ChangeKind,
    Declared,
    FindingClass,
    MediaKind,
    Notice,
    Page,
    Reason,
    Record,
    Snapshot,
    State,
    Trigger,
    WarningCode,
)
from crawler.report import as_html
from crawler.report.templates import asset
from crawler.report.wording.state_words import CLASS_WORDS
from crawler.resources import name_of
from crawler.text import clean
from tests.support.many_nights import many_nights
from tests.support.report_builders import (
    NIGHT,
    make_change,
    make_record,
    make_resource,
    make_run,
    make_snapshot,
)
from tests.support.report_scenarios import SCENARIOS, bad_night, everything, first_look

REL = "noopener noreferrer nofollow"
ROW = ("row", "state", "link", "category", "since", "speed", "nights", "story")


def rendered(snapshot: Snapshot) -> str:
    return "".join(as_html.render(report.build(snapshot)))


def page(snapshot: Snapshot) -> LexborHTMLParser:
    return LexborHTMLParser(rendered(snapshot))


def one(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    (found,) = tree.css(selector)
    return found


def text(node: LexborNode) -> str:
    """What a person reads there, as one line."""
    return re.sub(r" (?=[.:;,])", "", " ".join(node.text(separator=" ").split()))


def rows(tree: LexborHTMLParser) -> list[dict[str, LexborNode]]:
    """The cells of the table of all links, by their names."""
    found = tree.css("#links tbody tr")
    return [dict(zip(ROW, row.css("tr > th, tr > td"), strict=True)) for row in found]


def column(tree: LexborHTMLParser, name: str) -> list[str]:
    return [text(row[name]) for row in rows(tree)]


def tasks(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """What is to be done, by the title of its group."""
    return {
        text(one(group, "h3")): [text(task) for task in group.css(".tasks > li")]
        for group in tree.css("#todo .group")
    }


# --- what stands where --------------------------------------------------------------------------


def test_page_begins_with_the_verdict_on_the_list() -> None:
    built = report.build(bad_night())
    header = text(one(page(bad_night()), "header"))
    assert header == (
        "Link report: resources.csv Checked 2026-11-21 03:17 UTC, trusted. Last change 2026-11-21 "
        f"Theme: auto {built.headline} 21 links 2 broken 2 moved 1 certificate expires 1 failing "
        "2 blocked 2 not asked 11 works"
    )


@pytest.mark.parametrize(
    ("scenario", "headings"),
    [
        (
            "first_look",
            [
                "To do (3)",
                "By category",
                "Over time",
                "All links",
                "Watched, blocked, noticed",
            ],
        ),
        (
            "bad_night",
            [
                "To do (4)",
                "Since last night",
                "By category",
                "Over time",
                "All links",
                "Watched, blocked, noticed",
            ],
        ),
        (
            "quiet_night",
            [
                "To do (4)",
                "Last change, 2026-11-21",
                "By category",
                "Over time",
                "All links",
                "Watched, blocked, noticed",
            ],
        ),
    ],
)
def test_sections_follow_what_a_person_asks(scenario: str, headings: list[str]) -> None:
    assert [text(title) for title in page(SCENARIOS[scenario]()).css("h2")] == headings


@pytest.mark.parametrize(
    ("scenario", "groups"),
    [
        (
            "first_look",
            {
                "Gone at first sight (1)": 1,
                "Take over, same host (1)": 1,
                "Take over, spelling only (1)": 1,
            },
        ),
        (
            "bad_night",
            {
                "Replace or remove (2)": 2,
                "Take over, same host (1)": 1,
                "Take over, spelling only (1)": 1,
            },
        ),
    ],
)
def test_everything_one_can_do_stands_first_and_once(
    scenario: str, groups: dict[str, int]
) -> None:
    found = tasks(page(SCENARIOS[scenario]()))
    assert {title: len(items) for title, items in found.items()} == groups


def test_broken_link_is_told_with_its_cause_and_where_to_look() -> None:
    new, old = tasks(page(bad_night()))["Replace or remove (2)"]
    assert new.startswith(
        "Practical Raft new No. 41, resources.csv:42 "
        "The server says that there is no such page (404). Since 2026-11-20, last worked 2026-11-19. "
        "Listed https://example.org/raft Proposed https://example.org/ guides/ raft "
        "Safe: same title and 94 % of the text; found in the site's sitemap. "
        "Its title is Raft, in practice. "
        "crawler fix --apply 41 puts the new address in the list. "
        "Archived copy Search by title Front page The whole story"
    )
    assert old.startswith("QueueKit docs No. 76, resources.csv:77 The server does not finish")


def test_broken_link_without_a_new_address_says_where_to_look() -> None:
    records = [replace(one, proposals=()) for one in bad_night().records.values()]
    new, _ = tasks(page(make_snapshot(*records)))["Replace or remove (2)"]
    assert "https://queuekit.example/ The server does not finish" in new
    assert "Tell the site's owner, or replace the link. Archived copy Search by title" in new


def test_moved_link_is_told_with_the_part_that_changed() -> None:
    moved = one(page(bad_night()), "#same_host .urls")
    assert text(moved) == (
        "Listed https://graphql.example/learn Now https://graphql.example/learn /start/"
    )
    assert text(one(moved, "ins")) == "/start/"
    assert one(moved, "a").attributes["href"] == "https://graphql.example/learn/start/"


def test_all_new_addresses_can_be_copied_at_once() -> None:
    pairs, command = page(bad_night()).css("#same_host .copy-all")
    assert pairs.attributes["data-copy"] == (
        "https://graphql.example/learn https://graphql.example/learn/start/"
    )
    assert command.attributes["data-copy"] == "crawler fix --apply 17"


def test_what_a_command_mends_stands_first() -> None:
    records = dict(bad_night().records)
    records["41"] = replace(records["41"], proposals=())
    shown = [item.text() for item in page(make_snapshot(*records.values())).css("#replace h4")]
    assert ["QueueKit" in name for name in shown] == [True, False]


def test_command_for_all_new_addresses_names_those_that_nothing_stands_against() -> None:
    tree = page(everything())
    command = one(tree, "#replace .copy-all")
    assert command.attributes["data-copy"] == "crawler fix --apply 41"
    in_list = next(item for item in tree.css("#replace li") if "QueueKit" in item.text())
    assert "is in the list already (No. 1, resources.csv:2): remove one" in text(in_list)


def test_page_of_the_demo_says_that_it_is_made_up() -> None:
    snapshot = make_snapshot(make_record(), run=replace(make_run(), trigger=Trigger.DEMO))
    tree = page(snapshot)
    assert one(tree, "title").text() == "Link report: resources.csv, from a made-up web"
    assert "nothing here says how a real site is" in text(one(tree, "header .old"))


def test_nothing_to_do_is_said() -> None:
    todo = one(page(make_snapshot(make_record())), "#todo")
    assert text(todo) == "To do (0) Nothing needs you."


def test_link_that_never_worked_says_so() -> None:
    record = make_record(reason=Reason.HTTP_404, state=State.BROKEN, since=None, last_ok_at=None)
    (said,) = tasks(page(make_snapshot(record)))["Replace or remove (1)"]
    assert "never seen working." in said


def test_page_in_doubt_is_shown_as_listed_as_it_was_and_as_it_is() -> None:
    record = make_record(reason=Reason.SUSPECT_REPLACED, page_title="A page about queues")
    reported = to_report(record, NIGHT)
    assert reported is not None
    assert record.check is not None
    seen = Page(kind=MediaKind.HTML, title=Declared(value="Garden <b>chairs</b>", origin="title"))
    check = replace(record.check, page=None, facts=replace(record.check.facts, seen=seen))
    record = replace(record, check=check, reported=replace(reported, title="Garden chairs"))
    tree = page(make_snapshot(record))
    assert text(one(tree, "#look .titles")) == (
        "Listed A page Was A page about queues Now Garden <b>chairs</b>"
    )
    assert one(tree, "#look .step code").text() == "crawler accept 1"


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ("New (1)", "The twelve-factor app: Its certificate expires on 2026-11-30."),
        ("Being watched (1)", "Kafka in a nutshell: The server answers"),
        (
            "Back (1)",
            "It works again. Before: The server answers with a server error (5xx). No. 11, resources.csv:12",
        ),
        ("Changed pages (5)", "Title The Twelve-Factor App is now Twelve factors | the book"),
        ("Changed pages (5)", "Description A query language for APIs. is now (none)"),
        ("Changed pages (5)", "Language (none) is now en-gb"),
        ("Changed pages (5)", "OAuth, explained: Its text was edited: 3 lines."),
        ("Changed pages (5)", "12 listed pages of graphql.org changed alike"),
        ("Pages to look at once (2)", "The twelve-factor app: New in a notice:"),
        (
            "In the list (3)",
            "URL replaced: Paid course, part 2 No. 55, resources.csv:56 was https://walled.example/2",
        ),
        ("In the list (3)", "Removed: An old one"),
    ],
)
def test_last_night_is_told_by_group(group: str, said: str) -> None:
    told = {text(one(g, "h3")): text(g) for g in page(bad_night()).css("#changes .fold")}
    assert said in told[group]


def test_what_is_only_watched_is_folded() -> None:
    folds = {text(one(g, "h3")): g.attributes for g in page(bad_night()).css("#changes .fold")}
    assert "open" not in folds["Being watched (1)"]
    assert "open" in folds["Back (1)"]


def test_new_links_under_to_do_are_counted_but_not_repeated() -> None:
    changes = one(page(bad_night()), "#changes")
    assert "2 new, marked under To do." in text(changes)
    assert "Practical Raft" not in text(changes)


def test_what_was_removed_from_the_list_is_named_without_a_link() -> None:
    hrefs = [link.attributes["href"] for link in page(bad_night()).css("a")]
    assert "https://old.example/" not in hrefs


def test_long_groups_are_cut_but_nothing_is_lost() -> None:
    records = [
        make_record(make_resource(line), Reason.HTTP_404, state=State.BROKEN)
        for line in range(2, 42)
    ]
    tree = page(make_snapshot(*records))
    assert text(one(tree, "#todo .more > summary")) == "15 more"
    assert len(tree.css(".tasks > li")) == 40


def test_categories_come_the_worst_first_with_a_filter_each() -> None:
    links = page(bad_night()).css("#categories li a")
    assert [text(link) for link in links][:3] == ["Distributed systems", "Messaging", "APIs"]
    assert links[4].attributes["href"] == "#category=Databases%20%26%20SQL"


def test_list_without_categories_has_none_to_choose_from() -> None:
    tree = page(make_snapshot(make_record(make_resource(category=""))))
    assert not tree.css("#categories")
    assert [text(option) for option in tree.css("#category option")] == ["all"]


def test_many_categories_with_trouble_are_cut_but_none_is_lost() -> None:
    records = [
        make_record(make_resource(n, category=f"C {n}"), Reason.FORBIDDEN) for n in range(2, 22)
    ]
    categories = one(page(make_snapshot(*records)), "#categories")
    assert text(one(categories, "summary")) == "5 more"
    assert len(categories.css("li")) == 20


def test_what_needs_nobody_is_grouped_by_kind_the_rarest_first() -> None:
    titles = [text(title) for title in page(bad_night()).css("#rest h3")]
    assert titles == [
        "Failing, not confirmed (1)",
        "The site's robots.txt asks crawlers to stay away from it (1)",
        "The URL is not for the web (http or https) (1)",
        "The server refuses to answer a robot (2)",
        "Its certificate expires soon (1)",
        "The URL's fragment is not on the page (1)",
    ]


def test_notices_about_the_list_are_reported() -> None:
    assert "resources.csv:61: The URL of line 55 again; it is checked once." in text(
        one(page(first_look()), "#rest")
    )


# --- the table of all links ---------------------------------------------------------------------


def test_table_has_a_row_for_every_link_in_the_order_of_the_report() -> None:
    built = report.build(bad_night())
    tree = page(bad_night())
    assert column(tree, "row") == [name_of(finding.resource) for finding in built.findings]
    assert column(tree, "category") == [finding.resource.category for finding in built.findings]
    assert column(tree, "since") == [finding.since for finding in built.findings]
    assert [row.attributes["class"] for row in tree.css("#links tbody tr")] == [
        finding.kind for finding in built.findings
    ]


def test_row_unfolds_to_the_whole_story() -> None:
    record = make_record(
        make_resource(7, "Foo & Bar", "http://foo.example/a"),
        Reason.HTTP_5XX,
        status=503,
        warnings=(WarningCode.EMPTY_BODY, WarningCode.INSECURE_HTTP),
        not_after=NIGHT,
    )
    (row,) = rows(page(make_snapshot(record)))
    assert {name: text(cell) for name, cell in row.items()} == {
        "row": "6",
        "state": "failing",
        "link": "Foo & Bar foo.example The server answers with a server error (5xx).",
        "category": "Basics",
        "since": "2026-11-01",
        "speed": "",
        "nights": "",
        "story": (
            "Story Nothing yet; every run checks it again. Last check 2026-11-21, status 503, 217 ms "
            "Noticed not encrypted (http); the page is empty Certificate until 2026-11-21 "
            'crawler check 6 crawler mute 6 --until 2026-12-21 --reason "its owner knows"'
        ),
    }


def test_story_that_stands_under_to_do_is_linked_in_the_table() -> None:
    tree = page(bad_night())
    see = [link.attributes["href"] for link in tree.css("#links .see a")]
    assert len(see) == 4
    for target in see:
        assert target is not None
        assert len(tree.css(target)) == 1


def test_row_that_knows_nothing_yet_is_blank() -> None:
    resource = replace(
        make_resource(url="mailto:us@example.org"), number=None, key="mailto:us@example.org"
    )
    (row,) = rows(page(make_snapshot(Record(resource=resource))))
    assert [text(row[name]) for name in ROW[:5]] == [
        "line:2",
        "not checked yet",
        "A page It has not been checked yet.",
        "Basics",
        "",
    ]


def test_nights_are_shown_as_a_strip_with_a_text() -> None:
    (row,) = [row for row in rows(page(many_nights(20, 1))) if text(row["state"]) == "broken"]
    strip = one(row["nights"], "svg")
    assert strip.attributes["role"] == "img"
    assert strip.attributes["aria-label"] == "88 of 89 nights reachable, last trouble 2026-11-21"


def test_equal_strips_are_drawn_once() -> None:
    tree = page(many_nights(100, 0))
    used = {use.attributes["href"] for use in tree.css("#links use")}
    drawn = {f"#{symbol.id}" for symbol in tree.css("symbol")}
    assert used == drawn
    assert len(drawn) < 20


def test_long_list_tells_what_works_in_words() -> None:
    (working, *_) = [
        row for row in rows(page(many_nights(1_000, 1))) if text(row["state"]) == "works"
    ]
    assert not working["nights"].css("svg")
    assert text(working["nights"]) == "89 nights, all reachable"
    assert "Description:" in text(working["story"])


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
    links = page(bad_night()).css("header nav a")[1:]
    assert [(link.attributes["href"], text(link)) for link in links] == [
        (f"#state={kind}", f"{counts[kind]} {CLASS_WORDS[kind]}")
        for kind in FindingClass
        if counts[kind]
    ]


def test_every_class_has_a_word_and_a_shape() -> None:
    shapes = dict(re.findall(r"^\.(\w+) \{ .*--shape: (path\(.*\));", asset("style.css"), re.M))
    assert set(shapes) == set(CLASS_WORDS) == {*FindingClass, "unseen"}
    assert len(set(shapes.values())) == len(shapes)


# --- over time ----------------------------------------------------------------------------------


def test_health_is_drawn_with_a_path_for_each_state() -> None:
    tree = page(many_nights(100, 24))
    picture = one(tree, ".health svg")
    assert picture.attributes["viewBox"] == "0 0 90 40"
    assert [path.attributes["class"] for path in picture.css("path")] == [
        "broken",
        "suspect",
        "failing",
        "moved",
        "blocked",
        "skipped",
    ]
    assert "8 broken" in text(one(tree, ".health figcaption"))


def test_one_night_has_no_course_yet() -> None:
    tree = page(many_nights(20, 4, nights=1))
    assert "The picture begins with the second night." in text(one(tree, "#time"))
    assert not tree.css(".course")


def test_slowest_hosts_come_first() -> None:
    hosts = page(many_nights(100, 0)).css(".hosts li")
    times = [int(text(one(host, ".number")).removesuffix(" ms")) for host in hosts]
    assert len(times) == 8
    assert times == sorted(times, reverse=True)


# --- alone and safe -----------------------------------------------------------------------------


@pytest.mark.promise("34")
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


ADDRESSES = ("https://", "http://", "#")
OURS = Counter(
    dict.fromkeys(("html", "head", "body", "title", "style", "script", "header", "table"), 1)
)


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


@pytest.mark.promise("34")
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
    (row,) = rows(tree)
    assert row["category"].text() == record.resource.category
    assert one(tree, "h1 bdi").text() == snapshot.resources_name
    declared = record.last_good.page.title if record.last_good else None
    said = one(tree, "body").text()
    assert declared is None or clean(declared.value) in said


@pytest.mark.promise("34")
def test_links_tell_nobody_where_they_were_followed() -> None:
    links = page(bad_night()).css("a:not([href^='#'])")
    assert {link.attributes["rel"] for link in links} == {REL}
    assert {str(link.attributes["href"]).partition(":")[0] for link in links} == {"http", "https"}


@pytest.mark.promise("31")
def test_userinfo_of_a_suggested_address_is_not_shown() -> None:
    record = make_record(
        reason=Reason.PERMANENT_REDIRECT, suggested_url="https://me:secret@successor.example/"
    )
    assert "secret" not in rendered(make_snapshot(record))


# --- well-formed --------------------------------------------------------------------------------

_VOID = {"meta", "input"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:=\"[^\"]*\")?)*)\s*(/?)>")
_CELLS, _TERMS = {"td", "th"}, {"dt", "dd"}
_ENDS = {
    "dt": _TERMS,
    "dd": _TERMS,
    "td": _CELLS,
    "th": _CELLS,
    "tr": {*_CELLS, "tr"},
    "/tbody": {*_CELLS, "tr"},
    "/dl": _TERMS,
    "/details": {"p"},
}
"""The tags that end elements whose own end tag may be left out; source: HTML standard §13.1.2.4."""


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_element_is_closed_where_it_should_be(scenario: str) -> None:
    check_nesting(rendered(SCENARIOS[scenario]()))


def test_every_element_of_a_long_list_is_closed() -> None:
    check_nesting(rendered(many_nights(1_000, 12)))


def test_list_of_very_many_links_says_where_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    of = many_nights(300, 300)
    broken = sum(one.kind is FindingClass.BROKEN for one in report.build(of).findings)
    monkeypatch.setattr(as_html, "ITEMS", 60)
    tree = page(of)
    assert len(tree.css("#replace li h4")) == 60 < broken
    assert f"has the other {broken - 60} as well" in text(one(tree, "#replace .more > p"))
    # What is not under "To do" has its story in the table.
    assert {see.attributes["href"] for see in tree.css(".see a")} == {
        f"#{story.id}" for story in tree.css("#todo [id^=story-]")
    }
    check_nesting(rendered(of))


def check_nesting(content: str) -> None:
    content = re.sub(r"(<(style|script)>).*?(</\2>)", r"\1\3", content, flags=re.S)
    stack: list[str] = []
    for closing, name, _, alone in _TAG.findall(content):
        while stack and stack[-1] in _ENDS.get(closing + name, ()):
            stack.pop()
        if closing:
            assert stack.pop() == name
        elif name not in _VOID and not alone:
            stack.append(name)
    assert not stack
    assert content.count("<") == len(_TAG.findall(content)) + content.count("<!DOCTYPE html>")


@pytest.mark.parametrize(("troubled", "most"), [(0, 115_000), (24, 150_000)])
def test_a_hundred_links_with_ninety_nights_stay_small(troubled: int, most: int) -> None:
    assert len(rendered(many_nights(100, troubled)).encode()) < most


def test_page_does_not_depend_on_the_order_of_the_records() -> None:
    records = [make_record(make_resource(line)) for line in range(2, 12)]
    assert rendered(make_snapshot(*records)) == rendered(make_snapshot(*reversed(records)))


@pytest.mark.parametrize(
    ("days", "title"), [(1, "Since last night"), (7, "Since 2026-11-14"), (0, "Since 2026-11-21")]
)
def test_changes_are_since_the_run_before(days: int, title: str) -> None:
    snapshot = replace(bad_night(), previous=make_run(NIGHT - timedelta(days=days, minutes=1), 20))
    assert text(one(page(snapshot), "#changes h2")) == title
