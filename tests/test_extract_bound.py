import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from crawler.extract import extract, find_refresh
from crawler.extract.bound import MAX_ATTRIBUTES, MAX_DEPTH, bound
from crawler.extract.elements import FORMATTING, ODD, SPECIAL

URL = "https://example.org/page#x"
MANY = 50_000


def depth(markup: str) -> int:
    deepest = level = 0
    node = LexborHTMLParser(markup).root
    while node is not None:
        if node.first_child is not None:
            node, level = node.first_child, level + 1
            deepest = max(deepest, level)
            continue
        while level and node.next is None and node.parent is not None:
            node, level = node.parent, level - 1
        node = node.next if level else None
    return deepest


UNCHANGED = {
    "balanced": "<!doctype html><html lang=en><head><title>a</title></head><div><p>b</p></div>",
    "optional end tags": "<table><tr><td>a</td></tr></table><ul><li>b</li></ul>",
    "quotes in odd places": "<p title=it's>a</p><p a\"b class='x>y'>b</p><p a=>c</p>",
    "deep, but not too deep": "<div>" * 200 + "</div>" * 200,
    "void elements": "<p>a<br>b<br/>c<img src=x></p>",
    "text area": "<textarea>x</textarea>",
}


@pytest.mark.parametrize("markup", UNCHANGED.values(), ids=UNCHANGED)
def test_honest_markup_passes_unchanged(markup: str) -> None:
    assert (bound(markup).markup.replace("</head>", ""), bound(markup).complete) == (
        markup.replace("</head>", ""),
        True,
    )


@pytest.mark.parametrize(
    ("markup", "bounded"),
    [
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<tr><td>a<td>b<tr><td>c", "<tr><td>a</td><td>b</td></tr><tr><td>c"),
        ("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<b><i>a</b>b</i>", "<b><i>a</i></b>b"),
        ("<h1>a</h2>", "<h1>a</h1>"),
        ("<div><table></div>x", "<div><table>x"),
        ("<div>a</span></div></div>", "<div>a</div>"),
        ("a < b <1 <!-- <p> -->c<!-->d<?x?>e", "a &lt; b &lt;1 cde"),
        ("<<!-- -->script>", "&lt;script>"),
        ("<title>a <b></title>", "<title>a &lt;b></title>"),
        ("<script>'<div>'</script>x", "<script></script>x"),
        ("<script><!-- <script></script> --></script>x", "<script></script>x"),
        ("<script><!-- </script>x", "<script></script>x"),
        ("a</br>b</p>c", "a<br>b<p></p>c"),
        ("<\u017fcript>a", "&lt;\u017fcript>a"),
        ("<style>a", "<style></style>"),
        ("<script>a", "<script></script>"),
        ("<plaintext><p>a", "<p>a"),
        (
            "<svg><path d=a /><g/><style/></svg>",
            "<svg><path d=a ></path><g></g><style></style></svg>",
        ),
        ("<lin\u212a>a", "a"),
        ("a<p title='x", "a"),
        ("<di\0v>a</div>", "<div>a</div>"),
        ("<body>" * 10, "<body>" * 8),
    ],
)
def test_markup_is_balanced(markup: str, bounded: str) -> None:
    assert bound(markup).markup == bounded


def test_linked_data_is_set_aside() -> None:
    bounded = bound('<script type="application/ld+json">{"a": "<p>"}</script>')
    assert bounded.jsonld == ('{"a": "<p>"}',)


def test_a_tag_keeps_its_first_attributes() -> None:
    attributes = "".join(f" a{i}=1" for i in range(MAX_ATTRIBUTES + 1))
    node = LexborHTMLParser(bound(f"<p{attributes}>x").markup).css_first("p")
    assert node is not None
    assert list(node.attributes) == [f"a{i}" for i in range(MAX_ATTRIBUTES)]


def test_beyond_the_depth_only_tags_are_left_out() -> None:
    inner = "<div><b>deep</b></div>"
    markup = "<div>" * MAX_DEPTH + inner + "</div>" * MAX_DEPTH + "<h1>after</h1>"
    bounded = bound(markup)
    assert bounded.markup == markup.replace(inner, "deep")
    assert not bounded.complete


def test_a_new_branch_starts_afresh_after_the_deepest() -> None:
    markup = "<p><i>" + "<div>" * MAX_DEPTH + "</p><div>a</div><div>b</div>"
    assert bound(markup).markup.endswith("</p><div>a</div><div>b</div>")


