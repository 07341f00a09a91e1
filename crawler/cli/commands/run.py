"""IO: `crawler run`."""

import os
from functools import partial
from typing import TYPE_CHECKING, Unpack

import click

from crawler.cli.exits import ExitStatus
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
from crawler.cli.streams import command, say, tell

if TYPE_CHECKING:
    from crawler.config import Settings
    from crawler.run import RunResult


@click.command()
@click.option(
    "--list-changed",
    is_flag=True,
    help="Go on although the list is empty, or has little in common with the one before.",
)
@click.option(
    "--troubled",
    is_flag=True,
    help="Look again only at links that fail, are broken or in doubt, as between two nights.",
)
@with_options(*FILES, CLUSTER, ONLY, PART, *PROGRESS)
def run(
    list_changed: bool,
    troubled: bool,
    only: tuple[str, ...],
    part: str | None,
    quiet: bool,
    verbose: bool,
    **files: Unpack[Files],
) -> int:
    """Check every resource once, and write the reports.

    What was seen is stored in the database, and compared with what earlier runs saw.

    Example: crawler run --resources resources.csv --reports reports
    """
    from crawler import run as runs
    from crawler.cli.messages import with_messages
    from crawler.cli.pings import with_pings
    from crawler.cli.progress import display
    from crawler.model import Trigger

    settings, chosen_part = settings_of(files), part_of(part)
    require_extras(settings)
    if not quiet:
        tell_reach(settings)

    def make_run() -> "RunResult":
        with display(quiet=quiet, verbose=verbose) as show:
            options = runs.RunOptions(
                trigger=Trigger.RECHECK if troubled else Trigger.MANUAL,
                list_changed=list_changed,
                only=only,
                part=chosen_part,
                listen=show,
                remark=tell,
                announce=runs.ignore_remark if quiet else tell,
            )
            result = runs.run(settings, options)
            _warn(result)
            show.end(result.distrust)
            return result

    told_run = partial(with_messages, settings, make_run)
    # A service that watches over the nights would take a recheck for one.
    result = told_run() if troubled else with_pings(settings, told_run, exit_status)
    return _conclude(result, settings)


def exit_status(result: "RunResult") -> int:
    """The exit status that says how a run ended."""
    if result.signal is not None:
        return 128 + result.signal
    if result.distrust is not None:
        return ExitStatus.UNTRUSTED
    if result.faults or result.broken_off:
        return ExitStatus.INCOMPLETE
    return ExitStatus.NEW_FINDINGS if result.news else ExitStatus.NOTHING_NEW


def summarise(result: "RunResult") -> None:
    """Prints what a run changed, to standard output; GitHub Actions shows the report, too."""
    from crawler.cli.job_summary import add_summary
    from crawler.cli.summary import summary

    if result.report is not None:
        say(summary(result.report))
        if path := os.environ.get("GITHUB_STEP_SUMMARY"):
            add_summary(path, result.report)


def _warn(result: "RunResult") -> None:
    """Says why the run is not trusted, or was broken off, if so."""
    from crawler import guard

    if result.distrust is not None:
        tell(guard.explanation(result.distrust))
    elif result.broken_off:
        tell(
            f"crawler: {result.broken_off}. What was judged so far counts; the rest goes first next time."
        )


def _interruption(result: "RunResult") -> str:
    from crawler.model import RunStatus

    match result.status is RunStatus.COMPLETE, result.report is not None:
        case True, True:
            return "Interrupted when everything had been judged: the run is complete."
        case True, False:
            return (
                "Interrupted when everything had been judged; `crawler report` writes the reports."
            )
        case False, True:
            return (
                "Interrupted. What was judged so far counts; "
                "the rest stays as it was, and goes first next time."
            )
        case _:
            return (
                "Interrupted. The checks made so far are stored; "
                "there was no time for the reports, which `crawler report` writes."
            )


def _tell_github(result: "RunResult", settings: "Settings") -> None:
    """Annotations for the news, where GitHub Actions runs the crawler."""
    if result.report is None or "GITHUB_ACTIONS" not in os.environ:
        return
    from crawler.cli.annotations import workflow_commands

    now = result.report.snapshot.run.started_at
    for line in workflow_commands(result.news, settings.list_name, now):
        command(line)


def _conclude(result: "RunResult", settings: "Settings") -> int:
    from crawler.model import Trigger

    if result.interrupted_before:
        tell("An earlier run had not finished; it is marked as interrupted.")
    if result.signal is not None:
        tell(_interruption(result))
    if result.trigger is Trigger.RECHECK and not result.asked and result.signal is None:
        tell("No link is in trouble, so nothing was asked.")
    summarise(result)
    if result.signal is None and result.distrust is None:
        for fault in result.faults:
            tell(f"crawler: no check of {fault.target.url}: {fault.error}")
        _tell_github(result, settings)
    return exit_status(result)
