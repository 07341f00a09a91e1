"""Lines of a list, and the resources, notices or faults they become."""

import hashlib
import io
import tracemalloc
from collections.abc import Iterator
from itertools import chain
from time import process_time

import pytest

from crawler import urls
from crawler.errors import ResourcesError
from crawler.model import Resource, ResourceList
from crawler.resources import MAX_ROW_BYTES, find, find_one, parse, select
from crawler.text import MAX_MARKS, TITLE_LENGTH

HEADER = b"number,category,title,url\n"


def read(content: bytes) -> ResourceList:
    return parse(io.BytesIO(content), "list.csv")


def only(content: bytes) -> Resource:
    (resource,) = read(content).resources
    return resource


def urls_in(content: bytes) -> list[str]:
    return [resource.url for resource in read(content).resources]


def test_a_row_becomes_a_resource() -> None:
    assert only(HEADER + b"7, Tools ,A  tool,https://example.org/\n") == Resource(
        key="7", number=7, category="Tools", title="A tool", url="https://example.org/", line=2
    )


@pytest.mark.parametrize(
    "content",
    [
        b"url\nhttps://a.org\nhttps://b.org\n",
        b"url\nhttps://a.org\nhttps://b.org",
        b"\xef\xbb\xbfurl\r\nhttps://a.org\r\nhttps://b.org\r\n",
        b"\n\nurl\n\nhttps://a.org\n  \nhttps://b.org\n\n",
        b"note,URL ,more\nx,https://a.org,y\n,https://b.org,\n",
        b'title,url\n"a ""b"", c","https://a.org"\n"a\nb",https://b.org\n',
    ],
)
def test_encodings_line_ends_blank_lines_and_columns_may_vary(content: bytes) -> None:
    assert urls_in(content) == ["https://a.org", "https://b.org"]


def test_rows_keep_their_order_and_the_line_they_start_on() -> None:
    listed = read(b'title,url\n\n"a\nb",https://a.org\nc,https://b.org\n').resources
    assert [(resource.title, resource.line) for resource in listed] == [("a b", 3), ("c", 5)]


def test_a_list_without_rows_is_empty() -> None:
    assert read(HEADER).resources == ()


def test_the_digest_is_that_of_the_bytes() -> None:
    content = b"\xef\xbb\xbf" + HEADER + b"1,c,t,https://example.org\r\n"
    assert read(content).digest == hashlib.sha256(content).hexdigest()


# --- what a cell becomes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "url"),
    [
        (" https://example.org/A b?%7e ", "https://example.org/A b?%7e"),
        ("https://bücher.example/ü", "https://bücher.example/ü"),
        ("https://user:pw@example.org/", "https://example.org/"),
        ("http://user:pw@exa mple.org", "http://exa mple.org"),
        ("user:pw@ host", "host"),
        ("", ""),
        ("https://example.org/a\u200cb\x1b[31m", "https://example.org/a%E2%80%8Cb%1B[31m"),
        ('"https://example.org/a\nb"', "https://example.org/ab"),
        ('"https://exam\nple.org"', "https://exam ple.org"),
        ("ht\x01tp://example.org", "ht%01tp://example.org"),
    ],
)
def test_a_url_stays_as_written_but_for_secrets_and_what_cannot_be_seen(
    cell: str, url: str
) -> None:
    assert only(f"url,x\n{cell},\n".encode()).url == url


def test_titles_and_categories_are_cleaned_and_cut() -> None:
    long = "x" * (TITLE_LENGTH + 1)
    resource = only(f"title,category,url\na\u202eb,{long},u\n".encode())
    assert resource.title == "ab"
    assert len(resource.category) == TITLE_LENGTH


def test_a_title_that_swallowed_a_url_shows_no_password() -> None:
    resource = only(b'title,url\n"One,https://user:pw@a.org\nTwo",https://b.org\n')
    assert "pw" not in resource.title
    assert only(b"title,url\nme@work,u\n").title == "me@work"