HOSTILE = {
    "nested elements": "<div>" * 100_000,
    "two million nested elements": "<i>" * 2_000_000,
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">",
    "attributes of many roots": "".join(f"<html a{i}=1>" for i in range(MANY)),
    "links": "<a>" * MANY,
    "bold": "<b>" * MANY,
    "different fonts": "".join(f"<font size={i}><p>" for i in range(MANY)),
    "formatting built anew": "<p>" + "<b><i><u><s><em><code><big><tt>" * 3 + "<p>x" * MANY,
    "formatting mixed": "<a><b><i><u><s><em><code><big><tt><font><strong><nobr>" * 20_000,
    "misnested": "<b><div>" * MANY,
    "foster parents": "<table>" + "x<b>" * MANY,
    "nested tables": "<table><tr><td>" * MANY,
    "tables against scope": "<div><table><tr><td></div>" * MANY,
    "foreign": "<svg><desc><p>" * MANY,
    "foreign without ends": "<svg>" + "<param>" * MANY,
    "foreign sections": "<svg><![CDATA[></svg>]]>" * MANY,
    "options": "<select>" + "<option>x" * MANY,
    "items in items": "<li><dd>" * MANY,
    "paragraphs": "<p>" * MANY,
    "paragraphs cut by rules": "<p><hr><span>" * MANY,
    "annotations": "<rt>" * MANY,
    "end tags": "<i><div>" + "<b>" * 250 + "</i>" * MANY,
    "comment": "<!--" * MANY,
    "script": "<script><!--" + "<script>" * MANY,
    "titles": "<title>x" * MANY,
    "quote": "<a href='" * MANY,
    "signs": "<" * 1_000_000,
    "blanks": "<a " + " " * 1_000_000,
    "metas": "<meta '" * MANY + "charset http-equiv refresh",
    "deep linked data": "<script type=application/ld+json>" + "[" * MANY,
    "comments in linked data": "<script type=application/ld+json>" + "/* " * MANY,
    "quotes in linked data": '<script type=application/ld+json>"' + '\\"' * MANY,
    "digits in linked data": "<script type=application/ld+json>" + "1" * MANY,
    "digits": "<meta http-equiv=refresh content='" + "1" * 1_000_000 + "x'>",
    "charset": "<meta " + "a" * 1_000_000 + " charset",
    "charsets": "<meta a='charset " * MANY,
    "long address": "<link rel=canonical href=/" + "a" * 1_000_000 + ">",
    "hidden headings": "<div hidden>" * 250 + "<h1>x</h1>" * MANY,
}


# Unbounded, some of these take minutes.
@pytest.mark.timeout(20)
@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markup_is_read_in_linear_time(markup: str) -> None:
    content = f"<title>Page</title>{markup}".encode()
    page = extract(content, URL, "text/html")
    assert page.title
    assert page.title.value == "Page"
    assert depth(bound(markup[:MANY]).markup) < 2 * MAX_DEPTH


MARKED = {
    "script that is not closed": '<script id="__NEXT_DATA__"' * MANY,
    "scripts of a filter": "<p>"
    + "<script src=/_Incapsula_Resource?SWJIYLWA></script>" * (MANY // 3)
    + "<script src=x></script>",
    "widgets of a filter": "<div class=h-captcha></div>" * MANY + "<input>",
}


# Quadratic, these take ten seconds each.
@pytest.mark.timeout(5)
@pytest.mark.parametrize("markup", MARKED.values(), ids=MARKED)
def test_marks_are_looked_for_in_linear_time(markup: str) -> None:
    assert extract(markup.encode(), URL, "text/html").marks in {(), ("captcha_widget",)}


TAGS = sorted(
    ODD | SPECIAL | FORMATTING | {"g", "image", "math", "nosuch", "option", "rt", "ruby", "svg"}
)


def soup(seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311 -- a shape for a test
    piece = [
        chance.choice(("<{}>", "<{}>", "</{}>", "<{}/>", "x", "<{} a='>'>")).format(
            chance.choice(TAGS)
        )
        for _ in range(12)
    ]
    return "".join(piece) * 300


@pytest.mark.parametrize("seed", range(60))
def test_no_soup_of_tags_nests_without_end(seed: int) -> None:
    assert depth(bound(soup(seed)).markup) < 2 * MAX_DEPTH


def test_tags_in_scripts_count_for_nothing() -> None:
    markup = f"<script>{'<div>' * 5000}</script><h1>a</h1>" * 20
    assert bound(markup).markup == "<script></script><h1>a</h1>" * 20


def test_a_long_table_is_read_whole() -> None:
    row = "<tr><td>12<td><a href=/x>x</a><td>34"
    page = extract(f"<table>{row * 2000}</table><p id=x>".encode(), URL, "text/html")
    assert (page.word_count, page.fragment_found) == (6000, True)


def test_a_megabyte_of_table_is_read_whole() -> None:
    row = "<tr><td>12</td><td>34</td></tr>\n"
    assert bound(f"<table>{row * 32_000}</table>").complete


markups = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(
            [
                "<meta http-equiv=refresh content='0;url=",
                "<meta property=og:image content='",
                "<script type=application/ld+json>",
                '{"@type":"Article","name":',
                "<link rel=canonical href=",
                "<base href=",
                "<!--",
                "'>",
                '"',
                "&#xd800;",
                "http://[",
                "\0",
            ]
        ),
        st.text(max_size=5),
    )
).map("".join)


@given(st.one_of(st.binary(), markups.map(lambda text: text.encode("utf-8", "surrogatepass"))),
       st.text(max_size=10), st.one_of(st.none(), st.just("text/html"), st.text(max_size=20)))  # fmt: skip
def test_no_page_raises(content: bytes, url: str, content_type: str | None) -> None:
    page = extract(content, url, content_type)
    assert page.refresh == find_refresh(content, url, content_type)
    assert page == extract(content, url, content_type)
