"""Pure: checks and history become states over time, and the events of a run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from crawler.config import ConfirmSettings
from crawler.fingerprint import masked
from crawler.model import (
    PAGE_FIELDS,
    Caution,
    Change,
    ChangeKind,
    Check,
    Declared,
    FindingClass,
    Page,
    Reason,
    Record,
    Resource,
    Standing,
    State,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a run leaves behind: what is known of each resource now, and what is new."""

    records: tuple[Record, ...]
    """Every listed resource, in list order."""
    changes: tuple[Change, ...]
    """In list order, resources that left the list at the end."""


# --- two looks ----------------------------------------------------------------------------------

_LOOKS = (
    Verdict.OK,
    Verdict.MOVED,
    Verdict.BLOCKED,
    Verdict.SUSPECT,
    Verdict.DEAD,
    Verdict.FAILING,
    Verdict.SKIPPED,  # a second look that was not taken is worth less than a first that was
)
_ALIVE = frozenset({Verdict.OK, Verdict.MOVED})


def better(first: Check, second: Check) -> Check:
    """The look to keep of two in one run; the later of two that are equally good."""
    return min(second, first, key=lambda look: _LOOKS.index(look.judgement.verdict))


# --- standing -----------------------------------------------------------------------------------


def advance(standing: Standing, check: Check, confirm: ConfirmSettings) -> Standing:
    """Where the resource stands after one more check; `blocked` and `skipped` tell nothing."""
    verdict = check.judgement.verdict
    match verdict:
        case Verdict.OK | Verdict.MOVED:
            return replace(_enter(State.HEALTHY, standing, check), last_ok_at=check.checked_at)
        case Verdict.SUSPECT:
            broken = standing.state is State.BROKEN
            return standing if broken else _enter(State.SUSPECT, standing, check)
        case Verdict.DEAD | Verdict.FAILING:
            return _worsen(standing, check, confirm)
        case Verdict.BLOCKED | Verdict.SKIPPED:
            return standing
        case _:
            assert_never(verdict)


def _enter(state: State, standing: Standing, check: Check) -> Standing:
    stays = standing.state is state
    since = standing.since if stays else check.checked_at
    return Standing(state=state, since=since, last_ok_at=standing.last_ok_at)


def _worsen(standing: Standing, check: Check, confirm: ConfirmSettings) -> Standing:
    is_dead = check.judgement.verdict is Verdict.DEAD
    longer = replace(
        standing,
        streak=standing.streak + 1,
        dead_streak=standing.dead_streak + 1 if is_dead else 0,
        since=standing.since if standing.streak else check.checked_at,
    )
    broken = standing.state is State.BROKEN or _is_confirmed(longer, check.checked_at, confirm)
    return replace(longer, state=State.BROKEN if broken else State.FAILING)


def _is_confirmed(standing: Standing, now: datetime, confirm: ConfirmSettings) -> bool:
    dead_enough = standing.dead_streak >= confirm.dead
    if dead_enough and confirm.dead == 1:
        return True
    long_enough = standing.streak >= confirm.failing or dead_enough
    spanned = now - (standing.since or now)
    return long_enough and spanned >= timedelta(hours=confirm.span_hours)


# --- findings -----------------------------------------------------------------------------------

_CLASS_OF_STATE = {
    State.BROKEN: FindingClass.BROKEN,
    State.SUSPECT: FindingClass.SUSPECT,
    State.FAILING: FindingClass.FAILING,
}
_CLASS_OF_VERDICT = {
    Verdict.BLOCKED: FindingClass.BLOCKED,
    Verdict.SKIPPED: FindingClass.SKIPPED,
}


def finding_class(record: Record) -> FindingClass:
    """What a person makes of the resource: by its state first, then by its latest check."""
    of_state = _CLASS_OF_STATE.get(record.standing.state)
    if of_state is not None:
        return of_state
    if record.check is None:
        return FindingClass.SKIPPED
    if record.check.judgement.verdict is Verdict.MOVED:
        return FindingClass.MOVED
    if record.standing.state is State.HEALTHY and _warns_of_expiry(record.check):
        return FindingClass.TLS_EXPIRING
    return _CLASS_OF_VERDICT.get(record.check.judgement.verdict, FindingClass.HEALTHY)


def _warns_of_expiry(check: Check) -> bool:
    return Caution.TLS_EXPIRES_SOON in check.judgement.warnings


# --- a run --------------------------------------------------------------------------------------


def compare(
    before: Mapping[str, Record],
    resources: Sequence[Resource],
    checks: Sequence[Check],
    confirm: ConfirmSettings,
) -> Comparison:
    """What is known after a run, and how it differs from what was known before.

    `before` is by resource key, and empty on the first run, which adds nothing to the list. A check
    that ran out of budget concludes nothing. A resource whose URL was replaced starts anew.
    """
    concluded = {
        check.resource.key: check
        for check in checks
        if check.judgement.reason is not Reason.OUT_OF_BUDGET
    }
    records: list[Record] = []
    changes: list[Change] = []
    for resource in resources:
        known = before.get(resource.key)
        start = _start(known, resource)
        record = _follow(start, concluded.get(resource.key), confirm)
        records.append(record)
        if before:
            changes += _list_changes(known, resource)
        changes += _check_changes(start, record)
    changes += _removals(before, resources)
    return Comparison(records=tuple(records), changes=tuple(changes))


