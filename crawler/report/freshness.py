"""Pure: how old the last good run is, and what became of later attempts."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from crawler.model import Attempts, RunStatus, Snapshot
from crawler.report.findings import day
from crawler.report.wording import plural, run_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How recent the report's data is, in sentences; empty where there is nothing to say."""

    last_good: str
    attempt: str
    """What became of the last attempt, and why; empty when it is the last good run."""
    stale: str
    """A warning that the last good run is old, or that it is long ago for a part of the list."""
    since: str
    """Since when there has been no good run: the same sentence until there is one."""
    parts: str = ""
    """Where the list is checked in parts: which one was checked when."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Warnings that stand above everything else; none when the last run was good."""
        if not (self.attempt or self.stale):
            return ()
        return tuple(filter(None, (self.attempt, self.stale or self.last_good)))


def of_snapshot(snapshot: Snapshot) -> Freshness:
    """How fresh the snapshot is at its `now`."""
    attempts, zone = snapshot.attempts, snapshot.zone
    good = (snapshot.good_run or snapshot.run).started_at
    moment, age = _minute(good, zone), (snapshot.now or good) - good
    # Before the first complete run, it is one that was interrupted.
    is_good = snapshot.run.status is not RunStatus.INTERRUPTED
    is_stale = is_good and age > snapshot.stale_after
    stale = _stale(moment, age, snapshot.stale_after / 2) if is_stale else ""
    return Freshness(
        last_good=run_words.LAST_GOOD.format(moment=moment) if is_good else run_words.NO_GOOD_RUN,
        attempt=describe(attempts, zone) if attempts else "",
        stale=" ".join(filter(None, (stale, _waiting_parts(snapshot)))),
        since=_since(attempts, zone) if attempts else "",
        parts=_parts(snapshot),
    )


def describe(attempts: Attempts, zone: tzinfo) -> str:
    """What became of the last attempt, and how many there were."""
    last = attempts.last
    why = last.why or run_words.USUAL_CAUSES.get(last.status, "")
    sentence = run_words.ATTEMPT.format(
        moment=_minute(last.started_at, zone),
        ended=run_words.ENDED[last.status],
        why=f": {why.rstrip('.')}" if why else "",
    )
    if attempts.count == 1:
        return sentence
    row = run_words.ROW.format(count=attempts.count, first=day(attempts.first.started_at, zone))
    return f"{sentence} {row}"


def missed(age: timedelta, period: timedelta) -> str:
    """How many due runs have brought nothing since a good one of that age; empty for none.

    The first counts when it is half a period late: a run begins and ends when its machine can.
    """
    count = int(age / period - 0.5)
    if count < 1:
        return ""
    one, several = ("night", "nights") if period >= timedelta(days=1) else ("run", "runs")
    return f"{plural(count, f'{one} was', f'{several} were')} missed"


def _stale(moment: str, age: timedelta, period: timedelta) -> str:
    return run_words.STALE.format(moment=moment, age=_days(age), missed=missed(age, period))


def _parts(snapshot: Snapshot) -> str:
    """Which part was checked last, and since when all were checked, or which were not yet."""
    parts, zone = snapshot.parts, snapshot.zone
    if not parts:
        return ""
    last = max(filter(None, parts))
    unseen = [number for number, at in enumerate(parts, 1) if at is None]
    first = min(filter(None, parts))
    return run_words.parts(
        len(parts), parts.index(last) + 1, _minute(last, zone), day(first, zone), unseen
    )


def _waiting_parts(snapshot: Snapshot) -> str:
    """A warning of parts whose turn should have come; one period more than all turns take is given."""
    first, period = snapshot.first_at or snapshot.run.started_at, snapshot.stale_after / 2
    longest = period * (len(snapshot.parts) + 1)
    now = snapshot.now or snapshot.run.started_at
    waiting = {
        n: at or first for n, at in enumerate(snapshot.parts, 1) if now - (at or first) > longest
    }
    if not waiting:
        return ""
    return run_words.waiting_parts(
        [*waiting], len(snapshot.parts), day(min(waiting.values()), snapshot.zone)
    )


def _since(attempts: Attempts, zone: tzinfo) -> str:
    # A run that is still going on may end well, so nothing lasting is said of it.
    if attempts.first.status is RunStatus.RUNNING:
        return ""
    return run_words.SINCE.format(date=day(attempts.first.started_at, zone))


def _minute(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d at %H:%M %Z}"


def _days(age: timedelta) -> str:
    hours = int(age / timedelta(hours=1))
    return plural(hours // 24, "day", "days") if hours >= 48 else plural(hours, "hour", "hours")
