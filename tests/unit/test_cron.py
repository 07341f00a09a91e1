"""Crontab words: what they stand for, and what is refused because its readers disagree."""

from datetime import timedelta

import pytest

from crawler import cron
from crawler.config import load
from crawler.errors import ConfigError

WEEK = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def test_five_words_are_minutes_hours_days_months_and_weekdays() -> None:
    assert cron.parse("17 3 * * *") == cron.CronFields(
        minutes=(17,),
        hours=(3,),
        days=tuple(range(1, 32)),
        months=tuple(range(1, 13)),
        weekdays=WEEK,
    )


@pytest.mark.parametrize(
    ("words", "gap"),
    [
        ("17 3 * * *", timedelta(days=1)),
        ("@hourly", timedelta(hours=1)),
        ("0,10 6-8 * * *", timedelta(days=1, hours=-2, minutes=-10)),
        ("0 3 * * mon-fri", timedelta(days=3)),
        ("@weekly", timedelta(days=7)),
        ("@monthly", timedelta(days=31)),
        ("@yearly", timedelta(days=366)),
        ("0 0 29 2 *", timedelta(days=4 * 365 + 1)),
    ],
)
def test_longest_gap_between_two_runs(words: str, gap: timedelta) -> None:
    assert cron.longest_gap(cron.parse(words)) == gap


@pytest.mark.parametrize(
    ("word", "minutes"),
    [
        ("5", (5,)),
        ("05", (5,)),
        ("0,30", (0, 30)),
        ("30,0,30", (0, 30)),
        ("10-13", (10, 11, 12, 13)),
        ("*/15", (0, 15, 30, 45)),
        ("*/59", (0, 59)),
        ("10-30/10", (10, 20, 30)),
        ("10-35/10,59", (10, 20, 30, 59)),
        ("7-7", (7,)),
    ],
)
def test_lists_ranges_and_steps(word: str, minutes: tuple[int, ...]) -> None:
    assert cron.parse(f"{word} * * * *").minutes == minutes


@pytest.mark.parametrize(
    ("word", "weekdays"),
    [
        ("0", ("sun",)),
        ("7", ("sun",)),
        ("0,7", ("sun",)),
        ("1", ("mon",)),
        ("6", ("sat",)),
        ("SUN", ("sun",)),
        ("1-5", ("mon", "tue", "wed", "thu", "fri")),
        ("Mon-Fri", ("mon", "tue", "wed", "thu", "fri")),
        ("0-3", ("sun", "mon", "tue", "wed")),
        ("5-7", ("sun", "fri", "sat")),
        ("sat-sun", ("sun", "sat")),
        ("0-7", WEEK),
        ("*/2", ("sun", "tue", "thu", "sat")),
        ("*", WEEK),
    ],
)
def test_sunday_is_0_7_and_sun(word: str, weekdays: tuple[str, ...]) -> None:
    assert cron.parse(f"0 3 * * {word}").weekdays == weekdays


def test_months_have_names_too() -> None:
    assert cron.parse("0 3 1 jan-Mar,12 *").months == (1, 2, 3, 12)


@pytest.mark.parametrize("nickname", cron.NICKNAMES)
def test_every_nickname_is_one_that_settings_accept(nickname: str) -> None:
    assert load(f"schedule.cron = '{nickname}'", {}).schedule.cron == nickname
    assert cron.parse(nickname) == cron.parse(cron.NICKNAMES[nickname])


@pytest.mark.parametrize(
    ("nickname", "words"),
    [
        ("@hourly", "0 * * * *"),
        ("@daily", "0 0 * * *"),
        ("@weekly", "0 0 * * sun"),
        ("@monthly", "0 0 1 * *"),
        ("@yearly", "0 0 1 1 *"),
    ],
)
def test_nicknames_stand_for_words(nickname: str, words: str) -> None:
    assert cron.parse(nickname) == cron.parse(words)


def test_a_leap_day_is_a_day() -> None:
    assert cron.parse("0 0 29 2 *").days == (29,)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "expected five words"),
        ("17 3 * *", "found 4"),
        ("0 17 3 * * *", "found 6"),
        ("@reboot", "@daily"),
        ("60 3 * * *", "the minute is 0 to 59, not 60"),
        ("0 24 * * *", "the hour is 0 to 23, not 24"),
        ("0 0 0 * *", "the day of month is 1 to 31, not 0"),
        ("0 0 L * *", "the day of month is 1 to 31, not L"),
        ("0 0 1 13 *", "the month is 1 to 12 or jan to dec, not 13"),
        ("0 0 * * 8", "the weekday is 0 to 7 or sun to sat, not 8"),
        ("0 0 * * monday", "not monday"),
        ("٣ 3 * * *", "not ٣"),
        ("9999 3 * * *", "not 9999"),
        ("-1 3 * * *", "cannot be read at -1"),
        ("1,,2 3 * * *", "cannot be read at a comma"),
        ("1.5 3 * * *", "cannot be read at 1.5"),
        ("1-2-3 3 * * *", "cannot be read at 1-2-3"),
        ("*/0 3 * * *", "a step of 0 does not fit"),
        ("*/60 3 * * *", "a step of 60 does not fit"),
        ("10-20/30 3 * * *", "a step of 30 does not fit"),
        ("5/15 3 * * *", "a step needs a range: 5-59/15"),
        ("0 22-4 * * *", "write 22-23,0-4"),
        ("0 0 * * fri-mon", "the weekday runs backwards"),
        ("0 0 31 2 *", "no such day"),
        ("0 0 31 4,6,9,11 *", "no such day"),
        ("0 3 1 * mon", "write * for one of them"),
        ("0 3 */2 * 1", "write * for one of them"),
    ],
)
def test_what_cannot_be_used_is_refused_with_an_explanation(words: str, says: str) -> None:
    with pytest.raises(ConfigError) as refused:
        cron.parse(words)
    assert says in str(refused.value)
    assert str(refused.value).startswith(f'schedule.cron: "{words}": ')


def test_an_explanation_has_no_control_characters() -> None:
    with pytest.raises(ConfigError) as refused:
        cron.parse("\x1b[31m * * * *")
    assert str(refused.value).isprintable()
