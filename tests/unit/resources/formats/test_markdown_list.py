"""Lists in Markdown, and what they become."""

import io
from html import unescape
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.common.utils import unescapeAll

from crawler.config import ListSettings
from crawler.errors import ResourcesError
from crawler.model import LeftOut, Place, Resource, ResourceList
from crawler.resources import parse
from crawler.resources.formats import markdown_list

ALL = ListSettings(links="all")


def read(text: str, name: str = "list.md", rules: ListSettings | None = None) -> ResourceList:
    return parse(io.BytesIO(text.encode()), name, rules)


def found(text: str, name: str = "list.md", rules: ListSettings | None = None) -> list[str]:
    return [resource.url for resource in read(text, name, rules).resources]


def only(text: str, rules: ListSettings | None = None) -> Resource:
    (resource,) = read(text, rules=rules).resources
    return resource


def left_out(text: str, name: str = "list.md") -> dict[LeftOut, int]:
    return dict(read(text, name).left_out)


# --- what a link becomes ------------------------------------------------------------------------


def test_a_link_becomes_a_resource() -> None:
    text = "# My list\n\n## Tools\n\n- [A *tool*](https://a.example/x) - Does **it** all.\n"
    start = text.index("https")
    assert only(text) == Resource(
        key="https://a.example/x",
        title="A tool",
        url="https://a.example/x",
        category="Tools",
        description="Does it all.",
        line=5,
        file="list.md",
        places=(Place(file="list.md", line=5, column=14, start=start, end=start + 19),),
    )


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ('[t](https://a.example "title")', "https://a.example"),
        ("[t]( <https://a.example/a b> )", "https://a.example/a b"),
        ("[t](https://a.example/\\(x\\)?a&amp;b)", "https://a.example/(x)?a&b"),
        ("<https://a.example>", "https://a.example"),
        ("see https://a.example/x.", "https://a.example/x"),
        ("see www.a.example/x, too", "http://www.a.example/x"),
        ("`www.a.example` www.a.example", "http://www.a.example"),
        ("_https://a.example/x_", "https://a.example/x"),
        ("~~https://a.example/x_y~~", "https://a.example/x_y"),
        ("https://a.example/?a=1&b: x", "https://a.example/?a=1&b"),
        ("https://a.example/x&quot; y", "https://a.example/x"),
        ("__www.a.example__", "http://www.a.example"),
        ("[t][r]\n\n[r]: https://a.example", "https://a.example"),
        ("[R]\n\n[r]:\n  <https://a.example>\n  'x'", "https://a.example"),
        ('<a class=x href="https://a.example/?a&amp;b">t</a>', "https://a.example/?a&b"),
        ("<div>\n<a href='https://a.example'>t</a>\n</div>", "https://a.example"),
        ("[![badge](https://i.example/b.svg)](https://a.example)", "https://a.example"),
        ("1. a\n   - b\n\n     [t](\n     https://a.example)", "https://a.example"),
        ("> > - [t](https://a.example)", "https://a.example"),
        ("| a |\n|---|\n| [t](https://a.example/\\|x) |", "https://a.example/|x"),
        ("[t](https://a.example)\n=====", "https://a.example"),
        ("## [t](https://a.example) ##", "https://a.example"),
        ("- [ ] [t](https://a.example)", "https://a.example"),
        ("---\nurl: https://no.example\n---\n[t](https://a.example)", "https://a.example"),
        ("[t](htp://a.example)", "htp://a.example"),
        ("[t](www.a.example)", "www.a.example"),
    ],
)
def test_a_url_is_found_where_it_stands(text: str, url: str) -> None:
    for written in (text, "\ufeff" + text, "ü é\n\n" + text.replace("\n", "\r\n")):
        if text.startswith("---") and "ü" in written:
            continue
        resource = only(written, ALL)
        (place,) = resource.places
        raw = written.encode()[place.start : place.end].decode()
        read_back = unescapeAll(unescape(raw.replace("\\|", "|")))
        assert resource.url == url
        assert url in {read_back, f"http://{read_back}"}
        lines = written.removeprefix("\ufeff").split("\n")
        assert lines[place.line - 1][place.column - 1 :].startswith(raw)


@pytest.mark.parametrize(
    "text",
    [
        "`https://a.example`",
        "    https://a.example",
        "```\n[t](https://a.example)\n```",
        "<!-- [t](https://a.example) -->",
        "x <!-- https://a.example --> y",
        "\\[t](x) [t]",
        "[unused]: https://a.example",
        "[t](javascript:alert)",
    ],
)
def test_what_is_no_link_is_none(text: str) -> None:
    assert found(text) == []


def test_titles_of_a_reference_come_from_where_it_is_used() -> None:
    text = "# A\n\n## B\n\n[First][r] and [second][r]\n\n## C\n\n[third][r]\n\n[r]: https://a.example\n"
    resource = only(text)
    assert (resource.title, resource.category, resource.line) == ("First", "B", 11)
    assert len(resource.places) == 1


