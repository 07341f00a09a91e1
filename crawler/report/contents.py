"""Pure: what a report says, put in order and in words, before any format gives it a shape."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.model import ChangeKind, FindingClass, Snapshot
from crawler.report import events, findings, words
from crawler.report.events import Event
from crawler.report.findings import Finding, Section, day
from crawler.report.words import Group

HEARTBEAT = timedelta(days=45)
"""How long a report may stay the same to the byte."""

_NEEDS_YOU = frozenset({FindingClass.BROKEN, FindingClass.SUSPECT})
"""The classes of findings that wait for a person."""
_TO_ACT_ON = _NEEDS_YOU | {FindingClass.MOVED, FindingClass.TLS_EXPIRING}
_ALARMS = frozenset({ChangeKind.BROKE, ChangeKind.SUSPECTED})
"""The events by which a link comes into one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a report says about a list, in order and in words."""

    snapshot: Snapshot
    headline: str
    """The verdict on the list, in a sentence or two."""
    tally: str
    """How many links there are, and how many of each class, without a full stop."""
    quiet: bool
    """The last run brought no event."""
    changed_on: str
    """Date of the last run that brought an event; empty when none has since the first look."""
    heartbeat: str
    """A sentence for every so many quiet days; empty before."""
    events: tuple[Event, ...]
    """Those of that run; none in a report on the first look."""
    sections: tuple[Section, ...]
    """Those with findings only."""
    findings: tuple[Finding, ...]
    """Every listed resource, ordered like the sections."""

    @property
    def first(self) -> bool:
        """Whether this is the first look at the list."""
        return self.snapshot.previous is None

    @property
    def needs_you(self) -> tuple[Finding, ...]:
        """What waits for a person."""
        return tuple(finding for finding in self.findings if finding.kind in _NEEDS_YOU)

    @property
    def to_act_on(self) -> tuple[Finding, ...]:
        """What a maintainer can do something about."""
        return tuple(finding for finding in self.findings if _is_to_act_on(finding))

    def of(self, group: Group) -> tuple[Event, ...]:
        """The events of a group."""
        return tuple(event for event in self.events if event.group is group)


def _is_to_act_on(finding: Finding) -> bool:
    flaps = finding.reported is not None and finding.reported.outages > 0
    return finding.kind in _TO_ACT_ON or (flaps and finding.kind is not FindingClass.MUTED)


def build(snapshot: Snapshot) -> Report:
    """The report on a snapshot; its changes are taken as those of the run at `changed_at`.

    Nothing in it depends on the order of the records, on when within a day a check was made, or on
    whether a page answered that it is not modified.
    """
    first = snapshot.previous is None
    now, changed_at = _local(snapshot.run.started_at, snapshot), snapshot.changed_at
    found = findings.in_order(snapshot.records.values(), now)
    told: tuple[Event, ...] = ()
    if changed_at is not None and not first:
        told = events.in_order(snapshot.changes, found, _local(changed_at, snapshot))
    changed_on = day(changed_at, snapshot.zone) if changed_at and not first else ""
    return Report(
        snapshot=snapshot,
        headline=_first_headline(found) if first else _headline(found, told, changed_on),
        tally=_tally(found),
        quiet=not told or changed_at != snapshot.run.started_at,
        changed_on=changed_on,
        heartbeat=_heartbeat(snapshot),
        events=told,
        sections=findings.in_sections(found, first=first),
        findings=found,
    )


def _local(moment: datetime, snapshot: Snapshot) -> datetime:
    return moment.astimezone(snapshot.zone)


def _heartbeat(snapshot: Snapshot) -> str:
    """A sentence that is another one every 45 quiet days; empty before.

    Hosted schedules are switched off where nothing is committed for 60 days.
    """
    last = snapshot.changed_at or snapshot.first_at or snapshot.run.started_at
    beats = (snapshot.run.started_at - last) // HEARTBEAT
    if beats < 1:
        return ""
    date = day(last + beats * HEARTBEAT, snapshot.zone)
    return words.HEARTBEAT.format(days=(beats * HEARTBEAT).days, date=date)


def plural(count: int, one: str, more: str) -> str:
    """A number and its noun or verb.

    >>> plural(1, "link", "links"), plural(2, "link", "links")
    ('1 link', '2 links')
    """
    return f"{count} {one if count == 1 else more}"


def _tally(found: Iterable[Finding]) -> str:
    counts = Counter(finding.kind for finding in found)
    parts = [plural(counts[kind], *forms) for kind, forms in words.TALLY.items() if counts[kind]]
    if counts[None]:
        parts.append(f"{counts[None]} not looked at yet")
    total = plural(counts.total(), "link", "links")
    return f"{total}: {', '.join(parts)}" if parts else total


def _first_headline(found: Iterable[Finding]) -> str:
    confirmed = any(finding.kind is FindingClass.BROKEN for finding in found)
    return words.FIRST_LOOK if confirmed else f"{words.FIRST_LOOK} {words.UNCONFIRMED}"


def _headline(found: Iterable[Finding], told: Iterable[Event], changed_on: str) -> str:
    changes = [event.change for event in told]
    waiting = {finding.resource.key for finding in found if finding.kind in _NEEDS_YOU}
    new = waiting & {change.resource.key for change in changes if change.kind in _ALARMS}
    needs = _needs(len(waiting), len(new), changed_on)
    came = sum(change.kind is ChangeKind.RECOVERED for change in changes)
    return f"{needs} {came} came back on {changed_on}." if came else needs


def _needs(waiting: int, new: int, changed_on: str) -> str:
    if not waiting:
        return "No link needs you."
    needs = plural(waiting, "link needs you", "links need you")
    if not new:
        return f"{needs}."
    if new < waiting:
        return f"{needs}, {new} of them new on {changed_on}."
    return f"{needs}, {'' if new == 1 else 'all '}new on {changed_on}."
