"""Pure: what there is to say about each change, in order; by the change alone, whenever it is read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from crawler import compare
from crawler.model import (
    FLAPPING_NIGHTS,
    VERDICTS,
    Change,
    ChangeKind,
    FindingClass,
    Reason,
    Verdict,
)
from crawler.report import words
from crawler.report.findings import Finding, day, wording
from crawler.report.words import Group, Wording

_REASONS = {f"{verdict} {reason}": reason for reason, verdict in VERDICTS.items()}
"""Changes of what a check says hold it as `VERDICT REASON`."""
_GROUPS = {
    ChangeKind.BROKE: Group.NEW,
    ChangeKind.SUSPECTED: Group.NEW,
    ChangeKind.MOVED: Group.NEW,
    ChangeKind.TLS_EXPIRING: Group.NEW,
    ChangeKind.CLASS: Group.NEW,
    ChangeKind.FLAPPING: Group.NEW,
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
_UNCONFIRMED = frozenset({Verdict.DEAD, Verdict.FAILING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change, and what there is to say about it."""

    change: Change
    group: Group
    what: str
    step: str = ""
    since: str = ""
    """Date of the first check of what it tells of; empty when that is over or was no trouble."""
    before: str = ""
    after: str = ""
    """What a page said and says, as it is shown; empty for nothing."""
    finding: Finding | None = None
    """How the resource stands now; None when it left the list, or that does not matter."""

    @property
    def fixed(self) -> str:
        """What an edit of the list has mended; empty when nothing."""
        return words.FIXED_IN_LIST.format(since=self.since) if self.since else ""

    @property
    def quiet(self) -> bool:
        """Whether it deserves no more than a line that it shares with its like."""
        return self.change.field == compare.VERSION


def in_order(
    changes: Iterable[Change], findings: Iterable[Finding], now: datetime
) -> tuple[Event, ...]:
    """An event for every change of one run: by group, then by kind, then by line.

    `now` is the run's start, in the zone in which days are counted.
    """
    by_key = {finding.resource.key: finding for finding in findings}
    events = (_event(change, by_key.get(change.resource.key), now) for change in changes)
    return tuple(sorted(events, key=_rank))


def _rank(event: Event) -> tuple[int, int, str, str]:
    change = event.change
    return _RANKS[change.kind], change.resource.line, change.resource.key, change.field or ""


def _event(change: Change, finding: Finding | None, now: datetime) -> Event:
    said = _WORDINGS.get(change.kind, _named)(change, now)
    return Event(
        change=change,
        group=_group(change),
        what=said.what,
        step=said.step,
        since=_since(change, said, now),
        before=_shown(change, change.before),
        after=_shown(change, change.after),
        finding=finding,
    )


def _since(change: Change, said: Wording, now: datetime) -> str:
    """Only of what is a trouble still, or was until the list was edited."""
    told = said.step or change.kind is ChangeKind.URL_CHANGED
    return day(change.since, now.tzinfo) if change.since and told else ""


def _group(change: Change) -> Group:
    after = _reason(change.after)
    if change.kind is ChangeKind.CLASS and after and VERDICTS[after].is_alive:
        return Group.LIST if change.before is None else Group.BACK
    renewed = change.kind is ChangeKind.TLS_EXPIRING and change.after is None and change.before
    settled = change.kind is ChangeKind.FLAPPING and change.after is None
    return Group.BACK if renewed or settled else _GROUPS[change.kind]


def _reason(words_of_check: str | None) -> Reason | None:
    return _REASONS.get(words_of_check or "")


def _shown(change: Change, text: str | None) -> str:
    if not text or change.field != "warnings":
        return text or ""
    phrases = {warning.value: phrase for warning, phrase in words.WARNINGS.items()}
    return "; ".join(phrases.get(code, code) for code in text.split(", "))


# --- a wording for each kind --------------------------------------------------------------------


def _named(change: Change, _now: datetime) -> Wording:
    return Wording(what=words.EVENTS[change.kind], step="")


def _moved(change: Change, now: datetime) -> Wording:
    reason = change.reason or Reason.PERMANENT_REDIRECT
    return Wording(what=_named(change, now).what, step=words.REASONS[reason].step)


def _expiring(change: Change, now: datetime) -> Wording:
    if change.after is None and change.before is not None:
        return Wording(what=words.RENEWED, step="")
    if change.after in {None, "unknown"}:
        return Wording(what=_named(change, now).what, step=words.TELL)
    ends = words.EXPIRES_ON.format(date=change.after)
    return Wording(what=f"{ends[0].upper()}{ends[1:]}.", step=words.TELL)


def _flapping(change: Change, _now: datetime) -> Wording:
    told = words.SETTLED if change.after is None else words.FLAPPING
    step = "" if change.after is None else words.TELL
    return Wording(what=told.format(outages=change.after, nights=FLAPPING_NIGHTS), step=step)


def _alarm(change: Change, now: datetime) -> Wording:
    """The words of the change's own reason: the present one may be another by now."""
    reason = _reason(change.after)
    if reason is None:
        return _named(change, now)
    passing = _is_unconfirmed(change, reason)
    said = wording(reason, number=change.resource.number, status=change.seen, passing=passing)
    return Wording(
        what=f"{said.what} {words.NOT_CONFIRMED}" if passing else said.what, step=said.step
    )


def _is_unconfirmed(change: Change, reason: Reason) -> bool:
    confirmed = change.kind is ChangeKind.BROKE or change.field == FindingClass.BROKEN
    return VERDICTS[reason] in _UNCONFIRMED and not confirmed


def _step(change: Change, now: datetime) -> Wording:
    after, before = _reason(change.after), _reason(change.before)
    if after is None or not VERDICTS[after].is_alive:
        return _alarm(change, now)
    if change.before is None:
        return Wording(what=words.FIRST_LOOKED_AT, step="")
    again = words.EVENTS[ChangeKind.RECOVERED]
    what = words.LEFT.get(VERDICTS[before], again) if before else again
    return Wording(what=what, step="")


def _recovered(change: Change, now: datetime) -> Wording:
    again, before = words.EVENTS[ChangeKind.RECOVERED], _reason(change.before)
    said = [again]
    if change.since:
        since, until = day(change.since, now.tzinfo), day(now, now.tzinfo)
        said.append(words.OUTAGE.format(since=since, until=until))
    if before:
        said.append(f"Before: {wording(before).what}")
    return Wording(what=" ".join(said), step="")


_WORDINGS: Mapping[ChangeKind, Callable[[Change, datetime], Wording]] = {
    ChangeKind.BROKE: _alarm,
    ChangeKind.SUSPECTED: _alarm,
    ChangeKind.CLASS: _step,
    ChangeKind.MOVED: _moved,
    ChangeKind.TLS_EXPIRING: _expiring,
    ChangeKind.FLAPPING: _flapping,
    ChangeKind.RECOVERED: _recovered,
}
