"""The timer: when runs are due, and what becomes of the next one."""

import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler import cron
from crawler.config import ScheduleSettings
from crawler.errors import ConfigError, LockedError, ResourcesError
from crawler.model import RunStatus, Trigger
from crawler.run import RunResult
from crawler.schedule import (
    LONGEST_NAP,
    Timer,
    due_rechecks,
    first_due,
    run_at_due_times,
    timetable,
)
from crawler.store import Store
from tests.support.short_web import NIGHT
from tests.support.timer import DAY, STOPPED, FakeTime, TimerLog, ends

pytestmark = pytest.mark.usefixtures("few_objects")

UNTRUSTED = RunResult(status=RunStatus.UNTRUSTED)


# --- when ---------------------------------------------------------------------------------------


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("words", "timezone", "after", "expected"),
    [
        (
            "17 3 * * *",
            "UTC",
            "2026-11-21T03:16:59Z",
            ["2026-11-21T03:17Z", "2026-11-22T03:17Z", "2026-11-23T03:17Z"],
        ),
        ("17 3 * * *", "UTC", "2026-11-21T03:17:00Z", ["2026-11-22T03:17Z"]),
        ("17 3 * * *", "UTC", "2026-11-21T03:17:00.000001Z", ["2026-11-22T03:17Z"]),
        (
            "17 3 * * *",
            "Asia/Kolkata",
            "2026-11-21T12:00:00Z",
            ["2026-11-21T21:47Z", "2026-11-22T21:47Z"],
        ),
        ("0 * * * *", "Asia/Kolkata", "2026-11-21T12:00Z", ["2026-11-21T12:30Z"]),
        ("0 9 * * 1", "UTC", "2026-11-21T00:00Z", ["2026-11-23T09:00Z", "2026-11-30T09:00Z"]),
        ("0 9 * * 0", "UTC", "2026-11-21T00:00Z", ["2026-11-22T09:00Z", "2026-11-29T09:00Z"]),
        ("0 9 * * 7", "UTC", "2026-11-21T00:00Z", ["2026-11-22T09:00Z"]),
        (
            "0 9 * * sat-sun",
            "UTC",
            "2026-11-20T12:00Z",
            ["2026-11-21T09:00Z", "2026-11-22T09:00Z", "2026-11-28T09:00Z"],
        ),
        ("@weekly", "UTC", "2026-11-21T12:00Z", ["2026-11-22T00:00Z"]),
        ("@monthly", "UTC", "2026-11-21T12:00Z", ["2026-12-01T00:00Z", "2027-01-01T00:00Z"]),
        ("0 0 29 2 *", "UTC", "2026-11-21T12:00Z", ["2028-02-29T00:00Z"]),
        (
            "*/25 * * * *",
            "UTC",
            "2026-11-21T23:30Z",
            ["2026-11-21T23:50Z", "2026-11-22T00:00Z", "2026-11-22T00:25Z"],
        ),
        # 02:30 does not exist on 29 March, and is made up for an hour later by the clock on the wall.
        (
            "30 2 * * *",
            "Europe/Berlin",
            "2026-03-28T12:00Z",
            ["2026-03-29T01:30Z", "2026-03-30T00:30Z"],
        ),
        (
            "0 12 * * *",
            "America/New_York",
            "2026-10-31T12:00Z",
            ["2026-10-31T16:00Z", "2026-11-01T17:00Z"],
        ),
    ],
)
def test_runs_are_due_by_the_clock_on_the_wall(
    words: str, timezone: str, after: str, expected: Sequence[str]
) -> None:
    following = timetable(ScheduleSettings(cron=words, timezone=timezone))
    found = [following(_at(after))]
    while len(found) < len(expected):
        found.append(following(found[-1]))
    assert found == [_at(text) for text in expected]
    assert {at.tzinfo for at in found} == {UTC}


