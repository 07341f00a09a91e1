"""Pure: the links of a page, with the words that they are known by."""

from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from crawler import urls
from crawler.extract.address import web_address
from crawler.extract.decoding import decode
from crawler.extract.harmless import Bounds, harmless_part
from crawler.model import Link
from crawler.text import clean

MAX_LINKS = 5000
"""Links of a page that are read."""
ANCHOR_LENGTH = 200
"""Characters of a link's text that are kept."""
_RAW_LENGTH = 2000
_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS


def links(content: bytes, url: str, content_type: str | None) -> tuple[Link, ...]:
    """The links of the HTML page at `url` to web addresses, in order, each without its fragment.

    Never raises, never takes long: only the harmless start of a page is read (see `harmless`).
    """
    text = decode(content, content_type).text
    markup = text.encode("utf-8", "replace").replace(b"\0", b"")
    if not _is_harmless(markup):
        markup = harmless_part(markup)
    tree = LexborHTMLParser(markup, options=_WITHOUT_EVENTS, scripting=True)
    base = _base(tree, url)
    return tuple(_links(islice(tree.css("a[href]"), MAX_LINKS), base))


def _is_harmless(markup: bytes) -> bool:
    bounds = Bounds.of(markup)
    return bounds.is_harmless and not bounds.may_be_too_large


def _links(nodes: Iterator[LexborNode], base: str) -> Iterator[Link]:
    for node in nodes:
        url = web_address(base, (node.attributes["href"] or "").strip())
        if url is not None:
            anchor = clean(node.text(separator=" ")[:_RAW_LENGTH], ANCHOR_LENGTH)
            is_part = bool(urls.fragment(url))
            yield Link(url=urls.without_fragment(url), text=anchor, is_part=is_part)


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (web_address(url, node.attributes["href"] or "") if node else None) or url
