"""Outlines, sitemaps and plain text, which format a file has, and files packed with gzip."""

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import ListSettings
from crawler.errors import ResourcesError
from crawler.model import LeftOut, ResourceList
from crawler.resources import lines, parse

OPML = """\
<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>é</title></head><body>
<outline text="News &amp; more">
  <outline type="rss" text="A" xmlUrl="https://a.example/feed?x&amp;y" htmlUrl='https://a.example/'/>
  <outline text="Deep"><outline text="B" type="link" url="https://b.example" description="What"/></outline>
</outline>
<outline text="C" url="https://c.example"/>
</body></opml>
"""
SITEMAP = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="http://i.example/">
<url><loc>https://a.example/é</loc><i:image><i:loc>https://no.example</i:loc></i:image></url>
<url>
  <loc>
    https://b.example/?x&amp;y
  </loc></url>
<url><loc><![CDATA[https://c.example/?x&y]]></loc></url>
</urlset>
"""
TEXT = "# my list\n\nhttps://a.example\n  https://ü.example/x \r\nhtp://c.example\nhttps://d.example # crawler-ignore\n"


def read(content: str | bytes, name: str, rules: ListSettings | None = None) -> ResourceList:
    encoded = content.encode() if isinstance(content, str) else content
    return parse(io.BytesIO(encoded), name, rules)


def found(content: str | bytes, name: str) -> list[str]:
    return [resource.url for resource in read(content, name).resources]


def spans(content: str, name: str) -> list[str]:
    places = [place for one in read(content, name).resources for place in one.places]
    return [content.encode()[place.start : place.end].decode() for place in places]


def test_outlines() -> None:
    listed = read(OPML, "feeds.opml").resources
    assert [(one.url, one.title, one.category, one.description) for one in listed] == [
        ("https://a.example/", "A", "News & more", ""),
        ("https://a.example/feed?x&y", "A", "News & more", ""),
        ("https://b.example", "B", "News & more / Deep", "What"),
        ("https://c.example", "C", "", ""),
    ]
    assert spans(OPML, "feeds.opml") == [
        "https://a.example/",
        "https://a.example/feed?x&amp;y",
        "https://b.example",
        "https://c.example",
    ]
    assert [one.line for one in listed] == [4, 4, 5, 7]


def test_a_sitemap() -> None:
    assert found(SITEMAP, "sitemap.xml") == [
        "https://a.example/é",
        "https://b.example/?x&y",
        "https://c.example/?x&y",
    ]
    assert spans(SITEMAP, "sitemap.xml") == [
        "https://a.example/é",
        "https://b.example/?x&amp;y",
        "https://c.example/?x&y",
    ]


def test_the_sitemaps_of_an_index_are_parts_of_it() -> None:
    text = "<sitemapindex><sitemap><loc>https://a.example/s/one.xml.gz?v=1</loc></sitemap></sitemapindex>"
    listed = read(text, "maps/index.xml")
    assert (listed.resources, listed.parts) == ((), ("maps/one.xml.gz",))


def test_plain_text() -> None:
    for content in (TEXT, "\ufeff" + TEXT):
        listed = read(content, "list.txt")
        assert [(one.line, one.url) for one in listed.resources] == [
            (3, "https://a.example"),
            (4, "https://ü.example/x"),
            (5, "htp://c.example"),
        ]
        assert spans(content, "list.txt") == [one.url for one in listed.resources]
        assert dict(listed.left_out) == {LeftOut.IGNORED: 1}


@pytest.mark.parametrize(
    ("content", "name", "rules"),
    [
        ("url\nhttps://a.example", "list.csv", None),
        ("url\tx\nhttps://a.example\t", "list.tsv", None),
        ("url,title\nhttps://a.example,x", "list.txt", None),
        ("title,url\nx,https://a.example", "readme", None),
        ("https://a.example\n", "list.txt", None),
        ("https://a.example", "list", None),
        ("- [x](https://a.example)", "README", None),
        ("- [x](https://a.example)", "LIST.MD", None),
        ("- [x](https://a.example)", "list", ListSettings(format="markdown")),
        ("<html><a href=https://a.example>", "list", None),
        ("<!-- x --> <!DOCTYPE html><a href=https://a.example>", "list", None),
        ('[\n{"url": "https://a.example"}]', "list", None),
        ("<?xml version='1.0'?><opml><outline url='https://a.example'/></opml>", "x.xml", None),
        ("<urlset><url><loc>https://a.example</loc></url></urlset>", "x.xml", None),
        (
            gzip.compress(b"<urlset><url><loc>https://a.example</loc></url></urlset>", mtime=0),
            "x.xml.gz",
            None,
        ),
        (gzip.compress(b"url\nhttps://a.example", mtime=0), "list.csv.gz", None),
    ],
)
def test_a_file_has_a_format_by_its_name_or_its_beginning(
    content: str | bytes, name: str, rules: ListSettings | None
) -> None:
    assert [one.url for one in read(content, name, rules).resources] == ["https://a.example"]


LAUGHS = """<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<opml><outline text="&b;"/></opml>"""


@pytest.mark.promise("14")
@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (LAUGHS, "x.opml", "x.opml:1: the file defines entities; write their text"),
        ("<opml>\n<outline></opml>", "x.opml", "x.opml:2:12: this is no XML (mismatched tag)"),
        ("<o>" * 200, "x.opml", "x.opml:1: elements are too deep inside each other"),
        ("<a/>", "x", "x:1: "),
        ("one\ntwo\nthree\n", "x.text", "x.text:1: no column is called url"),
        (
            gzip.compress(b"url\n" * 9999, mtime=0)[:-9],
            "x.csv.gz",
            "x.csv.gz: the gzip file is cut short",
        ),
        (b"\x1f\x8bnonsense", "x.csv.gz", "x.csv.gz: the gzip file is damaged"),
        ("\ufeff".encode("utf-16") + b"x", "x.md", "x.md:1: the file is UTF-16; save it as UTF-8"),
        (b"a\r\n\xe4", "x.md", "x.md:2:1: this byte is not UTF-8"),
        ("a\nb\0", "x.md", "x.md:2: a NUL byte"),
    ],
)
def test_a_fault_is_told_with_its_place(content: str | bytes, name: str, message: str) -> None:
    with pytest.raises(ResourcesError) as caught:
        read(content, name)
    assert str(caught.value).startswith(message)


def test_prose_is_no_list_of_urls() -> None:
    with pytest.raises(ResourcesError, match=r"^x:2: this is no list of URLs, one on each line"):
        read("some\nwords\nhere\n", "x", ListSettings(format="text"))


def test_a_sitemap_has_the_root_of_one() -> None:
    with pytest.raises(ResourcesError, match=r"^x\.xml:1: <a> begins no sitemap"):
        read("<a/>", "x.xml", ListSettings(format="sitemap"))


def test_a_bomb_is_unpacked_no_further_than_a_list_may_be_long() -> None:
    content = gzip.compress(b"<urlset>" + b" " * (lines.MAX_DOCUMENT_BYTES + 1), 9)
    with pytest.raises(ResourcesError, match=r"^x\.xml\.gz: longer than 50 MB"):
        read(content, "x.xml.gz", ListSettings(format="sitemap"))


def test_rows_are_unpacked_no_further_than_a_list_may_be_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lines, "MAX_UNPACKED_BYTES", 2_000_000)
    content = gzip.compress(b"url\n" + b"\n" * 2_000_000, 9, mtime=0)
    with pytest.raises(ResourcesError, match=r"^x\.csv\.gz: longer than 2 MB when it is unpacked"):
        read(content, "x.csv.gz")


_PIECES = st.sampled_from(
    [
        *"[]()<>{}=,:-#&!\"'`|\\/ \n\t",
        "\r\n",
        "é",
        "\u2028",
        "https://a.example/x",
        "url: ",
        '"url"',
        "url = ",
        "<a href=",
        "<outline url=",
        "<urlset><url><loc>",
        "</",
        "<!--",
        "-->",
        "<![CDATA[",
        "[t](",
        '"""',
        "\n- ",
        "[[a]]\n",
        "---\n",
        "&amp;",
    ]
)
_NAMES = ["x.md", "x.html", "x.opml", "x.yaml", "x.json", "x.toml", "x.xml", "x.txt", "x"]


@given(st.sampled_from(_NAMES), st.lists(_PIECES, max_size=30).map("".join))
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    content = text.encode()
    try:
        listed = read(content, name).resources
    except ResourcesError:
        return
    for place in (place for one in listed for place in one.places):
        assert 0 <= place.start <= place.end <= len(content)
        content[place.start : place.end].decode()
