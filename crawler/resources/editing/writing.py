"""Pure: how a URL is written at a place of a list, in the format that the list has."""

import json
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from crawler import urls
from crawler.resources.editing.url_places import UrlPlace


class Spelling(NamedTuple):
    """A URL, ready to stand in a file."""

    url: str
    """As the format will read it."""
    text: str
    """What is written."""
    takes: int = 0
    """How many bytes the text also replaces on each side of the old URL: its quotes."""


class CannotBeWritten(Exception):  # noqa: N818  (the caller makes it a refusal, with the place)
    """The URL does not fit there; the text says why and what to do."""


def spelling(name_of_format: str, place: UrlPlace, url: str) -> Spelling:
    """How the URL is written instead of the one at that place.

    Raises:
        CannotBeWritten: the place does not take it.
    """
    if "\n" in place.written or "\r" in place.written:
        raise CannotBeWritten("the URL spans lines; put it on one line first")
    return _WRITERS[name_of_format](place, _without_odd_characters(url))


_ODD = " \"<>\\^`{}|'"


def _without_odd_characters(url: str) -> str:
    """The URL with characters that mean something to formats percent-encoded, where it stays the same.

    >>> _without_odd_characters("https://example.org/a b")
    'https://example.org/a%20b'
    """
    for character in filter(url.__contains__, _ODD):
        encoded = url.replace(character, quote(character, safe=""))
        if urls.target_uri(encoded) == urls.target_uri(url):
            url = encoded
    return url


# --- rows and lines -------------------------------------------------------------------------------


def _in_cell(place: UrlPlace, url: str) -> Spelling:
    """Source: RFC 4180 §2."""
    doubled = url.replace('"', '""')
    if place.quote:
        return Spelling(url, doubled)
    page, mark, fragment = url.partition("#")
    encoded = page + mark + fragment.replace(place.separator, quote(place.separator))
    if place.separator not in encoded and '"' not in encoded:
        return Spelling(encoded, encoded)  # A fragment is never sent to a server.
    if place.is_padded:
        raise CannotBeWritten(
            "blanks stand around the URL, so its cell cannot be quoted, as the new URL needs; "
            "remove the blanks first"
        )
    return Spelling(url, f'"{doubled}"')


def _as_it_is(_: UrlPlace, url: str) -> Spelling:
    return Spelling(url, url)


# --- markup ---------------------------------------------------------------------------------------

_OPEN_VALUE = re.compile(r"=\s*([\"']?)\Z")
_NEEDS_QUOTES = re.compile(r"[\"'=<>`]|/\Z")


def _in_attribute(place: UrlPlace, url: str) -> Spelling:
    """Source: HTML standard, §13.1.2.3; also good XML."""
    opened = _OPEN_VALUE.search(place.before)
    quotes = opened[1] if opened else ""
    text = url.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    if quotes:
        return Spelling(url, text.replace("'", "&#39;") if quotes == "'" else text)
    return Spelling(url, f'"{text}"' if _NEEDS_QUOTES.search(text) else text)


def _in_element(place: UrlPlace, url: str) -> Spelling:
    """Source: XML 1.0, §2.4 and §2.7."""
    if place.before.rstrip().endswith("<![CDATA["):
        return Spelling(url, url)
    return Spelling(url, url.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


_HTML_LINK = re.compile(r"<a\s[^<>]*\bhref\s*=\s*[\"']?\Z", re.IGNORECASE)
_DESTINATION = re.compile(r"\](?:\(|:)\s*<?\Z")
_UNSURE_IN_DESTINATION = re.compile(r"\\|&(?=#?\w+;)")
_SURE_IN_TEXT = re.compile(r"https?://(?:[a-z0-9/_~@%?&=+#]|[-.:](?=[a-z0-9/]))*[a-z0-9/]", re.I)
"""Addresses that end where they should when nothing is around them."""
_DEEPEST = 3
"""Parentheses inside each other that every parser takes."""


def _in_markdown(place: UrlPlace, url: str) -> Spelling:
    """Source: CommonMark 0.31, §6.3 and §6.5."""
    url = url.replace("|", "%7C")  # It would end a cell.
    if _HTML_LINK.search(place.before):
        return _in_attribute(place, url)
    is_bracketed = place.before.endswith("<") and place.after.startswith(">")
    if not _DESTINATION.search(place.before):
        is_sure = is_bracketed or _SURE_IN_TEXT.fullmatch(url)
        return Spelling(url, url if is_sure else f"<{url}>")
    text = _UNSURE_IN_DESTINATION.sub(lambda found: {"\\": "\\\\"}.get(found[0], "&amp;"), url)
    return Spelling(url, text if is_bracketed or _is_balanced(url) else f"<{text}>")


def _is_balanced(url: str) -> bool:
    depth = 0
    for character in url:
        depth += (character == "(") - (character == ")")
        if not 0 <= depth <= _DEEPEST:
            return False
    return depth == 0


# --- objects --------------------------------------------------------------------------------------


def _in_json(place: UrlPlace, url: str) -> Spelling:
    """Source: RFC 8259 §7."""
    text = json.dumps(url, ensure_ascii=False)[1:-1]
    return Spelling(url, text.replace("/", "\\/") if "\\/" in place.written else text)


def _in_toml(place: UrlPlace, url: str) -> Spelling:
    """Source: https://toml.io/en/v1.0.0#string."""
    is_literal = place.before.endswith("'")
    if is_literal and "'" not in url:
        return Spelling(url, url)
    text = json.dumps(url, ensure_ascii=False)[1:-1]
    if not is_literal:
        return Spelling(url, text)
    if place.before.endswith("'''"):
        raise CannotBeWritten("the new URL has a quote; put double quotes around the URL first")
    return Spelling(url, f'"{text}"', takes=1)


_OPEN_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\n]*)?\n\s*\Z")
_UNSURE_IN_YAML = re.compile(r":\Z")
_UNSURE_IN_FLOW = re.compile(r"[,\[\]{}]|:(?:\?|\Z)")
"""libyaml takes no `:?` there."""
_FLOW = (",", "]", "}")


def _in_yaml(place: UrlPlace, url: str) -> Spelling:
    """Source: YAML 1.2.2, §7.3 and §8.1."""
    if place.before.endswith('"'):
        return Spelling(url, json.dumps(url, ensure_ascii=False)[1:-1])
    if place.before.endswith("'"):
        return Spelling(url, url.replace("'", "''"))
    is_block = _OPEN_BLOCK.search(place.before.replace("\r", ""))
    line = place.before.replace("\r", "\n").rpartition("\n")[2]
    is_in_flow = any(sign in line for sign in "[{,") or place.after.lstrip().startswith(_FLOW)
    unsure = _UNSURE_IN_FLOW if is_in_flow else _UNSURE_IN_YAML
    if is_block or not unsure.search(url):
        return Spelling(url, url)
    return Spelling(url, json.dumps(url, ensure_ascii=False))


_WRITERS: Mapping[str, Callable[[UrlPlace, str], Spelling]] = {
    "csv": _in_cell,
    "html": _in_attribute,
    "json": _in_json,
    "markdown": _in_markdown,
    "opml": _in_attribute,
    "sitemap": _in_element,
    "text": _as_it_is,
    "toml": _in_toml,
    "yaml": _in_yaml,
}
