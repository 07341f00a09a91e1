"""What a page may hold without taking long, and pages that were made to take long."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import read, read_if_harmless, read_whole
from crawler.extract.harmless import (
    MAX_OPENING,
    MAX_SEPARATORS,
    MAX_TAGS,
    Bounds,
    harmless_part,
)
from tests.support.effort import cpu_seconds_at_most

URL = "https://example.org/page#x"
MANY = 50_000

HARMLESS = {
    "nothing": "",
    "a long text": "<p>" + "A long text / and no quote in it. " * 20_000,
    "a long table": "<table>" + "<tr><td>12<td>34" * 1000,
    "the same formatting over and over": '<p><code class="a b">x</code>' * 1500,
    "long values": "<p>x</p>" + '<a href="/a/b/c" class="d e">y</a>' * 1000,
    "links in all ways": "<a href=/x>y</a><A HREF='a > b' Title=\"c\" download >z</A>" * 500,
}
HEAVY = {
    "elements": "<i>" * (MAX_OPENING + 1),
    "end tags": "<i>" + "</p>" * MAX_TAGS,
    "attributes": "<p " + "".join(f" a{i}" for i in range(MAX_SEPARATORS + 1)) + ">",
    "attributes that hide": "<p" + "".join(f" a{i}='>' b{i}" for i in range(MAX_SEPARATORS)) + ">",
    "attributes of a link": "<p><a " + " ".join(f"a{i}" for i in range(9000)) + ">" + "<p>x" * 300,
    "attributes behind a quote": "<p><a b' c='>' " + "d " * 9000 + ">" + "<p>x" * 300,
    "attributes of bold": "<p><b " + " ".join(f"a{i}" for i in range(9000)) + ">" + "<p>x" * 300,
    "formatting": "".join(f"<font size={i}><p>" for i in range(1500)),
    "formatting that hides": "".join(f"<font ' a='>{i}'><p>" for i in range(1000)),
    "formatting behind a quote": "<!--<b a='-->" + "".join(f"<B a={i}><p>" for i in range(1000)),
}


@pytest.mark.parametrize("markup", HARMLESS.values(), ids=HARMLESS)
def test_honest_pages_are_harmless(markup: str) -> None:
    assert Bounds.of(markup.encode()).is_harmless
    assert read_if_harmless(markup.encode(), URL, "text/html") is not None


@pytest.mark.parametrize("markup", HEAVY.values(), ids=HEAVY)
def test_what_may_be_hostile_is_cut_where_it_is_harmless(markup: str) -> None:
    content = markup.encode()
    assert not Bounds.of(content).is_harmless
    assert read_if_harmless(content, URL, "text/html") is None
    part = harmless_part(content)
    assert Bounds.of(part).is_harmless
    assert content.startswith(part)


def test_of_a_page_that_is_cut_the_start_is_read() -> None:
    markup = "<title>Page</title><p id=a>first" + "<i>" * MANY + "<p id=x>last"
    page = read(markup.encode(), URL, "text/html")
    assert page.title
    assert (page.title.value, page.text, page.fragment_found) == ("Page", "first", None)
    assert read(markup.encode(), f"{URL[:-1]}a", "text/html").fragment_found is True


def test_a_small_page_that_grows_in_the_parser_is_cut_too() -> None:
    fonts = "".join(f"<font size={i}>" for i in range(300))
    content = f"<title>Page</title><p>{fonts}</p>{'<p>x</p>' * 300}<p id=x>".encode()
    assert Bounds.of(content).is_harmless
    assert read_if_harmless(content, URL, "text/html") is None
    page = read(content, URL, "text/html")
    assert (page.title and page.title.value, page.fragment_found) == ("Page", None)


def test_a_heavy_page_can_be_read_whole() -> None:
    row = "<tr><td>12<td><a href=/x>x</a><td>34"
    content = f"<table>{row * 2000}</table><p id=x>".encode()
    assert read_if_harmless(content, URL, "text/html") is None
    page = read_whole(content, URL, "text/html")
    assert (page.word_count, page.fragment_found) == (6000, True)


def test_what_is_no_page_is_never_heavy() -> None:
    content = b"<i>" * MANY
    assert read_if_harmless(content, URL, "text/plain") == read(content, URL, "text/plain")


MARKS = "\u0301\u0316"  # in NFC in the other order
DATA = "<script type=application/ld+json>"
HOSTILE = {
    "nested elements": "<div>" * 100_000,
    "two million nested elements": "<i>" * 2_000_000,
    "as many elements as are read": "<div>" * MAX_OPENING,
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">",
    "attributes of many roots": "".join(f"<html a{i}=1>" for i in range(MANY)),
    "attributes of links": "<p><a " + " ".join(f"a{i}" for i in range(11_000)) + ">" + "<p>x" * 3400,
    "links": "<a>" * MANY,
    "bold": "<b>" * 100_000,
    "different fonts": "".join(f"<font size={i}><p>" for i in range(MANY)),
    "formatting built anew": "<p>" + "<b><i><u><s><em><code><big><tt>" * 3 + "<p>x" * MANY,
    "misnested": "<b><div>" * MANY,
    "misnested end tags": "<b>" * 1000 + "<div>" * 2400 + "</b>" * 3500,
    "foster parents": "<table>" + "x<b>" * MANY,
    "nested tables": "<table><tr><td>" * MANY,
    "foreign": "<svg><desc><p>" * MANY,
    "options": "<select>" + "<option>x" * MANY,
    "items in items": "<li><dd>" * MANY,
    "end tags": "<i><div>" + "<b>" * 250 + "</i>" * MANY,
    "images in a line": "<p>" + "x<img>" * MANY,
    "spans in spans": "<span>" * 1700 + "<i></i>x<img>" * 850,
    "comments": "<!-->" * MANY,
    "comment": "<!--" * MANY,
    "script": "<script><!--" + "<script>" * MANY,
    "quote": "<a href='" * MANY,
    "signs": "<" * 1_000_000,
    "blanks": "<a " + " " * 1_000_000,
    "metas": "<meta '" * MANY + "charset http-equiv refresh",
    "names of a meta": f"<meta name='{'a ' * 200_000}' content='{' ' * 500_000}'>",
    "long title": "<title>" + "a" * 5_000_000,
    "titles of icons": "<svg>" * 1700 + "<title>" * 1700,
    "heading": "<h1>" * MANY,
    "headings in headings": "<h1><div>" * 127 + "x<br>" * 200_000,
    "empty headings in headings": "<h1><div>" * 340 + "&#8203;" * 140_000,
    "hidden headings": "<div hidden>" * 250 + "<h1>x</h1>" * 3000,
    "items": "<div itemscope itemprop=description>" * 3400,
    "headers": "<header>" * 3400,
    "navigation": ("<nav>" + " " * 250) * 3400,
    "digits": "<meta http-equiv=refresh content='" + "1" * 1_000_000 + "x'>",
    "charset": "<meta " + "a" * 1_000_000 + " charset",
    "charsets": "<meta a='charset " * MANY,
    "signs of a charset": "<meta " + "=" * 900_000 + " charset",
    "long address": "<link rel=canonical href=/" + "a" * 1_000_000 + ">",
    "deep linked data": DATA + "[" * MANY,
    "comments in linked data": DATA + "/* " * MANY,
    "quotes in linked data": DATA + '"' + '\\"' * MANY,
    "escapes in linked data": DATA + '"\\' * 125_000,
    "commas in linked data": DATA + "[" + ", " * 120_000,
    "digits in linked data": DATA + "1" * MANY,
    "nodes of linked data": DATA
    + "[" + ",".join(f'{{"@type":"Article","url":"/{i}","@id":"/a","mainEntityOfPage":"/b"}}' for i in range(200)) + "]",
    "marks in linked data": DATA + f'{{"@type":"Article","name":"{MARKS * 60_000}"}}',
    "marks in a title": "<title>" + MARKS * 500_000,
    "marks in a text": "<p>" + MARKS * 500_000,
    "marks in a heading": "<h1>" + MARKS * 500_000,
    "marks in an address": "<link rel=canonical href='/" + MARKS * 200_000 + "'>",
    "marks as references": "<p>" + "&#769;&#790;" * 80_000,
    "marks by decomposition": "<p>" + "\u0f73" * 1_000_000,
    "invisible characters": "<p>" + "a\u200b" * 500_000,
    "separators of lines": "<p>" + "a\u2028" * 500_000,
    "words without blanks": "<p>" + ("学" * 31 + "\u0301") * 30_000,
    "script that is not closed": '<script id="__NEXT_DATA__"' * 30_000,
    "data of a script": '<script id="__NEXT_DATA__">' + '"statusCode":404 ' * 60_000,
    "scripts of a filter": "<p>" + "<script src=/_Incapsula_Resource?SWJIYLWA></script>" * 3000,
    "widgets of a filter": "<div class=h-captcha></div>" * 3000 + "<input>",
}  # fmt: skip


# Unbounded, some of these take minutes; on an idle processor the worst of them takes a quarter second.
@pytest.mark.promise("29")
@pytest.mark.timeout(120)
@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_are_read_in_a_moment(markup: str) -> None:
    content = f"<title>Page</title>{markup}".encode()
    with cpu_seconds_at_most(2):
        page = read(content, URL, "text/html")
    assert page.title
    assert page.title.value == "Page"


TAGS = [
    "a",
    "b",
    "body",
    "br",
    "button",
    "code",
    "dd",
    "div",
    "dl",
    "form",
    "h1",
    "head",
    "html",
    "i",
    "img",
    "input",
    "li",
    "math",
    "meta",
    "nav",
    "nosuch",
    "object",
    "option",
    "p",
    "plaintext",
    "pre",
    "ruby",
    "rt",
    "script",
    "select",
    "style",
    "svg",
    "table",
    "td",
    "template",
    "textarea",
    "title",
    "tr",
    "ul",
    "xmp",
]


def soup(seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311 -- a shape for a test
    piece = [
        chance.choice(("<{}>", "<{}>", "</{}>", "<{}/>", "x", "<{} a='>'>", "<{} a={}>")).format(
            chance.choice(TAGS), chance.randrange(9)
        )
        for _ in range(12)
    ]
    return "".join(piece) * 300


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", range(60))
def test_no_soup_of_tags_takes_long(seed: int) -> None:
    with cpu_seconds_at_most(2):
        read(soup(seed).encode(), URL, "text/html")


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
                "<b itemprop=author itemscope>",
                "<p role=navigation hidden>",
                "<!--",
                "'>",
                '"',
                "&#xd800;",
                "http://[",
                "\0(",
                "\0)",
            ]
        ),
        st.text(max_size=5),
    )
).map("".join)


@pytest.mark.slow
@given(st.one_of(st.binary(), markups.map(lambda text: text.encode("utf-8", "surrogatepass"))),
       st.text(max_size=10), st.one_of(st.none(), st.just("text/html"), st.text(max_size=20)))  # fmt: skip
def test_no_page_raises(content: bytes, url: str, content_type: str | None) -> None:
    page = read(content, url, content_type)
    assert page == read_if_harmless(content, url, content_type)
    assert "\0" not in page.text + page.main_text
