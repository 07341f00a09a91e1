"""Pure: events about a resource's class or warnings, compared with what was last reported."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from crawler.compare.finding_class import (
    LASTING_WARNINGS,
    classify,
    is_muted,
    title_seen,
    to_report,
)
from crawler.compare.incidents import count_outages
from crawler.model import (
    Change,
    ChangeKind,
    Check,
    FindingClass,
    Judgement,
    Reason,
    Record,
    Reported,
    Resource,
    State,
    Verdict,
    WarningCode,
)

FLAPPING_INTERVAL = timedelta(days=7)
"""How often an event says that a resource still flaps."""

_KIND_OF_CLASS = {
    FindingClass.BROKEN: ChangeKind.BROKE,
    FindingClass.SUSPECT: ChangeKind.SUSPECTED,
    FindingClass.MOVED: ChangeKind.MOVED,
}


def check_events(old: Record, new: Record, now: datetime) -> Iterator[Change]:
    """What the latest check adds to what was reported; nothing while the resource is muted."""
    check, reported = new.check, old.reported or to_report(old, now)
    if check is None or is_muted(new.mute, now):
        return
    if reported is None:
        # The first check is what later ones are compared with: it is an event only if it breaks.
        if new.standing.state is State.BROKEN:
            yield _event(ChangeKind.BROKE, None, new, check)
        return
    outages = count_outages(new, now)
    if reported.kind is not FindingClass.MUTED and (outages or reported.outages):
        yield from _flapping_events(reported, new, check, outages, now)
        return
    event = _class_event(reported, new, check, now)
    if event is not None:
        yield event
    both_work = reported.judgement.verdict.is_alive and check.judgement.verdict.is_alive
    if both_work and event is None:
        yield from _warning_events(reported, new.resource, check)
    if both_work or event is not None:
        yield from _expiry_events(reported, new.resource, check, now)


def first_check_event(record: Record, check: Check) -> Change:
    """The event of a listed resource that was checked for the first time."""
    return _event(ChangeKind.CLASS, None, record, check)


# --- a new class --------------------------------------------------------------------------------


def _class_event(reported: Reported, new: Record, check: Check, now: datetime) -> Change | None:
    kind = _change_kind(reported, new, check, now)
    if kind is None:
        return None
    event = _event(kind, reported, new, check)
    if kind is ChangeKind.CLASS:
        return replace(event, field=classify(new, now))
    if kind is ChangeKind.MOVED:
        old_url = reported.judgement.suggested_url or new.resource.url
        return replace(event, before=old_url, after=check.judgement.suggested_url)
    return event


def _change_kind(
    reported: Reported, new: Record, check: Check, now: datetime
) -> ChangeKind | None:
    # A certificate that expires soon is an event of its own, beside the others.
    was, is_now = (
        FindingClass.HEALTHY if kind is FindingClass.TLS_EXPIRING else kind
        for kind in (reported.kind, classify(new, now))
    )
    if was is is_now:
        return _change_kind_within(reported, check.judgement)
    if was is FindingClass.BROKEN and new.standing.state is State.HEALTHY:
        return ChangeKind.RECOVERED
    return _KIND_OF_CLASS.get(is_now, ChangeKind.CLASS)


def _change_kind_within(reported: Reported, judgement: Judgement) -> ChangeKind | None:
    """A change within a class: moved to yet another address, or from `failing` to `dead`.

    From `dead` back to `failing` is no event: what alternates would be reported every night.
    """
    before = reported.judgement
    if reported.kind is FindingClass.MOVED and judgement.verdict is Verdict.MOVED:
        has_other_address = judgement.suggested_url != before.suggested_url
        return ChangeKind.MOVED if has_other_address else None
    has_died = before.verdict is Verdict.FAILING and judgement.verdict is Verdict.DEAD
    is_failing = reported.kind in {FindingClass.BROKEN, FindingClass.FAILING}
    return ChangeKind.CLASS if has_died and is_failing else None


def _event(kind: ChangeKind, reported: Reported | None, new: Record, check: Check) -> Change:
    earlier, judgement = reported.judgement if reported else None, check.judgement
    has_status = judgement.reason is Reason.HTTP_4XX
    return Change(
        kind=kind,
        resource=new.resource,
        before=f"{earlier.verdict} {earlier.reason}" if earlier else None,
        after=f"{judgement.verdict} {judgement.reason}",
        reason=judgement.reason,
        since=_since(kind, new),
        seen=str(check.facts.status_code) if has_status else title_seen(check) or None,
    )


def _since(kind: ChangeKind, new: Record) -> datetime | None:
    if kind is ChangeKind.RECOVERED:
        return new.incidents[-1].since if new.incidents else None
    return None if new.standing.state is State.HEALTHY else new.standing.since


# --- flapping, warnings, certificates -----------------------------------------------------------


def _flapping_events(
    reported: Reported, new: Record, check: Check, outages: int, now: datetime
) -> Iterator[Change]:
    is_due = now - reported.told_at >= FLAPPING_INTERVAL
    if bool(outages) is not bool(reported.outages) or (outages and is_due):
        event = _event(ChangeKind.FLAPPING, reported, new, check)
        yield replace(event, before=None, after=str(outages) if outages else None)


def _warning_events(reported: Reported, resource: Resource, check: Check) -> Iterator[Change]:
    before, after = (
        ", ".join(code for code in LASTING_WARNINGS if code in judgement.warnings) or None
        for judgement in (reported.judgement, check.judgement)
    )
    if before != after:
        yield Change(
            kind=ChangeKind.METADATA,
            resource=resource,
            before=before,
            after=after,
            field="warnings",
        )


def _expiry_events(
    reported: Reported, resource: Resource, check: Check, now: datetime
) -> Iterator[Change]:
    """A certificate is about to expire, was renewed, or the reported date of its end has passed."""
    if not check.judgement.verdict.is_alive:
        return
    certificate = check.facts.certificate
    ends = certificate.not_after if certificate else None
    was_warned, is_warned = (
        WarningCode.TLS_EXPIRES_SOON in judgement.warnings
        for judgement in (reported.judgement, check.judgement)
    )
    has_passed = reported.expires_at is not None and reported.expires_at < now
    if is_warned is not was_warned or (is_warned and has_passed and ends is not None):
        yield Change(
            kind=ChangeKind.TLS_EXPIRING,
            resource=resource,
            before=_date(reported.expires_at) if was_warned else None,
            after=_date(ends) if is_warned else None,
            reason=check.judgement.reason,
        )


def _date(ends: datetime | None) -> str:
    return ends.date().isoformat() if ends else "unknown"
