"""IO: `crawler doctor`."""

from typing import Unpack

import click

from crawler import __version__
from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, with_options
from crawler.cli.streams import say


@click.command()
@click.option("--offline", is_flag=True, help="Do not use the network.")
@with_options(*FILES)
def doctor(offline: bool, **files: Unpack[Files]) -> int:
    """Check whether everything that a run needs is in order.

    Prints a line for each finding: ok, skip, warn or fail, with what to do. Exit status 2 when the
    list cannot be used, 3 when anything else fails.

    Example: crawler doctor --offline
    """
    from crawler import doctor as doctors
    from crawler import notify
    from crawler import run as runs
    from crawler.cli import terminal
    from crawler.doctor import Level, Topic
    from crawler.text import clean

    settings = settings_of(files)
    failed: set[Topic] = set()
    for one in doctors.examine(
        settings,
        clock=runs.wall_clock,
        version=__version__,
        offline=offline,
        message_faults=notify.faults(settings),
    ):
        line = f"{one.level:<4}  {one.topic}: {clean(one.text)}"
        # For programs it stays one line.
        say(terminal.wrapped(line, indent=6) if terminal.is_terminal() else line)
        if one.level is Level.FAIL:
            failed.add(one.topic)
    if Topic.LIST in failed:
        return ExitStatus.USAGE
    return ExitStatus.INCOMPLETE if failed else ExitStatus.NOTHING_NEW
