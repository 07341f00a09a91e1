"""Pure: what a run changed and what needs a person, as plain text for standard output."""

from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap
from typing import TypeVar

from crawler.model import ChangeKind, Resource
from crawler.report import words
from crawler.report.contents import Report
from crawler.report.events import Event
from crawler.report.findings import Finding, day, web_address
from crawler.report.words import Group, Part
from crawler.text import clean

T = TypeVar("T")

_WIDTH = 100
_INDENT = "    "
_SHOWN = 40
"""Items below a title that a person is asked to read in a terminal."""


def render(report: Report) -> str:
    """The summary; a line is at most 100 columns wide, unless it holds a longer address."""
    if report.quiet and not report.first:
        paragraphs = [f"Nothing changed. {report.tally} (same as {_same_as(report)})."]
        told: frozenset[str] = frozenset()
    else:
        paragraphs = [f"{report.headline}\n{report.tally}.", *_changes(report)]
        told = frozenset(event.change.resource.key for event in report.of(Group.NEW))
    waiting = [finding for finding in report.needs_you if finding.resource.key not in told]
    title = "Still waiting for you" if told else "Waiting for you"
    paragraphs += _block(title, waiting, _finding)
    return "\n\n".join(_wrapped(paragraph) for paragraph in paragraphs) + "\n"


def _same_as(report: Report) -> str:
    previous = report.snapshot.previous
    return report.changed_on or (day(previous.started_at) if previous else "")


def _changes(report: Report) -> Iterator[str]:
    for section in report.sections:
        if section.part is Part.GONE:
            yield from _block(f"{section.title}, to be confirmed", section.findings, _finding)
    for group, title in words.GROUPS.items():
        yield from _block(title, report.of(group), _BODIES[group])


def _block(title: str, items: Sequence[T], text: Callable[[T], str]) -> Iterator[str]:
    """A title with the number of items, and the first items below; nothing when there are none."""
    more = len(items) - _SHOWN
    if items:
        rest = (f"  and {more} more; the report has them",) if more > 0 else ()
        yield "\n".join((f"{title} ({len(items)})", *map(text, items[:_SHOWN]), *rest))


def _item(resource: Resource, *lines: str) -> str:
    place = f"line {resource.line}, " if resource.line else ""
    url = clean(resource.url)
    title = clean(resource.title)
    head = (f"  {place}{title}", f"{_INDENT}{url}") if title else (f"  {place}{url}",)
    return "\n".join((*head, *(f"{_INDENT}{line}" for line in lines if line)))


def _finding(finding: Finding) -> str:
    since = f" Since {finding.since}." if finding.since else ""
    return _item(finding.resource, f"{finding.what}{since}", f"-> {finding.step}")


def _news(event: Event) -> str:
    change = event.change
    new_url = web_address(change.after) if change.kind is ChangeKind.MOVED else None
    address = f"New address: {new_url}" if new_url else ""
    return _item(change.resource, event.what, address, f"-> {event.step}" if event.step else "")


def _back(event: Event) -> str:
    return _item(event.change.resource, event.what)


def _page(event: Event) -> str:
    change = event.change
    name = (change.field or event.what).replace("_", " ")
    before, after = (clean(text) or "(none)" for text in (event.before, event.after))
    if event.quiet:
        return f"  {words.ONLY_VERSIONS}: {clean(change.resource.title)}, {after}"
    return _item(change.resource, f"{name} was: {before}", f"{name} is:  {after}")


def _edit(event: Event) -> str:
    resource = event.change.resource
    line = f", line {resource.line}" if event.change.kind is not ChangeKind.REMOVED else ""
    fixed = f" ({event.fixed})" if event.fixed else ""
    return f"  {event.what}{line}: {clean(resource.title) or clean(resource.url)}{fixed}"


_BODIES: dict[Group, Callable[[Event], str]] = {
    Group.NEW: _news,
    Group.BACK: _back,
    Group.PAGES: _page,
    Group.LIST: _edit,
}


def _wrapped(paragraph: str) -> str:
    return "\n".join(map(_wrapped_line, paragraph.splitlines()))


def _wrapped_line(line: str) -> str:
    """The line, folded under its own indent; addresses stay whole."""
    indent = line[: len(line) - len(line.lstrip())]
    return "\n".join(
        wrap(
            line,
            width=_WIDTH,
            subsequent_indent=indent + "  " if indent else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
