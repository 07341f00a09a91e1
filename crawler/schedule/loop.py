"""IO: the timer around `run`: one run at each due time, one after the other, until a signal.

Between two runs come rechecks, so many hours after the first; the run at a due time comes before them.

APScheduler's triggers give the times; waiting and running are done here. Its schedulers would hide
the `SystemExit` with which a signal ends this process, and read the wall clock themselves.
"""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from crawler.crawl import Clock
from crawler.errors import LockedError, describe
from crawler.model import RunStatus
from crawler.run import RunResult, wall_clock
from crawler.schedule import log_lines
from crawler.schedule.times import Timetable, recheck_times

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


def _night(timer: Timer, due: datetime) -> tuple[datetime, RunResult | None, tuple[datetime, ...]]:
    """When the run after the one due then is due, how that one ended, and when its rechecks are due."""
    started = _wait(timer, due, "run")
    following, ended = _due_after(timer, started), None
    try:
        ended = timer.make_run()
        for line in log_lines.of_run(ended):
            _log(timer, line)
    except LockedError as error:
        _log(timer, f"skipped: {describe(error)}")
        following = min(following, timer.clock() + RETRY_AFTER)
    except Exception as error:  # noqa: BLE001  (after a fault tonight, run tomorrow)
        _log(timer, f"failed: {describe(error)}")
    if timer.rechecks is None or ended is None or not ended.in_trouble:
        return following, ended, ()
    times = recheck_times(started, timer.rechecks.after)
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
        _log(timer, log_lines.of_recheck(ended))
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


def _log(timer: Timer, text: str) -> None:
    timer.log(f"{_shown(timer, timer.clock())}  {text}")


def _shown(timer: Timer, moment: datetime) -> str:
    return moment.astimezone(timer.zone).isoformat(" ", "seconds")
