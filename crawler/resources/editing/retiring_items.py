"""Pure: items of a Markdown list move to a section at the end, whose links are left out.

Comments around the section see to that; `ignoring` says which.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.errors import SettleError
from crawler.resources.editing.leaving import Leaving
from crawler.resources.formats import markdown_source
from crawler.resources.formats.markdown_list import without_front_matter

_MARKER = re.compile(r"([ \t]*)((?:[-+*]|[0-9]{1,9}[.)])[ ]+)")
"""Source: CommonMark 0.31, §5.2"""
_BREAK = re.compile(r"\r\n|\r|\n")
_HEADING = re.compile(r"^## Retired[ \t]*$", re.MULTILINE)
_START, _END = "<!-- crawler-ignore-start -->", "<!-- crawler-ignore-end -->"


def moved(name: str, content: bytes, gone: Sequence[Leaving], others: set[int]) -> bytes:
    """The document with the items of these places in its last section.

    `others` are the bytes where the URLs of resources begin that stay.

    Raises:
        SettleError: a place is in no item of its own, or the section is not one of ours.
    """
    text = content.decode()
    lines = _lines(text)
    starts = _byte_starts(lines)
    items = list(_items(text))
    stay = {bisect_right(starts, start) - 1 for start in others}
    taken: dict[int, tuple[int, Leaving]] = {}
    for one in gone:
        begin, end = _item(name, items, one, lines)
        if not stay.isdisjoint(range(begin, end)):
            raise SettleError(
                f"{name}:{one.line}: the item has other links of the list; take it out by hand"
            )
        taken[begin] = (end, one)
    return _rebuilt(name, lines, taken).encode()


def _rebuilt(name: str, lines: list[str], taken: dict[int, tuple[int, Leaving]]) -> str:
    """The document without the lines of the items, which stand in the section instead."""
    line_end = next((found[0] for line in lines if (found := _BREAK.search(line))), "\n")
    kept, retired, at = list[str](), list[str](), 0
    for begin in sorted(taken):
        end, why = taken[begin]
        kept += lines[at:begin]
        retired += (*_at_the_margin(lines[begin:end], line_end, why), line_end)
        at = end
    return _with_section(name, "".join(kept + lines[at:]), "".join(retired), line_end)


def _with_section(name: str, text: str, items: str, line_end: str) -> str:
    headings = list(_HEADING.finditer(_BREAK.sub("\n", text)))
    if headings:
        at = text.rfind(_END)
        if at < 0 or text.rfind(_START) > at or text.rfind("## Retired") > at:
            raise SettleError(
                f"{name}: the section Retired does not end in {_END}; put its items between that "
                f"comment and {_START}"
            )
        return text[:at] + items + text[at:]
    before = text if not text or _BREAK.search(text[-1]) else text + line_end
    lines = ("", "## Retired", "", _START, "", items + _END, "")
    return before + line_end.join(lines)


def _lines(text: str) -> list[str]:
    ends = [found.end() for found in _BREAK.finditer(text)]
    cuts = [0, *ends, len(text)]
    return [text[one:other] for one, other in pairwise(cuts) if one < other]


def _byte_starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode()))
    return starts


def _items(text: str) -> Iterator[tuple[int, int]]:
    """The lines of each item, by index, an outer one before those in it."""
    source = without_front_matter(markdown_source.with_line_feeds(text.removeprefix("\ufeff")))
    for token in markdown_source.parse(source).tokens:
        if token.type == "list_item_open" and token.map:
            yield token.map[0], token.map[1]


def _item(
    name: str, items: Sequence[tuple[int, int]], one: Leaving, lines: Sequence[str]
) -> tuple[int, int]:
    """The innermost item with that line, without blank lines at its end."""
    around = [(begin, end) for begin, end in items if begin < one.line <= end]
    begin, end = max(around, default=(0, 0))
    if not around or not _MARKER.match(lines[begin]):
        raise SettleError(
            f"{name}:{one.line}: the link stands in no item of a list; take it out by hand"
        )
    while not lines[end - 1].strip():
        end -= 1
    return begin, end


def _at_the_margin(lines: Sequence[str], line_end: str, why: Leaving) -> Iterator[str]:
    """The item without the blanks before it, and with when and why it was retired."""
    marker = _MARKER.match(lines[0])
    blanks, sign = marker.groups() if marker else ("", "")
    for line in lines:
        whole = line if _BREAK.search(line[-1]) else line + line_end
        yield whole.removeprefix(blanks)
    yield f"{' ' * len(sign)}- Retired on {why.on}: {why.because}{line_end}"
