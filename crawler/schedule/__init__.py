"""IO: the timer around `run`, and the times at which it runs."""

from crawler.schedule.loop import LONGEST_NAP, Rechecks, Timer, run_at_due_times
from crawler.schedule.past_runs import due_rechecks, last_start
from crawler.schedule.times import first_due, timetable

__all__ = [
    "LONGEST_NAP",
    "Rechecks",
    "Timer",
    "due_rechecks",
    "first_due",
    "last_start",
    "run_at_due_times",
    "timetable",
]