@pytest.mark.parametrize(
    "place", ["{}", "exa{}mple.org", "example.org/{}", "a.org/?{}", "a.org/#{}"]
)
@pytest.mark.parametrize(
    "unseen", ["\t", "\n", "\x01", "\x7f", "\x85", "\u200c", "\u2028", "\ufeff"]
)
def test_showing_what_cannot_be_seen_changes_no_target(place: str, unseen: str) -> None:
    cell = f"https://{place.format(unseen)}z"
    url = only(f'url\n"{cell}"\n'.encode()).url
    assert url.isprintable()
    assert urls.problem(url) == urls.problem(cell)
    assert urls.problem(url) or urls.target_uri(url) == urls.target_uri(cell)


# --- keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "row", "key", "number"),
    [
        ("number,url", "007,https://a.org", "7", 7),
        ("number,id,url", "3,x,https://a.org", "3", 3),
        ("id,url", " tool-1 ,https://a.org", "tool-1", None),
        ("title,url", "t,https://u:p@a.org", "https://a.org", None),
        ("title,url", "t,", "no URL", None),
    ],
)
def test_the_key_is_number_id_or_url(header: str, row: str, key: str, number: int | None) -> None:
    resource = only(f"{header}\n{row}\n".encode())
    assert (resource.key, resource.number) == (key, number)


def test_a_repeated_url_gives_keys_that_differ() -> None:
    rows = b"https://a.org\nhttps://a.org\nhttps://a.org (2)\nhttps://a.org\n"
    keys = [resource.key for resource in read(b"url\n" + rows).resources]
    assert keys == [
        "https://a.org",
        "https://a.org (2)",
        "https://a.org (2) (2)",
        "https://a.org (3)",
    ]


# --- notices --------------------------------------------------------------------------------------


def notices(content: bytes) -> list[tuple[int, str]]:
    return [(notice.line, notice.text) for notice in read(content).notices]


def test_a_repeated_url_is_noticed_with_both_lines() -> None:
    rows = b"https://a.org\nhttps://b.org\nhttps://A.org/\nhttps://a.org#x\n"
    assert notices(b"url\n" + rows) == [
        (4, "Line 4 repeats the URL of line 2; it is asked once."),
    ]


def test_rows_without_url_are_no_repetition() -> None:
    assert notices(b"title,url\na,\nb,\n") == []


def test_a_field_that_spans_lines_and_holds_a_url_is_noticed() -> None:
    rows = b'a,u\n"b,https://secret.example\nc",v\n"d\ne",w\nf,u\n'
    assert notices(b"title,url\n" + rows) == [
        (
            3,
            "A field of the row on line 3 spans lines and contains a URL; a quote may be missing.",
        ),
        (7, "Line 7 repeats the URL of line 2; it is asked once."),
    ]


# --- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        (b"", 1, "no header"),
        (b"\n \n", 1, "no header"),
        (b"https://a.org\nhttps://b.org\n", 1, "no column is called url"),
        (b"\nnumber,link\n", 2, "no column is called url"),
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
def test_a_structural_fault_is_told_with_file_and_line(
    content: bytes, place: int, what: str
) -> None:
    with pytest.raises(ResourcesError, match=what) as caught:
        read(content)
    assert str(caught.value).startswith(f"list.csv:{place}: ")


@pytest.mark.parametrize(
    "row",
    [b"1,SECRET,x,y", b"SECRET,x", b'SECRET"x,y', b'"SECRET\n', b'"SECRET"x,y', b"SECRET\xff,x"],
)
def test_a_fault_never_quotes_the_row(row: bytes) -> None:
    with pytest.raises(ResourcesError) as caught:
        read(b"number,url\n" + row + b"\n")
    assert "SECRET" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_fault_is_raised_when_its_line_is_reached() -> None:
    def lines() -> Iterator[bytes]:
        yield b"url\n"
        yield b"a,b\n"
        raise AssertionError("read on after the fault")

    with pytest.raises(ResourcesError, match=r"^list\.csv:2: "):
        parse(lines(), "list.csv")


