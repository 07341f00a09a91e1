"""IO: what one look found, on the terminal: its lines in colour, where there are colours."""

from crawler.cli import terminal
from crawler.report.today import Today
from crawler.report.today.today_text import Line, Role, one, overview
from crawler.report.wording.today_words import Group

_ROLES = {Role.HEAD: "bold", Role.TITLE: "bold", Role.LINK: "", Role.TEXT: "", Role.ASIDE: "dim"}
_GROUPS = {
    Group.IN_LIST: "bold red",
    Group.GONE: "bold red",
    Group.IN_DOUBT: "bold yellow",
    Group.FAILING: "bold yellow",
}


def shown(today: Today, *, is_single: bool) -> str:
    """What one look found; for a single link, everything about it."""
    width = terminal.width()
    is_one = is_single and today.links
    lines = one(today.links[0], width) if is_one else overview(today, width)
    return terminal.painted((line.text, _style(line)) for line in lines)


def _style(line: Line) -> str:
    return _GROUPS.get(line.group, "bold") if line.group else _ROLES[line.role]
