"""Pure: what changed in a night, as Markdown."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from crawler.model import ChangeKind
from crawler.report import words
from crawler.report.events import Event
from crawler.report.findings import web_address
from crawler.report.markdown.text import (
    code,
    line_of,
    link,
    placed,
    short_list,
    short_table,
    some,
    target,
)
from crawler.report.words import Group


def changes(groups: Mapping[Group, Sequence[Event]], night: str) -> Iterator[str]:
    """A heading and a body for each group of events, of those that have any."""
    for group, events in groups.items():
        if events:
            yield f"## {words.GROUPS[group]} on {night}"
            yield _BODIES[group](events)


def _news(events: Sequence[Event]) -> str:
    headers = ("Link", "Line", "What happened", "Since", "What to do")
    return short_table(headers, events, _news_row, words.MORE_EVENTS)


def _news_row(event: Event) -> tuple[str, ...]:
    resource, what = event.change.resource, event.what
    new_url = web_address(event.change.after) if event.change.kind is ChangeKind.MOVED else None
    if new_url:
        what = f"{what} New address: {target(new_url)}"
    if event.change.kind is ChangeKind.SUSPECTED and event.change.seen:
        what = f"{what} The page calls itself {code(event.change.seen)}."
    return link(resource), line_of(resource), what, event.since, event.step


def _back(events: Sequence[Event]) -> str:
    return short_list(
        events, lambda event: f"{placed(event.change.resource)}: {event.what}", words.MORE_EVENTS
    )


def _pages(events: Sequence[Event]) -> str:
    loud = [event for event in events if not event.quiet]
    quiet = [event for event in events if event.quiet]
    headers = ("Link", "Line", "What", "Was", "Is now")
    told = short_table(headers, loud, _page_row, words.MORE_EVENTS)
    blocks = [told] if loud else []
    if quiet:
        blocks.append(f"{words.ONLY_VERSIONS}: {some(quiet, _version)}.")
    return "\n\n".join(blocks)


def _version(event: Event) -> str:
    return f"{link(event.change.resource)} {code(event.after)}"


def _page_row(event: Event) -> tuple[str, ...]:
    resource = event.change.resource
    what = (event.change.field or event.what).replace("_", " ")
    return link(resource), line_of(resource), what, code(event.before), code(event.after)


def _edits(events: Sequence[Event]) -> str:
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(event.what, []).append(event)
    return "\n".join(
        f"- {what} ({len(group)}): {some(group, _edited)}" for what, group in groups.items()
    )


def _edited(event: Event) -> str:
    resource, was = event.change.resource, event.change.before
    if event.change.kind is ChangeKind.REMOVED:
        return code(resource.title or resource.url)
    if event.change.kind is ChangeKind.URL_CHANGED and was:
        return ", ".join(filter(None, (placed(resource), f"was {code(was)}", event.fixed)))
    return placed(resource)


_BODIES: dict[Group, Callable[[Sequence[Event]], str]] = {
    Group.NEW: _news,
    Group.BACK: _back,
    Group.PAGES: _pages,
    Group.LIST: _edits,
}
