"""IO: when runs are due, by crontab words or an interval, with a random delay; and when rechecks are.

APScheduler's triggers give the times.
"""

import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from crawler import cron
from crawler.config import ScheduleSettings

Timetable = Callable[[datetime], datetime]
"""The first due time after a moment; both aware, the result in UTC."""


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


def recheck_times(start: datetime, after: Iterable[timedelta]) -> tuple[datetime, ...]:
    """When the rechecks of a run that began at `start` are due."""
    return tuple(start + one for one in sorted(set(after)))


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
