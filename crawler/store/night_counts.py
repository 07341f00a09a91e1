"""IO: how many links had each class in each night, from what is counted already: no history is read."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from itertools import accumulate

from crawler.model import FindingClass, Verdict
from crawler.store.codec import from_json, from_text
from crawler.store.connections import RowReader

_RUNS = """
select started_at, part, counts from runs
where status = 'complete' and only = '' and trigger <> 'recheck' and counts is not null order by id
"""
_OUTAGES = """
select opened, closed from incidents
where resource_id in (select id from resources where added_run is not null and removed_run is null)
"""
_CLASSES = {
    Verdict.OK: FindingClass.HEALTHY,
    Verdict.MOVED: FindingClass.MOVED,
    Verdict.SUSPECT: FindingClass.SUSPECT,
    Verdict.BLOCKED: FindingClass.BLOCKED,
    Verdict.SKIPPED: FindingClass.SKIPPED,
}
_IN_TROUBLE = (Verdict.DEAD, Verdict.FAILING)

Counted = tuple[tuple[date, Mapping[FindingClass, int]], ...]


def by_night(reader: RowReader, nights: Sequence[date], zone: tzinfo) -> Counted:
    """The numbers of each night, none for a night without a complete run.

    As many links that failed count as broken as there were outages. Where the list is checked in parts,
    a part counts in each night as its last run says.
    """
    verdicts = _verdicts(reader, zone)
    broken = _outages(reader, nights, zone)
    return tuple(
        (night, _classes(verdicts[night], outages) if night in verdicts else {})
        for night, outages in zip(nights, broken, strict=True)
    )


def _classes(verdicts: Mapping[Verdict, int], outages: int) -> dict[FindingClass, int]:
    troubled = sum(verdicts.get(verdict, 0) for verdict in _IN_TROUBLE)
    broken = min(outages, troubled)
    others = {kind: verdicts.get(verdict, 0) for verdict, kind in _CLASSES.items()}
    return {**others, FindingClass.BROKEN: broken, FindingClass.FAILING: troubled - broken}


def _verdicts(reader: RowReader, zone: tzinfo) -> dict[date, dict[Verdict, int]]:
    """By the date of the run; of several on one date, the last."""
    found: dict[date, dict[Verdict, int]] = {}
    latest: dict[str, dict[Verdict, int]] = {}
    for row in reader.rows(_RUNS):
        _, _, count = row["part"].partition("/")
        if any(part.rpartition("/")[2] != count for part in latest):
            latest = {}
        latest[row["part"]] = from_json(dict[Verdict, int], row["counts"])
        night = from_text(row["started_at"]).astimezone(zone).date()
        found[night] = {
            verdict: sum(counts.get(verdict, 0) for counts in latest.values())
            for verdict in Verdict
        }
    return found


def _outages(reader: RowReader, nights: Sequence[date], zone: tzinfo) -> list[int]:
    """How many outages went on in each night."""
    steps = [0] * (len(nights) + 1)
    for row in reader.rows(_OUTAGES):
        steps[_place(nights, row["opened"], zone)] += 1
        if row["closed"] is not None:
            steps[_place(nights, row["closed"], zone)] -= 1
    return [*accumulate(steps)][: len(nights)]


def _place(nights: Sequence[date], moment: str, zone: tzinfo) -> int:
    return bisect_left(nights, from_text(moment).astimezone(zone).date())