@pytest.mark.promise("21")
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 23])
@pytest.mark.parametrize(
    "name",
    [
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "America/Havana",
        "Australia/Lord_Howe",
    ],
)
def test_a_daily_time_comes_once_on_each_date_of_a_year(name: str, hour: int) -> None:
    zone, first = ZoneInfo(name), date(2026, 1, 1)
    following = timetable(ScheduleSettings(cron=f"30 {hour} * * *", timezone=name))
    found = [following(datetime(2026, 1, 1, tzinfo=zone))]
    while len(found) < 365:
        found.append(following(found[-1]))
    dates = [at.astimezone(zone).date() for at in found]
    assert dates == [first + timedelta(days=n) for n in range(365)]


@pytest.mark.promise("21")
@pytest.mark.parametrize(
    ("words", "start", "expected"),
    [
        # Berlin's clock is put back from 03:00 to 02:00 at 01:00 UTC, and forward from 02:00 at 01:00 UTC.
        ("30 2 * * *", "2026-10-24T12:00Z", ["10-25T00:30Z", "10-26T01:30Z"]),
        ("0,30 2-3 * * *", "2026-10-25T00:00Z", ["10-25T00:30Z", "10-25T02:00Z", "10-25T02:30Z"]),
        ("30 * * * *", "2026-10-25T00:00Z", ["10-25T00:30Z", "10-25T01:30Z", "10-25T02:30Z"]),
        ("0,30 2-3 * * *", "2026-03-29T00:00Z", ["03-29T01:00Z", "03-29T01:30Z", "03-30T00:00Z"]),
        ("40 2,3 * * *", "2026-03-29T00:00Z", ["03-29T01:40Z", "03-30T00:40Z", "03-30T01:40Z"]),
        ("10 * * * *", "2026-03-29T00:00Z", ["03-29T00:10Z", "03-29T01:10Z", "03-29T02:10Z"]),
        ("30 0 * * *", "2026-03-29T12:00Z", ["03-29T22:30Z", "03-30T22:30Z"]),
    ],
)
def test_due_times_when_the_clock_is_changed(
    words: str, start: str, expected: Sequence[str]
) -> None:
    following = timetable(ScheduleSettings(cron=words, timezone="Europe/Berlin"))
    found = [following(_at(start))]
    while len(found) < len(expected):
        found.append(following(found[-1]))
    assert found == [_at(f"2026-{text}") for text in expected]


def test_jitter_over_the_repeated_hour_adds_no_run() -> None:
    following = timetable(
        ScheduleSettings(cron="30 2 * * *", timezone="Europe/Berlin", jitter=3600)
    )
    for _ in range(20):
        began = following(_at("2026-10-24T12:00Z"))
        assert _at("2026-10-26T01:30Z") <= following(began) <= _at("2026-10-26T02:30Z")


@pytest.mark.promise("21")
@pytest.mark.parametrize("zone", [UTC, ZoneInfo("Europe/Helsinki")])
def test_the_next_time_is_never_a_past_one_in_the_hour_that_is_repeated(
    zone: ZoneInfo,
) -> None:
    following = timetable(ScheduleSettings(cron="30 * * * *", timezone="Europe/Helsinki"))
    start = _at("2017-10-28T22:00Z")
    for minutes in range(0, 300, 5):
        after = start + timedelta(minutes=minutes)
        found = following(after.astimezone(zone))
        assert timedelta(0) < found - after <= timedelta(hours=1)
        assert found.minute == 30


def test_an_interval_is_counted_from_the_start_of_the_last_run() -> None:
    following = timetable(ScheduleSettings(), every=5400)
    assert following(NIGHT) == NIGHT + timedelta(hours=1.5)


@pytest.mark.parametrize("every", [None, 86_400])
def test_jitter_delays_and_never_hastens(every: int | None) -> None:
    following = timetable(ScheduleSettings(jitter=600), every=every)
    found = {following(NIGHT) for _ in range(20)}
    assert len(found) > 1
    assert all(timedelta(days=1) <= at - NIGHT <= timedelta(days=1, seconds=600) for at in found)


