"""Pure: the events of all nights as JSON, one to a line; a quiet night adds none."""

from collections.abc import Iterable, Iterator
from json import dumps

from crawler.report import naming
from crawler.report.events import Event
from crawler.report.nights import Night

EVENTS = 100_000
"""Most events: of more, the oldest nights are left out, whole; the database has them."""


def render(nights: Iterable[Night]) -> Iterator[str]:
    """A line for each event, `reports/events.ndjson`; fields without a value are left out."""
    for night in nights:
        for event in night.events:
            fields = {"night": night.date, **_event(event)}
            known = {key: value for key, value in fields.items() if value not in {None, ""}}
            yield dumps(known, ensure_ascii=False) + "\n"


def _event(event: Event) -> dict[str, object]:
    change, resource = event.change, event.change.resource
    return {
        "kind": change.kind,
        "key": resource.key,
        "number": resource.number,
        "line": resource.line or None,
        "file": naming.file_in_list(resource, event.list_name),
        "list_title": resource.title,
        "resource_url": resource.url,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
        "since": event.since,
        "seen": change.seen,
        "extent": change.extent,
        "what": event.what,
    }
