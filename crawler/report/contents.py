"""Pure: what a report says, put in order and in words, before a format gives it a shape."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from crawler.model import FindingClass, Snapshot, Trigger, WarningCode
from crawler.report import freshness, long_list
from crawler.report.cut import first_of
from crawler.report.events import Event, list_events, settled
from crawler.report.findings import (
    Finding,
    SectionKind,
    by_section,
    day,
    list_findings,
    with_twins,
)
from crawler.report.freshness import Freshness
from crawler.report.long_list import LongList
from crawler.report.naming import Conventions
from crawler.report.totals import Totals, count
from crawler.report.wording import plural, state_words
from crawler.report.wording.event_words import EventGroup

HEARTBEAT = timedelta(days=45)
"""How long a report may stay the same to the byte."""

_TO_MEND = frozenset({FindingClass.BROKEN, FindingClass.SUSPECT})
_NEEDS = (state_words.TO_MEND, state_words.TO_TAKE_OVER)


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
    lasting_date: date
    """The last night in forms that stay the same until the next event or heartbeat."""
    freshness: Freshness
    events: tuple[Event, ...]
    """Those of the last run with events and its rechecks, as they settled it; none on the first look."""
    sections: Mapping[SectionKind, Sequence[Finding]]
    findings: tuple[Finding, ...]
    """Of every listed resource: by class, then by the date since when, then by line.

    Of a long list, the first of those that do not simply work.
    """
    totals: Totals
    """Of all links, also where `findings` are not all."""
    long: LongList | None = None
    """What else there is of a long list; None for any other."""

    @property
    def is_made_up(self) -> bool:
        """Whether it is about the demo's web, and no real site."""
        return self.snapshot.run.trigger is Trigger.DEMO

    @property
    def is_first_look(self) -> bool:
        """Whether only the first complete run, or the first over each part, has concluded something."""
        return is_first_look(self.snapshot)

    @property
    def in_list(self) -> Sequence[Finding]:
        """What is wrong in the list itself."""
        found = [finding for finding in self.findings if finding.is_in_list]
        return first_of(found, self.totals.in_list)

    @property
    def to_mend(self) -> Sequence[Finding]:
        """What a person can mend: broken and suspect links, without what is wrong in the list."""
        found = [f for f in self.findings if f.kind in _TO_MEND and not f.is_in_list]
        return first_of(found, self.totals.to_mend)

    @property
    def to_take_over(self) -> Sequence[Finding]:
        """What works at a new address, which a person can put in the list."""
        found = [finding for finding in self.findings if finding.kind is FindingClass.MOVED]
        return first_of(found, self.totals.to_take_over)

    @property
    def needs_you(self) -> Sequence[Finding]:
        """What a person can do something about now, the most urgent first."""
        parts = (self.in_list, self.to_mend, self.to_take_over)
        return first_of(chain.from_iterable(parts), sum(map(len, parts)))

    @property
    def to_fix(self) -> tuple[Finding, ...]:
        """Those with a new address that was found for them, or that they redirect to."""
        return tuple(finding for finding in self.findings if finding.fix)

    @property
    def new_keys(self) -> frozenset[str]:
        """The keys of the resources that need a person since the last run with events."""
        new = self.events_of(EventGroup.NEW)
        return frozenset(event.change.resource.key for event in new)

    @property
    def noticed(self) -> tuple[tuple[WarningCode, Sequence[Finding]], ...]:
        """The findings with each warning, the rarest warning first."""
        found: dict[WarningCode, list[Finding]] = {code: [] for code in WarningCode}
        for finding in self.findings:
            for code in finding.warnings:
                found[code].append(finding)
        warnings = self.totals.warnings
        kinds = sorted(found.items(), key=lambda kind: warnings[kind[0]])
        return tuple((c, first_of(of_c, warnings[c])) for c, of_c in kinds if warnings[c])

    def events_of(self, group: str) -> tuple[Event, ...]:
        """The events of a group."""
        return tuple(event for event in self.events if event.group == group)


def new_first(findings: Sequence[Finding], new: Container[str]) -> Sequence[Finding]:
    """The findings of resources with these keys, then the others: lists may be cut."""
    ordered = sorted(iter(findings), key=lambda finding: finding.resource.key not in new)
    return first_of(ordered, len(findings))