@pytest.mark.parametrize(
    ("every", "last", "due"),
    [
        (None, None, DAY),
        (None, timedelta(0), DAY),
        (None, -timedelta(minutes=5), timedelta(0)),
        (None, -3 * DAY, -2 * DAY),
        (None, 900 * DAY, DAY),
        (3600, None, timedelta(0)),
        (3600, -timedelta(minutes=20), timedelta(minutes=40)),
        (3600, -timedelta(hours=5), -timedelta(hours=4)),
        (3600, 900 * DAY, timedelta(hours=1)),
    ],
)
def test_the_first_run_is_due_by_the_last_one_that_completed(
    every: int | None, last: timedelta | None, due: timedelta
) -> None:
    following = timetable(ScheduleSettings(), every)
    began = None if last is None else NIGHT + last
    assert first_due(following, every, began, NIGHT) == NIGHT + due


@pytest.mark.promise("21")
def test_a_restart_in_the_hour_that_is_repeated_adds_no_run() -> None:
    following = timetable(ScheduleSettings(cron="30 2 * * *", timezone="Europe/Berlin"))
    ran, restarted = _at("2026-10-25T00:30:01Z"), _at("2026-10-25T01:10Z")
    assert first_due(following, None, ran, restarted) == _at("2026-10-26T01:30Z")


def test_an_expression_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"schedule\.cron"):
        timetable(ScheduleSettings(cron="0 3 1 * mon"))


# --- what becomes of the next run ---------------------------------------------------------------


def _fails(error: Exception) -> Callable[[], RunResult]:
    def fail() -> RunResult:
        raise error

    return fail


def test_waits_in_naps_runs_when_due_and_ends_with_the_signal_that_stopped_a_run() -> None:
    time = FakeTime()
    log = TimerLog(time, ends(UNTRUSTED), ends(STOPPED))
    assert run_at_due_times(log.timer(), NIGHT + timedelta(seconds=150)) == signal.SIGTERM
    assert time.naps[:3] == [LONGEST_NAP, LONGEST_NAP, timedelta(seconds=30)]
    assert max(time.naps) == LONGEST_NAP
    first = NIGHT + timedelta(seconds=150)
    assert log.runs == [first, first + DAY]
    assert log.lines == [
        "2026-11-21 08:47:00+05:30  next run at 2026-11-21 08:49:30+05:30",
        "2026-11-21 08:49:30+05:30  run ended: untrusted; nothing was concluded",
        "2026-11-21 08:49:30+05:30  next run at 2026-11-22 08:49:30+05:30",
        "2026-11-22 08:49:30+05:30  interrupted; the checks made so far are stored",
    ]


@pytest.mark.promise("22")
def test_three_missed_nights_are_made_up_for_by_one_run_soon_after_waking() -> None:
    time = FakeTime(asleep=3 * DAY)
    log = TimerLog(time, ends(UNTRUSTED), ends(STOPPED))
    run_at_due_times(log.timer(), NIGHT + timedelta(hours=2))
    assert log.runs[0] == NIGHT + 3 * DAY + LONGEST_NAP
    assert log.runs[1] == log.runs[0] + DAY
    assert log.texts[1] == ("the run due at 2026-11-21 10:47:00+05:30 was missed; it starts now")


@pytest.mark.parametrize("back", [400 * DAY, timedelta(hours=8)])
def test_a_clock_that_was_wrong_and_is_set_back_delays_no_run(back: timedelta) -> None:
    time = FakeTime()

    def set_back() -> RunResult:
        time.now -= back
        return TROUBLED

    time.asleep = -back
    log = TimerLog(time, set_back, ends(UNTRUSTED), ends(STOPPED))
    run_at_due_times(log.timer(every=3600, recheck_hours=[1]), NIGHT + 30 * DAY)
    first = NIGHT - back + LONGEST_NAP + timedelta(hours=1)
    second = first - back + timedelta(hours=1)
    assert log.runs == [first, second, second + timedelta(hours=1)]
    assert log.rechecks == []
    assert log.texts.count("the clock was set back") == 2


