"""Pure: what one look found, as lines for the terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from textwrap import wrap

from crawler.model import Notice, WarningCode
from crawler.report import naming
from crawler.report.dossier.dossier_lines import LATEST, PAGE, LabelledLine, lines_by_title
from crawler.report.findings import web_address
from crawler.report.today import CheckedLink, Today, dossier_of
from crawler.report.wording import plural, today_words, warning_words
from crawler.report.wording.today_words import Group
from crawler.text import clean

MOST_NOTICED = 10
"""Links that work and are named for one and the same warning; more than that are counted."""
_LABEL_WIDTH = 15
_SAID_ABOVE = frozenset({"Why", "New address", "Page seen"})
"""Labels of the latest check whose texts are among the sentences."""


class Role(StrEnum):
    """What a line is, so that a terminal can show it in a colour."""

    HEAD = "head"
    TITLE = "title"
    LINK = "link"
    TEXT = "text"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the output."""

    text: str = ""
    role: Role = Role.TEXT
    group: Group | None = None
    """Of a title."""


def overview(today: Today, width: int) -> Iterator[Line]:
    """How many links there are of each group, and those that somebody should know of.

    No line is wider than `width`, unless it holds a longer URL.
    """
    if today.of_rows is not None:
        yield from _wrapped(_selected(today), width)
    if today.links or today.of_rows is None:
        yield from _wrapped(today.tally, width, Role.HEAD)
    for group, links in today.groups.items():
        if group is not Group.WORKS:
            yield Line()
            yield Line(f"{today_words.TITLES[group]} ({len(links)})", Role.TITLE, group)
            if group is Group.NOTICED:
                yield from _noticed(links, width)
            else:
                for link in links:
                    yield from _link(link, width)
    yield from _notices(today.notices, width)
    yield from _asides(today, width)


def one(link: CheckedLink, width: int) -> Iterator[Line]:
    """All that one look found about one link."""
    if link.name:
        yield from _wrapped(link.name, width, Role.HEAD)
    yield Line(clean(link.resource.url), Role.LINK)
    yield Line()
    yield Line(today_words.TITLES[link.group], Role.TITLE, link.group)
    for text in _sentences(link):
        yield from _indented(text, width)
    yield Line()
    blocks = lines_by_title(dossier_of(link))
    latest = ((label, text) for label, text in blocks[LATEST] if label not in _SAID_ABOVE)
    yield from _labelled((("Row", _row(link)), *latest), width)
    if PAGE in blocks:
        yield Line()
        yield Line("The page", Role.TITLE)
        yield from _labelled(blocks[PAGE], width)
    yield from _asides(Today(links=(link,)), width)


def _row(link: CheckedLink) -> str:
    return ", ".join(filter(None, (link.row, clean(link.resource.category))))


def _selected(today: Today) -> str:
    if not today.links and not today.unchecked:
        return today_words.NOTHING_TO_CHECK
    count = len(today.links) + today.unchecked
    total, are = plural(today.of_rows or 0, "row", "rows"), "is" if count == 1 else "are"
    return today_words.SELECTED.format(count=count, total=total, are=are)


def _link(link: CheckedLink, width: int) -> Iterator[Line]:
    row, url = f"{link.row}: " if link.row else "", clean(link.resource.url)
    yield Line(f"  {row}{link.name or url}", Role.LINK)
    if link.name and url:
        yield Line(f"    {url}")
    for text in _sentences(link):
        yield from _indented(text, width)


def _noticed(links: Sequence[CheckedLink], width: int) -> Iterator[Line]:
    """Links that work with a warning; a warning that many of them have is only counted."""
    counts = Counter(code for link in links for code in link.noticed)
    counted = {code: count for code, count in counts.most_common() if count > MOST_NOTICED}
    for link in links:
        if not counted.keys() >= set(link.noticed):
            yield from _link(link, width)
    for code, count in counted.items():
        yield from _indented(f"{count} links: {warning_words.WARNINGS[code]}.", width)
    if counted:
        yield from _indented(today_words.NAMED_IN_JSON, width)


def _sentences(link: CheckedLink) -> Iterator[str]:
    check, wording = link.check, link.wording
    noticed = link.noticed
    if link.group is Group.NOTICED:
        text = "; ".join(warning_words.WARNINGS[code] for code in noticed)
        yield f"{text[0].upper()}{text[1:]}."
    else:
        yield wording.what
    address = web_address(check.judgement.suggested_url)
    if address:
        yield f"New address: {address}"
    yield from naming.mixed_hosts((link.resource.url, address))
    page = check.page or check.facts.seen
    is_odd = link.group in {Group.IN_DOUBT, Group.GONE} or WarningCode.TITLE_MISMATCH in noticed
    if page and page.title and is_odd:
        yield f"Its title: {clean(page.title.value)}"
    if wording.step and link.group not in {Group.NOTICED, Group.WORKS}:
        yield f"-> {wording.step}"


def _notices(notices: Iterable[tuple[str, Notice]], width: int) -> Iterator[Line]:
    for number, (file, notice) in enumerate(notices):
        if not number:
            yield Line()
        yield from _wrapped(f"{file}:{notice.line}: {notice.text}", width)


def _asides(today: Today, width: int) -> Iterator[Line]:
    """Remarks that stand once, below everything else."""
    asides = []
    if today.unchecked:
        links = plural(today.unchecked, "link was", "links were")
        asides.append(today_words.UNCHECKED.format(links=links))
    if {Group.GONE, Group.IN_DOUBT, Group.FAILING} & today.groups.keys():
        asides.append(today_words.ONE_LOOK)
    for text in asides:
        yield Line()
        yield from _wrapped(text, width, Role.ASIDE)


def _labelled(lines: Iterable[LabelledLine], width: int) -> Iterator[Line]:
    for label, texts in lines:
        shown = label
        for text in filter(None, texts.splitlines()):
            for folded in _folded(text, width - _LABEL_WIDTH):
                yield Line(f"{shown:<{_LABEL_WIDTH}}{folded}")
                shown = ""


def _indented(text: str, width: int) -> Iterator[Line]:
    for number, folded in enumerate(_folded(text, width - 6)):
        yield Line(("      " if number else "    ") + folded)


def _wrapped(
    text: str, width: int, role: Role = Role.TEXT, group: Group | None = None
) -> Iterator[Line]:
    for folded in _folded(text, width):
        yield Line(folded, role, group)


def _folded(text: str, width: int) -> list[str]:
    return wrap(text, max(width, 20), break_long_words=False, break_on_hyphens=False)
