import pytest

from crawler.extract import read
from crawler.model import Refresh

URL = "https://example.org/a/b?q#here"
NEW = "https://example.org/new"


def meta(content: str) -> str:
    return f'<meta http-equiv="Refresh" content="{content}">'


@pytest.mark.parametrize(
    ("content", "delay", "target"),
    [
        ("0;url=/new", 0, NEW),
        ("0; URL = '/new' trailing", 0, NEW),
        ("5,url=/new", 5, NEW),
        (" 3 url=/new", 3, NEW),
        ("3.75;/new", 3, NEW),
        (".5;/new", 0, NEW),
        ("1; '/new", 1, NEW),
        ("0; url", 0, "https://example.org/a/url"),
        ("0; url= ../new", 0, NEW),
        ("0;url=//other.example/", 0, "https://other.example/"),
    ],
)
def test_refresh_is_followed(content: str, delay: float, target: str) -> None:
    markup = meta(content).encode()
    expected = Refresh(delay=delay, target=target)
    assert read(markup, URL, "text/html").refresh == expected


@pytest.mark.parametrize(
    "markup",
    [
        meta("300"),
        meta("300;"),
        meta("5x;url=/new"),
        meta("url=/new"),
        meta(""),
        meta("0;url=/a/b?q"),
        meta("0;url=#there"),
        meta("0;url=mailto:a@b.example"),
        meta("0;url=http://[bad"),
        meta(f"0;url=/{'a' * 2000}"),
        f"<noscript>{meta('0;url=/new')}</noscript>",
        f"<head><noscript><img src=x>{meta('0;url=/new')}</noscript>",
        f"<template>{meta('0;url=/new')}</template>",
        f"<!-- {meta('0;url=/new')} -->",
        f"<script>'{meta('0;url=/new')}'</script>",
        "<meta name=refresh content='0;url=/new'> http-equiv",
        "<p>nothing of the kind</p>",
    ],
)
def test_there_is_no_refresh(markup: str) -> None:
    assert read(markup.encode(), URL, "text/html").refresh is None


def test_first_valid_refresh_counts() -> None:
    markup = meta("soon") + meta("1;url=/new") + meta("0;url=/other")
    assert read(markup.encode(), URL, None).refresh == Refresh(delay=1, target=NEW)


def test_refresh_is_relative_to_the_base() -> None:
    markup = "<base href=https://cdn.example/x/>" + meta("0;url=y")
    found = read(markup.encode(), URL, "text/html").refresh
    assert found == Refresh(delay=0, target="https://cdn.example/x/y")


def test_refresh_is_found_in_utf_16() -> None:
    content = ("\ufeff" + meta("0;url=/new")).encode("utf-16-le")
    assert read(content, URL, "text/html").refresh == Refresh(delay=0, target=NEW)


def test_refresh_of_what_is_no_page() -> None:
    assert read(meta("0;url=/new").encode(), URL, "text/plain").refresh is None


def test_odd_address_of_the_page_is_no_error() -> None:
    node = '{"@type": "Article", "name": "x", "url": "https://example.org/x"}'
    markup = f'<script type="application/ld+json">{node}</script>'
    assert read(markup.encode(), "http://a..b/", "text/html").title is None


def test_page_without_an_address_of_its_own() -> None:
    markup = meta("0;url=https://example.org/new").encode()
    assert read(markup, "no address", "text/html").refresh is None
