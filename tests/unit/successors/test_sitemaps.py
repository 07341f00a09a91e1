"""Sitemaps, as the protocol has them and as they come."""

import time

import pytest

from crawler.successors.sitemaps import MAX_URLS, Sitemap, read_sitemap

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
ONE = Sitemap(pages=("https://example.org/a",))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            f"<urlset {NAMESPACE}><url><loc> https://example.org/a </loc></url></urlset>",
            ONE,
            id="as-the-protocol-has-it",
        ),
        pytest.param(
            "<urlset><url><loc>https://example.org/a#b</loc><lastmod>2026</lastmod></url></urlset>",
            ONE,
            id="fragment",
        ),
        pytest.param(
            '<s:urlset xmlns:s="x"><s:url><s:loc>https://example.org/a</s:loc></s:url></s:urlset>',
            ONE,
            id="prefix",
        ),
        pytest.param(
            "<sitemapindex><sitemap><loc>https://example.org/a.xml</loc></sitemap></sitemapindex>",
            Sitemap(sitemaps=("https://example.org/a.xml",)),
            id="index",
        ),
        pytest.param(
            "<urlset><url><loc>https://example.org/a?b=1&amp;c=2</loc></url></urlset>",
            Sitemap(pages=("https://example.org/a?b=1&c=2",)),
            id="reference",
        ),
        pytest.param(
            "<urlset><url><loc>https://example.org/a</loc></url><url><loc>https://example.org/b",
            ONE,
            id="broken-off",
        ),
        pytest.param(
            '\ufeff<?xml version="1.0"?><urlset><url><loc>https://example.org/a</loc></url></urlset>',
            ONE,
            id="byte-order-mark",
        ),
        pytest.param("https://example.org/a\r\n\r\nno URL\r\n", ONE, id="lines"),
        pytest.param(
            "<urlset><url><loc>/a</loc></url><url><loc>javascript:x</loc></url></urlset>",
            Sitemap(),
            id="no-web-addresses",
        ),
        pytest.param("<html><title>Not found</title></html>", Sitemap(), id="a-page"),
        pytest.param("", Sitemap(), id="nothing"),
    ],
)
def test_reading(content: str, expected: Sitemap) -> None:
    assert read_sitemap(content.encode()) == expected


def test_what_stands_after_an_entity_is_not_read() -> None:
    lines = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{"".join(lines)}]><urlset><url><loc>&a9;</loc></url></urlset>'
    assert read_sitemap(bomb.encode()) == Sitemap()
    stolen = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>&f;</loc></url></urlset>'
    assert read_sitemap(stolen.encode()) == Sitemap()


def test_elements_too_deep_in_each_other_end_the_reading() -> None:
    deep = "<urlset><url><loc>https://example.org/a</loc></url>" + "<a>" * 100_000
    assert read_sitemap(deep.encode()) == ONE


def test_a_million_urls_cost_no_more_than_the_most_that_are_read() -> None:
    pages = "".join(f"<url><loc>https://example.org/{n}</loc></url>" for n in range(MAX_URLS + 10))
    assert len(read_sitemap(f"<urlset>{pages}</urlset>".encode()).pages) == MAX_URLS
    few = f"<urlset>{pages}".encode()
    started = time.process_time()
    assert len(read_sitemap(few, most=10).pages) == 10
    all_took = time.process_time() - started
    started = time.process_time()
    read_sitemap(few)
    assert all_took < time.process_time() - started


def test_a_url_that_never_ends_is_left_out() -> None:
    endless = f"<urlset><url><loc>https://example.org/{'a' * 100_000}</loc></url></urlset>"
    assert read_sitemap(endless.encode()) == Sitemap()


@pytest.mark.parametrize("encoding", ["shift_jis", "utf-7", "no-such-one", "hex", "idna"])
def test_an_encoding_that_cannot_be_read_ends_the_reading(encoding: str) -> None:
    url = "<urlset><url><loc>https://example.org/a</loc></url></urlset>"
    assert read_sitemap(f'<?xml version="1.0" encoding="{encoding}"?>{url}'.encode()) == Sitemap()
