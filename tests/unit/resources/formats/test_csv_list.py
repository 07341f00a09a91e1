"""Rows of a CSV file, and faults in them."""

import io
import os
from collections.abc import Callable, Iterator
from random import Random

import pytest

from crawler.errors import ResourcesError
from crawler.model import Columns, Resource, ResourceList
from crawler.resources import MAX_ROW_BYTES, parse

FULL = bool(os.environ.get("CRAWLER_FULL"))  # noqa: TID251


def read(content: bytes) -> ResourceList:
    return parse(io.BytesIO(content), "list.csv")


@pytest.mark.promise("13")
@pytest.mark.parametrize(
    "content",
    [
        b"url\nhttps://a.org\nhttps://b.org\n",
        b"url\nhttps://a.org\nhttps://b.org",
        b"\xef\xbb\xbfurl\r\nhttps://a.org\r\nhttps://b.org\r\n",
        b"\n\nurl\n\nhttps://a.org\n  \nhttps://b.org\n\n",
        b"note,URL ,more\nx,https://a.org,y\n,https://b.org,\n",
        b'title,url\n"a ""b"", c","https://a.org"\n"a\nb",https://b.org\n',
        b'\xef\xbb\xbfTitle;URL\r\n"a; ""b""";https://a.org\r\na, b;https://b.org\r\n',
        b'url\ttitle\nhttps://a.org\t"a\tb"\nhttps://b.org\ta, b; c\n',
        b',,\ntitle,url,\n,,\na,https://a.org,\n , ,\n"","",""\nb,https://b.org,\n,,\n',
        b"url,title,,\nhttps://a.org,a\nhttps://b.org,b,,,,\n",
        b'"sep=;"\nLink;Name\nhttps://a.org;a\nhttps://b.org;b\n',
        b";\nLink;Name\n;\nhttps://a.org;a\n;\nhttps://b.org;\n",
        b'url;"two\nlines"\nhttps://a.org;a\nhttps://b.org;b\n',
    ],
)
def test_encodings_line_ends_blank_lines_and_columns_may_vary(content: bytes) -> None:
    assert [resource.url for resource in read(content).resources] == [
        "https://a.org",
        "https://b.org",
    ]


def test_a_separator_is_taken_from_the_header_alone() -> None:
    urls = [resource.url for resource in read(b"url\nhttps://a.org/;b\tc\n").resources]
    assert urls == ["https://a.org/;bc"]
    (row,) = read(b"title;url\na,b;https://a.org/?x=1,2\n").resources
    assert (row.title, row.url) == ("a,b", "https://a.org/?x=1,2")


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (b"number,url", Columns(read=(("url", "url"), ("number", "number")))),
        (
            b"ID;Link;Name;Group;Notes;;",
            Columns(
                read=(("url", "Link"), ("id", "ID"), ("title", "Name"), ("category", "Group")),
                left=("Notes", "", ""),
                separator=";",
            ),
        ),
        (
            b"Section\tText\tWeb_Address:",
            Columns(
                read=(("url", "Web_Address:"), ("title", "Text"), ("category", "Section")),
                separator="\t",
            ),
        ),
        (
            b"link,url,name,title,no",
            Columns(
                read=(("url", "url"), ("number", "no"), ("title", "title")),
                left=("link", "name"),
            ),
        ),
        (b"number,#,url", Columns(read=(("url", "url"), ("number", "number")), left=("#",))),
        (b"label,name,href", Columns(read=(("url", "href"), ("title", "name")), left=("label",))),
    ],
)
def test_columns_are_known_by_other_words_too(header: bytes, columns: Columns) -> None:
    assert read(header + b"\n").columns == columns


def test_other_words_for_columns_are_read_like_our_own() -> None:
    header = b"Group;Name;Link;Id\n"
    (resource,) = read(header + b"Tools;A tool;https://a.org;x1\n").resources
    assert resource == Resource(
        key="x1", category="Tools", title="A tool", url="https://a.org", line=2, file="list.csv"
    )


def test_a_field_that_spans_lines_and_contains_a_url_is_noticed() -> None:
    rows = b'a,u\n"b,https://secret.example\nc",v\n"d\ne",w\nf,u\n'
    notices = read(b"title,url\n" + rows).notices
    assert [(notice.line, notice.text) for notice in notices] == [
        (
            3,
            "A field of the row on line 3 spans lines and contains a URL; a quote may be missing.",
        ),
        (7, "Line 7 repeats the URL of line 2; it is asked once."),
    ]


