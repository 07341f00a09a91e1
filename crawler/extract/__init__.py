"""Pure: what a page declares about itself, read from its bytes.

`media` says whether it is a page at all, `decode` makes it text, `bound` makes that harmless,
`declarations` collects what it declares and `fields` chooses; `jsonld`, `refresh`, `fragments` and
`text` each read what their name says; `marks` and `challenges` know what is not the resource by its
markup.
"""

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from crawler.extract.bound import Bounded, bound
from crawler.extract.challenges import challenges
from crawler.extract.declarations import base_of, declarations, refreshes_of
from crawler.extract.decode import MAX_CHARACTERS, Decoded, decode
from crawler.extract.fields import fields, published_raw
from crawler.extract.fragments import fragment_found
from crawler.extract.marks import marks
from crawler.extract.media import kind_of
from crawler.extract.refresh import refresh_of
from crawler.extract.text import CHROME, VisibleText, cut, word_count
from crawler.model import MediaKind, Page, Refresh
from crawler.text import TITLE_LENGTH, clean

_HEADINGS = ("h1", "h2, h3, h4, h5, h6")
_NOINDEX = frozenset({"noindex", "none"})
_REFRESH_MARKS = (b"http-equiv", b"refresh")


def extract(content: bytes, url: str, content_type: str | None) -> Page:
    """What the page at `url`, fragment included, declares; never raises.

    `content_type` is the field as sent. Only the first mebibyte of text is read. What is not HTML
    has nothing but its kind.
    """
    kind = kind_of(content, content_type)
    if kind is not MediaKind.HTML:
        return Page(kind=kind)
    decoded = decode(content, content_type)
    bounded = bound(decoded.text)
    return _page(decoded, bounded, url)


def find_refresh(content: bytes, url: str, content_type: str | None) -> Refresh | None:
    """The page's declarative refresh, at little cost when it has none; never raises."""
    start = content[: 4 * MAX_CHARACTERS].replace(b"\0", b"").lower()
    if not all(mark in start for mark in _REFRESH_MARKS):
        return None
    if kind_of(content, content_type) is not MediaKind.HTML:
        return None
    tree = _tree(bound(decode(content, content_type).text))
    metas = [meta.attributes for meta in tree.css("meta[http-equiv]")]
    return refresh_of(refreshes_of(metas), base_of(tree, url), url)


def main_text(content: bytes, url: str, content_type: str | None) -> str:
    """The visible text of the page at `url` without what surrounds it on every page of its site.

    All of it when nothing else is left; empty for what is not HTML. Never raises.
    """
    if kind_of(content, content_type) is not MediaKind.HTML:
        return ""
    tree = _tree(bound(decode(content, content_type).text))
    if tree.body is None:
        return ""
    return cut(VisibleText(tree, but=CHROME).of(tree.body) or VisibleText(tree).of(tree.body))


def _tree(bounded: Bounded) -> LexborHTMLParser:
    # With its events, a `<select>` takes time quadratic in its options.
    return LexborHTMLParser(bounded.markup, options=LexborDocumentOptions.WO_EVENTS)


def _page(decoded: Decoded, bounded: Bounded, url: str) -> Page:
    tree = _tree(bounded)
    visible = VisibleText(tree)
    declared = declarations(tree, url, bounded.jsonld, visible)
    chosen = fields(declared)
    text = visible.of(tree.body) if tree.body else ""
    return Page(
        kind=MediaKind.HTML,
        encoding=decoded.encoding,
        encoding_from=decoded.encoding_from,
        **chosen,
        published_raw=published_raw(declared),
        noindex=not _NOINDEX.isdisjoint(declared.robots),
        refresh=refresh_of(declared.refreshes, declared.base, url),
        first_heading=_first_heading(tree, visible),
        word_count=word_count(text),
        scripts=len(tree.css("script")),
        marks=(*marks(tree, decoded.text), *challenges(tree, decoded.text, text)),
        fragment_found=fragment_found(tree, url, complete=decoded.complete and bounded.complete),
        text=cut(text),
    )


def challenge(content: bytes, content_type: str | None) -> Page | None:
    """The marks and numbers, and no words, of a bot filter's page; None when it is none.

    For the content of errors, which is not read otherwise. Never raises.
    """
    if kind_of(content, content_type) is not MediaKind.HTML:
        return None
    decoded = decode(content, content_type)
    tree = _tree(bound(decoded.text))
    text = VisibleText(tree).of(tree.body) if tree.body else ""
    page = Page(
        kind=MediaKind.HTML,
        word_count=word_count(text),
        scripts=len(tree.css("script")),
        marks=challenges(tree, decoded.text, text),
    )
    return page if page.marks else None


def _first_heading(tree: LexborHTMLParser, visible: VisibleText) -> str | None:
    """The first visible heading that says something, one of the first level before all others."""
    for selector in _HEADINGS:
        for node in tree.css(selector):
            text = clean(visible.of(node), TITLE_LENGTH) if visible.is_visible(node) else ""
            if text:
                return text
    return None
