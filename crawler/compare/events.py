"""Pure: the events by which a resource's state, class or warnings become others than what was told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from crawler.compare import findings
from crawler.compare.findings import LASTING_WARNINGS, finding_class, title_seen
from crawler.compare.incidents import outages
from crawler.model import (
    Change,
    ChangeKind,
    Check,
    FindingClass,
    Judgement,
    Reason,
    Record,
    State,
    Told,
    Verdict,
    WarningCode,
)

FLAPPING_TOLD = timedelta(days=7)
"""How often it is told that a resource still breaks and recovers."""

_TROUBLED = frozenset({FindingClass.BROKEN, FindingClass.FAILING})
_KIND_OF_CLASS = {
    FindingClass.BROKEN: ChangeKind.BROKE,
    FindingClass.SUSPECT: ChangeKind.SUSPECTED,
    FindingClass.MOVED: ChangeKind.MOVED,
}


def check_events(old: Record, new: Record, now: datetime) -> Iterator[Change]:
    """What a run brought beyond what was told of the resource; nothing while it is muted."""
    check, told = new.check, old.told or findings.tell(old, now)
    if check is None or findings.is_muted(new.mute, now):
        return
    if told is None:
        # A first check is what the others are compared with; it can only break.
        if new.standing.state is State.BROKEN:
            yield _event(ChangeKind.BROKE, None, new)
        return
    flapping = outages(new, now)
    if told.kind is not FindingClass.MUTED and (flapping or told.outages):
        yield from _flapping_events(told, new, flapping, now)
        return
    kind = _step(told, new, now)
    if kind is not None:
        change = _event(kind, told, new)
        named = kind is ChangeKind.CLASS
        yield replace(change, field=finding_class(new, now)) if named else change
    elif _are_living(told, check):
        yield from _warning_events(told, new)
    if _are_living(told, check) or kind is not None:
        yield from _expiry_events(told, new, now)


def first_concluded(record: Record) -> Change:
    """That a resource which was listed before has now been looked at."""
    return _event(ChangeKind.CLASS, None, record)


# --- the step from what was told ----------------------------------------------------------------


def _step(told: Told, new: Record, now: datetime) -> ChangeKind | None:
    kind = _without_expiry(finding_class(new, now))
    if kind is _without_expiry(told.kind):
        return _step_within(told, new)
    if told.kind is FindingClass.BROKEN and new.standing.state is State.HEALTHY:
        return ChangeKind.RECOVERED
    return _KIND_OF_CLASS.get(kind, ChangeKind.CLASS)


def _without_expiry(kind: FindingClass) -> FindingClass:
    """An expiring certificate is told beside the step, not as one."""
    return FindingClass.HEALTHY if kind is FindingClass.TLS_EXPIRING else kind


def _step_within(told: Told, new: Record) -> ChangeKind | None:
    """A step within a class: to another new place, or from trouble to death.

    The way back from death to trouble is none: what alternates would be told every night.
    """
    judgement = new.check.judgement if new.check else told.judgement
    if told.kind is FindingClass.MOVED and judgement.verdict is Verdict.MOVED:
        elsewhere = judgement.suggested_url != told.judgement.suggested_url
        return ChangeKind.MOVED if elsewhere else None
    worse = told.judgement.verdict is Verdict.FAILING and judgement.verdict is Verdict.DEAD
    return ChangeKind.CLASS if worse and told.kind in _TROUBLED else None


def _event(kind: ChangeKind, told: Told | None, new: Record) -> Change:
    check = new.check
    judgement = check.judgement if check else None
    before, after = _words(told.judgement if told else None), _words(judgement)
    if kind is ChangeKind.MOVED and judgement:
        before = (told and told.judgement.suggested_url) or new.resource.url
        after = judgement.suggested_url
    return Change(
        kind=kind,
        resource=new.resource,
        before=before,
        after=after,
        reason=judgement.reason if judgement else None,
        since=_since(kind, new),
        seen=_seen(check) if check else None,
    )


def _words(judgement: Judgement | None) -> str | None:
    return f"{judgement.verdict} {judgement.reason}" if judgement else None


def _since(kind: ChangeKind, new: Record) -> datetime | None:
    if kind is ChangeKind.RECOVERED:
        return new.incidents[-1].since if new.incidents else None
    return None if new.standing.state is State.HEALTHY else new.standing.since


def _seen(check: Check) -> str | None:
    if check.judgement.reason is Reason.HTTP_4XX:
        return str(check.facts.status_code)
    return title_seen(check) or None


# --- beside the step ----------------------------------------------------------------------------


def _flapping_events(told: Told, new: Record, flapping: int, now: datetime) -> Iterator[Change]:
    again = flapping and told.outages and now - told.told_at >= FLAPPING_TOLD
    if again or bool(flapping) is not bool(told.outages):
        event = _event(ChangeKind.FLAPPING, told, new)
        yield replace(event, before=None, after=str(flapping) if flapping else None)


def _warning_events(told: Told, new: Record) -> Iterator[Change]:
    warned = (told.judgement.warnings, new.check.judgement.warnings if new.check else ())
    before, after = (_lasting(warnings) for warnings in warned)
    if before != after:
        yield Change(
            kind=ChangeKind.METADATA,
            resource=new.resource,
            before=before or None,
            after=after or None,
            field="warnings",
        )


def _lasting(warnings: tuple[WarningCode, ...]) -> str:
    return ", ".join(warning for warning in LASTING_WARNINGS if warning in warnings)


def _expiry_events(told: Told, new: Record, now: datetime) -> Iterator[Change]:
    """That a certificate is about to expire, was renewed, or expires on another day than was told."""
    check = new.check
    if check is None or not check.judgement.verdict.is_alive:
        return
    certificate = check.facts.certificate
    ends = certificate.not_after if certificate else None
    warns, warned = (
        WarningCode.TLS_EXPIRES_SOON in judgement.warnings
        for judgement in (check.judgement, told.judgement)
    )
    outdated = warns and told.expires_at is not None and told.expires_at < now and ends is not None
    if warns is not warned or outdated:
        yield Change(
            kind=ChangeKind.TLS_EXPIRING,
            resource=new.resource,
            before=_date(told.expires_at) if warned else None,
            after=_date(ends) if warns else None,
            reason=check.judgement.reason,
        )


def _date(ends: datetime | None) -> str:
    return ends.date().isoformat() if ends else "unknown"


def _are_living(told: Told, check: Check) -> bool:
    return told.judgement.verdict.is_alive and check.judgement.verdict.is_alive
