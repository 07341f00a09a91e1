"""Pure: the formats in which people keep lists: a module for each, and which one a file has.

Each module has a function `entries(text: Lines, rules: ListSettings) -> Iterator[Entry]`. It is
imported when a file has its format, because their parsers take long to import.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

from crawler.config import ListSettings
from crawler.resources import header
from crawler.resources.lines import Entry, Lines

_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".opml": "opml",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".toml": "toml",
}
_BEGINNINGS = (
    (
        "html",
        re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+(?:html|netscape)|html)\b", re.I | re.S),
    ),
    ("opml", re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<opml\b", re.I | re.S)),
    ("sitemap", re.compile(rb"\s*(?:<\?xml.*?)?<(?:urlset|sitemapindex)\b", re.I | re.S)),
    ("json", re.compile(rb"\s*[{\[]\s*[{\[\"]")),
)
"""What a file of an unknown name begins with; tried in order."""
_LINE_OF_TEXT = re.compile(
    rb"\s*(?:#[^\r\n]*\s+)*[a-z][a-z0-9+.-]*://[^\s,;\"]+[ \t]*(?:[\r\n]|\Z)", re.I
)
_MARKDOWN_NAMES = ("readme", "awesome-")
KEYED = frozenset({"csv"})
"""Formats in which each entry is a resource of its own, also where several have one URL."""


class Format(Protocol):
    """What the module of a format has."""

    def entries(self, text: Lines, rules: ListSettings) -> Iterator[Entry]:
        """The entries of a list, in order.

        Raises:
            ResourcesError: it cannot be read; the text says where, why, and what to do.
        """


def load(name: str) -> Format:
    """The module of a format."""
    return cast("Format", import_module(f"{__name__}.{name}_list"))


def format_of(text: Lines, rules: ListSettings) -> str:
    """The name of the format that the file has, by the settings, its name or what it begins with."""
    known = rules.format or format_of_name(text.name)
    if known:
        return known
    beginning = text.beginning()
    found = next((name for name, start in _BEGINNINGS if start.match(beginning)), None)
    if found:
        return found
    if _LINE_OF_TEXT.match(beginning):
        return "text"
    is_text = _file_name(text.name).startswith(_MARKDOWN_NAMES) and not _has_header(beginning)
    return "markdown" if is_text else "csv"


def format_of_name(path: str) -> str:
    """The format that files of such a name have; empty when the name does not say."""
    name = _file_name(path).removesuffix(".gz")
    return _SUFFIXES.get(f".{name.rpartition('.')[2]}", "") if "." in name else ""


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].lower()


def _has_header(beginning: bytes) -> bool:
    first = beginning.decode("utf-8", "replace").split("\n", 1)[0]
    return any(header.recognised(re.split("[,;\t]", first)))
