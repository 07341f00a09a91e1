"""Pure: outlines in OPML: links, and feeds with their sites.

Source: http://opml.org/spec2.opml
"""

from collections.abc import Iterator

from crawler.config import ListSettings
from crawler.resources.formats.html_reader import unescaped
from crawler.resources.formats.positions import Positions
from crawler.resources.formats.tags import Attribute, attributes
from crawler.resources.formats.xml_reader import Element, elements
from crawler.resources.lines import Entry, Lines

_URLS = ("url", "htmlurl", "xmlurl")
"""A link's URL; a feed's site, and the feed itself."""
_TITLES = ("text", "title")


def entries(text: Lines, rules: ListSettings) -> Iterator[Entry]:
    """The URLs of outlines; the category is what the outlines around it say.

    Raises:
        ResourcesError: the file is no XML.
    """
    del rules
    content, offset = text.whole()
    positions = Positions(content, offset=offset)
    around: list[str] = []
    for element in elements(text, content):
        if element.name != "outline":
            continue
        if element.is_end:
            around.pop()
        else:
            found = attributes(element.tag)
            yield from _of_outline(element, found, positions, " / ".join(filter(None, around)))
            around.append(_text(found, *_TITLES))


def _of_outline(
    element: Element, found: dict[str, Attribute], positions: Positions, category: str
) -> Iterator[Entry]:
    for name in _URLS:
        if name in found and found[name].raw:
            start, end = element.start + found[name].start, element.start + found[name].end
            spot = positions.spot(start, end)
            yield Entry(
                url=unescaped(found[name].raw),
                title=_text(found, *_TITLES),
                category=category,
                description=_text(found, "description"),
                **spot._asdict(),
            )


def _text(found: dict[str, Attribute], *names: str) -> str:
    return next((unescaped(found[name].raw) for name in names if name in found), "")
