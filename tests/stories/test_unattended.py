"""Nights that nobody looks after: a year of them, asleep, killed, with a broken list, without network.

`CRAWLER_FULL=1` and `--timeout 5000` play whole years and a whole month, which takes an hour.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler import notify
from crawler.config import ScheduleSettings
from crawler.demo import LIST_NAME, scenarios
from crawler.demo.replies import Reply, Then
from crawler.demo.web import Web
from crawler.demo.worlds import plain_world
from crawler.model import Reason, Resource, RunStatus, Trigger
from crawler.notify import news
from crawler.run import RunResult
from crawler.schedule import Rechecks, Timer, due_rechecks, first_due, run_at_due_times, timetable
from tests.support.demo_list import listed
from tests.support.made_up_nights import Nights
from tests.support.settings_file import write_settings
from tests.support.short_web import FEW
from tests.support.timer import DAY, STOPPED, FakeTime

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("few_objects")]

IS_FULL = "CRAWLER_FULL" in os.environ  # noqa: TID251
HOURS = (1, 4, 12)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")
FIRST, SECOND, *_ = (resource.number or 0 for resource in FEW)
ERROR = scenarios.answers(503, Reason.HTTP_5XX)
GONE = scenarios.answers(404, Reason.HTTP_404)
TROUBLED = RunResult(status=RunStatus.COMPLETE, asked=3, in_trouble=1)


async def _no_such_name(host: str, port: int) -> tuple[str, ...]:
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


@dataclass
class Unattended:
    """A schedule on a clock that does not wait, in a zone, from one moment to another."""

    make_run: Callable[[Trigger], RunResult]
    zone: str
    begin: datetime
    end: datetime
    words: str = "30 2 * * *"
    time: FakeTime = field(default_factory=FakeTime)
    log: list[str] = field(default_factory=list)
    runs: list[datetime] = field(default_factory=list)
    rechecks: list[datetime] = field(default_factory=list)

    def play(self) -> None:
        """All runs until the end."""
        self.time.now = self.begin
        settings = ScheduleSettings(cron=self.words, timezone=self.zone)
        timer = Timer(
            timetable=timetable(settings),
            make_run=lambda: self._run(Trigger.SCHEDULE, self.runs),
            rechecks=Rechecks(
                after=tuple(timedelta(hours=hours) for hours in HOURS),
                make_run=lambda: self._run(Trigger.RECHECK, self.rechecks),
            ),
            log=self.log.append,
            zone=ZoneInfo(self.zone),
            is_once_a_date=True,
            clock=self.time.clock,
            wait=self.time.wait,
        )
        run_at_due_times(timer, first_due(timer.timetable, None, None, self.begin))

    def _run(self, trigger: Trigger, made: list[datetime]) -> RunResult:
        if self.time.now >= self.end:
            return STOPPED
        made.append(self.time.now)
        return self.make_run(trigger)

    def dates(self) -> list[str]:
        """The local dates of the runs."""
        return [at.astimezone(ZoneInfo(self.zone)).date().isoformat() for at in self.runs]


def _all_dates(begin: datetime, end: datetime, zone: str) -> list[str]:
    first = begin.astimezone(ZoneInfo(zone)).date()
    days = (end.astimezone(ZoneInfo(zone)).date() - first).days
    return [(first + timedelta(days=n)).isoformat() for n in range(days)]


def _midnight(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


# --- years --------------------------------------------------------------------------------------

YEAR = [("2026-01-01", "2027-01-01")]
TURNS = [
    ("2026-03-07", "2026-03-10"),
    ("2026-03-28", "2026-03-31"),
    ("2026-10-24", "2026-10-27"),
    ("2026-10-31", "2026-11-03"),
]
"""Days around the turns of the clock, of New York and of Berlin."""


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("words", ["30 2 * * *", "30 1 * * *", "0 0 * * *"])
def test_each_date_has_one_run_and_its_rechecks(zone: str, words: str) -> None:
    for first, last in YEAR if IS_FULL else TURNS:
        begin, end = (_midnight(text, zone) - timedelta(seconds=1) for text in (first, last))
        played = Unattended(lambda _: TROUBLED, zone, begin.astimezone(UTC), end, words)
        played.play()
        assert played.dates() == _all_dates(
            begin + timedelta(seconds=1), end + timedelta(seconds=1), zone
        )
        wanted = [run + timedelta(hours=h) for run in played.runs for h in HOURS]
        assert played.rechecks == [at for at in wanted if at < end]


def _nights(folder: Path, web: Web, zone: str, resources: tuple[Resource, ...] = FEW) -> Nights:
    changed = {"schedule": ScheduleSettings(timezone=zone)}
    return Nights(folder, web, resources, changed=changed)


def _real(nights: Nights, time: FakeTime) -> Callable[[Trigger], RunResult]:
    def make_run(trigger: Trigger) -> RunResult:
        nights.now = time.now
        return nights.run(trigger)

    return make_run


@pytest.mark.parametrize("zone", ZONES)
def test_real_runs_over_the_turns_of_the_clock(tmp_path: Path, shared_web: Web, zone: str) -> None:
    nights, time = _nights(tmp_path, shared_web, zone), FakeTime()
    nights.play({FIRST: ERROR})
    short = {"Europe/Berlin": "2026-10-24", "America/New_York": "2026-10-31"}
    first = "2026-01-01" if IS_FULL else short.get(zone, "2026-10-24")
    begin = _midnight(first, zone).astimezone(UTC)
    end = begin + (365 * DAY if IS_FULL else timedelta(days=3, hours=5))
    played = Unattended(_real(nights, time), zone, begin, end, time=time)
    played.play()
    assert played.dates() == list(dict.fromkeys(played.dates()))
    count = 365 if IS_FULL else 4
    assert len(played.runs) == count
    stored = "select trigger, status, count(*) from runs group by trigger order by trigger"
    assert nights.rows(stored) == [
        ("recheck", "complete", len(played.rechecks)),
        ("schedule", "complete", len(played.runs)),
    ]
    assert nights.state(FIRST) == ("broken", len(played.runs), "failing")
    assert not any("failed" in line for line in played.log)


# --- asleep, killed -----------------------------------------------------------------------------


def test_three_nights_asleep_cost_one_run_and_a_message(tmp_path: Path, shared_web: Web) -> None:
    nights, time = _nights(tmp_path, shared_web, "Europe/Berlin"), FakeTime()
    told: list[str] = []

    def make_run(trigger: Trigger) -> RunResult:
        nights.now = time.now
        known = notify.known_before(nights.settings)
        ran = nights.run(trigger)
        told.extend(m.text for m in news.of_run(nights.settings, known, ran, time.now))
        if len(told) == 0:
            time.asleep = 3 * DAY + timedelta(hours=7)
        return ran

    begin = _midnight("2026-10-22", "Europe/Berlin").astimezone(UTC)
    played = Unattended(make_run, "Europe/Berlin", begin, begin + 6 * DAY, time=time)
    played.play()
    assert played.dates() == ["2026-10-22", "2026-10-25", "2026-10-26", "2026-10-27"]
    (message,) = told
    assert message.startswith("The nights are back. The last good run before was on 2026-10-22")
    missed = [line for line in played.log if "was missed; it starts now" in line]
    assert len(missed) == 1


def _command(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "crawler", *arguments, "--quiet"]
    return subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder
    )


def _hang(nights: Nights) -> None:
    """From now on no page answers."""
    world = plain_world(FEW)
    hanging = Reply(raw=(), then=Then.HANG)
    sites = {
        host: replace(site, pages={"/robots.txt": site.pages["/robots.txt"]}, unknown=hanging)
        if "/robots.txt" in site.pages
        else replace(site, pages={}, unknown=hanging)
        for host, site in world.sites.items()
    }
    nights.web.serve(sites)


def _killed_while_it_asks(nights: Nights, *arguments: str) -> None:
    with _command(nights.folder, *arguments) as process:
        while not nights.web.requests:
            assert process.poll() is None
        process.kill()
    assert process.returncode == -signal.SIGKILL


@pytest.fixture
def long_ago(tmp_path: Path, shared_web: Web) -> Nights:
    """One night in 2020, with a link in trouble, and settings for processes of their own."""
    nights = _nights(tmp_path, shared_web, "UTC")
    nights.now = datetime.fromisoformat("2020-01-01T03:17Z")
    nights.play({FIRST: ERROR})
    write_settings(tmp_path, shared_web, read_timeout=60, total_timeout=60)
    nights.run()
    return nights


def test_a_killed_night_is_made_up_after_the_restart(long_ago: Nights) -> None:
    _hang(long_ago)
    _killed_while_it_asks(long_ago, "schedule")
    assert long_ago.rows("select trigger, status from runs where id = 2") == [
        ("schedule", "running")
    ]
    assert long_ago.rows("pragma integrity_check") == [("ok",)]
    long_ago.play({FIRST: ERROR})
    lines: list[str] = []
    with _command(long_ago.folder, "schedule") as process:
        assert process.stderr is not None
        while not lines or "next recheck at" not in lines[-1]:
            lines.append(process.stderr.readline())
            assert lines[-1], lines
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 128 + signal.SIGTERM
    text = "".join(lines)
    assert "was missed; it starts now" in text
    assert "an earlier run had not finished; it is marked as interrupted" in text
    assert long_ago.rows("select trigger, status from runs") == [
        ("schedule", "complete"),
        ("schedule", "interrupted"),
        ("schedule", "complete"),
    ]


def test_a_killed_recheck_concludes_nothing_and_is_due_again(long_ago: Nights) -> None:
    known = long_ago.rows("select * from latest_checks")
    _hang(long_ago)
    _killed_while_it_asks(long_ago, "run", "--troubled")
    assert long_ago.rows("select * from latest_checks") == known
    database, now = long_ago.settings.database, long_ago.now
    after = [timedelta(hours=hours) for hours in HOURS]
    due = due_rechecks(database, after, now + timedelta(hours=2))
    assert due == tuple(now + one for one in after)
    long_ago.play({})
    with _command(long_ago.folder, "run", "--troubled") as process:
        output, said = process.communicate(timeout=100)
    assert (process.returncode, said) == (
        0,
        "An earlier run had not finished; it is marked as interrupted.\n",
    )
    with _command(long_ago.folder, "run", "--troubled") as process:
        _, said = process.communicate(timeout=100)
    assert said == "No link is in trouble, so nothing was asked.\n"
    assert "5 links: 5 work" in output
    assert long_ago.rows("select trigger, status from runs") == [
        ("schedule", "complete"),
        ("recheck", "interrupted"),
        ("recheck", "complete"),
    ]
    # The clock of that process is years later: all of them have been made up for.
    assert due_rechecks(database, after, now + timedelta(hours=2)) == ()


# --- a broken list, a broken network ------------------------------------------------------------


def test_a_list_that_is_broken_in_the_morning_is_looked_at_again_when_it_is_mended(
    tmp_path: Path, shared_web: Web
) -> None:
    nights, time = _nights(tmp_path, shared_web, "UTC"), FakeTime()
    path = tmp_path / LIST_NAME
    text = path.read_text(encoding="utf-8")
    nights.play({FIRST: ERROR, SECOND: ERROR})
    real = _real(nights, time)

    def make_run(trigger: Trigger) -> RunResult:
        is_broken = 5 <= time.now.hour < 12 and time.now.day == 2
        path.write_text("nothing like a list\n" if is_broken else text, encoding="utf-8")
        if time.now.hour >= 12:
            nights.play({SECOND: ERROR})
        return real(trigger)

    begin = datetime(2026, 3, 1, tzinfo=UTC)
    played = Unattended(make_run, "UTC", begin, begin + 3 * DAY, "30 4 * * *", time)
    played.play()
    failed = [line for line in played.log if "failed: " in line]
    assert len(failed) == 2
    assert all(line.startswith("2026-03-02 ") and f"{path}:1" in line for line in failed)
    assert played.dates() == ["2026-03-01", "2026-03-02", "2026-03-03"]
    assert nights.rows("select trigger, status, count(*) from runs group by trigger, status") == [
        ("recheck", "complete", 7),
        ("schedule", "complete", 3),
    ]
    assert nights.state(FIRST) == ("healthy", 0, "ok")
    assert nights.rows("select count(*) from changes where kind in ('added', 'removed')") == [(0,)]


def test_a_month_in_which_the_network_fails_every_third_night(
    tmp_path: Path, shared_web: Web
) -> None:
    nights, time = _nights(tmp_path, shared_web, "Europe/Berlin", listed()[40:50]), FakeTime()
    count = 30 if IS_FULL else 6
    nights.play({FIRST: GONE})
    told: list[str] = []
    number = 0

    def make_run(trigger: Trigger) -> RunResult:
        nonlocal number
        number += trigger is Trigger.SCHEDULE
        nights.now = time.now
        nights.resolver = _no_such_name if number % 3 == 0 else None
        known = notify.known_before(nights.settings)
        latest = nights.rows("select * from latest_checks") if number > 1 else []
        ran = nights.run(trigger)
        if number % 3 == 0:
            assert nights.rows("select * from latest_checks") == latest
        told.extend(m.title for m in news.of_run(nights.settings, known, ran, time.now))
        return ran

    begin = _midnight("2026-10-10", "Europe/Berlin").astimezone(UTC)
    played = Unattended(make_run, "Europe/Berlin", begin, begin + count * DAY, time=time)
    played.play()
    assert len(played.runs) == count
    assert nights.rows(
        "select status, count(*) from runs where trigger = 'schedule' group by 1"
    ) == [
        ("complete", count - count // 3),
        ("untrusted", count // 3),
    ]
    assert nights.rows("select distinct number from latest_checks where state <> 'healthy'") == [
        (FIRST,)
    ]
    assert nights.rows("select kind, count(*) from changes group by kind") == [("broke", 1)]
    titles = [title.partition(": ")[2] for title in told]
    assert titles == ["first look", "1 new", *["the run is not trusted"] * (count // 3)]
