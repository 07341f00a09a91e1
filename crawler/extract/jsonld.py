"""Pure: what a page's JSON-LD says about the page itself.

Source: https://schema.org and JSON-LD 1.1. Only the outermost nodes and those of a `@graph` count:
nodes inside others, and nodes with another URL, do not describe the page.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import unescape

from crawler import urls
from crawler.extract.address import web_address
from crawler.text import clean

_MAX_CHARACTERS = 262_144
"""Longest script that is read; a longer one is a catalogue, not a description of its page."""
_MAX_NODES = 200
_MAX_TEXT = 4000
"""Characters of one value; fewer than the digits that Python allows an integer."""

_DECODER = json.JSONDecoder(strict=False)

_Node = dict[str, object]

# A string without an end goes to the end of the text: otherwise each quote would be tried (quadratic).
_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'
_STRING_OR_COMMENT = re.compile(_STRING + r"|/\*.*?(?:\*/|\Z)|//[^\n]*|<!--|-->", re.DOTALL)
_STRING_OR_COMMA = re.compile(_STRING + r"|,(?=\s*[}\]])", re.DOTALL)

_PAGE_TYPE_ENDS = ("article", "page", "posting", "post")
_PAGE_TYPES = frozenset(
    {
        "book",
        "course",
        "creativework",
        "dataset",
        "event",
        "howto",
        "learningresource",
        "movie",
        "podcastepisode",
        "product",
        "recipe",
        "report",
        "review",
        "softwareapplication",
        "softwaresourcecode",
        "thesis",
        "videoobject",
        "webapplication",
    }
)
_SITE_TYPES = ("website", "organization")

_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("title", ("headline", "name")),
    ("headline", ("headline",)),
    ("description", ("description",)),
    ("language", ("inLanguage",)),
    ("image", ("image",)),
    ("published", ("datePublished",)),
    ("author", ("author",)),
    ("site", ("publisher",)),
)
"""Our name of a value, and the properties that may have it, best first."""
_TEXT_KEYS = ("@value", "name", "alternateName")
_URL_KEYS = ("url", "contentUrl", "@id")


def declared(scripts: Sequence[str], url: str, canonical: str | None) -> dict[str, str]:
    """The values by our names that the scripts declare for the page at `url`, cleaned.

    `canonical` is the page's absolute canonical URL.
    """
    nodes = [node for script in scripts for node in _nodes(_parsed(script))][:_MAX_NODES]
    values: dict[str, str] = {}
    own = [address for address in (urls.resolve(url, ""), canonical) if address]
    for node in _about_page(nodes, url, own):
        for field, properties in _FIELDS:
            read = _url if field == "image" else _text
            value = _first(node, properties, read)
            if value:
                values.setdefault(field, value)
    site = next(filter(None, (_text(node.get("name")) for node in _sites(nodes))), "")
    if site:
        values.setdefault("site", site)
    return values


# --- reading --------------------------------------------------------------------------------------


def _parsed(script: str) -> object:
    """The script's value, repaired if necessary; None when it cannot be parsed."""
    if len(script) > _MAX_CHARACTERS:
        return None
    for prepared in (str, _repaired):
        try:
            return _DECODER.raw_decode(prepared(script).strip())[0]
        except (ValueError, RecursionError):
            continue
    return None


def _repaired(script: str) -> str:
    """The script without comments, `<!--` and `-->`, and commas at the end of lists."""
    bare = _STRING_OR_COMMENT.sub(_string_only, script)
    return _STRING_OR_COMMA.sub(_string_only, bare)


def _string_only(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else ""


def _nodes(value: object) -> Iterator[_Node]:
    """The outermost nodes, including those of a list or a `@graph`."""
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, dict):
            graph = node.get("@graph")
            yield node
            yield from (n for n in _as_list(graph) if isinstance(n, dict))


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


# --- which node is the page? ----------------------------------------------------------------------


def _about_page(nodes: Sequence[_Node], url: str, own: Sequence[str]) -> list[_Node]:
    """The nodes that describe the page; first those with one of its own URLs."""
    named, unnamed = [], []
    for node in nodes:
        if not _is_page(node):
            continue
        node_urls = [web_address(url, text) for text in _node_urls(node)]
        if not any(node_urls):
            unnamed.append(node)
        elif any(address and _is_one_of(own, address) for address in node_urls):
            named.append(node)
    # Several nodes of one type without a URL are a list of other pages.
    kinds = Counter(map(_types, unnamed))
    return named + [node for node in unnamed if kinds[_types(node)] == 1]


def _is_one_of(own: Sequence[str], address: str) -> bool:
    return any(
        urls.trivially_different(*pair)
        for page in own
        for pair in ((page, address), (address, page))
    )


def _is_page(node: _Node) -> bool:
    return any(name in _PAGE_TYPES or name.endswith(_PAGE_TYPE_ENDS) for name in _types(node))


def _types(node: _Node) -> tuple[str, ...]:
    return tuple(
        re.split(r"[/#:]", name)[-1].lower()
        for name in _as_list(node.get("@type"))
        if isinstance(name, str)
    )


def _node_urls(node: _Node) -> Iterator[str]:
    for value in (node.get("url"), node.get("mainEntityOfPage"), node.get("@id")):
        text = _url(value)
        if text.startswith(("http:", "https:", "/")):
            yield text


def _sites(nodes: Sequence[_Node]) -> list[_Node]:
    return [node for kind in _SITE_TYPES for node in nodes if kind in _types(node)]


# --- values ---------------------------------------------------------------------------------------


def _first(node: _Node, properties: Sequence[str], read: Callable[[object], str]) -> str:
    return next(filter(None, (read(node.get(name)) for name in properties)), "")


def _text(value: object) -> str:
    return _string(value, _TEXT_KEYS)


def _url(value: object) -> str:
    return _string(value, _URL_KEYS)


def _string(value: object, keys: Sequence[str]) -> str:
    """The first text in a value: the value itself, of a list, or under a key of a node."""
    for item in _as_list(value):
        texts = [item.get(key) for key in keys] if isinstance(item, dict) else [item]
        for text in texts:
            if isinstance(text, str) and text.strip():
                # The parser leaves a script's text as it is, and many templates escape it.
                return clean(unescape(text[:_MAX_TEXT]))
    return ""
