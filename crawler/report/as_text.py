"""Pure: what a run changed and what needs a person, as plain text for standard output."""

from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap
from typing import TypeVar

from crawler.model import ChangeKind, Resource
from crawler.report.contents import Report
from crawler.report.events import Event
from crawler.report.findings import Finding, SectionKind, day
from crawler.report.wording import event_words, state_words
from crawler.report.wording.event_words import EventGroup
from crawler.text import clean

T = TypeVar("T")

_WIDTH = 100
_SHOWN = 40
"""Items below a title that a person is asked to read in a terminal."""


def render(report: Report) -> str:
    """The summary; a line is at most 100 columns wide, unless it holds a longer address."""
    in_list = report.sections[SectionKind.IN_LIST]
    reported = frozenset(finding.resource.key for finding in in_list)
    fresh = report.freshness
    paragraphs = ["\n".join(fresh.sentences)] if fresh.sentences else []
    wrong = tuple(_list(state_words.IN_LIST_TITLE, in_list, _finding))
    if report.is_quiet and fresh.attempt:
        paragraphs += [f"As of then: {report.headline}\n{report.tally}.", *wrong]
    elif report.is_quiet and not report.is_first_look:
        previous = report.snapshot.previous
        same = report.changed_on or day(previous.started_at if previous else None)
        paragraphs += [f"Nothing changed. {report.tally} (same as {same}).", *wrong]
    else:
        new = [e for e in report.events_of(EventGroup.NEW) if _key(e) not in reported]
        paragraphs += [f"{report.headline}\n{report.tally}.", *wrong, *_changes(report, new)]
        reported |= {_key(event) for event in new}
    waiting = [one for one in report.needs_you if one.resource.key not in reported]
    title = "Still waiting for you" if reported else "Waiting for you"
    paragraphs += _list(title, waiting, _finding)
    return "\n\n".join(_wrapped(paragraph) for paragraph in paragraphs) + "\n"


def _key(event: Event) -> str:
    return event.change.resource.key


def _changes(report: Report, new: Sequence[Event]) -> Iterator[str]:
    gone = report.sections[SectionKind.GONE]
    yield from _list("Gone at first sight, to be confirmed", gone, _finding)
    for group, title in event_words.GROUPS.items():
        events = new if group is EventGroup.NEW else report.events_of(group)
        yield from _list(title, events, _EVENT_LINES[group])


def _list(title: str, items: Sequence[T], lines: Callable[[T], str]) -> Iterator[str]:
    """A title with the number of items, and the first items below; nothing when there are none."""
    more = len(items) - _SHOWN
    if items:
        rest = (f"  and {more} more; the report has them",) if more > 0 else ()
        yield "\n".join((f"{title} ({len(items)})", *map(lines, items[:_SHOWN]), *rest))


def _item(resource: Resource, *lines: str) -> str:
    place = f"line {resource.line}, " if resource.line else ""
    title, url = clean(resource.title), clean(resource.url)
    below = (url, *lines) if title else lines
    return "\n".join((f"  {place}{title or url}", *(f"    {line}" for line in below if line)))


def _finding(finding: Finding) -> str:
    since = f" Since {finding.since}." if finding.since else ""
    return _item(finding.resource, f"{finding.what}{since}", f"-> {finding.step}")


def _state(event: Event) -> str:
    address = f"New address: {event.new_url}" if event.new_url else ""
    step = f"-> {event.step}" if event.step else ""
    return _item(event.change.resource, event.what, address, step)


def _page(event: Event) -> str:
    resource = event.change.resource
    before, after = (clean(text) or "(none)" for text in (event.before, event.after))
    if event.is_minor:
        return f"  {event_words.ONLY_VERSIONS}: {clean(resource.title)}, {after}"
    return _item(resource, f"{event.field} was: {before}", f"{event.field} is:  {after}")


def _edit(event: Event) -> str:
    resource = event.change.resource
    line = f", line {resource.line}" if event.change.kind is not ChangeKind.REMOVED else ""
    fixed = f" ({event.fixed})" if event.fixed else ""
    return f"  {event.what}{line}: {clean(resource.title) or clean(resource.url)}{fixed}"


_EVENT_LINES: dict[EventGroup, Callable[[Event], str]] = {
    EventGroup.NEW: _state,
    EventGroup.BACK: _state,
    EventGroup.PAGES: _page,
    EventGroup.LIST: _edit,
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
