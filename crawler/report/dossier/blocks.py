"""Pure: a dossier in words, as titled blocks of labelled lines."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from crawler.model import (
    PAGE_FIELDS,
    Certificate,
    Check,
    Exchange,
    FindingClass,
    Incident,
    Page,
    Probe,
    Reason,
)
from crawler.report import words
from crawler.report.contents import plural
from crawler.report.dossier import Dossier
from crawler.report.dossier.strip import legend
from crawler.report.events import Event
from crawler.report.findings import day, wording
from crawler.report.words import Group
from crawler.text import clean

Row = tuple[str, str]
"""A label, and the lines that belong to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A few labelled lines under a title; foreign text in them is clean."""

    title: str
    rows: tuple[Row, ...]


def blocks(dossier: Dossier) -> tuple[Block, ...]:
    """All that there is to say, without what says nothing."""
    parts = ((title, tuple(_filled(rows(dossier)))) for title, rows in _BLOCKS.items())
    return tuple(Block(title=title, rows=rows) for title, rows in parts if rows)


def _filled(rows: Iterable[Row]) -> Iterator[Row]:
    return ((label, text) for label, text in rows if text)


# --- how it stands ------------------------------------------------------------------------------


def _standing(dossier: Dossier) -> Iterator[Row]:
    finding, resource = dossier.finding, dossier.finding.resource
    place = f"line {resource.line}" if dossier.is_listed else "no longer in the list"
    yield "Row", ", ".join(filter(None, (clean(resource.key), place, clean(resource.category))))
    if dossier.is_listed:
        standing = dossier.record.standing
        since = f", since {_day(dossier, standing.since)}" if standing.since else ""
        yield "Class", words.CLASSES[finding.kind or "unseen"]
        yield "State", words.STATES[standing.state] + since
        yield "Last worked", _day(dossier, standing.last_ok_at) or "never seen"
        yield "Reported", _reported(dossier)
        yield "What to do", finding.step
    yield "Accepted", _accepted(dossier)
    yield "Muted", _muted(dossier)
    yield "Outages", "\n".join(_outage(dossier, incident) for incident in dossier.incidents)


def _reported(dossier: Dossier) -> str:
    """What reports say, where that is not what the latest check does."""
    check, told = dossier.record.check, dossier.finding.what
    why = _said(check.judgement.reason, check.facts.status_code) if check else ""
    return "" if told == why else told


def _day(dossier: Dossier, moment: datetime | None) -> str:
    return day(moment, dossier.now.tzinfo) if moment else ""


def _accepted(dossier: Dossier) -> str:
    page = dossier.record.accepted
    if page is None:
        return ""
    title = clean(page.title) or "without a title"
    return f"as it was: {title}{f', on {clean(page.domain)}' if page.domain else ''}"


def _muted(dossier: Dossier) -> str:
    mute = dossier.record.mute
    if mute is None:
        return ""
    over = "" if dossier.finding.kind is FindingClass.MUTED else " (over)"
    return f"until {mute.until}{over}: {clean(mute.reason) or 'no reason given'}"


def _outage(dossier: Dossier, incident: Incident) -> str:
    until = f"to {_day(dossier, incident.closed)}" if incident.closed else "until now"
    ended = f" {words.ENDINGS[incident.ending]}" if incident.ending else ""
    what = _said(incident.cause)
    return f"{_day(dossier, incident.since)} {until}: {what}{ended}"


def _said(reason: Reason, status: int | None = None) -> str:
    return wording(reason, status=status).what


# --- the latest check ---------------------------------------------------------------------------


def _latest(dossier: Dossier) -> Iterator[Row]:
    check = dossier.record.check
    if check is None:
        return
    judgement = check.judgement
    when = check.checked_at.astimezone(dossier.now.tzinfo)
    yield "Checked", f"{when:%Y-%m-%d %H:%M:%S %Z}"
    yield "Verdict", f"{judgement.verdict}, {judgement.reason}"
    yield "Why", _said(judgement.reason, check.facts.status_code)
    yield "Warnings", "\n".join(words.WARNINGS[warning] for warning in judgement.warnings)
    yield "New address", clean(judgement.suggested_url or "")
    yield "Asked", "\n".join(map(_hop, check.facts.exchanges))
    yield "Page seen", _seen(check)
    yield "Certificate", _certificate(dossier, check.facts.certificate)
    yield (
        "Probes",
        "\n".join(map(_probe, check.context.probing.probes if check.context.probing else ())),
    )
    yield "Effort", _effort(check)


def _hop(exchange: Exchange) -> str:
    way = f"{words.REDIRECTS[exchange.redirect.kind]} " if exchange.redirect else ""
    return f"{exchange.status_code} {way}{clean(exchange.target_uri)}"


def _seen(check: Check) -> str:
    seen = check.facts.seen
    return clean(seen.title.value) if seen and seen.title else ""


def _certificate(dossier: Dossier, certificate: Certificate | None) -> str:
    if certificate is None:
        return ""
    begins, ends = (_day(dossier, m) for m in (certificate.not_before, certificate.not_after))
    names = (clean(certificate.subject), clean(certificate.issuer) and f"by {certificate.issuer}")
    valid = f"valid {begins or '?'} to {ends or '?'}"
    return clean(", ".join(filter(None, (valid, *names))))


def _probe(probe: Probe) -> str:
    status = probe.status_code or "no answer"
    landed = words.LANDINGS[probe.landing]
    title = f", {clean(probe.title)}" if probe.title else ""
    return f"{words.PROBES[probe.kind]}: {status}{landed}{title}, likeness {probe.likeness:.0%}"


def _effort(check: Check) -> str:
    took = f"{check.elapsed.total_seconds():.2f} s" if check.elapsed is not None else ""
    made = (
        plural(check.attempts, "attempt", "attempts") if check.attempts else "",
        plural(check.looks, "look", "looks") if check.looks else "",
    )
    return ", ".join(filter(None, (took, *made, clean(check.address or ""))))


# --- the page, and the past ---------------------------------------------------------------------


def _page(dossier: Dossier) -> Iterator[Row]:
    good = dossier.record.last_good
    if good is None:
        return
    page = good.page
    for name in PAGE_FIELDS:
        declared = getattr(page, name)
        label = name.replace("_", " ").replace("url", "URL")
        yield label[0].upper() + label[1:], f"{clean(declared.value)}" if declared else ""
    yield "Content", _content(page)


def _content(page: Page) -> str:
    size = plural(page.word_count, "word", "words") if page.word_count else ""
    return ", ".join(filter(None, (page.kind, size, page.encoding)))


def _nights(dossier: Dossier) -> Iterator[Row]:
    nights = dossier.strip
    if nights:
        marks = "".join(night.mark for night in nights)
        span = f"{nights[0].date} to {nights[-1].date}, a character for each night"
        yield "", "\n".join((marks, span, "; ".join(legend(nights))))


def _events(dossier: Dossier) -> Iterator[Row]:
    for date, event in reversed(dossier.events):
        yield date, _event(event)


def _event(event: Event) -> str:
    change = event.change
    if event.group is Group.PAGES:
        name = (change.field or event.what).replace("_", " ")
        return (
            f"{name}: {clean(event.before) or '(none)'}\n   now: {clean(event.after) or '(none)'}"
        )
    if event.group is Group.LIST and change.before and change.after:
        return f"{event.what}, was {clean(change.before)}"
    return event.what


_BLOCKS: dict[str, Callable[[Dossier], Iterator[Row]]] = {
    "How it stands": _standing,
    "Latest check": _latest,
    "Last good page": _page,
    "Nights": _nights,
    "Events, the latest first": _events,
}
