"""Pages in the shapes that make other tools wrong, and what each of them declares."""

from dataclasses import dataclass

import pytest

from crawler.extract import read
from crawler.model import PAGE_FIELDS, MediaKind

URL = "https://example.org/guide/page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    behaviour: str
    markup: str
    expected: dict[str, tuple[str, str] | None]
    """Field to value and origin."""


def declares(behaviour: str, markup: str, **expected: tuple[str, str] | None) -> Case:
    return Case(behaviour=behaviour, markup=markup, expected=expected)


def linked_data(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


CASES = (
    # title
    declares("title element", "<title> Learn\n SQL </title>", title=("Learn SQL", "title")),
    declares(
        "title of an icon is not the page's",
        "<svg><title>menu</title></svg><head><title>Page</title>",
        title=("Page", "title"),
    ),
    declares(
        "title of a formula is not the page's",
        "<math><title>x</title></math><meta property=og:title content=Page>",
        title=("Page", "og"),
    ),
    declares(
        "title in a template is not the page's",
        "<template><title>Row</title></template><title>Page</title>",
        title=("Page", "title"),
    ),
    declares(
        "title in a comment is not the page's",
        "<!-- <title>Old</title> --><title>Page</title>",
        title=("Page", "title"),
    ),
    declares(
        "title in a script is not the page's",
        "<script>var t = '<title>Wrong</title>';</script><title>Page</title>",
        title=("Page", "title"),
    ),
    declares(
        "empty title falls through",
        '<title> \n </title><meta property="og:title" content=" "><meta name=twitter:title content=T>',
        title=("T", "twitter"),
    ),
    declares(
        "specific title over a generic og:title",
        '<meta property="og:title" content="Site"><title>Page | Site</title>',
        title=("Page | Site", "title"),
    ),
    declares(
        "markup in a title is text",
        "<title>The <b> element &lt;b&gt;</title>",
        title=("The <b> element <b>", "title"),
    ),
    declares(
        "entities are decoded once",
        "<title>Tom &amp;amp; Jerry &#39;n&#39; co</title>",
        title=("Tom &amp; Jerry 'n' co", "title"),
    ),
    declares(
        "a title without its end is its first text",
        "<title>Page<body><p>text",
        title=("Page", "title"),
    ),
    declares(
        "invisible and bidi marks go",
        "<title>\u200bA\u202e b\u00a0\u00a0c\u2028d</title>",
        title=("A b c d", "title"),
    ),
    declares(
        "title behind 200 KB of CSS",
        f"<style>{'.a{color:red}' * 16_000}</style><title>Page</title>",
        title=("Page", "title"),
    ),
    declares("title in the body", "<p>x</p><title>Page</title>", title=("Page", "title")),
    declares("dc.title", "<meta name=DC.Title content=Page>", title=("Page", "dc")),
    declares("citation", "<meta name=citation_title content=P>", title=("P", "citation")),
    declares(
        "h1 is the last resort", "<h1>Big<br>page</h1><h1>Other</h1>", title=("Big page", "h1")
    ),
    declares("hidden h1 is none", "<div hidden><h1>Big</h1></div>", title=None),
    # names and tokens
    declares(
        "names in any case and any attribute",
        '<META NAME="OG:Title" CONTENT="T"><meta property="Description" content="D">',
        title=("T", "og"),
        description=("D", "meta"),
    ),
    declares(
        "several properties in one attribute",
        '<meta property="og:title  twitter:title" content="T">',
        title=("T", "og"),
    ),
    # headline
    declares(
        "headline is the h1 that the title holds",
        "<title>Learn SQL | Example</title><h1>Learn SQL</h1>",
        headline=("Learn SQL", "h1"),
        title=("Learn SQL | Example", "title"),
    ),
    declares(
        "headline without the site's name",
        "<meta property=og:site_name content=Example><title>x</title><h1>Logo</h1>"
        '<meta property=og:title content="Example - Learn: SQL">',
        headline=("Learn: SQL", "og"),
    ),
    declares(
        "headline keeps a last part that is not the site's name",
        "<meta property=og:site_name content=Example>"
        '<meta property=og:title content="Learn SQL | Part 2">',
        headline=("Learn SQL | Part 2", "og"),
    ),
    declares(
        "headline loses the site's name at its end",
        "<meta property=og:site_name content=Example>"
        '<meta property=og:title content="Learn SQL \u2013 EXAMPLE">',
        headline=("Learn SQL", "og"),
    ),
    declares(
        "the site's name is no headline",
        "<meta property=og:site_name content=Example><title>Page - Example</title><h1>Example</h1>"
        "<meta property=og:title content=Example>" + linked_data('{"@type": "WebPage", "name": "x"}'),
        headline=None,
    ),
    # description
    declares(
        "first description that is not empty",
        "<meta name=description content=''><meta name=description content=D>",
        description=("D", "meta"),
    ),
    declares(
        "abstract", "<meta name=dcterms.abstract content=D>", description=("D", "abstract")
    ),
    declares(
        "microdata",
        "<div itemscope><p itemprop=description>A <b>b</b></p></div>",
        description=("A b", "itemprop"),
    ),
    # language
    declares("lower case with hyphens", "<html lang=pt_BR>", language=("pt-br", "html")),
    declares("xml:lang", "<html xml:lang=de>", language=("de", "xml")),
    declares(
        "first of a list",
        '<meta http-equiv=Content-Language content="en-GB, fr">',
        language=("en-gb", "http-equiv"),
    ),
    declares(
        "no language tag",
        '<html lang="{{ lang }}"><meta property=og:locale content=en_US.UTF-8>',
        language=("en-us", "og"),
    ),
    # URLs
    declares(
        "canonical against base",
        '<base href="/v2/"><link rel="Canonical nofollow" href="page">',
        canonical_url=("https://example.org/v2/page", "link"),
    ),
    declares(
        "unparsable canonical",
        '<link rel=canonical href="http://[bad"><meta property=og:url content="/home">',
        canonical_url=("https://example.org/home", "og"),
    ),
    declares(
        "canonical of another scheme", "<link rel=canonical href=mailto:a@b.c>", canonical_url=None
    ),
    declares("base of another scheme", "<base href=data:x><link rel=canonical href=a>",
             canonical_url=("https://example.org/guide/a", "link")),
    declares(
        "a URL of more than 2,000 characters is none",
        f"<link rel=canonical href=/{'a' * 2000}>",
        canonical_url=None,
    ),
    declares(
        "image without userinfo",
        '<meta property=og:image content="//u:p@cdn.example/i.png">',
        image_url=("https://cdn.example/i.png", "og"),
    ),
    declares(
        "first feed",
        "<link rel=alternate hreflang=de href=/de>"
        '<link rel=alternate type="Application/RSS+XML; charset=utf-8" href=feed>'
        "<link rel=alternate type=application/atom+xml href=atom>",
        feed_url=("https://example.org/guide/feed", "link"),
    ),
    # site and others
    declares(
        "application name", "<meta name=application-name content=App>",
        site_name=("App", "application"),
    ),
    declares("generator", "<meta name=generator content='Hugo 1'>", generator=("Hugo 1", "meta")),
    declares(
        "author that is a URL is none",
        "<meta property=article:author content=https://fb.example/jane><a rel=author>Jane</a>",
        author=None,
    ),
    declares(
        "author behind rel", "<a rel='author nofollow' href=/j>Jane</a>", author=("Jane", "link")
    ),
    declares(
        "item property of a meta", "<meta itemprop=description content=D>",
        description=("D", "itemprop"),
    ),
    declares(
        "a link to elsewhere is no author", "<a rel=nofollow href=/j>Jane</a>", author=None
    ),
    declares(
        "description of an item inside an item",
        "<div itemscope><p itemprop=review itemscope><b><meta itemprop=description content=D></b></p>",
        description=None,
    ),
    declares(
        "author as nested item",
        "<p itemprop=author itemscope><i itemprop=name>Jane</i><i itemprop=url>x</i></p>"
        "<p itemprop=author itemscope></p>",
        author=("Jane", "itemprop"),
    ),
    # JSON-LD
    declares(
        "linked data of the page",
        linked_data(
            '{"@context": "https://schema.org", "@type": ["Thing", "https://schema.org/TechArticle"],'
            ' "headline": "Tom &amp; Jerry", "description": null, "inLanguage": {"name": "en"},'
            ' "image": [{"@type": "ImageObject", "url": "/i.png"}], "author": [{"name": "Jane"}],'
            ' "publisher": {"name": "Example"}, "datePublished": "2024-01-05T23:00:00-05:00"}'
        ),
        title=("Tom & Jerry", "jsonld"),
        headline=("Tom & Jerry", "jsonld"),
        description=None,
        language=("en", "jsonld"),
        image_url=("https://example.org/i.png", "jsonld"),
        author=("Jane", "jsonld"),
        site_name=("Example", "jsonld"),
        published=("2024-01-05", "jsonld"),
    ),
    declares(
        "linked data with control characters, comments and commas too many",
        linked_data('<!-- //x\n{"@type": "Article", /* c */ "name": "a\tb // c, ]",} -->'),
        title=("a b // c, ]", "jsonld"),
    ),
    declares(
        "linked data in a graph",
        linked_data(
            '{"@graph": [null, {"@type": "WebSite", "name": "Example"}, {"@type": "Person",'
            ' "name": "Jane"}, {"@type": "WebPage", "@id": "https://example.org/guide/page/#x",'
            ' "name": "Page", "breadcrumb": {"@type": "WebPage", "description": "other"}}]}'
        ),
        title=("Page", "jsonld"),
        description=None,
        site_name=("Example", "jsonld"),
    ),
    declares(
        "linked data of the page by its canonical URL, over http",
        "<link rel=canonical href=https://www.example.org/p>"
        + linked_data('{"@type": "Article", "name": "P", "url": "http://example.org/p"}'),
        title=("P", "jsonld"),
    ),
    declares(
        "linked data of other pages",
        linked_data(
            '[{"@type": "BlogPosting", "headline": "Other", "url": "/other"},'
            ' {"@type": "BlogPosting", "headline": "One"}, {"@type": "BlogPosting", "headline": "Two"},'
            ' {"@type": "ItemList", "name": "x"}]'
        ),
        title=None,
    ),
    declares(
        "entities without measure",
        linked_data('{"@type": "Article", "headline": "a&#' + "1" * 5000 + ';"}'),
        title=("a\ufffd", "jsonld"),
    ),
    declares("linked data that is none", linked_data("{'a': 1"), title=None),
    declares("linked data too deep", linked_data("[" * 50_000), title=None),
    declares("linked data too long", linked_data("[" + " " * 300_000 + "]"), title=None),
    # dates
    declares(
        "date of an article",
        "<meta property=article:modified_time content=2024-02-01>"
        '<meta property=article:published_time content="2024-1-5 10:00">',
        published=("2024-01-05", "article"),
    ),
    declares("date with slashes", "<meta name=citation_date content=1953/04/25>",
             published=("1953-04-25", "citation")),
    declares("basic date", "<meta name=date content=20240105T1000Z>", published=("2024-01-05", "meta")),
    declares("month alone", "<meta name=date content=2024/01>", published=("2024-01", "meta")),
    declares(
        "date of a mail",
        '<meta name=date content="Fri, 05 Jan 2024 10:00:00 GMT">',
        published=("2024-01-05", "meta"),
    ),
    declares(
        "month by name", '<meta name=pubdate content="January 5, 2024">',
        published=("2024-01-05", "meta"),
    ),
    declares(
        "ambiguous, missing and impossible dates",
        "<meta name=date content=05/06/2024><meta name=pubdate content=0001-01-01>"
        "<meta name=publishdate content=2024-13-01><meta name=dc.date content='May 5'>",
        published=None,
    ),
    declares(
        "time of publication, not of an update",
        "<time class=updated datetime=2024-02-01>1</time><time datetime=2024-01-05>2</time>",
        published=("2024-01-05", "time"),
    ),
    declares("date in text is none", "<p>Published 5 January 2024</p>", published=None),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.behaviour)
def test_page_declares(case: Case) -> None:
    page = read(case.markup.encode(), URL, "text/html")
    found = {name: getattr(page, name) for name in PAGE_FIELDS}
    assert {
        name: (found[name].value, found[name].origin) if found[name] else None
        for name in case.expected
    } == case.expected


def test_raw_date_is_kept() -> None:
    page = read(b"<meta name=date content='x'><meta name=pubdate content=20240105>", URL, None)
    assert page.published_raw == "20240105"


@pytest.mark.promise("30")
def test_long_values_are_cut() -> None:
    markup = f"<title>{'t' * 400}</title><meta name=description content={'d' * 1100}>"
    page = read(markup.encode(), URL, "text/html")
    assert page.title
    assert page.description
    assert (len(page.title.value), len(page.description.value)) == (300, 1000)


@pytest.mark.parametrize(
    ("metas", "noindex"),
    [
        ("<meta name=robots content='NOINDEX, follow'>", True),
        ("<meta name=Robots content=none>", True),
        ("<meta name=robots content=index><meta name=robots content=nofollow,noindex>", True),
        ("<meta name=robots content=noindexed>", False),
        ("<meta name=googlebot content=noindex>", False),
        ("<!-- <meta name=robots content=noindex> -->", False),
    ],
)
def test_noindex(metas: str, *, noindex: bool) -> None:
    assert read(metas.encode(), URL, "text/html").noindex is noindex


@pytest.mark.parametrize(
    ("content", "content_type", "kind"),
    [
        (b"", "text/html", MediaKind.NONE),
        (b"<p>", "Text/HTML; charset=utf-8", MediaKind.HTML),
        (b"<p>", "application/xhtml+xml", MediaKind.HTML),
        (b"\xef\xbb\xbf \n<p>", None, MediaKind.HTML),
        (b"\xff\xfe<\0p\0", "", MediaKind.HTML),
        (b"%PDF-1.7 <title>x</title>", "text/html", MediaKind.PDF),
        (b"x", "application/pdf", MediaKind.PDF),
        (b"{}", "application/ld+json", MediaKind.JSON),
        (b"{}", "application/json", MediaKind.JSON),
        (b"\xff\xd8\xff\xe0", None, MediaKind.IMAGE),
        (b"<svg/>", "image/svg+xml", MediaKind.IMAGE),
        (b"<title>x</title>", "text/plain", MediaKind.TEXT),
        (b"hello", None, MediaKind.TEXT),
        (b"\x01\x00\x02", None, MediaKind.OTHER),
        (b"<title>x</title>", "application/zip", MediaKind.OTHER),
    ],
)
def test_kind(content: bytes, content_type: str | None, kind: MediaKind) -> None:
    page = read(content, URL, content_type)
    assert (page.kind, page.title) == (kind, None)


def test_numbers_of_a_page() -> None:
    markup = "<script>1</script><h2> </h2><h2>Second</h2><h1 hidden>x</h1><p>one two <b>three</b>"
    page = read(markup.encode(), URL, "text/html")
    assert (page.scripts, page.first_heading, page.word_count) == (1, "Second", 4)


def test_first_level_heading_wins_over_an_earlier_one() -> None:
    page = read(b"<h2>Menu</h2><h1>Page</h1>", URL, "text/html")
    assert page.first_heading == "Page"
