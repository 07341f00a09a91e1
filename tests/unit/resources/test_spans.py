"""Where a row's URL stands, compared with what stands there."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import ListSettings
from crawler.errors import ResourcesError
from crawler.resources import OneFile, UrlSpan, parse, url_spans
from crawler.urls import target_uri

URL = "https://example.org/a,b"


def spans(
    text: str, urls: dict[int, str] | None = None, name: str = "list.csv"
) -> dict[str, UrlSpan]:
    """By line and URL."""
    lines = text.encode().splitlines(keepends=True)
    known = [(one.line, one.url) for one in parse(lines, name).resources]
    wanted = known if urls is None else urls.items()
    names = {(line, target_uri(url)): f"{line} {url}" for line, url in wanted}
    return dict(url_spans(OneFile(name, lines), ListSettings(), names))


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("url\nhttps://example.org/\n", 2, 1),
        ("title,url\nA page,https://example.org/\n", 2, 8),
        ('title,url\n"A, page",https://example.org/\n', 2, 11),
        ('title,url\nhttps://example.org/,"https://example.org/"\n', 2, 23),
        ("title;url\r\nÄ;  https://example.org/  \r\n", 2, 5),
        ('title,url\n"two\nlines",https://example.org/\n', 3, 8),
        ("\ufeffurl,title\nhttps://example.org/,A\n", 2, 1),
        ("\n\nurl\n\nhttps://example.org/\n", 5, 1),
    ],
)
def test_span_is_that_of_the_url(text: str, line: int, column: int) -> None:
    (span,) = spans(text).values()
    assert span == UrlSpan(line, column, column + len("https://example.org/"))


def test_a_url_that_is_not_written_as_known_has_no_span() -> None:
    assert spans("url\nhttps://example.org/\n", {2: "https://example.net/"}) == {}
    assert spans("url\nhttps://user:secret@example.org/\n", {3: "https://example.org/"}) == {}


def test_only_wanted_rows_have_one() -> None:
    text = "url\n" + "".join(f"https://example.org/{n}\n" for n in range(5))
    assert list(spans(text, {4: "https://example.org/2"})) == ["4 https://example.org/2"]


def test_a_fault_of_the_list_is_an_error() -> None:
    with pytest.raises(ResourcesError):
        dict(
            url_spans(OneFile("list.csv", [b"url\n", b'"open\n']), ListSettings(), {(2, "x"): "x"})
        )


def test_links_on_one_line_of_a_document_have_their_own() -> None:
    text = "é [a](https://a.example) [b](https://b.example/)\n[c](https://c.example)\n"
    assert spans(text, name="list.md") == {
        "1 https://a.example": UrlSpan(1, 7, 24),
        "1 https://b.example/": UrlSpan(1, 30, 48),
        "2 https://c.example": UrlSpan(2, 5, 22),
    }


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=1))
def test_what_stands_at_the_span_is_the_url(titles: list[str]) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(("title", "url", "note"))
    writer.writerows((title, URL, title) for title in titles)
    text = file.getvalue()
    lines = text.split("\r\n")
    found = spans(text)
    assert len(found) == len(titles)
    for span in found.values():
        assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == URL
