"""Pure: the five words of a crontab line, as minutes, hours, days, months and weekdays.

Source: crontab(5). What programs read in different ways is refused, with an explanation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from crawler.errors import ConfigError
from crawler.text import clean

NICKNAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
"""What may stand in place of the five words of a crontab."""
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of each month, in a leap year."""
_SEEN_FROM = date(2000, 1, 1)
_SEEN_DAYS = 9 * 366
"""Days that are looked through for the longest gap: two 29 February are among them."""

_NUMBER = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CronFields:
    """When to run: at every minute that matches all five."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    """Of the month."""
    months: tuple[int, ...]
    weekdays: tuple[str, ...]
    """By name, because programs start to number them at different days."""

    @property
    def is_once_a_date(self) -> bool:
        """Whether there is one time on each date that fits."""
        return len(self.minutes) == len(self.hours) == 1

    @property
    def names_every_hour(self) -> bool:
        """Whether it is due in every hour of a day, so also in one that comes twice."""
        return len(self.hours) == len(range(_HOUR.low, _HOUR.high + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()
    """Names of the values, from `low` on."""

    def number(self, word: str) -> int:
        """The value of a number or a name."""
        if word.lower() in self.names:
            return self.low + self.names.index(word.lower())
        if not _NUMBER.fullmatch(word) or not self.low <= int(word) <= self.high:
            names = f" or {self.names[0]} to {self.names[-1]}" if self.names else ""
            raise ValueError(f"the {self.name} is {self.low} to {self.high}{names}, not {word}")
        return int(word)


_ITEM = re.compile(r"(?:(?P<all>\*)|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>[0-9]{1,3}))?")
_MINUTE = _Field(name="minute", low=0, high=59)
_HOUR = _Field(name="hour", low=0, high=23)
_DAY = _Field(name="day of month", low=1, high=31)
_MONTH = _Field(name="month", low=1, high=12, names=_MONTHS)
_WEEKDAY = _Field(name="weekday", low=0, high=7, names=_WEEKDAYS)


def parse(words: str) -> CronFields:
    """What five words, or a nickname such as `@daily`, mean.

    Sunday is 0, 7 and `sun`. Months and weekdays may be numbers or names.

    >>> parse("30 6 * * 1-5").weekdays
    ('mon', 'tue', 'wed', 'thu', 'fri')

    Raises:
        ConfigError: they cannot be read, or programs read them in different ways.
    """
    try:
        return _schedule(words)
    except ValueError as why:
        raise ConfigError(clean(f'schedule.cron: "{words}": {why}')) from None


def fault(words: str) -> str:
    """Why the words cannot be used; empty when they can."""
    try:
        _schedule(words)
    except ValueError as why:
        return clean(f'"{words}": {why}')
    return ""


def longest_gap(fields: CronFields) -> timedelta:
    """The longest time from one due time to the next, changes of the clock left aside."""
    times = sorted(timedelta(hours=h, minutes=m) for h in fields.hours for m in fields.minutes)
    within = max((b - a for a, b in pairwise(times)), default=timedelta())
    return max(within, _most_days_apart(fields) + times[0] - times[-1])


@lru_cache(maxsize=16)
def _most_days_apart(fields: CronFields) -> timedelta:
    days = [day for day in range(_SEEN_DAYS) if _is_due(fields, day)]
    return timedelta(days=max((b - a for a, b in pairwise(days)), default=_SEEN_DAYS))


def _is_due(fields: CronFields, day: int) -> bool:
    date = _SEEN_FROM + timedelta(days=day)
    is_weekday = _WEEKDAYS[date.isoweekday() % 7] in fields.weekdays
    return is_weekday and date.day in fields.days and date.month in fields.months


def _schedule(text: str) -> CronFields:
    words = NICKNAMES.get(text, text).split()
    if len(words) != 5:
        nicknames = ", ".join(NICKNAMES)
        raise ValueError(f"expected five words, or one of {nicknames}; found {len(words)}")
    minute, hour, day, month, weekday = words
    if "*" not in (day, weekday):
        raise ValueError(
            "with both a day of month and a weekday, cron runs on either of them and other programs on"
            " days that are both; write * for one of them"
        )
    days, months = _values(_DAY, day), _values(_MONTH, month)
    if min(days) > max(_LONGEST[number - 1] for number in months):
        raise ValueError("there is no such day in these months")
    return CronFields(
        minutes=_values(_MINUTE, minute),
        hours=_values(_HOUR, hour),
        days=days,
        months=months,
        weekdays=tuple(_WEEKDAYS[n] for n in sorted({n % 7 for n in _values(_WEEKDAY, weekday)})),
    )


def _values(field: _Field, word: str) -> tuple[int, ...]:
    return tuple(sorted({value for item in word.split(",") for value in _range(field, item)}))


def _range(field: _Field, item: str) -> Iterator[int]:
    found = _ITEM.fullmatch(item)
    if found is None:
        raise ValueError(f"the {field.name} cannot be read at {item or 'a comma'}")
    step = int(found["step"] or 1)
    if found["all"]:
        first, last = field.low, field.high
    else:
        first, last = _ends(field, found)
    if not 1 <= step <= max(1, last - first):
        raise ValueError(f"a step of {step} does not fit into {field.name} {first} to {last}")
    yield from range(first, last + 1, step)


def _ends(field: _Field, found: re.Match[str]) -> tuple[int, int]:
    first = field.number(found["first"])
    if found["last"] is None:
        if found["step"]:
            raise ValueError(f"a step needs a range: {first}-{field.high}/{found['step']}")
        return first, first
    last = field.number(found["last"])
    if field is _WEEKDAY and last == 0 < first:
        last = 7
    if last < first:
        raise ValueError(
            f"the {field.name} runs backwards in {found[0]};"
            f" write {first}-{field.high},{field.low}-{last}"
        )
    return first, last