def test_a_badge_has_the_text_of_its_image() -> None:
    assert only("[![the build](b.svg)](https://a.example)").title == "the build"
    html = '<p><a href="https://a.example"><img src="b.svg" alt="the build"></a></p>'
    assert only(html).title == "the build"


@pytest.mark.parametrize("text", ["<https://a.example>", "https://a.example", "www.a.example"])
def test_a_url_is_no_title(text: str) -> None:
    assert only(text).title == ""


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("- [t](https://a.example) \u2013 does it.", "does it."),
        ("- [t](https://a.example): *does* `it`\n  well", "does it well"),
        ("- [t](https://a.example)", ""),
        ("- ([t](https://a.example))", ""),
        ("- before [t](https://a.example)", ""),
        ("| a | b |\n|---|---|\n| [t](https://a.example) | `does` it |", "does it"),
        ("- [t](https://a.example) - R&amp;D \\* ok", "R&D * ok"),
    ],
)
def test_what_follows_a_link_describes_it(text: str, description: str) -> None:
    assert only(text).description == description


def test_the_first_link_of_an_item_is_described() -> None:
    text = "- [t](https://a.example) - does it ([source](https://b.example), MIT)"
    assert [one.description for one in read(text).resources] == ["does it (source, MIT)", ""]


@pytest.mark.parametrize(
    ("headings", "category"),
    [
        ("# List\n\n", "List"),
        ("# List\n\n## Tools\n\n### Small\n\n", "Tools / Small"),
        ("# List\n\n## Tools\n\n### Small\n\n## Books\n\n", "Books"),
        ("## Tools\n\n# Later\n\n## Books\n\n", "Later / Books"),
        ("List\n====\n\nTools `x`\n-----\n\n", "Tools x"),
        ("# List\n\n<h2>Tools</h2>\n\n", "Tools"),
        ("", ""),
    ],
)
def test_the_nearest_headings_are_the_category(headings: str, category: str) -> None:
    assert only(f"{headings}[t](https://a.example)").category == category


def test_links_with_one_url_are_one_resource_with_all_places() -> None:
    text = "- <https://a.example/>\n- [b](https://b.example)\n- [A tool](HTTPS://a.example) - x\n"
    first, second = read(text).resources
    assert [place.line for place in first.places] == [1, 3]
    assert (first.key, first.title, first.description) == ("https://a.example/", "A tool", "x")
    assert second.key == "https://b.example/"


# --- what is left out ---------------------------------------------------------------------------


def test_what_is_left_out_is_counted() -> None:
    text = dedent("""\
        [a](#top) [b](other.md) [c](/x) [d](mailto:a@b.example) <a@b.example> [e](tel:112)
        ![f](https://i.example/f.png) <img src="g.png"> [h](https://a.example)
        [i](../x "y") [j](?q) [k](//a.example)
        """)
    assert left_out(text) == {
        LeftOut.ANCHOR: 1,
        LeftOut.RELATIVE: 5,
        LeftOut.MAIL: 2,
        LeftOut.OTHER_SCHEME: 1,
        LeftOut.IMAGE: 2,
    }


def test_relative_links_are_resolved_where_a_base_is_set() -> None:
    rules = ListSettings(base_url="https://git.example/list/blob/main/README.md")
    text = "[a](docs/x.md) [b](/y) [c](#top) [d](https://d.example)"
    assert found(text, rules=rules) == [
        "https://git.example/list/blob/main/docs/x.md",
        "https://git.example/y",
        "https://d.example",
    ]


ITEMS = """\
[intro](https://intro.example)

- [item](https://item.example)

| [head](https://head.example) |
|---|
| [cell](https://cell.example) |

<ul><li><a href="https://li.example">x</a></li></ul>

<table><tr><td>

[inside](https://inside.example)

</td></tr></table>

[last](https://last.example)
"""


@pytest.mark.parametrize("name", ["README.md", "docs/Readme.markdown", "awesome-tools.md"])
def test_only_items_of_lists_and_tables_are_read_where_lists_are_kept_in_them(name: str) -> None:
    in_items = ["item", "head", "cell", "li", "inside"]
    assert found(ITEMS, name) == [f"https://{word}.example" for word in in_items]
    assert left_out(ITEMS, name) == {LeftOut.OUTSIDE_ITEMS: 2}
    assert len(found(ITEMS, name, ALL)) == 7
    assert found(ITEMS) == found(ITEMS, name, ALL)
    assert found(ITEMS, rules=ListSettings(links="items")) == found(ITEMS, name)