@pytest.mark.promise("14")
@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        (b"", 1, "no header"),
        (b"\n \n", 1, "no header"),
        ("\u00a0;\n,\n".encode(), 1, "no header"),
        (b"https://a.org\nhttps://b.org\n", 1, "no column is called url"),
        (b"\nnumber,site\n", 2, "no column is called url"),
        (b"https://user:SECRET@a.org/\n", 1, "this line has a URL and is no header; no column"),
        (b"url,t,\na,b,,c\n", 2, "in the row: 4, in the header: 3"),
        (b"url,t,\na\n", 2, "in the row: 1, in the header: 3"),
        (b"title;text;note\na;b;c\n", 1, "no column is called url"),
        (b"title,link,address\n", 1, "link and address may each be the column of the URLs"),
        (b"title;Website;href\n", 1, "website and href may each be .*; call the right one url"),
        (b"link,link\n", 1, "link and link may each be"),
        (b"url;t\na;b\na;b;c\n", 3, "quote a field that has a semicolon"),
        (b"url\tt\na\tb\tc\n", 2, "quote a field that has a tab"),
        (
            b"url;t\n# tools\n",
            2,
            "1, in the header: 2; give every column a field, if only an empty",
        ),
        (b'url;t\na;5" disk\n', 2, "inside an unquoted field"),
        (b'url;t\na;"b\n', 2, "a quote opens here"),
        (b"url,URL\n", 1, "two columns are called url"),
        (b"url,title,title\n", 1, "two columns are called title"),
        (b"url\na\nb\xff\n", 3, "not UTF-8"),
        ("url\n".encode("utf-16"), 1, "save the file as UTF-8"),
        (b'url\n"a\nb\xff"\n', 3, "not UTF-8"),
        (b"url\na\nb\0\n", 3, "NUL"),
        (b"url\na\n" + b"b" * MAX_ROW_BYTES + b"\n", 3, "longer than 1 MB"),
        (b"url\n" + b"b" * (MAX_ROW_BYTES - 1) + b"\n", 2, "a field is longer"),
        (b'url\na\n"b\n' + b'","\n' * (MAX_ROW_BYTES // 4), 3, "longer than 1 MB"),
        (b'url,t\n"a\nb","c\nd\ne,f\n', 3, "a quote opens here"),
        (b'url\na\n"b\nc\n', 3, "a quote opens here"),
        (b'url\na\n"b\n' + b"c,d\n" * 50_000, 3, "a quote opens here"),
        (b'"url\n', 1, "a quote opens here"),
        (b'url,t\na,5" disk\n', 2, "inside an unquoted field"),
        (b'url,t\na, "b"\n', 2, "inside an unquoted field"),
        (b'url,t\n"a"b,c\n', 2, "follows a closing quote"),
        (b'url,t\n"a\nb"c,"d"\n', 3, "follows a closing quote"),
        (b"url,t\na\rb,c\n", 2, "carriage return"),
        (b"url\ra\rb\r", 1, "carriage return"),
        (b"url,t\na,b\na,b,c\n", 3, "in the row: 3, in the header: 2"),
        (b"url,t\na,b\na\n", 3, "in the row: 1, in the header: 2"),
        (b"number,url\n1,a\n1.0,b\n", 3, "not a whole one"),
        (b"number,url\n1,a\n,b\n", 3, "not a whole one"),
        (b"number,url\n-1,a\n", 2, "not a whole one"),
        (b"number,url\n" + b"9" * 19 + b",a\n", 2, "not a whole one"),
        (b"number,url\n1,a\n2,b\n01,c\n", 4, "number repeats that of line 2"),
        (b"number,url\n5,a\n3,b\n5,c\n", 4, "number repeats that of line 2"),
        (b"number,url\n5,a\n3,b\n3,c\n", 4, "number repeats that of line 3"),
        (b"number,url\n5,a\n3,b\n7,c\n7,d\n", 5, "number repeats that of line 4"),
        (b"id,url\nx,a\n ,b\n", 3, "id is empty"),
        (b"id,url\nx,a\nx,b\n", 3, "id repeats that of line 2"),
    ],
)
def test_a_structural_fault_is_reported_with_file_and_line(
    content: bytes, place: int, what: str
) -> None:
    with pytest.raises(ResourcesError, match=what) as caught:
        read(content)
    assert str(caught.value).startswith(f"list.csv:{place}: ")
    assert "SECRET" not in str(caught.value)


@pytest.mark.promise("16")
@pytest.mark.parametrize(
    "row",
    [b"1,SECRET,x,y", b"SECRET,x", b'SECRET"x,y', b'"SECRET\n', b'"SECRET"x,y', b"SECRET\xff,x"],
)
def test_a_fault_never_quotes_the_row(row: bytes) -> None:
    with pytest.raises(ResourcesError) as caught:
        read(b"number,url\n" + row + b"\n")
    assert "SECRET" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.promise("16")
def test_a_fault_is_raised_when_its_line_is_reached() -> None:
    def lines() -> Iterator[bytes]:
        yield b"url\n"
        yield b"a,b\n"
        raise AssertionError("read on after the fault")

    with pytest.raises(ResourcesError, match=r"^list\.csv:2: "):
        parse(lines(), "list.csv")


# --- malformed lists ------------------------------------------------------------------------------

FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "in the row: 3, in the header: 4": lambda row: row.rpartition(b",")[0],
    "in the row: 5, in the header: 4": lambda row: row + b",more",
    "not UTF-8": lambda row: row.replace(b"Title", b"Tit\xffle"),
    "NUL": lambda row: row.replace(b"Title", b"Tit\0le"),
    "a quote opens here": lambda row: row.replace(b"Title", b'"Title'),
    "follows a closing quote": lambda row: row.replace(b"Title", b'"Title"x'),
    "inside an unquoted field": lambda row: row.replace(b"Title", b'Ti"tle'),
    "carriage return": lambda row: row.replace(b"Title", b"Ti\rtle"),
    "not a whole one": lambda row: row.replace(b",", b".5,", 1),
    "longer than 1 MB": lambda row: row.replace(b"Title", b"T" * MAX_ROW_BYTES),
}
"""What is said of a row that was spoilt in such a way."""


@pytest.mark.promise("14")
@pytest.mark.parametrize("number", range(10 if FULL else 2))
@pytest.mark.parametrize("says", FAULTS)
def test_a_list_with_one_fault_is_refused_with_its_line(says: str, number: int) -> None:
    chance = Random(f"{says}{number}")  # noqa: S311
    rows = [b"%d,Title %d,https://a.example/%d,note" % (n, n, n) for n in range(1, 50)]
    at = chance.randrange(len(rows))
    rows[at] = FAULTS[says](rows[at])
    end = chance.choice([b"\n", b"\r\n"])
    content = chance.choice([b"", b"\xef\xbb\xbf"]) + end.join([b"number,title,url,note", *rows])
    with pytest.raises(ResourcesError, match=f"^list.csv:{at + 2}: .*{says}"):
        read(content)
