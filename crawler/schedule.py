"""IO: the timer around `run`: one run at each due time, one after the other, until a signal.

Between two runs come rechecks, so many hours after the first; the run at a due time comes before them.

APScheduler's triggers give the times; waiting and running are done here. Its schedulers would hide
the `SystemExit` with which a signal ends this process, and read the wall clock themselves.
"""

import gc
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from crawler import cron, guard
from crawler.config import ScheduleSettings
from crawler.crawl import Clock
from crawler.errors import LockedError, StoreError, describe
from crawler.model import RunStatus
from crawler.report import as_text
from crawler.report.wording import plural
from crawler.run import RunResult, wall_clock
from crawler.store import RunTotals, Store

LONGEST_NAP = timedelta(minutes=1)
"""After a suspended computer wakes up, a missed run is noticed within this time."""
LATE = timedelta(minutes=1)
"""The log says that a run which begins later than this makes up for a missed one."""
RETRY_AFTER = timedelta(minutes=5)
"""From a run that found another one going on to the next try."""
SET_BACK = timedelta(hours=6)
"""A clock that is set back by more was wrong before, and so are the due times that follow from it."""
SAME_NIGHT = timedelta(hours=6)
"""A run that makes up for a missed one also replaces the next one, if that is due on the same date and so soon."""

Timetable = Callable[[datetime], datetime]
"""The first due time after a moment; both aware, the result in UTC."""


