"""IO: a module for each command, all loaded for `--help`, so that none imports anything heavy.

What a command needs it imports when it runs.
"""

import click

from crawler.cli.commands.accept import accept
from crawler.cli.commands.demo import demo
from crawler.cli.commands.doctor import doctor
from crawler.cli.commands.mute import mute
from crawler.cli.commands.prune import prune
from crawler.cli.commands.rejudge import rejudge
from crawler.cli.commands.report import report
from crawler.cli.commands.run import run
from crawler.cli.commands.schedule import schedule
from crawler.cli.commands.status import status

COMMANDS: tuple[click.Command, ...] = (
    accept,
    demo,
    doctor,
    mute,
    prune,
    rejudge,
    report,
    run,
    schedule,
    status,
)
"""In the order of the help."""
