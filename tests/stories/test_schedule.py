"""The timer with real runs, and the command: what is missed, what is refused, how it is stopped."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.config import Settings
from crawler.demo import LIST_NAME
from crawler.demo.web import Web
from crawler.model import Trigger
from crawler.run import RunOptions, RunResult, run
from crawler.schedule import last_start, run_at_due_times
from crawler.store import Store
from tests.support.database import query
from tests.support.short_web import NIGHT, stalling_world
from tests.support.timer import DAY, STOPPED, FakeTime, TimerLog, ends

# --- with real runs -----------------------------------------------------------------------------


def _real(settings: Settings, web: Web, time: FakeTime) -> Callable[[], RunResult]:
    options = RunOptions(clock=time.clock, trigger=Trigger.SCHEDULE, resolver=web.resolver)
    return lambda: run(settings, options)


def test_a_run_that_finished_is_reported_in_one_line(settings: Settings, web: Web) -> None:
    time = FakeTime()
    real = _real(settings, web, time)
    log = TimerLog(time, real, real, ends(STOPPED))
    assert last_start(settings.database) is None
    run_at_due_times(log.timer(), NIGHT)
    assert last_start(settings.database) == NIGHT + DAY
    first, _, second, *_ = log.texts
    assert re.fullmatch(r"run finished: First look.* 5 links: 5 work\.", first)
    assert second == "run finished: Nothing changed. 5 links: 5 work (same as 2026-11-21)."
    assert query(settings.database, "select distinct trigger from runs") == [("schedule",)]


def test_a_run_that_finds_another_going_on_is_tried_again_until_that_has_ended(
    settings: Settings, web: Web
) -> None:
    time = FakeTime()
    real = _real(settings, web, time)
    other = ExitStack()

    def real_after_the_other() -> RunResult:
        other.close()
        return real()

    log = TimerLog(time, real, real, real_after_the_other, ends(STOPPED))
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


@pytest.mark.promise("23")
def test_a_list_that_is_broken_for_a_night_fails_that_night_only(
    settings: Settings, web: Web, tmp_path: Path
) -> None:
    time = FakeTime()
    real = _real(settings, web, time)
    path = tmp_path / LIST_NAME
    text = path.read_text(encoding="utf-8")

    def real_with(content: str) -> Callable[[], RunResult]:
        def play() -> RunResult:
            path.write_text(content, encoding="utf-8")
            return real()

        return play

    log = TimerLog(time, real_with("nothing like a list\n"), real_with(text), ends(STOPPED))
    run_at_due_times(log.timer(), NIGHT)
    assert log.texts[0].startswith(f"failed: {path}:1: ")
    assert log.texts[2].startswith("run finished: ")


def _written(settings: Settings) -> Path:
    """A settings file with what a run over the made-up web needs, for a process of its own."""
    fetch = settings.fetch
    values = {
        "resources": list(settings.resources),
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
from tests.support.short_web import NIGHT
from tests.support.timer import STOPPED, FakeTime, TimerLog

settings = config.load(Path(sys.argv[1]).read_text(encoding="utf-8"), {})
time = FakeTime()

def night():
    ran = run(settings, RunOptions(clock=time.clock))
    print(len(os.listdir("/dev/fd")), threading.active_count())
    return ran

log = TimerLog(time, *[night] * 24, lambda: STOPPED)
run_at_due_times(log.timer(), NIGHT)
assert sum(text.startswith("run finished") for text in log.texts) == 24, log.texts
"""


@pytest.mark.promise("24")
@pytest.mark.slow
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


@pytest.mark.promise("24")
@pytest.mark.slow
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once_between_runs(
    settings: Settings, web: Web, signum: signal.Signals
) -> None:
    arguments = ["--config", str(_written(settings)), "--cron", "0 0 29 2 *", "--timezone"]
    with _command("schedule", *arguments, "Asia/Kolkata") as process:
        reach, line = _read_until(process, lambda lines: len(lines) == 2)
        assert reach.startswith("In force, and reaching further than the web: ")
        assert re.search(r"  next run at 20\d\d-02-29 00:00:00\+05:30$", line)
        process.send_signal(signum)
        output, errors = process.communicate(timeout=50)
    assert (process.returncode, output, errors) == (128 + signum, "", "")
    assert web.requests == ()


@pytest.mark.promise("24")
@pytest.mark.slow
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_run_in_order_and_meanwhile_no_other_run_begins(
    settings: Settings, web: Web, signum: signal.Signals
) -> None:
    web.serve(stalling_world().sites)
    config = str(_written(settings))
    with _command("schedule", "--config", config, "--every", "86400") as process:
        _read_until(process, lambda lines: len(lines) == 5)
        with _command("run", "--config", config) as other:
            _, refused = other.communicate(timeout=50)
        assert other.returncode == ExitStatus.INCOMPLETE
        assert "another run is going on" in refused
        process.send_signal(signum)
        _, errors = process.communicate(timeout=50)
    assert process.returncode == 128 + signum
    assert errors.endswith("  interrupted; what was judged so far counts\n")
    assert query(settings.database, "select status, trigger from runs") == [
        ("interrupted", "schedule")
    ]
    assert query(settings.database, "select count(*) from checks") == [(4,)]


@pytest.mark.promise("22")
@pytest.mark.slow
def test_a_missed_run_is_made_up_at_the_start(settings: Settings, web: Web) -> None:
    time = FakeTime()
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
