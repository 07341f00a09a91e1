"""Pages and exported bookmarks, and what they become."""

import io
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import ListSettings
from crawler.errors import ResourcesError
from crawler.model import LeftOut, Resource, ResourceList
from crawler.resources import parse
from crawler.resources.formats import html_reader

EXPORTS = Path(__file__).parent / "exports"


def read(text: str, name: str = "list.html", rules: ListSettings | None = None) -> ResourceList:
    return parse(io.BytesIO(text.encode()), name, rules)


def only(text: str) -> Resource:
    (resource,) = read(text).resources
    return resource


def written(text: str, resource: Resource) -> str:
    (place,) = resource.places
    return text.encode()[place.start : place.end].decode()


BOOKMARKS = """\
<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file.
     It will be read and overwritten.
     DO NOT EDIT! -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<meta http-equiv="Content-Security-Policy"
      content="default-src 'self'; script-src 'none'; img-src data: *; object-src 'none'"></meta>
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>

<DL><p>
    <DT><A HREF="https://a.example/?x=1&amp;y=2" ADD_DATE="1" ICON="data:image/png;base64,AA==">A &amp; B</A>
    <DD>What it is
    <DT><H3 ADD_DATE="1" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks bar</H3>
    <DL><p>
        <DT><A HREF="https://b.example/">B</A>
        <DT><H3>Deep</H3>
        <DD>About the folder
        <DL><p>
            <DT><A HREF="https://c.example/" SHORTCUTURL="c">C</A>
            <DT><A HREF="place:sort=8&amp;maxResults=10">Most Visited</A>
            <DT><A HREF="javascript:void(0)">Script</A>
        </DL><p>
        <HR>
        <DT><A HREF="https://d.example/">D</A>
    </DL><p>
    <DT><A HREF="https://e.example/">E</A>
</DL>
"""


def test_bookmarks_have_their_folders_for_categories() -> None:
    listed = read(BOOKMARKS)
    assert [(one.title, one.url, one.category, one.description) for one in listed.resources] == [
        ("A & B", "https://a.example/?x=1&y=2", "", "What it is"),
        ("B", "https://b.example/", "Bookmarks bar", ""),
        ("C", "https://c.example/", "Bookmarks bar / Deep", ""),
        ("D", "https://d.example/", "Bookmarks bar", ""),
        ("E", "https://e.example/", "", ""),
    ]
    assert dict(listed.left_out) == {LeftOut.OTHER_SCHEME: 2}
    assert [unescape(written(BOOKMARKS, one)) for one in listed.resources] == [
        one.url for one in listed.resources
    ]


def test_the_bookmarks_that_firefox_exports() -> None:
    """Written by Firefox 153, as HTML and as a backup."""
    content = (EXPORTS / "firefox.html").read_bytes()
    listed = parse(io.BytesIO(content), "bookmarks.html")
    assert [(one.title, one.url, one.category) for one in listed.resources] == [
        ("A <tool> & é", "https://a.example/?x=1&y=%C3%A9", ""),
        ("B", "https://b.example/it's", 'Folder "one"'),
        ("C", "https://c.example/#frag", 'Folder "one" / Deep'),
    ]
    assert dict(listed.left_out) == {LeftOut.OTHER_SCHEME: 1}
    for one in listed.resources:
        (place,) = one.places
        assert unescape(content[place.start : place.end].decode()) == one.url
    backup = parse(io.BytesIO((EXPORTS / "firefox.json").read_bytes()), "bookmarks.json")
    assert [one.url for one in backup.resources] == [one.url for one in listed.resources]
    assert [one.category for one in backup.resources] == [
        " / ".join(filter(None, ("menu", one.category))) for one in listed.resources
    ]
    assert backup.left_out == listed.left_out


def test_bookmarks_are_known_by_how_they_begin() -> None:
    assert len(read(BOOKMARKS, "bookmarks").resources) == 5
    assert len(read(BOOKMARKS, "x.html", ListSettings(links="items")).resources) == 5


