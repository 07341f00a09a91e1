"""Pure: what a report says, put in order and in words, before a format gives it a shape."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.model import ChangeKind, FindingClass, Snapshot
from crawler.report import freshness
from crawler.report.events import Event, list_events
from crawler.report.findings import Finding, SectionKind, by_section, day, list_findings
from crawler.report.freshness import Freshness
from crawler.report.wording import plural, state_words

HEARTBEAT = timedelta(days=45)
"""How long a report may stay the same to the byte."""

_NEEDS_YOU = frozenset({FindingClass.BROKEN, FindingClass.SUSPECT})
_TO_ACT_ON = _NEEDS_YOU | {FindingClass.MOVED, FindingClass.TLS_EXPIRING}
_BEGAN_TO_NEED_YOU = frozenset({ChangeKind.BROKE, ChangeKind.SUSPECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a report says about a list, in order and in words."""

    snapshot: Snapshot
    headline: str
    """What needs a person, in a sentence or two."""
    tally: str
    """How many links there are, and how many of each class, without a full stop."""
    is_quiet: bool
    """Whether the last run had no event."""
    changed_on: str
    """Date of the last run with events; empty when there was none since the first look."""
    heartbeat: str
    """A sentence that changes every 45 days without events; empty before."""
    freshness: Freshness
    events: tuple[Event, ...]
    """Those of the last run with events; none on the first look."""
    sections: Mapping[SectionKind, tuple[Finding, ...]]
    findings: tuple[Finding, ...]
    """Of every listed resource: by class, then by the date since when, then by line."""

    @property
    def is_first_look(self) -> bool:
        """Whether this is the first complete run."""
        return self.snapshot.previous is None

    @property
    def needs_you(self) -> tuple[Finding, ...]:
        """What waits for a person: broken and suspect links."""
        return tuple(finding for finding in self.findings if finding.kind in _NEEDS_YOU)

    @property
    def to_act_on(self) -> tuple[Finding, ...]:
        """What a maintainer can do something about: also what moved, flaps or expires."""
        return tuple(finding for finding in self.findings if _is_to_act_on(finding))

    def events_of(self, group: str) -> tuple[Event, ...]:
        """The events of a group."""
        return tuple(event for event in self.events if event.group == group)


def _is_to_act_on(finding: Finding) -> bool:
    return finding.kind in _TO_ACT_ON or (finding.flaps and finding.kind is not FindingClass.MUTED)


def build(snapshot: Snapshot) -> Report:
    """The report on a snapshot; its changes are those of the run at `changed_at`.

    Nothing in it depends on the order of the records, on the time of day of a check, or on whether
    a page was sent again or answered with 304.
    """
    is_first_look, zone = snapshot.previous is None, snapshot.zone
    findings = list_findings(snapshot.records.values(), snapshot.run.started_at.astimezone(zone))
    changed_at = None if is_first_look else snapshot.changed_at
    events: tuple[Event, ...] = ()
    if changed_at is not None:
        events = list_events(snapshot.changes, findings, changed_at.astimezone(zone))
    changed_on = day(changed_at, zone)
    return Report(
        snapshot=snapshot,
        headline=_first_headline(findings)
        if is_first_look
        else _headline(findings, events, changed_on),
        tally=_tally(findings),
        is_quiet=not events or changed_at != _last_started_at(snapshot),
        changed_on=changed_on,
        heartbeat=_heartbeat(snapshot),
        freshness=freshness.of_snapshot(snapshot),
        events=events,
        sections=by_section(findings, is_first_look=is_first_look),
        findings=findings,
    )


def _last_started_at(snapshot: Snapshot) -> datetime:
    """Of the last run, whatever became of it."""
    attempts = snapshot.attempts
    return attempts.last.started_at if attempts else snapshot.run.started_at


def _heartbeat(snapshot: Snapshot) -> str:
    """Hosted schedules are switched off where nothing is committed for 60 days."""
    last = snapshot.changed_at or snapshot.first_at or snapshot.run.started_at
    beats = (snapshot.run.started_at - last) // HEARTBEAT
    if beats < 1:
        return ""
    date = day(last + beats * HEARTBEAT, snapshot.zone)
    return state_words.HEARTBEAT.format(days=(beats * HEARTBEAT).days, date=date)


def _tally(findings: Iterable[Finding]) -> str:
    counts = Counter(finding.kind for finding in findings)
    words = state_words.TALLY.items()
    parts = [plural(counts[kind], *forms) for kind, forms in words if counts[kind]]
    if counts[None]:
        parts.append(f"{counts[None]} {state_words.CLASS_WORDS[state_words.UNSEEN]}")
    total = plural(counts.total(), "link", "links")
    return f"{total}: {', '.join(parts)}" if parts else total


def _first_headline(findings: Sequence[Finding]) -> str:
    in_list = sum(finding.is_in_list for finding in findings)
    is_confirmed = sum(finding.kind is FindingClass.BROKEN for finding in findings) > in_list
    unconfirmed = state_words.OTHERS_UNCONFIRMED if in_list else state_words.UNCONFIRMED
    sentences = [_in_list(in_list), state_words.FIRST_LOOK, "" if is_confirmed else unconfirmed]
    return " ".join(filter(None, sentences))


def _headline(findings: Sequence[Finding], events: Iterable[Event], changed_on: str) -> str:
    changes = [event.change for event in events]
    in_list = sum(finding.is_in_list for finding in findings)
    waiting = {
        finding.resource.key
        for finding in findings
        if finding.kind in _NEEDS_YOU and not finding.is_in_list
    }
    began = {change.resource.key for change in changes if change.kind in _BEGAN_TO_NEED_YOU}
    came = sum(change.kind is ChangeKind.RECOVERED for change in changes)
    sentences = [
        _in_list(in_list),
        _needs(len(waiting), len(waiting & began), changed_on) if waiting or not in_list else "",
        f"{came} came back on {changed_on}." if came else "",
    ]
    return " ".join(filter(None, sentences))


def _in_list(count: int) -> str:
    return f"{plural(count, *state_words.IN_LIST)}." if count else ""


def _needs(waiting: int, new: int, changed_on: str) -> str:
    if not waiting:
        return "No link needs you."
    needs = plural(waiting, "link needs you", "links need you")
    if not new:
        return f"{needs}."
    if new < waiting:
        return f"{needs}, {new} of them new on {changed_on}."
    return f"{needs}, {'' if new == 1 else 'all '}new on {changed_on}."
