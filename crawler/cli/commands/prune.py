"""IO: `crawler prune`."""

from typing import TYPE_CHECKING, Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, with_options
from crawler.cli.streams import say

if TYPE_CHECKING:
    from crawler.store import Pruned

KEEP_DAYS = 400
"""A year, and a month to compare it with the one before."""


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what would stay, and change nothing.")
@click.option(
    "--keep-days",
    type=click.IntRange(1),
    metavar="N",
    default=KEEP_DAYS,
    show_default=True,
    help="Keep every check of the N days before the last complete run.",
)
@with_options(*FILES)
def prune(dry_run: bool, keep_days: int, **files: Unpack[Files]) -> int:
    """Remove old history that only repeats itself.

    Of the older checks, only the first and the last in each series of equal verdicts stay, with what
    they refer to. Events, incidents and reports stay as they are. The file gets smaller.

    Example: crawler prune --keep-days 400 --dry-run
    """
    from crawler.store import Store

    settings = settings_of(files)
    with Store.open_known(settings.database) as store:
        pruned = store.prune(keep_days, dry_run=dry_run)
    _print(settings.database, pruned, dry_run=dry_run)
    return ExitStatus.NOTHING_NEW


def _print(database: str, pruned: "Pruned", *, dry_run: bool) -> None:
    from crawler.cli import tables, terminal

    say(terminal.shown(tables.amounts(pruned)))
    if pruned.before == pruned.after:
        say(f"{database}: nothing is old enough to remove.")
    elif dry_run:
        say(f"{database} is unchanged; without --dry-run this is what stays.")
