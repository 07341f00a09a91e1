"""Pure: everything that a page declares, under one flat set of keys.

`<title>` and `<h1>` are elements, `meta:NAME` a meta's name or property, `http:NAME` its
`http-equiv`, `item:NAME` microdata, `link:REL` a link, `jsonld:NAME` linked data, `html:NAME` an
attribute of the root. The first value of a key that is not empty counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extract import jsonld
from crawler.extract.address import web_address
from crawler.extract.text import VisibleText
from crawler.text import clean

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_TIMES = (
    'time[datetime][class*="published" i],'
    ' time[datetime]:not([itemprop], [class*="updated" i], [class*="modified" i])'
)
_ITEMS = "[itemprop]:not([itemscope] [itemscope] *)"
"""Properties of the outermost items; an item inside one is something else."""
_HTML_TITLES = "title:not(:is(svg, math) *)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declarations:
    """What the parts of a page say, before any of it is chosen."""

    values: Mapping[str, str]
    base: str
    """What the page's references are relative to."""
    refreshes: tuple[str, ...]
    """`content` of each `<meta http-equiv=refresh>`."""
    robots: frozenset[str]
    """Words of all robots metas, in lower case."""


def declarations(
    tree: LexborHTMLParser, url: str, scripts: tuple[str, ...], visible: VisibleText
) -> Declarations:
    """All that the page at `url` declares."""
    values: dict[str, str] = {}
    metas = [meta.attributes for meta in tree.css("meta")]
    for key, value in _pairs(tree, metas, visible):
        if value and value.strip():
            values.setdefault(key, value)
    base = base_of(tree, url)
    named = values.get("link:canonical")
    canonical = web_address(base, named) if named else None
    for name, value in jsonld.declared(scripts, url, canonical).items():
        values[f"jsonld:{name}"] = value
    return Declarations(
        values=values,
        base=base,
        refreshes=refreshes_of(metas),
        robots=frozenset(_robots(metas)),
    )


_Attributes = dict[str, str | None]


def base_of(tree: LexborHTMLParser, url: str) -> str:
    """What the page's references are relative to. Source: HTML standard, §2.4.3."""
    for node in tree.css("base[href]"):
        return web_address(url, node.attributes.get("href") or "") or url
    return url


def refreshes_of(metas: list[_Attributes]) -> tuple[str, ...]:
    """`content` of each `<meta http-equiv=refresh>`."""
    return tuple(
        meta.get("content") or ""
        for meta in metas
        if _words(meta.get("http-equiv")) == ("refresh",) and meta.get("content")
    )


def _robots(metas: list[_Attributes]) -> Iterator[str]:
    for meta in metas:
        if "robots" in _words(meta.get("name")):
            yield from _words((meta.get("content") or "").replace(",", " "))


def _words(text: str | None) -> tuple[str, ...]:
    return tuple((text or "").lower().split())


def _pairs(
    tree: LexborHTMLParser, metas: list[_Attributes], visible: VisibleText
) -> Iterator[tuple[str, str | None]]:
    yield from _root_pairs(tree)
    for meta in metas:
        yield from _meta_pairs(meta)
    for link in tree.css("link[rel][href], a[rel][href]"):
        yield from _link_pairs(link)
    for node in tree.css(_HTML_TITLES):
        yield "<title>", node.text()
    for node in tree.css(_ITEMS):
        yield from _item_pairs(node)
    for node in tree.css(_TIMES):
        yield "<time>", node.attributes.get("datetime")
    for node in tree.css("h1"):
        if visible.is_visible(node):
            yield "<h1>", clean(visible.of(node))


def _root_pairs(tree: LexborHTMLParser) -> Iterator[tuple[str, str | None]]:
    attributes = tree.root.attributes if tree.root else {}
    for name in ("lang", "xml:lang"):
        yield f"html:{name}", attributes.get(name)


def _meta_pairs(meta: _Attributes) -> Iterator[tuple[str, str | None]]:
    content = meta.get("content")
    for name in (*_words(meta.get("property")), *_words(meta.get("name"))):
        yield f"meta:{name}", content
    for name in _words(meta.get("http-equiv")):
        yield f"http:{name}", content


def _link_pairs(link: LexborNode) -> Iterator[tuple[str, str | None]]:
    attributes = link.attributes
    relations = _words(attributes.get("rel"))
    if link.tag == "a":
        if "author" in relations:
            yield "link:author", link.text()
        return
    for relation in ("canonical", "image_src"):
        if relation in relations:
            yield f"link:{relation}", attributes.get("href")
    kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
    if "alternate" in relations and kind in _FEED_TYPES:
        yield "link:feed", attributes.get("href")


def _item_pairs(node: LexborNode) -> Iterator[tuple[str, str | None]]:
    attributes = node.attributes
    named = node.css_first('[itemprop~="name"]') if "itemscope" in attributes else node
    if named is None:
        return
    inner = named.attributes
    value = inner.get("content") or inner.get("datetime") or named.text(separator=" ")
    for name in _words(attributes.get("itemprop")):
        yield f"item:{name}", value