def test_a_long_list_is_read_as_a_stream() -> None:
    rows = 20_000
    lines = (b"%d,c,Title %d,https://h%d.example/\n" % (n, n, n) for n in range(rows))
    tracemalloc.start()
    try:
        listed = parse(chain([HEADER], lines), "list.csv")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(listed.resources) == rows
    assert peak / rows < 1000


# --- selection ------------------------------------------------------------------------------------

LISTED = (
    Resource(key="1", number=1, title="Python Tutorial", url="https://a.org/x", category="Python"),
    Resource(key="2", number=2, title="SQL", url="https://b.org/Python", category="Data"),
    Resource(key="tool-3", title="Tool 1", url="https://c.org/", category="Data"),
)


@pytest.mark.parametrize(
    ("pattern", "keys"),
    [
        ("", ["1", "2", "tool-3"]),
        ("1", ["1"]),
        ("02", ["2"]),
        ("9", []),
        ("tool-3", ["tool-3"]),
        ("data", ["2", "tool-3"]),
        ("*PYTHON*", ["1", "2"]),
        ("https://?.org/", ["tool-3"]),
        ("python", ["1"]),
    ],
)
def test_a_pattern_selects_by_number_key_or_glob(pattern: str, keys: list[str]) -> None:
    assert [resource.key for resource in select(LISTED, pattern)] == keys


def test_a_url_in_the_list_is_no_glob() -> None:
    asked = Resource(key="4", url="https://d.org/?q=[a]")
    fits_too = Resource(key="5", url="https://d.org/xq=a")
    assert find((fits_too, asked), asked.url) == (asked,)
    assert select((fits_too, asked), asked.url) == (fits_too, asked)


@pytest.mark.parametrize(
    ("wanted", "key"),
    [("1", "1"), ("tool-3", "tool-3"), ("https://c.org/", "tool-3"), ("sql", "2")],
)
def test_one_resource_is_meant(wanted: str, key: str) -> None:
    assert find_one(LISTED, wanted).key == key


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("9", "9: no such resource; the nearest is "),
        ("tool-4", "tool-4: no such resource; the nearest is tool-3 (Tool 1)"),
        ("https://b.org/pyth", "no such resource; the nearest is 2 (SQL)"),
        ("data", "data: 2 resources fit (2, tool-3); name one of them"),
        ("", ": 3 resources fit (1, 2, tool-3); name one of them"),
        ("Py\x1b[2Jthon\nTutor", "Py[2Jthon Tutor: no such resource; the nearest is 1 (Pyth"),
    ],
)
def test_no_or_several_resources_are_told(wanted: str, told: str) -> None:
    with pytest.raises(ResourcesError) as caught:
        find_one(LISTED, wanted)
    assert told in str(caught.value)


def test_of_many_resources_a_few_are_told() -> None:
    many = [Resource(key=str(n), url=f"https://{n}.org/") for n in range(1, 9)]
    with pytest.raises(ResourcesError, match=r"8 resources fit \(1, 2, 3, 4, 5, 3 more\)"):
        find_one(many, "*")


def test_nothing_is_meant_of_an_empty_list() -> None:
    with pytest.raises(ResourcesError, match="the list is empty"):
        find_one((), "1")


# Sorting these marks for NFC takes a quarter of an hour.
@pytest.mark.timeout(30)
def test_a_hostile_cell_is_cleaned_in_a_moment() -> None:
    marks = "\u0301\u0316" * 60_000
    started = process_time()
    resource = only(HEADER + f"1,{marks},{marks},https://example.org/#{marks}\n".encode())
    assert process_time() - started < 2
    assert len(resource.title) == MAX_MARKS