def _start(known: Record | None, resource: Resource) -> Record:
    """What is known about the resource at its present URL."""
    if known is None or known.resource.url != resource.url:
        return Record(resource=resource)
    return replace(known, resource=resource)


def _follow(start: Record, check: Check | None, confirm: ConfirmSettings) -> Record:
    if check is None:
        return start
    page = _good_page(check) or (start.check.page if start.check else None)
    standing = advance(start.standing, check, confirm)
    return replace(start, standing=standing, check=replace(check, page=page))


def _good_page(check: Check) -> Page | None:
    return check.page if check.judgement.verdict in _ALIVE else None


# --- events of the list -------------------------------------------------------------------------


def _list_changes(known: Record | None, resource: Resource) -> Iterator[Change]:
    if known is None:
        yield Change(kind=ChangeKind.ADDED, resource=resource, after=resource.url)
    elif known.resource.url != resource.url:
        yield Change(
            kind=ChangeKind.URL_CHANGED,
            resource=resource,
            before=known.resource.url,
            after=resource.url,
        )


def _removals(before: Mapping[str, Record], resources: Sequence[Resource]) -> Iterator[Change]:
    listed = {resource.key for resource in resources}
    for key, record in before.items():
        if key not in listed:
            gone = record.resource
            yield Change(kind=ChangeKind.REMOVED, resource=gone, before=gone.url)


# --- events of a check --------------------------------------------------------------------------


def _check_changes(old: Record, new: Record) -> Iterator[Change]:
    if new.check is None or new.check is old.check:
        return
    kind = _verdict_event(old, new)
    if kind is not None:
        yield _verdict_change(kind, old.check, new.check, new.resource)
    if old.check is not None:
        yield from _expiry_changes(old.check, new)
        yield from _page_changes(old.check, new.check)


def _verdict_event(old: Record, new: Record) -> ChangeKind | None:
    """The one event that tells the step between two checks; a first check can only break."""
    was_broken, is_broken = (r.standing.state is State.BROKEN for r in (old, new))
    if is_broken and not was_broken:
        return ChangeKind.BROKE
    if was_broken and new.standing.state is State.HEALTHY:
        return ChangeKind.RECOVERED
    if old.check is None or new.check is None:
        return None
    return _step_event(old.check, new.check)


def _step_event(old: Check, new: Check) -> ChangeKind | None:
    verdict = new.judgement.verdict
    if verdict is old.judgement.verdict:
        elsewhere = new.judgement.suggested_url != old.judgement.suggested_url
        return ChangeKind.MOVED if verdict is Verdict.MOVED and elsewhere else None
    return _EVENT_OF_VERDICT.get(verdict, ChangeKind.CLASS)


_EVENT_OF_VERDICT = {Verdict.MOVED: ChangeKind.MOVED, Verdict.SUSPECT: ChangeKind.SUSPECTED}


def _verdict_change(kind: ChangeKind, old: Check | None, new: Check, resource: Resource) -> Change:
    if kind is ChangeKind.MOVED:
        return Change(
            kind=kind,
            resource=resource,
            before=(old and old.judgement.suggested_url) or resource.url,
            after=new.judgement.suggested_url,
        )
    return Change(
        kind=kind, resource=resource, before=_words(old) if old else None, after=_words(new)
    )


def _words(check: Check) -> str:
    return f"{check.judgement.verdict} {check.judgement.reason}"


def _expiry_changes(old: Check, new: Record) -> Iterator[Change]:
    if finding_class(new) is not FindingClass.TLS_EXPIRING or _warns_of_expiry(old):
        return
    certificate = new.check and new.check.facts.certificate
    ends = certificate and certificate.not_after
    yield Change(
        kind=ChangeKind.TLS_EXPIRING,
        resource=new.resource,
        after=ends.date().isoformat() if ends else None,
    )


# --- events of a page ---------------------------------------------------------------------------

_KIND_OF_FIELD = {"title": ChangeKind.TITLE, "description": ChangeKind.DESCRIPTION}


def _page_changes(old: Check, new: Check) -> Iterator[Change]:
    if old.page is None or new.page is None or new.page is old.page:
        return
    for field in _changed_fields(old, new):
        before: Declared | None = getattr(old.page, field)
        after: Declared | None = getattr(new.page, field)
        kind = _KIND_OF_FIELD.get(field, ChangeKind.METADATA)
        yield Change(
            kind=kind,
            resource=new.resource,
            before=before.value if before else None,
            after=after.value if after else None,
            field=field if kind is ChangeKind.METADATA else None,
        )


def _changed_fields(old: Check, new: Check) -> tuple[str, ...]:
    """The fields that say something else, without those that only follow another change.

    A headline follows the title, and a canonical URL the place where the page is found.
    """
    changed = [
        f for f in PAGE_FIELDS if _says_otherwise(*(getattr(c.page, f) for c in (old, new)))
    ]
    follows = {
        "headline": "title" in changed,
        "canonical_url": old.final_url != new.final_url,
    }
    return tuple(field for field in changed if not follows.get(field))


def _says_otherwise(before: Declared | None, after: Declared | None) -> bool:
    """Whether a field has appeared, vanished, or says something else in the same place."""
    if before is None or after is None:
        return before is not after
    return before.origin == after.origin and masked(before.value) != masked(after.value)
