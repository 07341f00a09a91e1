"""Pure: the elements of a page by name, from one walk over its tree.

Each selector walks over the tree again; one walk for all names costs as much as four selectors.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extract.elements import BLOCKS, UNSEEN

_EMPTY = LexborHTMLParser("")


def _tag_id(name: str) -> int:
    """The parser's number for an HTML element, the same in all documents."""
    return _EMPTY.create_node(name).tag_id


_NAMES = {
    _tag_id(name): name
    for name in UNSEEN
    | {"aside", "base", "footer", "frame", "header", "link", "math", "meta", "nav", "time"}
}
_BLOCKS = frozenset(map(_tag_id, BLOCKS | {"html", "head"}))


@dataclass(frozen=True, slots=True)
class Outline:
    """The elements of a page after parsing, in the order of the document."""

    by_name: dict[str, list[LexborNode]]
    """Only those with names in `_NAMES`."""
    inline: list[LexborNode]
    """All nodes that are no blocks, comments included; each comes after its parent."""

    @classmethod
    def of(cls, tree: LexborHTMLParser) -> "Outline":
        """All elements, except those in a `<template>`."""
        by_name: dict[str, list[LexborNode]] = {}
        inline = []
        for node in tree.root.traverse() if tree.root else ():
            tag_id = node.tag_id
            if tag_id in _NAMES:
                by_name.setdefault(_NAMES[tag_id], []).append(node)
            if tag_id not in _BLOCKS:
                inline.append(node)
        return cls(by_name, inline)

    def named(self, names: Iterable[str]) -> Iterator[LexborNode]:
        """The elements with one of the names, name by name."""
        for name in names:
            yield from self.by_name.get(name, ())
