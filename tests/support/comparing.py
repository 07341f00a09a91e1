"""Checks of one resource, compared night after night; for the tests of `compare`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hypothesis import strategies as st

from crawler.compare import (
    ComparedSites,
    FirstNews,
    Observed,
    SiteComparison,
    advance,
    compare,
    remove,
    to_report,
)
from crawler.config import ConfirmSettings
from crawler.model import (
    Change,
    ChangeKind,
    Check,
    Incident,
    LastGood,
    Page,
    Reason,
    Record,
    Resource,
    SiteChange,
    Standing,
    State,
    Verdict,
)
from tests.support.builders import NOW, hours, make_check

CONFIRM = ConfirmSettings()
AT_ONCE = ConfirmSettings(dead=1)

OK, MOVED, SUSPECT = Verdict.OK, Verdict.MOVED, Verdict.SUSPECT
DEAD, FAILING = Verdict.DEAD, Verdict.FAILING
BLOCKED, SKIPPED = Verdict.BLOCKED, Verdict.SKIPPED

TONIGHT = NOW + hours(24)


def make_record(check: Check, *, broken: bool = False) -> Record:
    """A resource after one check, which may be the last of a confirmed streak."""
    standing = advance(Standing(), check, CONFIRM)
    if broken:
        standing = replace(standing, state=State.BROKEN, streak=3)
    incident = Incident(since=NOW, opened=NOW, cause=check.judgement.reason)
    record = Record(
        resource=check.resource,
        standing=standing,
        check=check,
        last_good=LastGood(page=check.page, url=check.facts.final_url) if check.page else None,
        incidents=(incident,) if broken else (),
    )
    return replace(record, reported=to_report(record, NOW))


@dataclass(frozen=True)
class Comparison:
    """All that a run changes."""

    records: tuple[Record, ...]
    changes: tuple[Change, ...]
    removed: tuple[Record, ...]


def whole_record(
    before: Mapping[str, Record],
    resources: Sequence[Resource],
    checks: Sequence[Check],
    confirm: ConfirmSettings,
    now: datetime,
) -> Comparison:
    observed = {check.resource.key: Observed(check=check) for check in checks}
    found = tuple(
        compare(
            before,
            resources,
            lambda one: observed.get(one.key),
            confirm,
            now,
            FirstNews.CHECKED if before else FirstNews.NONE,
        )
    )
    gone = tuple(remove(before, resources, now))
    return Comparison(
        records=tuple(one.record for one in found),
        changes=tuple(change for one in (*found, *gone) for change in one.changes),
        removed=tuple(one.record for one in gone),
    )


def compare_night(
    before: Mapping[str, Record] | Record,
    *checks: Check,
    confirm: ConfirmSettings = CONFIRM,
    now: datetime | None = None,
) -> Comparison:
    """The comparison after the checks of one night, by default the night in which they were made."""
    if isinstance(before, Record):
        before = {before.resource.key: before}
    now = now or max(check.checked_at for check in checks)
    return whole_record(before, [check.resource for check in checks], checks, confirm, now)


def tonight(said: Verdict | Reason = OK, *, page: Page | None = None) -> Check:
    return make_check(said, page=page, checked_at=TONIGHT)


def kinds_of(comparison: Comparison) -> list[ChangeKind]:
    return [change.kind for change in comparison.changes]


def play_nights(*verdicts: Verdict, start: Record | None = None) -> list[Comparison]:
    """The comparison after several nights, one for each verdict."""
    known = {start.resource.key: start} if start else {}
    nights = []
    for night, verdict in enumerate(verdicts):
        check = make_check(verdict, checked_at=NOW + hours(24 * night))
        nights.append(compare_night(known, check))
        known = {r.resource.key: r for r in nights[-1].records}
    return nights


CONFIRMS = st.builds(
    ConfirmSettings,
    dead=st.integers(1, 4),
    failing=st.integers(1, 4),
    span_hours=st.sampled_from([0.0, 1.0, 20.0, 50.0]),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Check, ...]:
    steps = st.tuples(st.sampled_from(Verdict), st.sampled_from([0, 1, 5, 20, 24]))
    checks, at = [], NOW
    for verdict, step in draw(st.lists(steps, max_size=14)):
        at += hours(step)
        checks.append(make_check(verdict, checked_at=at))
    return tuple(checks)


def changed_sites(compared: Iterable[SiteComparison]) -> tuple[SiteChange, ...]:
    """The sites of which many of these pages changed alike."""
    sites = ComparedSites()
    for one in compared:
        sites.note(one)
    return tuple(sites.changes())
