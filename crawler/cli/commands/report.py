"""IO: `crawler report`."""

from typing import Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, with_options
from crawler.cli.streams import say, tell


@click.command()
@with_options(*FILES)
def report(**files: Unpack[Files]) -> int:
    """Write the reports again from the database.

    Uses no network.

    Example: crawler report --database crawler.db --reports reports
    """
    from crawler import run as runs
    from crawler.cli.summary import summary

    settings = settings_of(files)
    written = runs.rewrite_reports(settings)
    if written is None:
        tell(f"{settings.database}: no run has completed yet; `crawler run` makes the first.")
        return ExitStatus.INCOMPLETE
    say(summary(written))
    return ExitStatus.NOTHING_NEW
