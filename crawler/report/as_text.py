"""Pure: what a run changed and what needs a person, as plain text for standard output."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import partial
from textwrap import wrap
from typing import TypeVar

from crawler.report import naming
from crawler.report.contents import Report, new_first
from crawler.report.events import Event
from crawler.report.findings import Finding, SectionKind, day
from crawler.report.naming import Named
from crawler.report.word_diff import as_text
from crawler.report.wording import event_words, reason_words, state_words
from crawler.report.wording.event_words import EventGroup
from crawler.text import clean

T = TypeVar("T")

WIDTH = 80
"""Columns of a terminal whose width is not known."""
_SHOWN = 40
"""Items below a title that a person is asked to read in a terminal."""


def render(report: Report, width: int = WIDTH) -> str:
    """The summary; a line is at most as wide as that, unless it holds a longer address."""
    texts = (
        "\n".join(wrapped(line, width) for line in paragraph.splitlines())
        for paragraph in paragraphs(report)
    )
    return "\n\n".join(texts) + "\n"


def paragraphs(report: Report) -> Iterator[str]:
    """The paragraphs of the summary, each of one or more lines that are not wrapped."""
    yield from _head(report)
    yield from _needs_you(report)
    if report.is_first_look:
        yield from _first_look(report)
    if not report.is_quiet:
        yield from _changes(report)


def standing(report: Report) -> Iterator[str]:
    """The paragraphs about how things stand, whatever the last run changed."""
    yield f"{report.headline}\n{report.tally}."
    yield from _needs_you(report)


def news(
    report: Report, events: Mapping[EventGroup, Sequence[Event]], shown: int
) -> Iterator[str]:
    """The headline, and events by their groups; so many of each are named."""
    yield f"{report.headline}\n{report.tally}."
    for group, of_group in events.items():
        title = event_words.GROUPS[group]
        yield from _list(title, of_group, _EVENT_LINES[group], shown=shown)


def wrapped(line: str, width: int) -> str:
    """The line, folded under its own indent; addresses stay whole."""
    indent = line[: len(line) - len(line.lstrip())]
    return "\n".join(
        wrap(
            line,
            width=width,
            subsequent_indent=indent + "  " if indent else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def _head(report: Report) -> Iterator[str]:
    fresh = report.freshness
    if fresh.sentences:
        yield "\n".join(fresh.sentences)
    if report.is_quiet and fresh.attempt:
        yield f"As of then: {report.headline}\n{report.tally}."
    elif report.is_quiet and not report.is_first_look:
        previous = report.snapshot.previous
        same = report.changed_on or day(
            previous.started_at if previous else None, report.snapshot.zone
        )
        yield f"Nothing changed. {report.tally} (same as {same})."
    else:
        yield f"{report.headline}\n{report.tally}."
    if fresh.parts:
        yield fresh.parts


def _needs_you(report: Report) -> Iterator[str]:
    """What a person can do now; of addresses to take over, only new ones."""
    new = frozenset() if report.is_quiet else report.new_keys
    finding = partial(_finding, new=new)
    in_list, to_mend = (new_first(found, new) for found in (report.in_list, report.to_mend))
    yield from _list(state_words.IN_LIST_TITLE, in_list, finding)
    yield from _list(state_words.TO_MEND_TITLE, to_mend, finding)
    moved, is_first = report.to_take_over, report.is_first_look
    listed = [one for one in moved if is_first or one.resource.key in new]
    earlier = len(moved) - len(listed)
    yield from _list(state_words.TO_TAKE_OVER_TITLE, listed, partial(_move, new=new), earlier)


def _first_look(report: Report) -> Iterator[str]:
    """What else is listed at first, because nothing of it is news later."""
    yield from _list(state_words.GONE_TITLE, report.sections[SectionKind.GONE], _finding)
    yield from _list(state_words.BLOCKED_TITLE, report.sections[SectionKind.BLOCKED], _finding)


def _changes(report: Report) -> Iterator[str]:
    needs_you = frozenset(finding.resource.key for finding in report.needs_you)
    for group, title in event_words.GROUPS.items():
        events = report.events_of(group)
        if group is EventGroup.NEW:
            events = tuple(e for e in events if e.change.resource.key not in needs_you)
        over = sum(event.is_over for event in events)
        shown = tuple(event for event in events if not event.is_over)
        yield from _list(title, shown, _EVENT_LINES[group])
        if over:
            yield f"{event_words.WORKS_AGAIN} ({over})"


def _list(
    title: str,
    items: Sequence[T],
    lines: Callable[[T], str],
    earlier: int = 0,
    shown: int = _SHOWN,
) -> Iterator[str]:
    """A title with the number of items, and the first items below; nothing when there are none.

    `earlier` ones are only counted.
    """
    more = len(items) - shown
    rest = [f"  and {more} more; the report has them"] if more > 0 else []
    before = f"{earlier} from before; the report has them"
    rest += [f"  and {before}" if items else f"  {before}"] if earlier else []
    if items or earlier:
        total = len(items) + earlier
        yield "\n".join((f"{title} ({total})", *map(lines, items[:shown]), *rest))


def _item(one: Named, *lines: str, new: Container[str] = ()) -> str:
    row = f"{one.row}: " if one.row else ""
    mark = " (new)" if one.resource.key in new else ""
    name, url = one.name, clean(one.resource.url)
    below = (url, *lines) if name else lines
    return "\n".join((f"  {row}{name or url}{mark}", *(f"    {line}" for line in below if line)))


def _finding(finding: Finding, new: Container[str] = ()) -> str:
    since = f" Since {finding.since}." if finding.since else ""
    return _item(finding, f"{finding.what}{since}", f"-> {finding.step}", new=new)


def _move(finding: Finding, new: Container[str]) -> str:
    address = f"Now at {finding.new_url}" if finding.new_url else finding.what
    odd = naming.mixed_hosts((finding.resource.url, finding.new_url))
    return _item(finding, address, *odd, f"-> {finding.step}", new=new)


def _state(event: Event) -> str:
    address = f"New address: {event.new_url}" if event.new_url else ""
    step = f"-> {event.step}" if event.step and event.step != reason_words.WAIT else ""
    return _item(event, event.what, address, step)


def _text(event: Event) -> str:
    step = f"-> {event.step}" if event.step else ""
    return _item(event, event.what, *(f"| {as_text(line)}" for line in event.lines), step)


def _page(event: Event) -> str:
    if event.is_about_text:
        return _text(event)
    before, after = (clean(text) or "(none)" for text in (event.before, event.after))
    if event.is_minor:
        return f"  {event_words.ONLY_VERSIONS}: {event.name}, {after}"
    return _item(event, f"{event.field} was: {before}", f"{event.field} is:  {after}")


def _edit(event: Event) -> str:
    row = f" ({event.row})" if event.row else ""
    fixed = f", {event.fixed}" if event.fixed else ""
    return f"  {event.what}: {event.name or clean(event.resource.url)}{row}{fixed}"


_EVENT_LINES: dict[EventGroup, Callable[[Event], str]] = {
    EventGroup.NEW: _state,
    EventGroup.WATCHED: _state,
    EventGroup.LOOK: _text,
    EventGroup.BACK: _state,
    EventGroup.PAGES: _page,
    EventGroup.LIST: _edit,
}