@pytest.mark.parametrize(
    "text",
    [
        "- [a](https://a.example)\n- [b](https://b.example) <!-- crawler-ignore -->",
        "[a](https://a.example)\n[b](https://b.example) <!--crawler-ignore-->",
        "[a](https://a.example)\n\n<!-- crawler-ignore -->\n- <https://b.example>\n- www.c.example",
        "[a](https://a.example)\n\n<!-- crawler-ignore -->\n\n<p><a href='https://b.example'>x</a>",
        "<!-- crawler-ignore-start -->\n- www.c.example\n\n<!-- crawler-ignore-end -->\n\n<https://a.example>",
        "www.b.example [a](https://a.example)",
    ],
)
def test_comments_and_globs_leave_links_out(text: str) -> None:
    rules = ListSettings(ignore=("*//www.b.example",))
    listed = read(text, rules=rules)
    assert [resource.url for resource in listed.resources] == ["https://a.example"]
    assert dict(listed.left_out).keys() == {LeftOut.IGNORED}


def test_a_comment_leaves_out_no_more_than_its_block() -> None:
    text = "<!-- crawler-ignore -->\n- www.b.example\n\n[a](https://a.example)\n\n- www.c.example"
    assert found(text) == ["https://a.example", "http://www.c.example"]


# --- faults -------------------------------------------------------------------------------------


def test_a_file_that_is_not_utf_8_is_refused_with_its_place() -> None:
    content = "# Ünï\n\n- é [a](https://a.example) ".encode() + b"\xff"
    with pytest.raises(ResourcesError, match=r"^list\.md:3:28: this byte is not UTF-8; save "):
        parse(io.BytesIO(content), "list.md")


def test_a_long_paragraph_is_refused() -> None:
    text = "# x\n\n" + "[" * (markdown_list.MAX_BLOCK + 1)
    with pytest.raises(ResourcesError, match=r"^list\.md:3: a paragraph is longer than 200,000"):
        read(text)


@pytest.mark.parametrize("before", ["", "text ", "- "])
@pytest.mark.promise("14")
def test_a_comment_that_leaves_out_all_links_to_the_end_is_refused(before: str) -> None:
    text = (
        f"- [a](https://a.example)\n\n{before}<!-- crawler-ignore-start -->\n\n- www.b.example\n"
    )
    assert found(f"{text}\n<!-- crawler-ignore-end -->\n") == ["https://a.example"]
    with pytest.raises(ResourcesError, match=r"^list\.md:3: this comment leaves out all links to"):
        read(text)


@pytest.mark.parametrize("marks", ["- ", "> ", "1. ", "> - "])
@pytest.mark.promise("14")
def test_a_deep_list_hides_no_row_after_it(marks: str) -> None:
    after = "\n\n# x\n\n- [b](https://b.example)\n"
    deep = marks * (25 // len(marks.split())) + "[a](https://a.example)"
    assert found(deep + after) == ["https://a.example", "https://b.example"]
    with pytest.raises(ResourcesError, match=r"^list\.md:3: lists or quotes are too deep inside"):
        read("# x\n\n" + marks * 101 + "[a](https://a.example)" + after)


def test_a_long_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown_list, "MAX_BYTES", 1_000_000)
    with pytest.raises(ResourcesError, match=r"^list\.md: longer than 1 MB; split the list"):
        read("x\n" * 600_000)


# --- the same list, written in another way ------------------------------------------------------

_WORDS = st.text("abcé", min_size=1, max_size=5)
_LINKS = st.lists(
    st.tuples(_WORDS, st.from_regex(r"https://[a-z]{1,5}\.example/[a-z]{1,9}", fullmatch=True)),
    min_size=1,
    max_size=6,
    unique_by=lambda link: link[1],
)
_STYLES = st.tuples(
    st.sampled_from(["- ", "* ", "+ ", "1. ", "2) ", "> ", "> - ", "  -\t", "- - "]),
    st.sampled_from(
        ["[{0}]({1})", "[{0}](<{1}>)", '[{0}](  {1}  "t")', "[{0}][{2}]", "[*{0}*](\n  {1})"]
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["# {}", "# {} #", "{}\n===", "   # {}"]),
    st.booleans(),
)


@given(_LINKS, _STYLES)
def test_a_list_reads_the_same_however_it_is_written(
    links: list[tuple[str, str]], style: tuple[str, str, str, str, bool]
) -> None:
    bullet, form, line_break, heading, has_mark = style
    items = (bullet + form.format(*link, n) for n, link in enumerate(links))
    definitions = (f"[{n}]: {url}" for n, (_, url) in enumerate(links))
    if bullet.startswith(">"):
        items = (item.replace("\n", "\n> ") for item in items)
    lines = [heading.format("Part"), "", *items, "", *definitions, ""]
    text = "\n".join(lines).replace("\n", line_break)
    content = b"\xef\xbb\xbf" * has_mark + text.encode()
    listed = parse(io.BytesIO(content), "list.md").resources
    assert [(one.title, one.url, one.category) for one in listed] == [
        (title, url, "Part") for title, url in links
    ]
    for resource in listed:
        (place,) = resource.places
        assert content[place.start : place.end].decode() == resource.url
