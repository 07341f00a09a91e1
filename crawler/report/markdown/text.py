"""Pure: foreign text and links that cannot leave their place in GitHub's Markdown.

Titles of the list stand escaped as link text, everything from pages and servers in code spans, and
links lead only to listed URLs and their successors.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from crawler.model import Resource
from crawler.report.findings import web_address
from crawler.text import clean

T = TypeVar("T")

ROWS = 100
"""Rows of a table, or items of a list, that a person is asked to read."""
PART_BYTES = 30_000
"""How large a part of a report may be: a dozen of them and the table of all links fit into what
GitHub shows of a file, 512 kB."""
NAMES = 10
"""Resources that are named in one line or cell."""

# Every character that means something inside a line of GitHub's Markdown; `.` and `:` only where
# they would make a bare web address a link. Block marks (`-`, `+`, `1.`) need the start of a line,
# where foreign text never stands.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&#@!$]|(?<=www)\.|:(?=//)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(#?\w+);")
# What a normal form may hold although a table or a code span would take it for its own.
_ENCODED = {ord(character): f"%{ord(character):02X}" for character in "|\\`"}


def escaped(text: str) -> str:
    """Text that means nothing in Markdown."""
    return _unmentioned(_SPECIAL.sub(r"\\\g<0>", clean(text)))


def _unmentioned(text: str) -> str:
    """Text in which `@name` and `#1` mean nobody and no issue."""
    return re.sub("[@#]", "\\g<0>\u200b", text)


def code(text: str) -> str:
    """Foreign text in a code span, with look-alikes for what could end the span or a table's cell."""
    kept = _unmentioned(clean(text).replace("`", "'").replace("|", "¦"))
    return f"`{kept}`" if kept else "(none)"


def target(address: str) -> str:
    """A normal form that stands safely between angle brackets, in a table or not.

    `&copy;` is a character reference even there (CommonMark §6.2), so its semicolon is encoded.
    """
    encoded = _REFERENCE.sub(r"&\1%3B", address.translate(_ENCODED))
    return f"<{encoded}>"


def link(resource: Resource) -> str:
    """The resource's title, linked when its URL is a web address."""
    name = clean(resource.title) or clean(resource.url)
    address = web_address(resource.url)
    return f"[{escaped(name)}]({target(address)})" if address else code(name)


def line_of(resource: Resource) -> str:
    """The resource's line in the list; empty when it left it."""
    return str(resource.line) if resource.line else ""


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the column "Line" is set to the right."""
    rules = ("---:" if header == "Line" else "---" for header in headers)
    return "\n".join(map(_row, (headers, tuple(rules), *rows)))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def bounded(
    items: Sequence[T],
    cells: Callable[[T], Sequence[str]],
    *,
    most: int | None = ROWS,
    size: int = PART_BYTES,
) -> tuple[list[Sequence[str]], int]:
    """The first items as rows, at most so many and of at most that size, and how many are left out.

    The size is in bytes. Of what is left out no row is made.
    """
    kept: list[Sequence[str]] = []
    for item in items[:most]:
        row = cells(item)
        size -= len(_row(row).encode()) + 1
        if size < 0:
            break
        kept.append(row)
    return kept, len(items) - len(kept)


def short_table(
    headers: Sequence[str], items: Sequence[T], cells: Callable[[T], Sequence[str]], more: str
) -> str:
    """A table of the first items; of the others, if any, the number, put into the sentence `more`."""
    kept, left_out = bounded(items, cells)
    blocks = [table(headers, kept)] if kept else []
    return "\n\n".join(blocks + ([more.format(more=left_out)] if left_out else []))


def short_list(items: Sequence[T], line: Callable[[T], str], more: str) -> str:
    """The first items below each other, a line each; of the others, if any, the number."""
    kept, left_out = bounded(items, lambda item: (line(item),))
    lines = [f"- {item}" for (item,) in kept]
    return "\n".join(lines + ([f"- {more.format(more=left_out)}"] if left_out else []))


def some(items: Sequence[T], name: Callable[[T], str]) -> str:
    """The first few by their names, in one line; of more, the number is enough."""
    names, more = map(name, items[:NAMES]), len(items) - NAMES
    return "; ".join((*names, f"and {more} more") if more > 0 else names)


def placed(resource: Resource) -> str:
    """The resource, and its line in the list when it is there."""
    return f"{link(resource)}, line {resource.line}" if resource.line else link(resource)
