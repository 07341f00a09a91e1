"""IO: `crawler schedule`."""

import json
from typing import TYPE_CHECKING, Unpack

import click

from crawler.cli.options import (
    CLUSTER,
    FILES,
    ONLY,
    PART,
    PROGRESS,
    Files,
    part_of,
    require_extras,
    settings_of,
    tell_reach,
    with_options,
)
from crawler.cli.streams import tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.config import Settings
    from crawler.model import Trigger
    from crawler.resources import Part
    from crawler.run import RunResult
    from crawler.schedule import Timer

YEAR = 366 * 86_400


@click.command()
@click.option(
    "--cron",
    metavar="EXPR",
    help="Five words as in a crontab, or @daily and the like.  [default: 17 3 * * *]",
)
@click.option(
    "--every",
    type=click.IntRange(1, YEAR),
    metavar="SECONDS",
    help="Seconds from one start to the next, instead of --cron.",
)
@click.option(
    "--timezone", metavar="TZ", help="Time zone of --cron, such as Europe/Berlin.  [default: UTC]"
)
@with_options(*FILES, CLUSTER, ONLY, PART, *PROGRESS)
def schedule(  # noqa: PLR0913, PLR0917  (an argument for each option)
    cron: str | None,
    every: int | None,
    timezone: str | None,
    only: tuple[str, ...],
    part: str | None,
    quiet: bool,
    verbose: bool,
    **files: Unpack[Files],
) -> int:
    """Stay in the foreground, and run at the configured times.

    Some hours after each run it looks again at links in trouble (schedule.recheck_hours).
    Ctrl+C or SIGTERM ends it.

    Example: crawler schedule --cron "17 3 * * *" --timezone Europe/Berlin
    """
    if cron is not None and every is not None:
        raise click.UsageError("give either --cron or --every")
    from crawler import schedule as schedules

    settings = settings_of(_with_flags(files, {"cron": cron, "timezone": timezone}))
    require_extras(settings)
    if not quiet:
        tell_reach(settings)
    make_run = _run_maker(settings, only, part_of(part), quiet=quiet, verbose=verbose)
    timer = _timer(settings, make_run, every)
    last, now = schedules.last_start(settings.database), timer.clock()
    due = schedules.first_due(timer.timetable, every, last, now)
    after = timer.rechecks.after if timer.rechecks else ()
    rechecks = schedules.due_rechecks(settings.database, after, now)
    return 128 + schedules.run_at_due_times(timer, due, rechecks)


def _run_maker(
    settings: "Settings",
    only: tuple[str, ...],
    part: "Part | None",
    *,
    quiet: bool,
    verbose: bool,
) -> "Callable[[Trigger], RunResult]":
    """What makes a run, shows its progress, and sends messages about it."""
    from crawler import run as runs
    from crawler.cli.messages import with_messages
    from crawler.cli.progress import display

    def make_run(trigger: "Trigger") -> "RunResult":
        with display(quiet=quiet, verbose=verbose) as show:
            options = runs.RunOptions(
                trigger=trigger, only=only, part=part, listen=show, remark=tell
            )
            result = runs.run(settings, options)
            show.end(result.distrust)
            return result

    return lambda trigger: with_messages(settings, lambda: make_run(trigger))


def _timer(
    settings: "Settings", make_run: "Callable[[Trigger], RunResult]", every: int | None
) -> "Timer":
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from crawler import cron as crontab
    from crawler import schedule as schedules
    from crawler.cli.commands.run import exit_status
    from crawler.cli.pings import with_pings
    from crawler.model import Trigger

    wanted = settings.schedule
    return schedules.Timer(
        timetable=schedules.timetable(wanted, every),
        make_run=lambda: with_pings(settings, lambda: make_run(Trigger.SCHEDULE), exit_status),
        log=tell,
        zone=ZoneInfo(wanted.timezone),
        is_once_a_date=every is None and crontab.parse(wanted.cron).is_once_a_date,
        rechecks=schedules.Rechecks(
            after=tuple(timedelta(hours=hours) for hours in wanted.recheck_hours),
            make_run=lambda: make_run(Trigger.RECHECK),
        ),
    )


def _with_flags(files: Files, flags: dict[str, str | None]) -> Files:
    """The flags, as settings of the schedule that come after those of `--set`."""
    given = {key: value for key, value in flags.items() if value is not None}
    sets = (f"schedule.{key}={json.dumps(value)}" for key, value in given.items())
    return {**files, "sets": (*files["sets"], *sets)}
