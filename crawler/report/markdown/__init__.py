"""Pure: the state report and the nights as Markdown for GitHub, the same bytes until something changes.

`text` keeps foreign text in its place, `changes` tells what is new, `sections` how things stand.
"""

from collections.abc import Iterator

from crawler.report import words
from crawler.report.contents import Report
from crawler.report.markdown.changes import changes
from crawler.report.markdown.sections import all_links, footer, notices, section, warnings
from crawler.report.markdown.text import escaped
from crawler.report.nights import Night
from crawler.report.words import Group, Part

__all__ = ["ALL_BYTES", "night", "render"]

ALL_BYTES = 500_000
"""What GitHub shows of a file, 512 kB, without the words at its end."""

_AHEAD = frozenset({Part.BROKEN, Part.GONE, Part.SUSPECT, Part.MOVED})
"""Sections that come before the changed pages, which ask for nothing."""


def render(report: Report) -> str:
    """The state report, `reports/README.md`."""
    ahead = (part for part in report.sections if part.part in _AHEAD)
    behind = (part for part in report.sections if part.part not in _AHEAD)
    blocks = [
        f"# Link report: {escaped(report.snapshot.resources_name)}",
        f"**{report.headline}** {report.tally}.",
        *_quiet(report),
        *_changes(report, Group.NEW, Group.BACK, Group.LIST),
        *(block for part in ahead for block in section(part)),
        *_changes(report, Group.PAGES),
        *(block for part in behind for block in section(part)),
        *warnings(report),
        *notices(report.snapshot.notices),
    ]
    room = ALL_BYTES - len("\n\n".join(blocks).encode())
    blocks += [*all_links(report.findings, room), *footer(report)]
    return "\n\n".join(blocks) + "\n"


def night(told: Night) -> str:
    """What one night brought, `reports/nights/YYYY-MM-DD.md`; it never becomes another one."""
    blocks = [
        f"# Night of {told.date}",
        f"{told.headline}.",
        *changes({group: told.of(group) for group in words.GROUPS}, told.date),
        words.ABOUT_NIGHT,
    ]
    return "\n\n".join(blocks) + "\n"


def _quiet(report: Report) -> Iterator[str]:
    if report.first:
        return
    if not report.events:
        when = f"The last change was on {report.changed_on}." if report.changed_on else ""
        yield when or "Nothing has changed since the first look."
    if report.heartbeat:
        yield report.heartbeat


def _changes(report: Report, *groups: Group) -> Iterator[str]:
    if not report.first:
        yield from changes({group: report.of(group) for group in groups}, report.changed_on)