class _SetBackError(Exception):
    """The clock was set back while somebody waited or ran."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecks:
    """When and how resources in trouble are looked at again between two runs."""

    after: tuple[timedelta, ...]
    """From the start of a run over the whole list."""
    make_run: Callable[[], RunResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """When to run, and what a schedule needs for it."""

    timetable: Timetable
    make_run: Callable[[], RunResult]
    """Called in the main thread, because only that one receives signals."""
    log: Callable[[str], None]
    """Takes one line."""
    zone: tzinfo = UTC
    """Of the times in the log, and of dates."""
    is_once_a_date: bool = False
    """Whether there is one due time on a date."""
    rechecks: Rechecks | None = None
    clock: Clock = wall_clock
    wait: Callable[[float], None] = time.sleep
    """Returns after so many seconds, or earlier."""


def timetable(settings: ScheduleSettings, every: int | None = None) -> Timetable:
    """The times of the crontab expression, or, when it is given, those `every` seconds apart.

    Raises:
        ConfigError: the expression cannot be used.
    """
    if every is not None:
        return lambda after: _delayed(after.astimezone(UTC) + timedelta(seconds=every), settings)
    wanted, zone = cron.parse(settings.cron), ZoneInfo(settings.timezone)
    # The times on the wall, as if they were UTC: in a zone the trigger fires twice when its clock is put
    # back, and leaves out a time after midnight on the day after it is put forward.
    walls = _trigger(wanted, zone if wanted.names_every_hour else UTC)
    next_due = _next if wanted.names_every_hour else partial(_next_by_the_wall, zone)
    return lambda after: _delayed(next_due(walls, after), settings)


def first_due(
    timetable: Timetable, every: int | None, last: datetime | None, now: datetime
) -> datetime:
    """When the first run is due: in the past when one was missed since the last run.

    Without a last run, an interval begins with a run, and a crontab expression with waiting.
    """
    # The last run lies in the future when the clock was set back.
    after = min(last, now) if last else now - timedelta(seconds=every or 0)
    return timetable(after)


def last_start(database: str) -> datetime | None:
    """When the last complete run over the whole list began; None when none is stored, or it cannot be read."""
    totals = _totals(database)
    return totals.last_good_at if totals else None


def due_rechecks(database: str, after: Iterable[timedelta], now: datetime) -> tuple[datetime, ...]:
    """The rechecks of the last complete run over the whole list that have not been made yet.

    Of those in the past only the last is left: one recheck makes up for all.
    """
    totals = _totals(database)
    good = totals.last_good_at if totals else None
    if totals is None or good is None or good > now:
        return ()
    made = totals.last_recheck_at
    return _still_due(_recheck_times(good, after), made if made and made > good else good, now)


def run_at_due_times(timer: Timer, due: datetime, rechecks: Sequence[datetime] = ()) -> int:
    """Makes runs, the first at `due`, until a signal stops one; the number of that signal.

    `rechecks` are those that are due before the first run. A run that fails stops nothing. Due times
    that pass during a run, or while the computer sleeps, are made up for by one run. When the clock is
    set back by more than `SET_BACK`, the next run is due by the new time.
    """
    pending = tuple(rechecks)
    while True:
        began, result = timer.clock(), None
        try:
            if timer.rechecks is not None and pending and pending[0] < due:
                result = _recheck(timer, timer.rechecks, pending[0], due)
                pending = _still_wanted(timer, pending[1:], result)
            else:
                due, result, pending = _night(timer, due)
            _require_steady(timer, began)
        except _SetBackError:
            _log(timer, "the clock was set back")
            due, pending = timer.timetable(timer.clock()), ()
        if result is not None and result.signal is not None:
            return result.signal
        # Frees the memory of this run: nothing else would until the next one.
        gc.collect()


def _totals(database: str) -> RunTotals | None:
    try:
        with Store.open(database, exclusive=False) as store:
            return store.runs.totals()
    except StoreError:
        return None  # There is no database yet, or the run will say what is wrong with it.


def _trigger(wanted: cron.CronFields, zone: tzinfo) -> CronTrigger:
    return CronTrigger(
        minute=_crontab_field(wanted.minutes),
        hour=_crontab_field(wanted.hours),
        day=_crontab_field(wanted.days),
        month=_crontab_field(wanted.months),
        day_of_week=_crontab_field(wanted.weekdays),
        timezone=zone,
    )


def _next_by_the_wall(zone: tzinfo, walls: BaseTrigger, after: datetime) -> datetime:
    """The first time that a clock on the wall shows one of those times, after that moment.

    A time that the clock skips in spring is due as much later as it is put forward; one that comes
    twice in autumn is due at the first.
    """
    wall = after.astimezone(zone).replace(tzinfo=UTC) - timedelta(days=1)
    found: datetime | None = None
    while True:
        wall = _next(walls, wall)
        # `fold` is 0: the first of two, and where there is none, the one after the gap.
        due = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if found is not None and due >= found:
            return found
        if due > after:
            found = due


def _next(trigger: BaseTrigger, after: datetime) -> datetime:
    # In UTC, and not as the previous time: given a local time in the hour that is repeated in
    # autumn, the trigger may return the same one (https://github.com/agronholm/apscheduler/issues/1021).
    moment = after.astimezone(UTC) + timedelta(microseconds=1)
    found: datetime = trigger.get_next_fire_time(None, moment)
    return found.astimezone(UTC)


def _crontab_field(values: tuple[int, ...] | tuple[str, ...]) -> str:
    return ",".join(map(str, values))


def _delayed(due: datetime, settings: ScheduleSettings) -> datetime:
    return due + timedelta(seconds=random.uniform(0, settings.jitter))  # noqa: S311  (no secret)


def _night(timer: Timer, due: datetime) -> tuple[datetime, RunResult | None, tuple[datetime, ...]]:
    """When the run after the one due then is due, how that one ended, and when its rechecks are due."""
    started = _wait(timer, due, "run")
    following, ended = _due_after(timer, started), None
    try:
        ended = timer.make_run()
        _log_end(timer, ended)
    except LockedError as error:
        _log(timer, f"skipped: {describe(error)}")
        following = min(following, timer.clock() + RETRY_AFTER)
    except Exception as error:  # noqa: BLE001  (after a fault tonight, run tomorrow)
        _log(timer, f"failed: {describe(error)}")
    if timer.rechecks is None or ended is None or not ended.in_trouble:
        return following, ended, ()
    times = _recheck_times(started, timer.rechecks.after)
    return following, ended, tuple(at for at in times if at > timer.clock())


def _recheck(
    timer: Timer, rechecks: Rechecks, due: datetime, next_run: datetime
) -> RunResult | None:
    """How the recheck due then ended; None if it failed, or the next run became due before it began."""
    _wait(timer, due, "recheck", next_run)
    if timer.clock() >= next_run:
        return None
    try:
        ended = rechecks.make_run()
        _log_recheck(timer, ended)
    except LockedError as error:
        _log(timer, f"recheck skipped: {describe(error)}")
    except Exception as error:  # noqa: BLE001  (as for runs)
        _log(timer, f"recheck failed: {describe(error)}")
    else:
        return ended
    return None


def _still_wanted(
    timer: Timer, pending: tuple[datetime, ...], ended: RunResult | None
) -> tuple[datetime, ...]:
    """The rechecks that are still wanted after one."""
    is_settled = ended and ended.status is RunStatus.COMPLETE and not ended.in_trouble
    return () if is_settled else tuple(at for at in pending if at > timer.clock())


def _recheck_times(start: datetime, after: Iterable[timedelta]) -> tuple[datetime, ...]:
    return tuple(start + one for one in sorted(set(after)))


def _still_due(times: Sequence[datetime], made: datetime, now: datetime) -> tuple[datetime, ...]:
    missed = [at for at in times if made < at <= now]
    return (*missed[-1:], *(at for at in times if at > max(made, now)))


def _due_after(timer: Timer, began: datetime) -> datetime:
    """When the run after one that began then is due."""
    due = timer.timetable(began)
    dates = {moment.astimezone(timer.zone).date() for moment in (began, due)}
    if timer.is_once_a_date and len(dates) == 1 and due - began < SAME_NIGHT:
        return timer.timetable(due)
    return due


def _wait(timer: Timer, due: datetime, what: str, until: datetime | None = None) -> datetime:
    """The time when the wait ended, not before `due`; from `until` on there is no need to make it up."""
    if timer.clock() < due:
        _log(timer, f"next {what} at {_shown(timer, due)}")
    while (now := timer.clock()) < due:
        timer.wait(min(due - now, LONGEST_NAP).total_seconds())
        _require_steady(timer, now)
    if now - due > LATE and (until is None or now < until):
        _log(timer, f"the {what} due at {_shown(timer, due)} was missed; it starts now")
    return now


def _require_steady(timer: Timer, before: datetime) -> None:
    if timer.clock() < before - SET_BACK:
        raise _SetBackError


def _log_end(timer: Timer, result: RunResult) -> None:
    if result.interrupted_before:
        _log(timer, "an earlier run had not finished; it is marked as interrupted")
    if result.signal is not None:
        _log(timer, f"interrupted; {_kept(result)}")
    elif result.status is not RunStatus.COMPLETE or result.report is None:
        _log(timer, f"run ended: {result.status}{_why(result)}")
    else:
        # Its first paragraph is about all links, each of the others about one.
        sentence = as_text.render(result.report).partition("\n\n")[0]
        _log(timer, f"run finished: {' '.join(sentence.split())}")


def _log_recheck(timer: Timer, result: RunResult) -> None:
    if result.signal is not None:
        _log(timer, f"recheck interrupted; {_kept(result)}")
    elif result.status is not RunStatus.COMPLETE:
        _log(timer, f"recheck ended: {result.status}{_why(result)}")
    elif not result.asked:
        _log(timer, "recheck finished: no link is in trouble")
    else:
        links = plural(result.asked, "link", "links")
        _log(timer, f"recheck finished: {links} looked at, {result.in_trouble} still in trouble")


def _kept(result: RunResult) -> str:
    is_reported = result.report is not None
    return "what was judged so far counts" if is_reported else "the checks made so far are stored"


def _why(result: RunResult) -> str:
    if result.broken_off:
        return f"; {result.broken_off}; what was judged so far counts"
    distrust = result.distrust
    return f"; {guard.explanation(distrust)}" if distrust else "; nothing was concluded"


def _log(timer: Timer, text: str) -> None:
    timer.log(f"{_shown(timer, timer.clock())}  {text}")


def _shown(timer: Timer, moment: datetime) -> str:
    return moment.astimezone(timer.zone).isoformat(" ", "seconds")
