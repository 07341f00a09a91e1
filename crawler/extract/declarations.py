"""Pure: everything that a page declares, under one flat set of keys.

`<title>` and `<h1>` are elements, `meta:NAME` a meta's name or property, `http:NAME` its
`http-equiv`, `item:NAME` microdata, `link:REL` a link, `jsonld:NAME` linked data, `html:NAME` an
attribute of the root. The first value of a key that is not empty counts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extract import jsonld
from crawler.extract.address import web_address
from crawler.extract.marks import Markup
from crawler.extract.outline import Outline

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_PUBLISHED, _CHANGED = "published", ("updated", "modified")
"""In the class of a `<time>`."""
_PROPERTIES = frozenset({"author", "datepublished", "description"})
"""Names of microdata that describe the page."""
_MAX_DEPTH = 256
"""How many ancestors of a microdata property are searched for its item."""
_TITLES = "title:not(:is(svg, math) *)"
_MAX_WORDS = 100
"""How many words of an attribute are read."""
_TITLE_END = re.compile("</title", re.IGNORECASE)
_MAX_TRIED = 20
"""How many elements of one kind are read, when the first ones are empty."""

_Attributes = dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declarations:
    """All values that a page declares; `fields` chooses from them."""

    values: Mapping[str, str]
    base: str
    """What the page's references are relative to."""
    refreshes: tuple[str, ...]
    """`content` of each `<meta http-equiv=refresh>`."""
    robots: frozenset[str]
    """Words of all `<meta name=robots>`, in lower case."""

    def with_heading(self, text: str) -> "Declarations":
        """The same with the text of the first visible `<h1>`."""
        return replace(self, values={**self.values, "<h1>": text})


def all_declarations(markup: Markup, url: str) -> Declarations:
    """All that the page at `url` declares, except its headings."""
    metas = [meta.attributes for meta in markup.outline.named(("meta",))]
    values: dict[str, str] = {}
    for key, value in _pairs(markup, metas):
        if value and key not in values and value.strip():
            values[key] = value
    base = _base_of(markup.outline, url)
    named = values.get("link:canonical")
    canonical = web_address(base, named) if named else None
    for name, value in jsonld.declared(_linked_data(markup.outline), url, canonical).items():
        values[f"jsonld:{name}"] = value
    return Declarations(
        values=values,
        base=base,
        refreshes=_refreshes_of(metas),
        robots=frozenset(_robots(metas)),
    )


def _base_of(outline: Outline, url: str) -> str:
    """What the page's references are relative to. Source: HTML standard, §2.4.3."""
    for node in outline.named(("base",)):
        attributes = node.attributes
        if "href" in attributes:
            return web_address(url, attributes["href"] or "") or url
    return url


def _linked_data(outline: Outline) -> tuple[str, ...]:
    scripts = outline.named(("script",))
    return tuple(
        node.text() for node in scripts if "ld+json" in (node.attributes.get("type") or "").lower()
    )


def _refreshes_of(metas: list[_Attributes]) -> tuple[str, ...]:
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
    return tuple(text.lower().split(None, _MAX_WORDS)[:_MAX_WORDS]) if text else ()


def _pairs(markup: Markup, metas: list[_Attributes]) -> Iterator[tuple[str, str | None]]:
    tree = markup.tree
    yield from _root_pairs(tree)
    for meta in metas:
        yield from _meta_pairs(meta)
    for link in markup.outline.named(("link",)):
        yield from _link_pairs(link.attributes)
    for author in islice(tree.css("a[rel~='author' i][href]"), _MAX_TRIED):
        yield "link:author", author.text()
    for node in islice(_titles(markup), _MAX_TRIED):
        yield "<title>", _title_text(node, markup)
    for node in islice(filter(_describes_page, tree.css("[itemprop]")), _MAX_TRIED):
        yield from _item_pairs(node)
    times = (node.attributes for node in markup.outline.named(("time",)))
    for time in islice(filter(_is_publication, times), _MAX_TRIED):
        yield "<time>", time["datetime"]


def _titles(markup: Markup) -> Iterable[LexborNode]:
    by_name = markup.outline.by_name
    if "svg" in by_name or "math" in by_name:
        return markup.tree.css(_TITLES)
    return by_name.get("title", ())


def _title_text(node: LexborNode, markup: Markup) -> str:
    """The title's text; only its start when it has no end tag, and so contains the rest of the page."""
    text = node.text()
    if "<" in text and not _TITLE_END.search(markup.text):
        return text.partition("<")[0]
    return text


def _root_pairs(tree: LexborHTMLParser) -> Iterator[tuple[str, str | None]]:
    attributes = tree.root.attributes if tree.root else {}
    for name in ("lang", "xml:lang"):
        yield f"html:{name}", attributes.get(name)


def _meta_pairs(meta: _Attributes) -> Iterator[tuple[str, str | None]]:
    content = meta.get("content")
    if not content or content.isspace():
        return
    for name in (*_words(meta.get("property")), *_words(meta.get("name"))):
        yield f"meta:{name}", content
    for name in _words(meta.get("http-equiv")):
        yield f"http:{name}", content


def _link_pairs(attributes: _Attributes) -> Iterator[tuple[str, str | None]]:
    relations = _words(attributes.get("rel"))
    for relation in ("canonical", "image_src"):
        if relation in relations:
            yield f"link:{relation}", attributes.get("href")
    kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
    if "alternate" in relations and kind in _FEED_TYPES:
        yield "link:feed", attributes.get("href")


def _is_publication(time: _Attributes) -> bool:
    classes = (time.get("class") or "").lower()
    if _PUBLISHED not in classes and ("itemprop" in time or any(w in classes for w in _CHANGED)):
        return False
    return "datetime" in time


def _describes_page(node: LexborNode) -> bool:
    return not _PROPERTIES.isdisjoint(_words(node.attributes.get("itemprop")))


def _item_pairs(node: LexborNode) -> Iterator[tuple[str, str | None]]:
    """The properties of an outermost item; an item inside another one does not describe the page."""
    if _items_around(node) > 1:
        return
    attributes = node.attributes
    named = node.css_first('[itemprop~="name"]') if "itemscope" in attributes else node
    if named is None:
        return
    inner = named.attributes
    value = inner.get("content") or inner.get("datetime") or named.text(separator=" ")
    for name in _words(attributes.get("itemprop")):
        yield f"item:{name}", value


def _items_around(node: LexborNode) -> int:
    """How many items contain the element; 256 when it is too deep to know."""
    found = 0
    for _ in range(_MAX_DEPTH):
        parent = node.parent
        if parent is None:
            return found
        found += "itemscope" in parent.attributes
        node = parent
    return _MAX_DEPTH
