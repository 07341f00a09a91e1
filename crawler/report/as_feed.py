"""Pure: the latest nights with events as an Atom feed; the same bytes until something changes.

Source: RFC 4287.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, islice
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, tostring

from crawler.report.contents import Report
from crawler.report.events import Event
from crawler.report.findings import web_address
from crawler.report.nights import Night
from crawler.report.wording import event_words, run_words
from crawler.report.wording.event_words import EventGroup
from crawler.report.xml_pieces import DECLARATION, child, element, piece, xml_text

NIGHTS = 30
"""How many nights are in the feed, the latest ones."""
SHOWN = 50
"""Events of one group that an entry lists; the file of the night has more."""

_NAMESPACE = UUID("c3a556e8-80e6-40d2-841e-81f959bebf3a")
"""Ours, made by chance once, as RFC 9562 §6.5 asks for."""
_FEED = '<feed xmlns="http://www.w3.org/2005/Atom">\n'


def render(report: Report, nights: Iterable[Night]) -> Iterator[str]:
    """The feed in pieces, `reports/feed.xml`; the latest night comes first, and is read before the next.

    Identifiers depend on the list's name, the start of the database's first run, and the dates only.
    """
    latest = islice(nights, NIGHTS)
    newest = next(latest, None)
    snapshot = report.snapshot
    first_at = snapshot.first_at or snapshot.run.started_at
    feed_id = uuid5(_NAMESPACE, f"{snapshot.resources_name} {_time(first_at)}")
    author = element("author")
    child(author, "name", "resource-crawler")
    made_up = run_words.MADE_UP if report.is_made_up else ""
    yield DECLARATION + _FEED
    yield piece(element("title", f"Link report: {snapshot.resources_name}{made_up}"), 1)
    yield piece(element("id", feed_id.urn), 1)
    yield piece(element("updated", _time(newest.changed_at if newest else first_at)), 1)
    yield piece(author, 1)
    yield piece(element("link", rel="alternate", type="text/html", href="index.html"), 1)
    for night in chain([newest] if newest else [], latest):
        yield piece(_entry(_with_new_addresses(night, report), feed_id), 1)
    yield "</feed>\n"


def _with_new_addresses(night: Night, report: Report) -> Night:
    """The night; of the last one, the events say what to do by the new addresses that are known."""
    if night.date != report.changed_on:
        return night
    steps = {finding.resource.key: finding.step for finding in report.to_fix}
    events = (
        replace(event, step=steps.get(event.resource.key, event.step)) if event.step else event
        for event in night.events
    )
    return replace(night, events=tuple(events))


def _entry(night: Night, feed_id: UUID) -> Element:
    entry = element("entry")
    child(entry, "title", f"{night.date}: {night.headline}")
    child(entry, "id", uuid5(feed_id, night.date).urn)
    child(entry, "updated", _time(night.changed_at))
    href = f"nights/{night.date}.md"
    child(entry, "link", rel="alternate", type="text/markdown", href=href)
    # Markup as text: it is escaped once here, and once more when the entry is written.
    child(entry, "content", type="html").text = "".join(map(_html, _content(night)))
    return entry


def _time(moment: datetime) -> str:
    """By RFC 3339."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _html(made: Element) -> str:
    return tostring(made, encoding="unicode", method="html")


def _content(night: Night) -> Iterator[Element]:
    for title, events in _groups(night):
        yield element("h3", title)
        items = element("ul")
        for event in events[:SHOWN]:
            items.append(_item(event))
        if len(events) > SHOWN:
            child(items, "li", f"and {len(events) - SHOWN} more")
        yield items


def _groups(night: Night) -> Iterator[tuple[str, Sequence[Event]]]:
    """The titles that have events, each with them; what is watched no longer has one of its own."""
    for group, title in event_words.GROUPS.items():
        events = night.events_of(group)
        for heading, is_over in ((title, False), (event_words.OVER, True)):
            if told := [event for event in events if event.is_over is is_over]:
                yield heading, told


def _item(event: Event) -> Element:
    """The link, where it stands in the list, and what happened."""
    item, address = element("li"), web_address(event.resource.url)
    name = event.name or event.resource.url or "no URL"
    child(item, "a" if address else "code", name, href=address or "")
    _append(item, "", f" ({event.row}):" if event.row else ":")
    for tag, text in _sentences(event):
        _append(item, tag, text)
    return item


def _sentences(event: Event) -> Iterator[tuple[str, str]]:
    """What happened and what to do in parts, each with its tag or none."""
    if event.is_about_text:
        word, line = event.quote
        yield "", event.what
        yield "", word
        yield "q" if line else "", line
        yield "", event.step
        return
    if event.group is EventGroup.PAGES:
        yield "", f"{event.field} was"
        yield "q", event.before or "(none)"
        yield "", "and is"
        yield "q", event.after or "(none)"
        return
    yield "", event.what
    if event.new_url:
        yield "", "New address:"
        yield "a", event.new_url
    if event.group is EventGroup.LIST:
        yield "", event.fixed
    elif event.since:
        yield "", f"Since {event.since}."
    for place, part in enumerate(event.step.split("`")):
        yield "code" if place % 2 else "", part.strip()


def _append(item: Element, tag: str, text: str) -> None:
    """A part after those that the element has, with a blank between them."""
    last = item[-1]
    if tag:
        last.tail = f"{last.tail or ''} "
        child(item, tag, text, href=text if tag == "a" else "")
    elif text:
        before = f"{last.tail or ''} " if text[0].isalnum() else last.tail or ""
        last.tail = before + (" " if text.startswith(" ") else "") + xml_text(text)
