"""IO: tables for the terminal; foreign text stands in them as it is, never as markup."""

from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from crawler.model import Judgement, Resource
from crawler.rejudge import Difference
from crawler.store import Pruned
from crawler.text import clean

_WIDTH = 100
"""Columns where there is no terminal to fit."""


def shown(*parts: RenderableType) -> str:
    """The parts below each other, in colours where standard output takes them."""
    console = Console(highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = _WIDTH
    with console.capture() as capture:
        console.print(*parts, sep="\n")
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def differences(found: Iterable[Difference]) -> Table:
    """What is stored beside what is judged today."""
    table = Table("Number", "Link", "Stored", "Today", box=None)
    for one in found:
        stored = one.check.judgement
        table.add_row(*_link(one.check.resource), _judged(stored), _judged(one.today))
    return table


def amounts(pruned: Pruned) -> Table:
    """How much there was beside how much stays."""
    table = Table("", box=None)
    for heading in ("before", "after"):
        table.add_column(heading, justify="right")
    for name in ("checks", "facts", "pages"):
        table.add_row(name, *(f"{getattr(a, name):,}" for a in (pruned.before, pruned.after)))
    table.add_row("size", *(f"{a.size / 1e6:,.2f} MB" for a in (pruned.before, pruned.after)))
    return table


def _link(resource: Resource) -> tuple[Text, Text]:
    number = "" if resource.number is None else str(resource.number)
    lines = filter(None, (clean(resource.title), clean(resource.url)))
    return Text(number or clean(resource.key)), Text("\n".join(lines), overflow="fold")


def _judged(judgement: Judgement) -> Text:
    lines = (
        f"{judgement.verdict} {judgement.reason}",
        " ".join(judgement.warnings),
        clean(judgement.suggested_url or ""),
    )
    return Text("\n".join(filter(None, lines)), overflow="fold")
