"""Pure: the elements of a page by name, from one walk over its tree.

A selector is a walk of its own; one walk that tells many names apart costs as much as four of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extract.elements import LINES, UNSEEN

_EMPTY = LexborHTMLParser("")


def _number(name: str) -> int:
    """By which the parser knows an element of HTML, in all documents."""
    return _EMPTY.create_node(name).tag_id


_KEPT = {
    _number(name): name
    for name in UNSEEN
    | {"aside", "base", "footer", "frame", "header", "link", "math", "meta", "nav", "time"}
}
_LINES = frozenset(map(_number, LINES | {"html", "head"}))


@dataclass(frozen=True, slots=True)
class Outline:
    """The elements of a page as they were when it was parsed, in the order of the document."""

    by_name: dict[str, list[LexborNode]]
    """Of those that are asked for."""
    on_lines: list[LexborNode]
    """All that begins no line, comments too; nothing stands before what holds it."""

    @classmethod
    def of(cls, tree: LexborHTMLParser) -> "Outline":
        """All elements, except those in a `<template>`."""
        by_name: dict[str, list[LexborNode]] = {}
        on_lines = []
        for node in tree.root.traverse() if tree.root else ():
            number = node.tag_id
            if number in _KEPT:
                by_name.setdefault(_KEPT[number], []).append(node)
            if number not in _LINES:
                on_lines.append(node)
        return cls(by_name, on_lines)

    def named(self, names: Iterable[str]) -> Iterator[LexborNode]:
        """The elements with one of the names, name by name."""
        for name in names:
            yield from self.by_name.get(name, ())
