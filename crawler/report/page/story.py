"""Pure: the whole story of one link, as the page unfolds it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from crawler.model import (
    Certificate,
    Change,
    ChangeKind,
    Check,
    Failure,
    FindingClass,
    Page,
    Record,
)
from crawler.report.events import Event
from crawler.report.findings import Finding, day
from crawler.report.naming import Conventions
from crawler.report.nights import by_night
from crawler.report.page import commands
from crawler.report.wording import dossier_words, page_words, plural, reason_words, text_words
from crawler.report.wording.event_words import EventGroup
from crawler.text import clean

_EVENTS = 5
"""How many events are told, the latest ones."""
_TOLD = frozenset({ChangeKind.BROKE, ChangeKind.RECOVERED})
"""Events that are left out where outages are listed, because those have their dates."""
DESCRIPTION_LENGTH = 300
"""Characters of a description that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One request on the way to the page."""

    status: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All there is to say about a link that its row does not say."""

    hops: tuple[Hop, ...]
    """The redirects and what they end at; empty when there are none."""
    lines: tuple[tuple[str, str], ...]
    """A label and a text each."""
    dated: tuple[tuple[str, str], ...]
    """Outages with both of their dates, then events with theirs; the latest first in each."""
    commands: tuple[str, ...]


def tell(
    finding: Finding,
    record: Record,
    changes: Sequence[tuple[datetime, Change]],
    now: datetime,
    conventions: Conventions,
) -> Story:
    """The story of a link; `changes` are all its events, each with the start of its run.

    `now` is the start of the last run, in the zone in which nights are named.
    """
    check, zone = record.check, now.tzinfo or UTC
    return Story(
        hops=tuple(_hops(check)) if check else (),
        lines=tuple((label, text) for label, text in _lines(finding, record, zone) if text),
        dated=tuple(_dated(record, changes, zone, conventions)),
        commands=tuple(commands.of_link(finding, now)),
    )


def title_of(page: Page | None) -> str:
    """What a page calls itself; empty when it does not."""
    return clean(page.title.value) if page and page.title else ""


def page_now(record: Record) -> Page | None:
    """The page that the latest check saw, in place of the resource or not."""
    check = record.check
    return (check.page or check.facts.seen) if check else None


def _hops(check: Check) -> Iterator[Hop]:
    outcome, exchanges = check.facts.outcome, check.facts.exchanges
    if all(exchange.redirect is None for exchange in exchanges):
        return
    for exchange in exchanges:
        yield Hop(status=str(exchange.status_code), url=clean(exchange.target_uri))
    if isinstance(outcome, Failure) and exchanges[-1].target_uri != outcome.target_uri:
        yield Hop(status=page_words.NO_ANSWER, url=clean(outcome.target_uri))


def _lines(finding: Finding, record: Record, zone: tzinfo) -> Iterator[tuple[str, str]]:
    check, good = record.check, record.last_good
    now, then = title_of(page_now(record)), title_of(good.page if good else None)
    if check:
        is_plain = finding.kind is FindingClass.HEALTHY
        yield page_words.CHECKED, _checked(check, None if is_plain else zone)
        yield page_words.FAILURE, page_words.failure(check.facts.outcome)
    places = (f"{place.file}:{place.line}" for place in finding.resource.places)
    yield page_words.PLACES, ", ".join(map(clean, places)) if finding.resource.places[1:] else ""
    yield page_words.TITLE_NOW, now if now != clean(finding.resource.title) else ""
    yield page_words.TITLE_THEN, then if then != now else ""
    page = good.page if good else None
    description = page.description.value if page and page.description else ""
    yield page_words.DESCRIPTION, clean(description, DESCRIPTION_LENGTH)
    yield page_words.NOTICED, "; ".join(finding.noticed)
    yield page_words.IGNORED, text_words.ignored(record.ignored)
    yield page_words.CERTIFICATE, _certificate(check.facts.certificate if check else None, zone)
    if record.accepted:
        yield page_words.ACCEPTED, clean(record.accepted.title) or clean(record.accepted.redirect)
    if record.mute:
        yield page_words.MUTED, f"{record.mute.until}: {clean(record.mute.reason)}"


def _checked(check: Check, zone: tzinfo | None) -> str:
    """With its date if a zone is given: what works was checked in the last run."""
    status, elapsed = check.facts.status_code, check.elapsed
    parts = (
        day(check.checked_at, zone) if zone else "",
        f"status {status}" if status else "",
        f"{round(elapsed.total_seconds() * 1000)} ms" if elapsed is not None else "",
        plural(check.attempts, "attempt", "attempts") if check.attempts > 1 else "",
        plural(check.looks, "look", "looks") if check.looks > 1 else "",
    )
    return ", ".join(filter(None, parts))


def _certificate(certificate: Certificate | None, zone: tzinfo) -> str:
    ends = day(certificate.not_after, zone) if certificate else ""
    issuer = clean(certificate.issuer) if certificate else ""
    parts = (f"until {ends}" if ends else "", f"by {issuer}" if issuer else "")
    return ", ".join(filter(None, parts))


def _dated(
    record: Record,
    changes: Sequence[tuple[datetime, Change]],
    zone: tzinfo,
    conventions: Conventions,
) -> Iterator[tuple[str, str]]:
    """Outages that are over, and the events that are not about outages."""
    incidents = record.incidents
    for incident in reversed([one for one in incidents if one.closed]):
        since, closed = day(incident.since, zone), day(incident.closed, zone)
        ended = f" {dossier_words.ENDINGS[incident.ending]}" if incident.ending else ""
        what = reason_words.describe(incident.cause).what
        yield f"{since} to {closed}", f"{what}{ended}"
    others = (dated for dated in changes if not (incidents and dated[1].kind in _TOLD))
    nights = by_night(others, zone, conventions)
    events = [(night.date, event) for night in nights for event in night.events][-_EVENTS:]
    for date, event in reversed(events):
        yield date, _event(event)


def _event(event: Event) -> str:
    change = event.change
    if event.is_about_text:
        return " ".join(filter(None, (event.what, *event.quote)))
    if event.group is EventGroup.PAGES:
        before, after = (clean(text) or page_words.NOTHING for text in (event.before, event.after))
        return page_words.CHANGED.format(field=event.field, before=before, after=after)
    if event.group is EventGroup.LIST and change.before and change.after:
        return f"{event.what}, was {clean(change.before)}"
    return event.what
