"""IO: the timer around `run`: one run at each due time, one after the other, until a signal.

APScheduler's triggers say when; waiting and running are done here. Its schedulers would swallow the
`SystemExit` by which a signal ends this process, and read the wall clock themselves.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from crawler import cron
from crawler.config import ScheduleSettings
from crawler.crawl import Clock
from crawler.errors import LockedError, StoreError, told
from crawler.report import as_text
from crawler.run import Ran, wall_clock
from crawler.store import Store

LONGEST_NAP = timedelta(minutes=1)
"""While a computer is suspended no nap ends: one this long after waking is missed time noticed."""
LATE = timedelta(minutes=1)
"""A run that begins later than this is said to make up for one that was missed."""
RETRY_AFTER = timedelta(minutes=5)
"""Until a run that found another one going on is tried again."""

Times = Callable[[datetime], datetime]
"""The first time to run after a moment; both aware, the result in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """What a schedule is kept with."""

    times: Times
    play: Callable[[], Ran]
    """Makes a run, in the main thread, where alone signals are answered."""
    tell: Callable[[str], None]
    """Takes a line for the log."""
    zone: tzinfo = UTC
    """For the times in the log."""
    clock: Clock = wall_clock
    wait: Callable[[float], None] = time.sleep
    """Returns after so many seconds, or earlier."""


def times(settings: ScheduleSettings, every: int | None = None) -> Times:
    """The times of the crontab expression, or those that are `every` seconds apart.

    Raises:
        ConfigError: the expression cannot be used.
    """
    jitter = settings.jitter or None
    if every is not None:
        return lambda after: _next(
            IntervalTrigger(seconds=every, start_date=after, timezone=UTC, jitter=jitter), after
        )
    wanted = cron.parse(settings.cron)
    trigger = CronTrigger(
        minute=_list(wanted.minutes),
        hour=_list(wanted.hours),
        day=_list(wanted.days),
        month=_list(wanted.months),
        day_of_week=_list(wanted.weekdays),
        timezone=ZoneInfo(settings.timezone),
        jitter=jitter,
    )
    return lambda after: _next(trigger, after)


def first_due(times: Times, every: int | None, last: datetime | None, now: datetime) -> datetime:
    """When the first run is due: in the past when one was missed since the last run.

    Without a last run an interval begins with a run, and a crontab expression waits for its time.
    """
    # The last run lies in the future when the clock was set back.
    after = min(last, now) if last else now - timedelta(seconds=every or 0)
    return times(after)


def last_start(database: str) -> datetime | None:
    """When the last complete run began; None when there is none to be read."""
    try:
        with Store.open(database, exclusive=False) as store:
            snapshot = store.snapshot()
    except StoreError:
        return None  # There is no database yet; or the run will tell what is wrong with it.
    return snapshot.run.started_at if snapshot else None


def keep(timer: Timer, due: datetime) -> int:
    """Makes runs, the first when it is due, whatever becomes of each; the signal that stopped one.

    Times that pass while a run goes on, or while the computer sleeps, are made up by one run.
    """
    while True:
        started = _wait(timer, due)
        due = timer.times(started)
        try:
            signum = _conclude(timer, timer.play())
            if signum is not None:
                return signum
        except LockedError as error:
            _say(timer, f"skipped: {told(error)}")
            due = min(due, timer.clock() + RETRY_AFTER)
        except Exception as error:  # noqa: BLE001  (tonight's fault is no reason to miss tomorrow)
            _say(timer, f"failed: {told(error)}")
        # Nothing else would collect, in all the hours until the next run, what this one left.
        gc.collect()


def _next(trigger: BaseTrigger, after: datetime) -> datetime:
    # In UTC, and not as the previous time: given a local one in the hour that is repeated in autumn,
    # the trigger may return it (https://github.com/agronholm/apscheduler/issues/1021).
    moment = after.astimezone(UTC) + timedelta(microseconds=1)
    found: datetime = trigger.get_next_fire_time(None, moment)
    return found.astimezone(UTC)


def _list(values: tuple[int, ...] | tuple[str, ...]) -> str:
    return ",".join(map(str, values))


def _wait(timer: Timer, due: datetime) -> datetime:
    """The time when the wait ended, not before `due`."""
    if timer.clock() < due:
        _say(timer, f"next run at {_shown(timer, due)}")
    while (now := timer.clock()) < due:
        timer.wait(min(due - now, LONGEST_NAP).total_seconds())
    if now - due > LATE:
        _say(timer, f"the run due at {_shown(timer, due)} was missed; it is made up for now")
    return now


def _conclude(timer: Timer, ran: Ran) -> int | None:
    if ran.interrupted_before:
        _say(timer, "an earlier run had not finished; it is marked as interrupted")
    if ran.signal is not None:
        _say(timer, "interrupted; the checks made so far are stored")
    elif ran.report is None:
        _say(timer, f"run ended: {ran.status}; nothing was concluded")
    else:
        # Its first paragraph is about all links, the others are about one each.
        sentence = as_text.render(ran.report).partition("\n\n")[0]
        _say(timer, f"run finished: {' '.join(sentence.split())}")
    return ran.signal


def _say(timer: Timer, text: str) -> None:
    timer.tell(f"{_shown(timer, timer.clock())}  {text}")


def _shown(timer: Timer, moment: datetime) -> str:
    return moment.astimezone(timer.zone).isoformat(" ", "seconds")
