"""Pure: pages of the made-up web, as replies."""

import gzip
import json
from dataclasses import dataclass
from html import escape
from zlib import crc32

from crawler.demo.page_words import PageWords
from crawler.demo.replies import PHRASES, Reply, document


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStyle:
    """How a page is written and sent."""

    canonical: bool = True
    description: str = "meta"
    """Where it is declared: `meta`, `og` or `jsonld`."""
    og: bool = False
    json_ld: bool = False
    language: str = "en"
    encoding: str = "utf-8"
    declared_in: str = "field"
    """Where the encoding is declared: `field`, `meta` or nowhere (`bom`)."""
    gzip: bool = False
    validated: bool = False
    """Sent with an `ETag`, which follows from the content."""


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
{head}
<style>body {{ font-family: sans-serif; max-width: 50em; margin: auto }}</style>
</head>
<body>
<header><nav><a href="/">{host}</a> <a href="/about">About</a> <a href="/search">Search</a></nav></header>
<main>
<h1>{heading}</h1>
<p>{description}</p>
{sections}</main>
<footer><p>A page of the made-up web, played for a demonstration in the place of {host}.</p></footer>
</body>
</html>
"""

_SECTIONS = """<h2>What you will find here</h2>
<p>{title} belongs to a collection about {category}. It begins with the ideas, shows each of them in a
small example, and ends with exercises that build on one another. Nothing but a terminal, an editor and
some patience is needed.</p>
<h2>How it is organised</h2>
<p>Chapters can be read in any order. Each one names what it takes for granted, what it adds, and where
the details are written down. Examples are complete programs that run as they stand; their output is
printed below them.</p>
<h2>Where to go from here</h2>
<p>Readers who know the basics of {category} may jump to the reference, which lists every option with
its default and the version that brought it. Corrections are welcome and are answered within a few
days.</p>
"""


def page(url: str, words: PageWords, style: PageStyle, *, heading: str, category: str) -> Reply:
    """A living page at its own URL, with a few hundred words about its subject."""
    text = _PAGE.format(
        language=style.language,
        head="\n".join(_head(url, words, style)),
        host=host_of(url),
        heading=escape(heading),
        description=escape(words.description),
        sections=_SECTIONS.format(title=escape(heading), category=escape(category)),
    )
    return _encoded(text, style)


def _head(url: str, words: PageWords, style: PageStyle) -> list[str]:
    title, description = escape(words.title), escape(words.description)
    name = escape(host_of(url))
    ld = {"@context": "https://schema.org", "@type": "WebPage", "headline": words.title}
    ld |= {"description": words.description, "inLanguage": style.language}
    rows = (
        (style.declared_in == "meta", f'<meta charset="{style.encoding}">'),
        (True, f"<title>{title}</title>"),
        (style.description == "meta", f'<meta name="description" content="{description}">'),
        (style.canonical, f'<link rel="canonical" href="{url}">'),
        (style.og, f'<meta property="og:title" content="{title}">'),
        (style.og, f'<meta property="og:site_name" content="{name}">'),
        (style.og, f'<meta property="og:description" content="{description}">'),
        (style.json_ld, f'<script type="application/ld+json">{json.dumps(ld)}</script>'),
    )
    return [element for wanted, element in rows if wanted]


def _encoded(text: str, style: PageStyle) -> Reply:
    content = text.encode(style.encoding)
    charset = f"; charset={style.encoding}" if style.declared_in == "field" else ""
    fields = [("Content-Type", f"text/html{charset}")]
    if style.gzip:
        content = gzip.compress(content, 6, mtime=0)
        fields.append(("Content-Encoding", "gzip"))
    if style.validated:
        fields.append(("ETag", f'"{crc32(content):08x}"'))
    return Reply(fields=tuple(fields), content=content)


def notice(host: str, status_code: int, *, title: str = "", body: str = "") -> Reply:
    """A short page of the site's own, by default one that names the status."""
    title = title or f"{PHRASES[status_code]} | {host}"
    text = (
        f'<!DOCTYPE html>\n<html lang="en"><head><title>{escape(title)}</title></head>\n'
        f"<body><h1>{escape(title)}</h1>\n{body}</body></html>\n"
    )
    return document(text, status_code)


def refresh(target: str) -> Reply:
    """A page that sends browsers on at once (HTML standard, shared declarative refresh steps)."""
    text = (
        f'<!DOCTYPE html>\n<meta http-equiv="refresh" content="0; url={escape(target)}">\n'
        f'<title>Redirecting</title>\n<a href="{escape(target)}">Continue</a>\n'
    )
    return document(text)


def robots(text: str) -> Reply:
    """A robots.txt (RFC 9309)."""
    return document(text, content_type="text/plain; charset=utf-8")


def sitemap(*urls: str) -> Reply:
    """A sitemap of these URLs (sitemaps.org protocol 0.9)."""
    places = "".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in urls)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    )
    return document(text, content_type="application/xml")


def host_of(url: str) -> str:
    """The host name of an absolute URL that has neither port nor userinfo.

    >>> host_of("https://go.dev/doc/")
    'go.dev'
    """
    return url.split("/", 3)[2]
