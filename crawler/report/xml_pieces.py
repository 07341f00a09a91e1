"""Pure: foreign text in XML, and elements as text, for formats that are written piece by piece."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from crawler.text import clean

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
INDENT = "  "

_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
"""Code points that `clean` keeps and no XML document may contain. Source: XML 1.0 §2.2."""


def xml_text(text: str) -> str:
    """The text without characters that XML forbids; escaping is left to `piece`."""
    return _NO_CHARACTERS.sub("\ufffd", clean(text))


def element(tag: str, text: str = "", **attributes: str) -> Element:
    """An element with foreign text and attributes; attributes without a value are left out."""
    known = {name: xml_text(value) for name, value in attributes.items() if value}
    made = Element(tag, known)
    if text:
        made.text = xml_text(text)
    return made


def child(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """An element, as `element` makes it, at the end of another."""
    made = element(tag, text, **attributes)
    parent.append(made)
    return made


def piece(made: Element, level: int) -> str:
    """The element on lines of its own, indented by so many levels."""
    indent(made, INDENT, level)
    return f"{INDENT * level}{tostring(made, encoding='unicode')}\n"


def opening(made: Element, level: int = 0) -> str:
    """The start tag of an element whose children follow as other pieces."""
    SubElement(made, "_")
    return f"{INDENT * level}{tostring(made, encoding='unicode').partition('<_')[0]}\n"
