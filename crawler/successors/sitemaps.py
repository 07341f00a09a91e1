"""Pure: the URLs that a sitemap names, in XML or as lines of text; whatever is odd in it is left out.

Source: https://www.sitemaps.org/protocol.html
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

from crawler import urls
from crawler.text import URL_LENGTH

MAX_URLS = 50_000
"""Of all sitemaps of a site that are read. Source: the protocol's limit for one sitemap."""
_MAX_DEPTH = 100
_XML = (b"<", b"\xef\xbb\xbf<")


class _Enough(Exception):  # noqa: N818 - never leaves this module
    """The rest of the file is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What one file names; absolute http(s) URLs in normal form, in order."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    """Other files, when it is an index."""


def read_sitemap(content: bytes, most: int = MAX_URLS) -> Sitemap:
    """The first `most` URLs of a sitemap; never raises.

    What stands after a fault in the XML, or after an entity that the file defines, is not read;
    nothing is where it names an encoding that expat cannot read.
    """
    if content.lstrip()[:4].startswith(_XML):
        return _read_xml(content, most)
    lines = content.decode("utf-8", "replace").splitlines()
    return Sitemap(pages=tuple(_web_urls(lines, most)))


def _read_xml(content: bytes, most: int) -> Sitemap:
    reader = _Reader(most)
    # The last two are for names of encodings: unknown, or of more than a byte for a character.
    with suppress(expat.ExpatError, _Enough, LookupError, ValueError):
        reader.parser.Parse(content, True)
    return Sitemap(
        pages=tuple(_web_urls(reader.pages, most)),
        sitemaps=tuple(_web_urls(reader.sitemaps, most)),
    )


class _Reader:
    def __init__(self, most: int) -> None:
        self.pages: list[str] = []
        self.sitemaps: list[str] = []
        self._most = most
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add
        self.parser.EntityDeclHandler = _stop
        self.parser.ExternalEntityRefHandler = _stop

    def _begin(self, name: str, _: object) -> None:
        self._path.append(name.rpartition(":")[2].lower())
        self._text.clear()
        self._length = 0
        if len(self._path) > _MAX_DEPTH:
            raise _Enough

    def _end(self, _: str) -> None:
        if self._length <= URL_LENGTH:
            match self._path:
                case ["urlset", "url", "loc"]:
                    self.pages.append("".join(self._text))
                case ["sitemapindex", "sitemap", "loc"]:
                    self.sitemaps.append("".join(self._text))
        self._path.pop()
        if len(self.pages) + len(self.sitemaps) >= self._most:
            raise _Enough

    def _add(self, text: str) -> None:
        self._length += len(text)
        if self._length <= URL_LENGTH:
            self._text.append(text)


def _stop(*_: object) -> int:
    raise _Enough


def _web_urls(texts: list[str], most: int) -> Iterator[str]:
    for text in texts[:most]:
        url = text.strip()
        if len(url) <= URL_LENGTH and not urls.problem(url):
            yield urls.without_fragment(urls.normal_form(url))