def test_a_clock_that_is_set_back_while_a_recheck_is_waited_for_delays_no_run() -> None:
    time = FakeTime()

    def sleep_backwards() -> RunResult:
        time.asleep = -400 * DAY
        return TROUBLED

    log = TimerLog(time, sleep_backwards, ends(STOPPED))
    run_at_due_times(log.timer(recheck_hours=[1]), NIGHT)
    assert log.runs == [NIGHT, NIGHT - 400 * DAY + LONGEST_NAP + DAY]
    assert log.rechecks == []


def test_a_clock_that_is_put_right_by_less_keeps_its_due_times() -> None:
    time = FakeTime()
    log = TimerLog(time, ends(UNTRUSTED), ends(STOPPED))
    time.asleep = timedelta(hours=-5)
    run_at_due_times(log.timer(), NIGHT + timedelta(hours=1))
    assert log.runs == [NIGHT + timedelta(hours=1), NIGHT + timedelta(hours=25)]


@pytest.mark.parametrize(
    ("words", "wakes", "following"),
    [
        ("17 3 * * *", timedelta(hours=22), timedelta(hours=48)),  # at 01:17, and 03:17 is near
        ("17 3 * * *", timedelta(hours=29), timedelta(hours=48)),  # at 08:17
        ("0 20 * * *", timedelta(hours=29), timedelta(hours=40, minutes=43)),  # tonight, at 20:00
        ("17 3,4 * * *", timedelta(hours=22), timedelta(hours=24)),
    ],
)
def test_a_run_that_makes_up_for_a_missed_one_stands_for_that_of_the_same_night(
    words: str, wakes: timedelta, following: timedelta
) -> None:
    time = FakeTime(asleep=wakes)
    log = TimerLog(time, ends(UNTRUSTED), ends(STOPPED))
    settings = ScheduleSettings(cron=words)
    timer = replace(
        log.timer(),
        timetable=timetable(settings),
        zone=UTC,
        is_once_a_date=cron.parse(words).is_once_a_date,
    )
    run_at_due_times(timer, NIGHT + timedelta(hours=1))
    assert log.runs == [NIGHT + wakes + LONGEST_NAP, NIGHT + following]


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/New_York", "Asia/Kolkata"])
def test_a_year_has_a_run_on_each_date_though_another_run_is_in_the_way(name: str) -> None:
    zone, time = ZoneInfo(name), FakeTime()
    starts: list[datetime] = []
    is_held = iter([False, True, True] * 400)

    def wait(seconds: float) -> None:
        # Ten times as long as was asked for, so that a year has fewer naps.
        time.now += 10 * timedelta(seconds=seconds)

    def make_run() -> RunResult:
        if next(is_held):
            raise LockedError("another run is going on")
        starts.append(time.now.astimezone(zone))
        return STOPPED if len(starts) == 365 else UNTRUSTED

    following = timetable(ScheduleSettings(cron="30 2 * * *", timezone=name))
    timer = Timer(
        timetable=following,
        make_run=make_run,
        log=_ignore,
        zone=zone,
        is_once_a_date=True,
        clock=time.clock,
        wait=wait,
    )
    assert run_at_due_times(timer, following(time.now)) == signal.SIGTERM
    first = starts[0].date()
    assert [at.date() for at in starts] == [first + timedelta(days=n) for n in range(365)]


def _ignore(_: str) -> None:
    pass


def test_times_that_pass_while_a_run_goes_on_are_made_up_for_by_one_run_after_it() -> None:
    time = FakeTime()

    def lasts_long() -> RunResult:
        time.now += timedelta(seconds=3500)
        return UNTRUSTED

    log = TimerLog(time, lasts_long, ends(UNTRUSTED), ends(STOPPED))
    run_at_due_times(log.timer(every=1000), NIGHT)
    assert [at - NIGHT for at in log.runs] == [timedelta(seconds=s) for s in (0, 3500, 4500)]


