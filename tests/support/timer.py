"""A timer on a fake clock: it never waits, and records what it does."""

import signal
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.config import ScheduleSettings
from crawler.model import RunStatus
from crawler.run import RunResult
from crawler.schedule import Rechecks, Timer, timetable
from tests.support.short_web import NIGHT

DAY = timedelta(days=1)
STOPPED = RunResult(status=RunStatus.INTERRUPTED, signal=signal.SIGTERM)


class FakeTime:
    """A clock that moves only while it is waited for, and further when the computer sleeps."""

    def __init__(self, *, asleep: timedelta = timedelta(0)) -> None:
        self.now = NIGHT
        self.naps: list[timedelta] = []
        self.asleep = asleep

    def clock(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.naps.append(timedelta(seconds=seconds))
        self.now += self.naps[-1] + self.asleep
        self.asleep = timedelta(0)


class TimerLog:
    """The log lines, and the times of the runs."""

    def __init__(self, time: FakeTime, *acts: Callable[[], RunResult]) -> None:
        self.lines: list[str] = []
        self.runs: list[datetime] = []
        self.rechecks: list[datetime] = []
        self._time = time
        self._acts = iter(acts)

    def play(self) -> RunResult:
        self.runs.append(self._time.now)
        return next(self._acts)()

    def recheck(self) -> RunResult:
        self.rechecks.append(self._time.now)
        return next(self._acts)()

    def timer(self, *, every: int = 86_400, recheck_hours: Sequence[float] = ()) -> Timer:
        after = tuple(timedelta(hours=hours) for hours in recheck_hours)
        return Timer(
            timetable=timetable(ScheduleSettings(), every),
            make_run=self.play,
            rechecks=Rechecks(after=after, make_run=self.recheck),
            log=self.lines.append,
            zone=ZoneInfo("Asia/Kolkata"),
            clock=self._time.clock,
            wait=self._time.wait,
        )

    @property
    def texts(self) -> list[str]:
        return [line.partition("  ")[2] for line in self.lines]


def ends(ran: RunResult) -> Callable[[], RunResult]:
    return lambda: ran
