"""Pure: a dossier in words, as labelled lines under titles."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
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
    Proposal,
    Reason,
)
from crawler.report.dossier import Dossier
from crawler.report.dossier.night_strip import NIGHTS, legend, range_of_times, times
from crawler.report.events import Event
from crawler.report.findings import day
from crawler.report.fixes import address_of
from crawler.report.page import commands
from crawler.report.word_diff import as_text
from crawler.report.wording import (
    dossier_words,
    fix_words,
    page_words,
    plural,
    reason_words,
    state_words,
    text_words,
    warning_words,
)
from crawler.report.wording.event_words import EventGroup
from crawler.text import clean

LATEST = "Latest check"
PAGE = "Last good page"
"""Two of the titles."""

LabelledLine = tuple[str, str]
"""A label, and the line or lines that belong to it."""


def lines_by_title(dossier: Dossier, room: int = NIGHTS) -> Mapping[str, tuple[LabelledLine, ...]]:
    """What is known, without empty lines and titles; foreign text is clean.

    The strip has as many of the last nights as there is room for, in columns.
    """
    shown = replace(dossier, strip=dossier.strip.latest(max(room, 1)))
    found = {
        title: tuple((label, text) for label, text in lines(shown) if text)
        for title, lines in _LINES.items()
    }
    return {title: lines for title, lines in found.items() if lines}


# --- how it stands ------------------------------------------------------------------------------


def _standing(dossier: Dossier) -> Iterator[LabelledLine]:
    finding, resource = dossier.finding, dossier.finding.resource
    gone = "" if dossier.is_listed else "no longer in the list"
    yield "Row", ", ".join(filter(None, (clean(finding.row), gone, clean(resource.category))))
    if dossier.is_listed:
        standing = dossier.record.standing
        since = f", since {_day(dossier, standing.since)}" if standing.since else ""
        yield "Class", state_words.CLASS_WORDS[finding.kind or state_words.UNSEEN]
        yield "State", state_words.STATE_WORDS[standing.state] + since
        yield "Last worked", _day(dossier, standing.last_ok_at) or "never seen"
        yield "Reported", _reported(dossier)
        yield "What to do", finding.step
        yield "Proposed", "\n".join(map(_proposal, dossier.record.proposals))
    yield "Accepted", _accepted(dossier)
    yield "Muted", _muted(dossier)
    yield "Outages", "\n".join(_outage(dossier, incident) for incident in dossier.incidents)


def _proposal(proposal: Proposal) -> str:
    band, why = fix_words.BANDS[proposal.band], fix_words.evidence(proposal.grounds)
    return f"{address_of(proposal)}, {band}: {why}"


def _reported(dossier: Dossier) -> str:
    """What reports say, if that differs from the latest check."""
    check, what = dossier.record.check, dossier.finding.what
    is_same = check and what == _what(check.judgement.reason, check.facts.status_code)
    return "" if is_same else what


def _day(dossier: Dossier, moment: datetime | None) -> str:
    return day(moment, dossier.now.tzinfo)


def _accepted(dossier: Dossier) -> str:
    page = dossier.record.accepted
    if page is None:
        return ""
    title = clean(page.title) or "without a title"
    redirect = f"; meant to redirect to {clean(page.redirect)}" if page.redirect else ""
    return f"as it was: {title}{f', on {clean(page.domain)}' if page.domain else ''}{redirect}"


def _muted(dossier: Dossier) -> str:
    mute = dossier.record.mute
    if mute is None:
        return ""
    over = "" if dossier.finding.kind is FindingClass.MUTED else " (over)"
    return f"until {mute.until}{over}: {clean(mute.reason) or 'no reason given'}"


def _outage(dossier: Dossier, incident: Incident) -> str:
    since, closed = _day(dossier, incident.since), _day(dossier, incident.closed)
    ended = f" {dossier_words.ENDINGS[incident.ending]}" if incident.ending else ""
    return f"{since} {f'to {closed}' if closed else 'until now'}: {_what(incident.cause)}{ended}"


def _what(reason: Reason, status: int | None = None) -> str:
    return reason_words.describe(reason, status=status).what


# --- the latest check ---------------------------------------------------------------------------


def _latest(dossier: Dossier) -> Iterator[LabelledLine]:
    check = dossier.record.check
    if check is None:
        return
    judgement = check.judgement
    when = check.checked_at.astimezone(dossier.now.tzinfo)
    yield "Checked", f"{when:%Y-%m-%d %H:%M:%S %Z}"
    yield "Verdict", f"{judgement.verdict}, {judgement.reason}"
    yield "Why", _what(judgement.reason, check.facts.status_code)
    yield "Warnings", "\n".join(warning_words.WARNINGS[code] for code in judgement.warnings)
    yield "New address", clean(judgement.suggested_url or "")
    yield "Asked", "\n".join(map(_hop, check.facts.exchanges))
    yield page_words.FAILURE, page_words.failure(check.facts.outcome)
    seen = check.facts.seen
    yield "Page seen", clean(seen.title.value) if seen and seen.title else ""
    yield "Certificate", _certificate(dossier, check.facts.certificate)
    probing = check.context.probing
    yield "Probes", "\n".join(map(_probe, probing.probes if probing else ()))
    yield "Effort", _effort(check)


def _hop(exchange: Exchange) -> str:
    way = f"{dossier_words.REDIRECTS[exchange.redirect.kind]} " if exchange.redirect else ""
    return f"{exchange.status_code} {way}{clean(exchange.target_uri)}"


def _certificate(dossier: Dossier, certificate: Certificate | None) -> str:
    if certificate is None:
        return ""
    begins, ends = (_day(dossier, m) for m in (certificate.not_before, certificate.not_after))
    names = (clean(certificate.subject), clean(certificate.issuer) and f"by {certificate.issuer}")
    valid = f"valid {begins or '?'} to {ends or '?'}"
    return clean(", ".join(filter(None, (valid, *names))))


def _probe(probe: Probe) -> str:
    status = probe.status_code or "no answer"
    landed = dossier_words.LANDINGS[probe.landing]
    title = f", {clean(probe.title)}" if probe.title else ""
    return f"{dossier_words.PROBES[probe.kind]}: {status}{landed}{title}, likeness {probe.likeness:.0%}"


def _effort(check: Check) -> str:
    took = f"{check.elapsed.total_seconds():.2f} s" if check.elapsed is not None else ""
    made = (
        plural(check.attempts, "attempt", "attempts") if check.attempts else "",
        plural(check.looks, "look", "looks") if check.looks else "",
    )
    return ", ".join(filter(None, (took, *made, clean(check.address or ""))))


# --- the page, the nights, the events -----------------------------------------------------------


def _page(dossier: Dossier) -> Iterator[LabelledLine]:
    good = dossier.record.last_good
    if good is None:
        return
    page = good.page
    for name in PAGE_FIELDS:
        declared = getattr(page, name)
        label = name.replace("_", " ").replace("url", "URL")
        yield label[0].upper() + label[1:], clean(declared.value) if declared else ""
    yield "Content", _content(page)
    yield "Ignored in its text", text_words.ignored(dossier.record.ignored)


def _content(page: Page) -> str:
    size = plural(page.word_count, "word", "words") if page.word_count else ""
    return ", ".join(filter(None, (page.kind, size, page.encoding)))


def _nights(dossier: Dossier) -> Iterator[LabelledLine]:
    strip = dossier.strip
    if strip.dates:
        yield "State", strip.marks
        yield "Time", times(strip.milliseconds)
        span = f"{strip.dates[0]} to {strip.dates[-1]}, a character for each night"
        yield "", "\n".join((span, "; ".join(legend(strip.marks))))
        yield "Answers", range_of_times(strip.milliseconds)


def _commands(dossier: Dossier) -> Iterator[LabelledLine]:
    if dossier.is_listed:
        yield "", "\n".join(commands.of_link(dossier.finding, dossier.now))


def _events(dossier: Dossier) -> Iterator[LabelledLine]:
    for date, event in reversed(dossier.events):
        yield date, _event(event)


def _event(event: Event) -> str:
    change = event.change
    if event.is_about_text:
        return "\n   ".join((event.what, *map(as_text, event.lines)))
    if event.group is EventGroup.PAGES:
        before, after = (clean(text) or "(none)" for text in (event.before, event.after))
        return f"{event.field}: {before}\n   now: {after}"
    if event.group is EventGroup.LIST and change.before and change.after:
        return f"{event.what}, was {clean(change.before)}"
    return event.what


_LINES: dict[str, Callable[[Dossier], Iterator[LabelledLine]]] = {
    "How it stands": _standing,
    LATEST: _latest,
    PAGE: _page,
    "Nights": _nights,
    "Events, the latest first": _events,
    "Commands": _commands,
}