PAGE = """\
<!doctype html><base href="https://site.example/docs/">
<script>document.write('<a href="https://no.example">x</a>')</script>
<h1>My page</h1><p><a href="https://a.example">First</a> <a href=/b>relative</a>
<h2>Tools <em>here</em></h2>
<ul><li><a class='x' href='https://c.example/?q&lt;&amp;r' title="x"><img src=c.png alt="the C"></a>
<li><A HREF = https://d.example/~x >D
d</A> <a href="#top">top</a> <a name="no">no</a> <a href="mailto:x@y.example">m</a></ul>
<!-- <a href="https://no.example">x</a> -->
<a href="https://e.example">e</a> <!-- crawler-ignore -->
<!-- crawler-ignore-start --><a href="https://f.example">f</a><!-- crawler-ignore-end -->
"""


def test_a_comment_that_leaves_out_all_links_to_the_end_is_refused() -> None:
    with pytest.raises(ResourcesError, match=r":10: this comment leaves out all links to the end"):
        read(PAGE.replace("<!-- crawler-ignore-end -->", ""))


def test_a_page_has_its_headings_for_categories() -> None:
    listed = read(PAGE)
    assert [(one.title, one.url, one.category) for one in listed.resources] == [
        ("First", "https://a.example", "My page"),
        ("relative", "https://site.example/b", "My page"),
        ("the C", "https://c.example/?q<&r", "Tools here"),
        ("D d", "https://d.example/~x", "Tools here"),
    ]
    assert dict(listed.left_out) == {
        LeftOut.ANCHOR: 1,
        LeftOut.MAIL: 1,
        LeftOut.IMAGE: 1,
        LeftOut.IGNORED: 2,
    }
    assert [one.line for one in listed.resources] == [3, 3, 5, 6]


def test_only_items_are_read_on_request() -> None:
    listed = read(PAGE, rules=ListSettings(links="items"))
    assert [one.title for one in listed.resources] == ["the C", "D d"]


@pytest.mark.parametrize(
    "tag",
    [
        '<a href="https://a.example">',
        "<a href='https://a.example'>",
        "<a href=https://a.example>",
        '<A\n  data-href="https://no.example"\n HREF = "https://a.example" >',
        '<a title="a > b" href="https://a.example">',
        '<a href="https://a.example" href="https://no.example">',
        '<a/href="https://a.example"/>',
    ],
)
def test_a_url_is_found_in_its_tag(tag: str) -> None:
    text = f"<p>é\r\n{tag}x</a>"
    resource = only(text)
    assert written(text, resource) == resource.url == "https://a.example"


@pytest.mark.parametrize("attributes", ["a=b ", "a='>' ", 'a=">" ', "a=it's "])
def test_a_tag_that_is_too_long_is_passed_over(attributes: str) -> None:
    count = html_reader._LONGEST_TAG // len(attributes) + 1
    text = f"<a {attributes * count}href='https://no.example'>x</a><a href='https://a.example'>"
    assert only(text).url == "https://a.example"


def test_a_quote_that_is_never_closed_makes_no_long_tag() -> None:
    text = f"<a title=it's href=https://a.example>x</a>{'<p>x' * html_reader._LONGEST_TAG}"
    assert only(text).url == "https://a.example"


_QUERIES = st.text("ab&<>\"'é;=", max_size=12)


@given(st.lists(_QUERIES, min_size=1, max_size=5, unique=True), st.sampled_from(["\n", "\r\n"]))
def test_every_span_reads_back_as_its_url(queries: list[str], line_break: str) -> None:
    links = [f"https://a.example/?{n}={query}" for n, query in enumerate(queries)]
    text = line_break.join(f'<DT><A HREF="{escape(url)}">ü {n}</A>' for n, url in enumerate(links))
    listed = read(f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n{text}").resources
    assert [one.url for one in listed] == links
    whole = f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n{text}"
    assert [unescape(written(whole, one)) for one in listed] == links