def build(snapshot: Snapshot) -> Report:
    """The report on a snapshot; its changes are those of the run at `changed_at` and its rechecks.

    Nothing in it depends on the order of the records, on the time of day of a check, or on whether
    a page was sent again or answered with 304.
    """
    is_first, zone = is_first_look(snapshot), snapshot.zone
    conventions = conventions_of(snapshot)
    now, long = local_start(snapshot), None
    if len(snapshot.outlines) > long_list.LONG:
        long = long_list.look(snapshot, now, conventions, is_first_look=is_first)
        findings, totals = long.first(), long.totals
    else:
        records = snapshot.records.values()
        listed = list_findings(records, now, conventions, is_first_look=is_first)
        findings = with_twins(listed)
        totals = count(findings, is_first_look=is_first)
    changed_at = None if _is_of_first_run(snapshot) else snapshot.changed_at
    events: tuple[Event, ...] = ()
    if changed_at is not None:
        changes, local = settled(snapshot.changes), changed_at.astimezone(zone)
        events = list_events(changes, findings, local, conventions)
    return Report(
        snapshot=snapshot,
        headline=headline(totals),
        tally=tally(totals),
        is_quiet=not events or changed_at != _last_started_at(snapshot),
        changed_on=day(changed_at, zone),
        heartbeat=_heartbeat(snapshot),
        lasting_date=_last_beat(snapshot)[1].astimezone(zone).date(),
        freshness=freshness.of_snapshot(snapshot),
        events=events,
        sections={
            kind: first_of(found, totals.sections[kind])
            for kind, found in by_section(findings, is_first_look=is_first).items()
        },
        findings=findings,
        totals=totals,
        long=long,
    )


def conventions_of(snapshot: Snapshot) -> Conventions:
    """What the words of reports on the snapshot depend on."""
    return Conventions(
        list_name=snapshot.resources_name,
        reported=snapshot.reported_warnings,
        is_made_up=snapshot.run.trigger is Trigger.DEMO,
    )


def local_start(snapshot: Snapshot) -> datetime:
    """The start of the last run, in the zone in which days are counted."""
    return snapshot.run.started_at.astimezone(snapshot.zone)


def is_first_look(snapshot: Snapshot) -> bool:
    """Whether only one run has concluded; False once a later run, even interrupted, has brought events.

    Where the list is checked in parts, that holds until each part was checked once.
    """
    if None in snapshot.parts:
        return True
    changed_at = snapshot.changed_at
    is_later = changed_at is not None and changed_at > snapshot.run.started_at
    return snapshot.previous is None and not is_later


def _is_of_first_run(snapshot: Snapshot) -> bool:
    """Whether the last events are those of the first look."""
    first, changed_at = snapshot.first_at or snapshot.run.started_at, snapshot.changed_at
    return is_first_look(snapshot) and (changed_at is None or changed_at <= first)


def _last_started_at(snapshot: Snapshot) -> datetime:
    """When the last run started, complete or not."""
    attempts = snapshot.attempts
    return attempts.last.started_at if attempts else snapshot.run.started_at


def _heartbeat(snapshot: Snapshot) -> str:
    """Hosted schedules are switched off where nothing is committed for 60 days."""
    beats, moment = _last_beat(snapshot)
    if beats < 1:
        return ""
    return state_words.HEARTBEAT.format(
        days=(beats * HEARTBEAT).days, date=day(moment, snapshot.zone)
    )


def _last_beat(snapshot: Snapshot) -> tuple[int, datetime]:
    """How many heartbeats there were since the last event, and when the last event or heartbeat was."""
    last = snapshot.changed_at or snapshot.first_at or snapshot.run.started_at
    beats = max((snapshot.run.started_at - last) // HEARTBEAT, 0)
    return beats, last + beats * HEARTBEAT


def tally(totals: Totals) -> str:
    """How many there are, and how many of each class, without a full stop."""
    counts = totals.classes
    words = state_words.TALLY.items()
    parts = [plural(counts[kind], *forms) for kind, forms in words if counts[kind]]
    if counts[None]:
        parts.append(f"{counts[None]} {state_words.CLASS_WORDS[state_words.UNSEEN]}")
    total = plural(totals.links, "link", "links")
    return f"{total}: {', '.join(parts)}" if parts else total


def headline(totals: Totals) -> str:
    """What a person can do now, in a sentence or two."""
    return _first_headline(totals) if totals.is_first_look else _headline(totals)


def _headline(totals: Totals) -> str:
    """What a person can do now."""
    return _needs(totals, state_words.IN_LIST, *_NEEDS) or state_words.NOTHING_NEEDS_YOU


def _first_headline(totals: Totals) -> str:
    """What a person can do after the first look, and what is not confirmed yet."""
    wrong, needs = _needs(totals, state_words.IN_LIST), _needs(totals, *_NEEDS)
    gone = totals.sections[SectionKind.GONE]
    sentences = (
        wrong,
        state_words.FIRST_LOOK,
        _unconfirmed(totals),
        needs,
        plural(gone, *state_words.SEEM_GONE) if gone else "",
        "" if wrong or needs or gone else state_words.NOTHING_NEEDS_YOU,
    )
    return " ".join(filter(None, sentences))


def _needs(totals: Totals, *needs: tuple[str, str]) -> str:
    """How many links have each of the needs; empty when none has."""
    counts = {
        state_words.IN_LIST: totals.in_list,
        state_words.TO_MEND: totals.to_mend,
        state_words.TO_TAKE_OVER: totals.to_take_over,
    }
    parts = [plural(counts[need], *need) for need in needs if counts[need]]
    return f"{', '.join(parts)}." if parts else ""


def _unconfirmed(totals: Totals) -> str:
    broken = totals.classes[FindingClass.BROKEN]
    if broken != totals.in_list:
        return ""
    return state_words.OTHERS_UNCONFIRMED if broken else state_words.UNCONFIRMED
