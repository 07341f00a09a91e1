"""Pure: pages that sites show for what they do not have, plain ones and ones in a site's template."""

import re

from selectolax.lexbor import LexborHTMLParser

from benchmarks.real_pages.wording import Wording

_PLACES = (
    "main",
    "[role=main]",
    "article",
    "#content",
    "#main",
    "div.body",
    "div.document",
    "div.chapter",
    "div.section",
    "div.contents",
    "div.book",
    "div.content",
    "#page",
    "body",
)
"""Where templates have what differs from page to page; the first that there is."""


def plain(wording: Wording) -> bytes:
    """A page that has nothing of its site."""
    title, heading, text = wording.title, wording.heading, wording.text
    return (
        f"<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>{title}</title>"
        "<style>body{font-family:sans-serif;margin:4em auto;max-width:40em}</style></head>"
        f"<body><h1>{heading}</h1><p>{text}</p><p><a href='/'>&larr;</a></p></body></html>\n"
    ).encode()


def bare(wording: Wording) -> bytes:
    """One line, without markup around it."""
    return f"{wording.heading}\n".encode()


def themed(template: str, wording: Wording, site: str) -> bytes:
    """A page of the site whose content is that there is none.

    `site` is its name in the title, as most templates have it; empty for none.
    """
    html = LexborHTMLParser(template)
    old = html.css_first("title")
    inner = f"<h1>{wording.heading}</h1><p>{wording.text}</p>"
    text = html.html or template
    place = next((node for query in _PLACES if (node := html.css_first(query))), None)
    if place is None or place.html is None:
        return plain(wording)  # a set of frames
    text = text.replace(place.html, f"{_opening(place.html)}{inner}</{place.tag}>", 1)
    title = f"{wording.title} — {site}" if site else wording.title
    if old is not None and old.html:
        text = text.replace(old.html, f"<title>{title}</title>", 1)
    return _in_utf_8(text).encode()


def site_name(title: str, front_title: str) -> str:
    """What the title of a page calls its site.

    >>> site_name("Sessions — Requests 2.28 documentation", "Requests: HTTP for Humans")
    'Requests 2.28 documentation'
    """
    parts = re.split(r" [—|·-] ", title)
    return parts[-1].strip() if len(parts) > 1 else front_title


def noisy(page: bytes, night: int) -> bytes:
    """The page with a line that is different each night."""
    line = b"<p>Generated on 2036-05-%02d 03:%02d. Visitors so far: %d.</p>" % (
        night,
        11 * night,
        10457 + 391 * night,
    )
    head, mark, tail = page.rpartition(b"</body>")
    return head + line + mark + tail if mark else page + line


def _opening(html: str) -> str:
    return html[: html.index(">") + 1]


def _in_utf_8(text: str) -> str:
    """Says so, whatever the template said; lexbor's text has lost the encoding."""
    start = text.lower().find("<head")
    if start < 0:
        return text
    end = text.index(">", start) + 1
    return f'{text[:end]}<meta charset="utf-8">{text[end:]}'
