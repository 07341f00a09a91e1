"""Pure: the pages of a sitemap.

Source: https://www.sitemaps.org/protocol.html
"""

from collections.abc import Iterator

from crawler.config import ListSettings
from crawler.resources.formats.positions import Positions
from crawler.resources.formats.xml_reader import Element, elements
from crawler.resources.lines import Entry, Lines

_ROOTS = frozenset({"urlset", "sitemapindex"})


def entries(text: Lines, rules: ListSettings) -> Iterator[Entry]:
    """The pages; the sitemaps that an index names are in `text.parts`.

    Raises:
        ResourcesError: the file is no sitemap.
    """
    del rules
    content, offset = text.whole()
    positions = Positions(content, offset=offset)
    path: list[str] = []
    opened = 0
    for element in elements(text, content):
        if not path and element.name not in _ROOTS:
            raise text.fault(
                1, f"<{element.name}> begins no sitemap; name its format with --format"
            )
        if not element.is_end:
            path.append(element.name)
            opened = element.start + len(element.tag)
            continue
        path.pop()
        if element.name == "loc" and path == ["urlset", "url"]:
            yield _entry(content, opened, element, positions)
        elif element.name == "loc" and path == ["sitemapindex", "sitemap"]:
            text.parts.append((positions.line_of(element.start), element.text.strip()))


def _entry(content: str, opened: int, element: Element, positions: Positions) -> Entry:
    written, url = content[opened : element.start], element.text.strip()
    at = written.find(url)
    if at < 0:  # It has character references.
        at, length = len(written) - len(written.lstrip()), len(written.strip())
    else:
        length = len(url)
    spot = positions.spot(opened + at, opened + at + length)
    return Entry(url=url, **spot._asdict())
