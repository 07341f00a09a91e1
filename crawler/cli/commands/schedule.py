"""IO: `crawler schedule`."""

import json
from typing import TYPE_CHECKING, Unpack

import click

from crawler.cli.options import FILES, ONLY, PROGRESS, Files, settings_of, tell_reach, with_options
from crawler.cli.streams import tell

if TYPE_CHECKING:
    from crawler.run import RunResult

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
@with_options(*FILES, ONLY, *PROGRESS)
def schedule(
    cron: str | None,
    every: int | None,
    timezone: str | None,
    only: tuple[str, ...],
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
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from crawler import cron as crontab
    from crawler import run as runs
    from crawler import schedule as schedules
    from crawler.cli.commands.run import exit_status
    from crawler.cli.messages import require_messages, with_messages
    from crawler.cli.pings import with_pings
    from crawler.cli.progress import display
    from crawler.model import Trigger

    settings = settings_of(_with_flags(files, {"cron": cron, "timezone": timezone}))
    require_messages(settings)
    if not quiet:
        tell_reach(settings)
    timetable = schedules.timetable(settings.schedule, every)

    def make_run(trigger: Trigger = Trigger.SCHEDULE) -> "RunResult":
        with display(quiet=quiet, verbose=verbose) as show:
            options = runs.RunOptions(trigger=trigger, only=only, listen=show, remark=tell)
            result = runs.run(settings, options)
            show.end(result.distrust)
            return result

    def told_run(trigger: Trigger = Trigger.SCHEDULE) -> "RunResult":
        return with_messages(settings, lambda: make_run(trigger))

    zone = ZoneInfo(settings.schedule.timezone)
    after = tuple(timedelta(hours=hours) for hours in settings.schedule.recheck_hours)
    timer = schedules.Timer(
        timetable=timetable,
        make_run=lambda: with_pings(settings, told_run, exit_status),
        log=tell,
        zone=zone,
        is_once_a_date=every is None and crontab.parse(settings.schedule.cron).is_once_a_date,
        rechecks=schedules.Rechecks(after=after, make_run=lambda: told_run(Trigger.RECHECK)),
    )
    last, now = schedules.last_start(settings.database), timer.clock()
    due = schedules.first_due(timetable, every, last, now)
    rechecks = schedules.due_rechecks(settings.database, after, now)
    return 128 + schedules.run_at_due_times(timer, due, rechecks)


def _with_flags(files: Files, flags: dict[str, str | None]) -> Files:
    """The flags, as settings of the schedule that come after those of `--set`."""
    given = {key: value for key, value in flags.items() if value is not None}
    sets = (f"schedule.{key}={json.dumps(value)}" for key, value in given.items())
    return {**files, "sets": (*files["sets"], *sets)}
