"""Pure: every event there was as JSON, one to a line, for programs; a quiet night adds none."""

from collections.abc import Iterable, Iterator
from json import dumps

from crawler.report.events import Event
from crawler.report.nights import Night


def render(nights: Iterable[Night]) -> Iterator[str]:
    """The events in the order in which they came, a line each, `reports/events.ndjson`."""
    for night in nights:
        for event in night.events:
            told = {"night": night.date, **_event(event)}
            said = {key: value for key, value in told.items() if value not in {None, ""}}
            yield dumps(said, ensure_ascii=False) + "\n"


def _event(event: Event) -> dict[str, object]:
    """The fields of an event; those that say nothing are left out."""
    change = event.change
    resource = change.resource
    return {
        "kind": change.kind,
        "key": resource.key,
        "number": resource.number,
        "line": resource.line or None,
        "list_title": resource.title,
        "resource_url": resource.url,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
        "since": event.since,
        "seen": change.seen,
        "what": event.what,
    }
