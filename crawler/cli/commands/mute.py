"""IO: `crawler mute`."""

from datetime import datetime
from typing import Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, with_options
from crawler.cli.streams import say


@click.command()
@click.argument("resource", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", default="", help="Why; shown in the report.")
@click.option("--undo", is_flag=True, help="Report it again.")
@click.option(
    "--until",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which it is reported again, as YYYY-MM-DD.",
)
@with_options(*FILES)
def mute(
    resource: tuple[str, ...],
    reason: str,
    undo: bool,
    until: datetime | None,
    **files: Unpack[Files],
) -> int:
    """Leave a resource out of findings until a date.

    It is still checked. RESOURCE is a number, line:84, a file, FILE:84, a URL, or a glob on URL,
    title, category or file.

    Example: crawler mute 57 --until 2027-01-31 --reason "its owner knows"
    """
    from crawler import settle
    from crawler.cli import decisions, terminal
    from crawler.model import Mute
    from crawler.text import clean

    if undo == (until is not None) or (until and not clean(reason)):
        raise click.UsageError("give either --until DATE and --reason TEXT, or --undo")
    wish = Mute(until=until.date(), reason=clean(reason, 300)) if until else None
    settings = settings_of(files)
    for record in settle.mute(settings, resource, wish):
        say(terminal.wrapped(decisions.muted(record, settings.list_name)))
    return ExitStatus.NOTHING_NEW
