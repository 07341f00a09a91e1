"""Pure: what there is to say about each change, in order."""

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.model import VERDICTS, Change, ChangeKind, FindingClass, Reason, Verdict
from crawler.report import words
from crawler.report.findings import Finding, wording
from crawler.report.words import Group

_REASONS = {f"{verdict} {reason}": reason for reason, verdict in VERDICTS.items()}
"""Changes of what a check says hold it as `VERDICT REASON`."""
_GROUPS = {
    ChangeKind.BROKE: Group.NEW,
    ChangeKind.SUSPECTED: Group.NEW,
    ChangeKind.MOVED: Group.NEW,
    ChangeKind.TLS_EXPIRING: Group.NEW,
    ChangeKind.CLASS: Group.NEW,
    ChangeKind.RECOVERED: Group.BACK,
    ChangeKind.TITLE: Group.PAGES,
    ChangeKind.DESCRIPTION: Group.PAGES,
    ChangeKind.METADATA: Group.PAGES,
    ChangeKind.ADDED: Group.LIST,
    ChangeKind.REMOVED: Group.LIST,
    ChangeKind.URL_CHANGED: Group.LIST,
}
"""In the order in which a group shows them."""
_RANKS = {kind: rank for rank, kind in enumerate(_GROUPS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change, and what there is to say about it."""

    change: Change
    group: Group
    what: str
    step: str = ""
    finding: Finding | None = None
    """How the resource stands; None when it left the list."""


def in_order(changes: Iterable[Change], findings: Iterable[Finding]) -> tuple[Event, ...]:
    """An event for every change: by group, then by kind, then by line."""
    by_key = {finding.resource.key: finding for finding in findings}
    events = (_event(change, by_key.get(change.resource.key)) for change in changes)
    return tuple(sorted(events, key=_rank))


def _rank(event: Event) -> tuple[int, int, str, str]:
    change = event.change
    return _RANKS[change.kind], change.resource.line, change.resource.key, change.field or ""


def _event(change: Change, finding: Finding | None) -> Event:
    before, after = (_REASONS.get(text or "") for text in (change.before, change.after))
    if change.kind is ChangeKind.RECOVERED or (after and VERDICTS[after] is Verdict.OK):
        what = _recovery(change.kind, before)
        return Event(change=change, group=Group.BACK, what=what, finding=finding)
    if after and finding:
        return _alarm(change, after, finding)
    what, step = words.EVENTS[change.kind], ""
    if change.kind is ChangeKind.TLS_EXPIRING:
        step = words.TELL
        if change.after:
            what = f"{words.EXPIRES_ON.format(date=change.after).capitalize()}."
    elif change.kind is ChangeKind.MOVED and finding:
        step = finding.step
    return Event(change=change, group=_GROUPS[change.kind], what=what, step=step, finding=finding)


def _recovery(kind: ChangeKind, before: Reason | None) -> str:
    again = words.EVENTS[ChangeKind.RECOVERED]
    if before is None:
        return again
    if kind is ChangeKind.RECOVERED:
        return f"{again} Before: {words.REASONS[before].what}"
    return words.LEFT.get(VERDICTS[before], again)


def _alarm(change: Change, reason: Reason, finding: Finding) -> Event:
    """The event in the words of its own reason: the present one may be another by now."""
    said = wording(reason, finding.kind, finding.record)
    unconfirmed = finding.kind is FindingClass.FAILING
    return Event(
        change=change,
        group=Group.NEW,
        what=f"{said.what} {words.NOT_CONFIRMED}" if unconfirmed else said.what,
        step=said.step,
        finding=finding,
    )