@pytest.mark.promise("23")
@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            ResourcesError("list.csv:3: one field too many"),
            "failed: list.csv:3: one field too many",
        ),
        (KeyError("secret"), "failed: internal error, KeyError in test_schedule.py:"),
        (MemoryError(), "failed: internal error, MemoryError in "),
    ],
)
def test_a_run_that_fails_is_reported_and_the_next_one_works(error: Exception, says: str) -> None:
    log = TimerLog(FakeTime(), _fails(error), ends(STOPPED))
    assert run_at_due_times(log.timer(), NIGHT) == signal.SIGTERM
    assert log.runs == [NIGHT, NIGHT + DAY]
    assert log.texts[0].startswith(says)
    assert "secret" not in log.texts[0]


def test_an_earlier_run_that_had_not_finished_is_reported() -> None:
    log = TimerLog(FakeTime(), ends(replace(STOPPED, interrupted_before=1)))
    run_at_due_times(log.timer(), NIGHT)
    assert log.texts[0] == "an earlier run had not finished; it is marked as interrupted"


# --- rechecks -----------------------------------------------------------------------------------

TROUBLED = RunResult(status=RunStatus.COMPLETE, asked=3, in_trouble=2)
SETTLED = RunResult(status=RunStatus.COMPLETE, asked=2)
HOURS = (1, 4, 12)


def _hours(moments: Sequence[datetime]) -> list[float]:
    return [(at - NIGHT) / timedelta(hours=1) for at in moments]


def _raising(error: Exception) -> Callable[[], RunResult]:
    def play() -> RunResult:
        raise error

    return play


def test_links_in_trouble_are_looked_at_again_some_hours_after_each_run() -> None:
    time = FakeTime()
    again = [ends(TROUBLED)] * 3
    log = TimerLog(time, ends(TROUBLED), *again, ends(TROUBLED), *again, ends(STOPPED))
    run_at_due_times(log.timer(recheck_hours=HOURS), NIGHT)
    assert _hours(log.runs) == [0, 24, 48]
    assert _hours(log.rechecks) == [1, 4, 12, 25, 28, 36]
    assert "next recheck at 2026-11-21 09:47:00+05:30" in log.texts
    assert "recheck finished: 3 links looked at, 2 still in trouble" in log.texts


def test_there_is_no_recheck_where_nothing_is_in_trouble_any_more() -> None:
    time = FakeTime()
    healthy = RunResult(status=RunStatus.COMPLETE, asked=5)
    log = TimerLog(time, ends(TROUBLED), ends(SETTLED), ends(healthy), ends(STOPPED))
    run_at_due_times(log.timer(recheck_hours=HOURS), NIGHT)
    assert (_hours(log.runs), _hours(log.rechecks)) == ([0, 24, 48], [1])


@pytest.mark.parametrize("outcome", [ends(UNTRUSTED), _raising(ResourcesError("no list"))])
def test_a_recheck_that_concludes_nothing_is_followed_by_the_next(
    outcome: Callable[[], RunResult],
) -> None:
    time = FakeTime()
    log = TimerLog(time, ends(TROUBLED), outcome, outcome, outcome, ends(STOPPED))
    run_at_due_times(log.timer(recheck_hours=HOURS), NIGHT)
    assert (_hours(log.runs), _hours(log.rechecks)) == ([0, 24], [1, 4, 12])


def test_the_run_comes_before_a_recheck_that_is_due_with_it() -> None:
    time = FakeTime()
    log = TimerLog(time, *[ends(TROUBLED)] * 4, ends(STOPPED))
    run_at_due_times(log.timer(every=4 * 3600, recheck_hours=HOURS), NIGHT)
    assert (_hours(log.runs), _hours(log.rechecks)) == ([0, 4, 8], [1, 5])


