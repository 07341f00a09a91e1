"""IO: what one look found, on the terminal: its lines in colour, where there are colours."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from crawler.report.today import Today
from crawler.report.today.today_text import Line, Role, one, overview
from crawler.report.wording.today_words import Group

_WIDTH = 80
"""Columns when the output is no terminal."""
_ROLES = {Role.HEAD: "bold", Role.TITLE: "bold", Role.LINK: "", Role.TEXT: "", Role.ASIDE: "dim"}
_GROUPS = {
    Group.IN_LIST: "bold red",
    Group.GONE: "bold red",
    Group.IN_DOUBT: "bold yellow",
    Group.FAILING: "bold yellow",
}


def shown(today: Today, *, is_single: bool) -> str:
    """What one look found; all of it when it was at a single link."""
    console = Console(highlight=False, emoji=False, markup=False)
    width = console.width if console.is_terminal else _WIDTH
    is_one = is_single and today.links
    return _printed(console, one(today.links[0], width) if is_one else overview(today, width))


def _printed(console: Console, lines: Iterable[Line]) -> str:
    with console.capture() as capture:
        for line in lines:
            style = _GROUPS.get(line.group, "bold") if line.group else _ROLES[line.role]
            # URLs stay whole: whoever follows one has to copy it.
            console.print(Text(line.text, style), soft_wrap=True)
    return capture.get()
