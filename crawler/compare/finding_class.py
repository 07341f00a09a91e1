"""Pure: the class of a resource (broken, moved, …), and what reports say of it until its next event."""

from datetime import datetime

from crawler.compare.incidents import count_outages
from crawler.model import (
    Check,
    FindingClass,
    Mute,
    Reason,
    Record,
    Reported,
    State,
    Verdict,
    WarningCode,
)

BLOCKED_RUNS = 3
"""Blocked checks in a row after which the class is `blocked`: one refusal may be by chance."""
LASTING_WARNINGS = (
    WarningCode.TITLE_MISMATCH,
    WarningCode.FRAGMENT_MISSING,
    WarningCode.EMPTY_BODY,
    WarningCode.CANONICAL_ELSEWHERE,
    WarningCode.INSECURE_HTTP,
)
"""Warnings that are an event when they come or go; the others change by chance, or need no action."""

_CLASS_OF_STATE = {
    State.BROKEN: FindingClass.BROKEN,
    State.SUSPECT: FindingClass.SUSPECT,
    State.FAILING: FindingClass.FAILING,
}
_CLASS_OF_VERDICT = {
    Verdict.MOVED: FindingClass.MOVED,
    Verdict.BLOCKED: FindingClass.BLOCKED,
    Verdict.SKIPPED: FindingClass.SKIPPED,
}
_WORKING_CLASSES = frozenset({FindingClass.MOVED, FindingClass.TLS_EXPIRING, FindingClass.HEALTHY})
_TITLE_IS_QUOTED = frozenset({Verdict.SUSPECT, Verdict.DEAD})


def is_muted(mute: Mute | None, now: datetime) -> bool:
    """Whether reports leave the resource out on that day."""
    return mute is not None and now.date() < mute.until


def is_in_trouble(record: Record, now: datetime) -> bool:
    """Whether another look may settle how the resource stands: it fails or is in doubt, and is not muted.

    Left to the next night is what the list alone decides, and what only all pages together show.
    """
    if record.standing.state not in _CLASS_OF_STATE or is_muted(record.mute, now):
        return False
    check = record.check
    if check is None:
        return True
    return check.judgement.reason is not Reason.INVALID_URL and not check.context.collapsed


def classify(record: Record, now: datetime) -> FindingClass:
    """The class of the resource: by its mute and its state first, then by its latest check.

    `now` is in the zone in which days are counted, here and below.
    """
    if is_muted(record.mute, now):
        return FindingClass.MUTED
    check, state, reported = record.check, record.standing.state, record.reported
    if state in _CLASS_OF_STATE:
        return _CLASS_OF_STATE[state]
    if check is None:
        return FindingClass.SKIPPED
    if reported and reported.kind in _WORKING_CLASSES and _is_briefly_blocked(record):
        return reported.kind
    verdict, warnings = check.judgement.verdict, check.judgement.warnings
    expires = state is State.HEALTHY and WarningCode.TLS_EXPIRES_SOON in warnings
    if expires and verdict is not Verdict.MOVED:
        return FindingClass.TLS_EXPIRING
    return _CLASS_OF_VERDICT.get(verdict, FindingClass.HEALTHY)


def _is_briefly_blocked(record: Record) -> bool:
    return 0 < record.standing.blocked_streak < BLOCKED_RUNS


def to_report(record: Record, now: datetime) -> Reported | None:
    """What reports say of the resource from now on; None before its first check."""
    check, standing = record.check, record.standing
    if check is None:
        return None
    certificate = check.facts.certificate
    return Reported(
        kind=classify(record, now),
        judgement=check.judgement,
        state=standing.state,
        told_at=now,
        since=standing.since,
        last_ok_at=standing.last_ok_at,
        http_status=check.facts.status_code,
        expires_at=certificate.not_after if certificate else None,
        title=title_seen(check),
        outages=count_outages(record, now),
        name=page_name(record),
    )


def page_name(record: Record) -> str:
    """The title of the last good page, if the list has none."""
    page = record.last_good.page if record.last_good and not record.resource.title else None
    return page.title.value if page and page.title else ""


def title_seen(check: Check) -> str:
    """The title of the page that answered, if it explains why the page is in doubt; else empty."""
    judgement = check.judgement
    if judgement.verdict in _TITLE_IS_QUOTED:
        page = check.facts.seen
    elif WarningCode.TITLE_MISMATCH in judgement.warnings:
        page = check.page or check.facts.seen
    else:
        return ""
    return page.title.value if page and page.title else ""
