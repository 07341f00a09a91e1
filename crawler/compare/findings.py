"""Pure: what a person makes of a resource: its class now, and what reports tell of it."""

from datetime import datetime

from crawler.compare.incidents import outages
from crawler.model import Check, FindingClass, Mute, Record, State, Told, Verdict, WarningCode

BLOCKED_RUNS = 3
"""Checks in a row that must be blocked before a resource counts as such: a refusal may pass."""
LASTING_WARNINGS = (
    WarningCode.TITLE_MISMATCH,
    WarningCode.FRAGMENT_MISSING,
    WarningCode.EMPTY_BODY,
    WarningCode.CANONICAL_ELSEWHERE,
    WarningCode.INSECURE_HTTP,
)
"""Warnings that are told when they come or go; the others change by themselves, or ask for nothing."""

_CLASS_OF_STATE = {
    State.BROKEN: FindingClass.BROKEN,
    State.SUSPECT: FindingClass.SUSPECT,
    State.FAILING: FindingClass.FAILING,
}
_CLASS_OF_VERDICT = {
    Verdict.BLOCKED: FindingClass.BLOCKED,
    Verdict.SKIPPED: FindingClass.SKIPPED,
}
_WORKING = frozenset({FindingClass.MOVED, FindingClass.TLS_EXPIRING, FindingClass.HEALTHY})
_QUOTED = frozenset({Verdict.SUSPECT, Verdict.DEAD})
"""Verdicts beside which the page's title is quoted."""


def is_muted(mute: Mute | None, now: datetime) -> bool:
    """Whether nothing is to be heard of the resource on that day."""
    return mute is not None and now.date() < mute.until


def finding_class(record: Record, now: datetime) -> FindingClass:
    """What a person makes of the resource: by its state first, then by its latest check.

    `now` is in the zone in which days are counted, here and below.
    """
    if is_muted(record.mute, now):
        return FindingClass.MUTED
    of_state = _CLASS_OF_STATE.get(record.standing.state)
    if of_state is not None:
        return of_state
    if record.check is None:
        return FindingClass.SKIPPED
    if record.told is not None and _may_pass(record):
        return record.told.kind
    return _class_of(record.check, record.standing.state)


def _class_of(check: Check, state: State) -> FindingClass:
    verdict = check.judgement.verdict
    if verdict is Verdict.MOVED:
        return FindingClass.MOVED
    if state is State.HEALTHY and warns_of_expiry(check):
        return FindingClass.TLS_EXPIRING
    return _CLASS_OF_VERDICT.get(verdict, FindingClass.HEALTHY)


def _may_pass(record: Record) -> bool:
    """Whether a server that turns us away has not done so often enough to count."""
    worked = record.told is not None and record.told.kind in _WORKING
    return worked and 0 < record.standing.blocked_streak < BLOCKED_RUNS


def warns_of_expiry(check: Check) -> bool:
    """Whether the certificate is about to expire."""
    return WarningCode.TLS_EXPIRES_SOON in check.judgement.warnings


def tell(record: Record, now: datetime) -> Told | None:
    """What there is to tell of the resource now; None before its first check."""
    check, standing = record.check, record.standing
    if check is None:
        return None
    certificate = check.facts.certificate
    return Told(
        kind=finding_class(record, now),
        judgement=check.judgement,
        state=standing.state,
        told_at=now,
        since=standing.since,
        last_ok_at=standing.last_ok_at,
        http_status=check.facts.status_code,
        expires_at=certificate.not_after if certificate else None,
        title=title_seen(check),
        outages=outages(record, now),
    )


def title_seen(check: Check) -> str:
    """What the page called itself, where that says why it is in doubt; else empty."""
    judgement = check.judgement
    if judgement.verdict in _QUOTED:
        page = check.facts.seen
    elif WarningCode.TITLE_MISMATCH in judgement.warnings:
        page = check.page or check.facts.seen
    else:
        return ""
    return page.title.value if page and page.title else ""