def test_rechecks_that_pass_while_the_computer_sleeps_are_made_up_for_by_one() -> None:
    time = FakeTime()

    def then_sleep() -> RunResult:
        time.asleep = timedelta(hours=6)
        return TROUBLED

    log = TimerLog(time, then_sleep, ends(TROUBLED), ends(TROUBLED), ends(STOPPED))
    run_at_due_times(log.timer(recheck_hours=HOURS), NIGHT)
    assert [round(at) for at in _hours(log.rechecks)] == [6, 12]
    assert "the recheck due at 2026-11-21 09:47:00+05:30 was missed; it starts now" in log.texts


def test_after_nights_asleep_there_is_one_run_and_its_rechecks() -> None:
    time = FakeTime()

    def then_sleep() -> RunResult:
        time.asleep = 3 * DAY + timedelta(hours=5)
        return TROUBLED

    again = [ends(TROUBLED)] * 3
    log = TimerLog(time, then_sleep, ends(TROUBLED), *again, ends(STOPPED))
    run_at_due_times(log.timer(recheck_hours=HOURS), NIGHT)
    woken = (log.runs[1] - NIGHT) / timedelta(hours=1)
    assert 77 <= woken < 77 + 1 / 30
    assert _hours(log.rechecks) == pytest.approx([woken + hours for hours in HOURS])
    assert not any("recheck due at" in text for text in log.texts)


def test_rechecks_that_pass_during_their_run_are_left_out() -> None:
    time = FakeTime()

    def long() -> RunResult:
        time.now += timedelta(hours=5)
        return TROUBLED

    log = TimerLog(time, long, ends(TROUBLED), ends(STOPPED))
    run_at_due_times(log.timer(recheck_hours=HOURS), NIGHT)
    assert _hours(log.rechecks) == [12]


def test_a_recheck_that_finds_another_run_going_on_is_left_out() -> None:
    time = FakeTime()
    locked = _raising(LockedError("another run is going on"))
    log = TimerLog(time, ends(TROUBLED), locked, ends(SETTLED), ends(STOPPED))
    run_at_due_times(log.timer(recheck_hours=HOURS), NIGHT)
    assert (_hours(log.runs), _hours(log.rechecks)) == ([0, 24], [1, 4])
    assert "recheck skipped: another run is going on" in log.texts


def test_a_signal_ends_the_schedule_in_a_recheck_too() -> None:
    time = FakeTime()
    log = TimerLog(time, ends(TROUBLED), ends(STOPPED))
    assert run_at_due_times(log.timer(recheck_hours=HOURS), NIGHT) == signal.SIGTERM


def test_without_a_database_no_recheck_is_due(tmp_path: Path) -> None:
    assert due_rechecks(str(tmp_path / "none" / "crawler.db"), [DAY], NIGHT) == ()


@pytest.mark.parametrize(
    ("hours", "made", "expected"),
    [
        (0.5, [], [1, 4, 12]),
        (2, [], [1, 4, 12]),
        (2, [1], [4, 12]),
        (5, [1], [4, 12]),
        (5, [], [4, 12]),
        (13, [1, 4], [12]),
        (13, [1, 4, 12], []),
        (30, [], [12]),
    ],
)
def test_after_a_restart_only_rechecks_are_due_that_have_not_been_made(
    tmp_path: Path, hours: float, made: Sequence[float], expected: Sequence[float]
) -> None:
    path = str(tmp_path / "crawler.db")
    with Store.open(path) as store:
        runs = [(Trigger.SCHEDULE, 0.0), *((Trigger.RECHECK, at) for at in made)]
        for trigger, at in runs:
            start = NIGHT + timedelta(hours=at)
            run_id = store.runs.start(
                trigger=trigger, started_at=start, version="1", list_digest="", settings_digest=""
            )
            store.finish_run(run_id, status=RunStatus.COMPLETE, finished_at=start)
    after = [timedelta(hours=at) for at in HOURS]
    assert _hours(due_rechecks(path, after, NIGHT + timedelta(hours=hours))) == expected
