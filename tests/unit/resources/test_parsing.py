"""Lines of a list, and the resources and notices that they become."""

import hashlib
import io
import tracemalloc
from itertools import chain
from time import process_time

import pytest

from crawler import urls
from crawler.model import Resource, ResourceList
from crawler.resources import parse
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
        key="7",
        number=7,
        category="Tools",
        title="A tool",
        url="https://example.org/",
        line=2,
        file="list.csv",
    )


def test_rows_keep_their_order_and_the_line_they_start_on() -> None:
    listed = read(b'title,url\n\n"a\nb",https://a.org\nc,https://b.org\n').resources
    assert [(resource.title, resource.line) for resource in listed] == [("a b", 3), ("c", 5)]


def test_a_list_without_rows_is_empty() -> None:
    assert read(HEADER).resources == ()


def test_the_digest_is_that_of_the_bytes() -> None:
    content = b"\xef\xbb\xbf" + HEADER + b"1,c,t,https://example.org\r\n"
    assert read(content).digest == hashlib.sha256(content).hexdigest()


@pytest.mark.promise("13")
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
    assert only(f"url,x\n{cell},y\n".encode()).url == url


@pytest.mark.promise("30")
def test_titles_and_categories_are_cleaned_and_cut() -> None:
    long = "x" * (TITLE_LENGTH + 1)
    resource = only(f"title,category,url\na\u202eb,{long},u\n".encode())
    assert resource.title == "ab"
    assert len(resource.category) == TITLE_LENGTH


@pytest.mark.promise("31")
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


def test_a_count_of_the_rows_is_a_number_but_identifies_nothing() -> None:
    listed = read(b"No.;url\n7;https://a.org\n;https://b.org\nx1;https://c.org\n")
    assert [(one.key, one.number) for one in listed.resources] == [
        ("https://a.org", 7),
        ("https://b.org", None),
        ("https://c.org", None),
    ]
    assert listed.notices == ()


def test_counts_that_repeat_are_left_alone() -> None:
    listed = read(b"#,url\n1,https://a.org\n2,https://b.org\n1,https://c.org\n1,https://d.org\n")
    assert [resource.number for resource in listed.resources] == [None] * 4
    assert [(notice.line, notice.text) for notice in listed.notices] == [
        (4, "The number repeats that of another row, so the numbers of all rows are left alone.")
    ]


def test_a_repeated_url_gives_keys_that_differ() -> None:
    rows = b"https://a.org\nhttps://a.org\nhttps://a.org (2)\nhttps://a.org\n"
    keys = [resource.key for resource in read(b"url\n" + rows).resources]
    assert keys == [
        "https://a.org",
        "https://a.org (2)",
        "https://a.org (2) (2)",
        "https://a.org (3)",
    ]


def notices(content: bytes) -> list[tuple[int, str]]:
    return [(notice.line, notice.text) for notice in read(content).notices]


@pytest.mark.promise("15")
def test_a_repeated_url_is_noticed_with_both_lines() -> None:
    rows = b"https://a.org\nhttps://b.org\nhttps://A.org/\nhttps://a.org#x\n"
    assert notices(b"url\n" + rows) == [
        (4, "Line 4 repeats the URL of line 2; it is asked once."),
    ]


@pytest.mark.promise("33")
def test_a_host_that_mixes_scripts_is_noticed_in_both_forms() -> None:
    assert notices("url\nhttps://a.org\nhttps://\u0430pple.com/\n".encode()) == [
        (3, "The host on line 3, \u0430pple.com, mixes scripts: it is xn--pple-43d.com.")
    ]


def test_rows_without_url_are_no_repetition() -> None:
    assert notices(b"title,url\na,\nb,\n") == []


@pytest.mark.promise("16")
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


# Sorting these marks for NFC takes a quarter of an hour.
@pytest.mark.timeout(30)
def test_a_hostile_cell_is_cleaned_in_a_moment() -> None:
    marks = "\u0301\u0316" * 60_000
    started = process_time()
    resource = only(HEADER + f"1,{marks},{marks},https://example.org/#{marks}\n".encode())
    assert process_time() - started < 2
    assert len(resource.title) == MAX_MARKS
