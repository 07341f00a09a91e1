"""IO: `crawler run`."""

import os
from typing import TYPE_CHECKING, Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, ONLY, PROGRESS, Files, options, settings_of
from crawler.cli.streams import say, tell

if TYPE_CHECKING:
    from crawler.config import Settings
    from crawler.run import RunResult


@click.command()
@options(*FILES, ONLY, *PROGRESS)
def run(only: str, quiet: bool, verbose: bool, **files: Unpack[Files]) -> int:
    """Check every resource once, store what was seen, write the reports.

    Example: crawler run --resources resources.csv --reports reports
    """
    from crawler import run as runs
    from crawler.cli.progress import listener

    settings = settings_of(files)
    with listener(quiet=quiet, verbose=verbose) as listen:
        ran = runs.run(settings, runs.RunOptions(only=only, listen=listen))
    return _conclude(ran, settings)


def summarise(ran: "RunResult") -> None:
    """Says on standard output what a run changed."""
    from crawler.report import as_text

    if ran.report is not None:
        say(as_text.render(ran.report))


def _conclude(ran: "RunResult", settings: "Settings") -> int:
    from crawler import guard

    if ran.interrupted_before:
        tell("An earlier run had not finished; it is marked as interrupted.")
    if ran.signal is not None:
        tell("Interrupted. The checks made so far are stored; what was known before stands.")
        return 128 + ran.signal
    if ran.distrust is not None:
        tell(guard.sentence(ran.distrust))
        return ExitStatus.UNTRUSTED
    summarise(ran)
    for fault in ran.faults:
        tell(f"crawler: no check of {fault.target.url}: {fault.error}")
    if ran.report is not None and "GITHUB_ACTIONS" in os.environ:
        from crawler.cli.annotations import annotations

        now = ran.report.snapshot.run.started_at
        for line in annotations(ran.news, settings.resources, now):
            say(line)
    if ran.faults:
        return ExitStatus.INCOMPLETE
    return ExitStatus.NEW_FINDINGS if ran.news else ExitStatus.NOTHING_NEW
