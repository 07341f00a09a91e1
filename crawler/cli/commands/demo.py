"""IO: `crawler demo`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.commands.run import summarise
from crawler.cli.exits import ExitStatus
from crawler.cli.options import PROGRESS, with_options
from crawler.cli.streams import say

if TYPE_CHECKING:
    from crawler.run import RunResult


@click.command()
@click.option(
    "--directory",
    metavar="DIR",
    default="crawler-demo",
    show_default=True,
    help="Folder for list, database and reports: a new one, or that of an earlier demo.",
)
@click.option(
    "--nights", type=click.IntRange(1), metavar="N", help="Stop after N nights.  [default: all]"
)
@with_options(*PROGRESS)
def demo(directory: str, nights: int | None, quiet: bool, verbose: bool) -> int:
    """Play several nights on a made-up web, without internet.

    It has the 100 resources of the list; list, database and reports are kept to look at.

    Example: crawler demo --directory crawler-demo
    """
    from crawler import demo as demos
    from crawler.cli.progress import display

    for night in demos.nights(Path(directory), nights):
        say(f"\n{night.title}\n{'=' * len(night.title)}\n")
        with display(quiet=quiet, verbose=verbose) as show:
            result: RunResult = night.crawl(show)
        if result.signal is not None:
            return 128 + result.signal
        summarise(result)
    say(f"\nThe report is {Path(directory) / 'reports' / 'README.md'}.")
    return ExitStatus.NOTHING_NEW
