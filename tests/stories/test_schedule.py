"""The timer: when runs are due, what becomes of the next one, and how it is stopped."""

import json
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.config import ScheduleSettings, Settings
from crawler.demo import LIST_NAME, demo_settings, list_text
from crawler.demo.web import Web
from crawler.demo.worlds import plain_world
from crawler.errors import ConfigError, ResourcesError
from crawler.model import RunStatus, Trigger
from crawler.run import RunOptions, RunResult, run
from crawler.schedule import LONGEST_NAP, Timer, first_due, last_start, run_at_due_times, timetable
from crawler.store import Store
from tests.stories.test_run import FEW, NIGHT, _stalling

STOPPED = RunResult(status=RunStatus.INTERRUPTED, signal=signal.SIGTERM)
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


DAY = timedelta(days=1)


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


def test_an_expression_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"schedule\.cron"):
        timetable(ScheduleSettings(cron="0 3 1 * mon"))


# --- what becomes of the next run ---------------------------------------------------------------


class Time:
    """A clock that moves only while it is waited for, and further when the computer sleeps."""

    def __init__(self, *, asleep: timedelta = timedelta(0)) -> None:
        self.now = NIGHT
        self.naps: list[timedelta] = []
        self._asleep = asleep

    def clock(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.naps.append(timedelta(seconds=seconds))
        self.now += self.naps[-1] + self._asleep
        self._asleep = timedelta(0)


class Log:
    """What was told, and when each run was made."""

    def __init__(self, time: Time, *acts: Callable[[], RunResult]) -> None:
        self.lines: list[str] = []
        self.runs: list[datetime] = []
        self._time = time
        self._acts = iter(acts)

    def play(self) -> RunResult:
        self.runs.append(self._time.now)
        return next(self._acts)()

    def timer(self, *, every: int = 86_400) -> Timer:
        return Timer(
            timetable=timetable(ScheduleSettings(), every),
            make_run=self.play,
            log=self.lines.append,
            zone=ZoneInfo("Asia/Kolkata"),
            clock=self._time.clock,
            wait=self._time.wait,
        )

    @property
    def texts(self) -> list[str]:
        return [line.partition("  ")[2] for line in self.lines]


def _ends(ran: RunResult) -> Callable[[], RunResult]:
    return lambda: ran


def _fails(error: Exception) -> Callable[[], RunResult]:
    def fail() -> RunResult:
        raise error

    return fail


def test_waits_in_naps_runs_when_due_and_ends_with_the_signal_that_stopped_a_run() -> None:
    time = Time()
    log = Log(time, _ends(UNTRUSTED), _ends(STOPPED))
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


def test_three_missed_nights_are_made_up_by_one_run_soon_after_waking() -> None:
    time = Time(asleep=3 * DAY)
    log = Log(time, _ends(UNTRUSTED), _ends(STOPPED))
    run_at_due_times(log.timer(), NIGHT + timedelta(hours=2))
    assert log.runs[0] == NIGHT + 3 * DAY + LONGEST_NAP
    assert log.runs[1] == log.runs[0] + DAY
    assert log.texts[1] == ("the run due at 2026-11-21 10:47:00+05:30 was missed; it starts now")


def test_times_that_pass_while_a_run_goes_on_are_made_up_by_one_run_after_it() -> None:
    time = Time()

    def lasts_long() -> RunResult:
        time.now += timedelta(seconds=3500)
        return UNTRUSTED

    log = Log(time, lasts_long, _ends(UNTRUSTED), _ends(STOPPED))
    run_at_due_times(log.timer(every=1000), NIGHT)
    assert [at - NIGHT for at in log.runs] == [timedelta(seconds=s) for s in (0, 3500, 4500)]


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
def test_a_run_that_fails_is_told_and_the_next_one_works(error: Exception, says: str) -> None:
    log = Log(Time(), _fails(error), _ends(STOPPED))
    assert run_at_due_times(log.timer(), NIGHT) == signal.SIGTERM
    assert log.runs == [NIGHT, NIGHT + DAY]
    assert log.texts[0].startswith(says)
    assert "secret" not in log.texts[0]


def test_an_earlier_run_that_had_not_finished_is_told() -> None:
    log = Log(Time(), _ends(replace(STOPPED, interrupted_before=1)))
    run_at_due_times(log.timer(), NIGHT)
    assert log.texts[0] == "an earlier run had not finished; it is marked as interrupted"


# --- with real runs -----------------------------------------------------------------------------


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(plain_world(FEW)) as playing:
        yield playing


@pytest.fixture
def settings(tmp_path: Path, web: Web) -> Settings:
    (tmp_path / LIST_NAME).write_text(list_text(FEW), encoding="utf-8")
    return demo_settings(tmp_path, web)


def _query(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(settings.database)) as database:
        return database.execute(sql).fetchall()


def _real(settings: Settings, web: Web, time: Time) -> Callable[[], RunResult]:
    conditions = RunOptions(clock=time.clock, trigger=Trigger.SCHEDULE, resolver=web.resolver)
    return lambda: run(settings, conditions)


def test_a_run_that_finished_is_told_in_one_line(settings: Settings, web: Web) -> None:
    time = Time()
    real = _real(settings, web, time)
    log = Log(time, real, real, _ends(STOPPED))
    assert last_start(settings.database) is None
    run_at_due_times(log.timer(), NIGHT)
    assert last_start(settings.database) == NIGHT + DAY
    first, _, second, *_ = log.texts
    assert re.fullmatch(r"run finished: First look.* 5 links: 5 work\.", first)
    assert second == "run finished: Nothing changed. 5 links: 5 work (same as 2026-11-21)."
    assert _query(settings, "select distinct trigger from runs") == [("schedule",)]


def test_a_run_that_finds_another_going_on_is_tried_again_until_that_has_ended(
    settings: Settings, web: Web
) -> None:
    time = Time()
    real = _real(settings, web, time)
    other = ExitStack()

    def real_after_the_other() -> RunResult:
        other.close()
        return real()

    log = Log(time, real, real, real_after_the_other, _ends(STOPPED))
    other.enter_context(Store.open(settings.database))
    run_at_due_times(log.timer(), NIGHT)
    assert [at - NIGHT for at in log.runs[:3]] == [timedelta(minutes=m) for m in (0, 5, 10)]
    skipped, again, skipped_again, _, finished, *_ = log.texts
    assert skipped == skipped_again
    assert skipped.startswith("skipped: ")
    assert "another run is going on" in skipped
    assert again == "next run at 2026-11-21 08:52:00+05:30"
    assert finished.startswith("run finished: ")
    assert web.requests


def test_a_list_that_is_broken_for_a_night_fails_that_night_only(
    settings: Settings, web: Web, tmp_path: Path
) -> None:
    time = Time()
    real = _real(settings, web, time)
    path = tmp_path / LIST_NAME
    text = path.read_text(encoding="utf-8")

    def real_with(content: str) -> Callable[[], RunResult]:
        def play() -> RunResult:
            path.write_text(content, encoding="utf-8")
            return real()

        return play

    log = Log(time, real_with("nothing like a list\n"), real_with(text), _ends(STOPPED))
    run_at_due_times(log.timer(), NIGHT)
    assert log.texts[0].startswith(f"failed: {path}:1: ")
    assert log.texts[2].startswith("run finished: ")


def _written(settings: Settings) -> Path:
    """A settings file with what a run over the made-up web needs, for a process of its own."""
    fetch = settings.fetch
    values = {
        "resources": settings.resources,
        "database": settings.database,
        "reports": settings.reports,
        "fetch.host_delay": 0,
        "fetch.recheck_after": 0,
        "fetch.read_timeout": 60,
        "fetch.total_timeout": 60,
        "fetch.allow_private": fetch.allow_private,
        "fetch.ca_bundle": fetch.ca_bundle,
        **{f'fetch.resolve."{place}"': instead for place, instead in fetch.resolve},
    }
    path = Path(settings.database).with_name("crawler.toml")
    text = "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())
    path.write_text(text, encoding="utf-8")
    return path


_MANY_RUNS = """
import os, sys, threading
from pathlib import Path
from crawler import config
from crawler.run import RunOptions, run
from crawler.schedule import run_at_due_times
from tests.stories.test_schedule import NIGHT, STOPPED, Log, Time

settings = config.load(Path(sys.argv[1]).read_text(encoding="utf-8"), {})
time = Time()

def night():
    ran = run(settings, RunOptions(clock=time.clock))
    print(len(os.listdir("/dev/fd")), threading.active_count())
    return ran

log = Log(time, *[night] * 24, lambda: STOPPED)
run_at_due_times(log.timer(), NIGHT)
assert sum(text.startswith("run finished") for text in log.texts) == 24, log.texts
"""


def test_open_files_and_threads_stay_constant_over_24_runs(settings: Settings) -> None:
    command = [sys.executable, "-c", _MANY_RUNS, str(_written(settings))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 24
    assert len(set(done.stdout.splitlines())) == 1


# --- the command --------------------------------------------------------------------------------


def _command(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "crawler", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _read_until(process: subprocess.Popen[str], wanted: Callable[[list[str]], bool]) -> list[str]:
    """The lines on standard error, up to the one with which they are as wanted."""
    assert process.stderr is not None
    lines: list[str] = []
    while not wanted(lines):
        line = process.stderr.readline()
        assert line, f"it ended after {lines}"
        lines.append(line)
    return lines


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once_between_runs(
    settings: Settings, web: Web, signum: signal.Signals
) -> None:
    arguments = ["--config", str(_written(settings)), "--cron", "0 0 29 2 *", "--timezone"]
    with _command("schedule", *arguments, "Asia/Kolkata") as process:
        (line,) = _read_until(process, bool)
        assert re.search(r"  next run at 20\d\d-02-29 00:00:00\+05:30$", line)
        process.send_signal(signum)
        output, errors = process.communicate(timeout=50)
    assert (process.returncode, output, errors) == (128 + signum, "", "")
    assert web.requests == ()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_run_in_order_and_meanwhile_no_other_run_begins(
    settings: Settings, web: Web, signum: signal.Signals
) -> None:
    web.play(_stalling())
    config = str(_written(settings))
    with _command("schedule", "--config", config, "--every", "86400") as process:
        _read_until(process, lambda lines: len(lines) == 4)
        with _command("run", "--config", config) as other:
            _, refused = other.communicate(timeout=50)
        assert other.returncode == ExitStatus.INCOMPLETE
        assert "another run is going on" in refused
        process.send_signal(signum)
        _, errors = process.communicate(timeout=50)
    assert process.returncode == 128 + signum
    assert errors.endswith("  interrupted; the checks made so far are stored\n")
    assert _query(settings, "select status, trigger from runs") == [("interrupted", "schedule")]
    assert _query(settings, "select count(*) from checks") == [(4,)]


def test_a_missed_run_is_made_up_at_the_start(settings: Settings, web: Web) -> None:
    time = Time()
    time.now = datetime.fromisoformat("2020-01-01T03:17Z")
    _real(settings, web, time)()
    with _command("schedule", "--config", str(_written(settings)), "--quiet") as process:
        missed, finished, following = _read_until(process, lambda lines: len(lines) == 3)
        process.send_signal(signal.SIGTERM)
    assert missed.endswith(
        "  the run due at 2020-01-02 03:17:00+00:00 was missed; it starts now\n"
    )
    assert "  run finished: " in finished
    assert "  next run at " in following


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--cron", "0 3 1 * mon"], "write * for one of them"),
        (["--cron", "60 3 * * *"], "the minute is 0 to 59"),
        (["--cron", "daily"], "five words"),
        (["--set", "schedule.cron=60 3 * * *"], "schedule.cron"),
        (["--timezone", "Mars/Olympus"], "schedule.timezone"),
        (["--timezone", ""], "schedule.timezone"),
        (["--every", "0"], "--every"),
        (["--every", "nan"], "--every"),
        (["--every", "60", "--cron", "@daily"], "give either"),
    ],
)
def test_a_wrong_schedule_exits_2(
    argv: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schedule", *argv]) == ExitStatus.USAGE
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""
