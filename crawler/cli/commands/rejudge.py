"""IO: `crawler rejudge`."""

from typing import TYPE_CHECKING, Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, with_options
from crawler.cli.streams import say

if TYPE_CHECKING:
    from crawler.rejudge import Difference


@click.command()
@click.option(
    "--apply",
    "applying",
    is_flag=True,
    help="Store the new judgements, and write the reports again.",
)
@with_options(*FILES)
def rejudge(applying: bool, **files: Unpack[Files]) -> int:
    """Judge the latest checks again by today's rules and settings.

    Shows the judgements that would differ, without using the network. States change with the next
    run.

    Example: crawler rejudge --set report.slow_seconds=10
    """
    from crawler import rejudge as judging
    from crawler import run as runs

    settings = settings_of(files)
    found = judging.apply(settings) if applying else judging.differences(settings)
    if applying:
        runs.rewrite_reports(settings)
    _print(found, applying=applying)
    return ExitStatus.NOTHING_NEW


def _print(found: "tuple[Difference, ...]", *, applying: bool) -> None:
    from crawler.cli import tables, terminal

    if found:
        say(terminal.shown(tables.differences(found)))
        say(
            f"{len(found)} judged differently"
            + (", stored." if applying else "; --apply stores it.")
        )
    else:
        say("Nothing changed." if applying else "Nothing would change.")
