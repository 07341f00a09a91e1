"""IO: `crawler check`."""

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, PROGRESS, Files, settings_of, tell_reach, with_options
from crawler.cli.streams import command, say, say_to_program, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.check import Looked
    from crawler.config import Settings
    from crawler.model import ResourceList

STANDARD_INPUT = "-"


@click.command()
@click.argument("what", nargs=-1, metavar="[URL|RESOURCE|FILE]...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs: a list of links.")
@click.option(
    "--changed-since",
    "older",
    metavar="FILE|REVISION",
    help="Check only rows with a URL or title that this older copy of the list does not have, or"
    " that the list did not have at this revision of git; - reads the copy from standard input.",
)
@with_options(*FILES, *PROGRESS)
def check(
    what: tuple[str, ...],
    as_json: bool,
    older: str | None,
    quiet: bool,
    verbose: bool,
    **files: Unpack[Files],
) -> int:
    """Look at the list, or at some links, without history.

    Nothing is stored: no database, no reports. What is gone, in doubt, moved, blocked or without a
    proper answer is printed, with the cause and the next step. RESOURCE is a number, line:84, or a
    glob on URL, title or category; FILE is a list; - reads URLs from standard input, one on each
    line. Without any of them, the whole list is checked.

    Exit status 1 when a link is gone, or a row has no usable URL.

    Example: crawler check https://example.org/
    """
    from crawler import check as checks
    from crawler import run as runs
    from crawler.cli.progress import display

    settings = settings_of(files)
    if not quiet:
        tell_reach(settings)
    if older == STANDARD_INPUT and STANDARD_INPUT in what:
        raise click.UsageError("Standard input holds either URLs or the older list, not both.")
    words = tuple(word for word in what if word != STANDARD_INPUT)
    choice = checks.choose(
        settings,
        words,
        typed=_typed() if STANDARD_INPUT in what else None,
        older=None if older is None else _older(older, words, settings),
    )
    with display(quiet=quiet, verbose=verbose) as show:
        options = checks.LookOptions(
            clock=runs.wall_clock, listen=show, remark=runs.ignore_remark if quiet else tell
        )
        looked = checks.look(choice, settings, options)
        _warn(looked)
        show.end(looked.distrust)
    _print(looked, as_json=as_json, is_single=choice.is_single)
    if "GITHUB_ACTIONS" in os.environ and not as_json:
        from crawler.cli.annotations import commands_for_links

        for line in commands_for_links(looked.today.links):
            command(line)
    return _status(looked)


def _typed() -> tuple[str, ...]:
    """The URLs on standard input."""
    return tuple(line.decode("utf-8", "replace").strip() for line in sys.stdin.buffer)


def _older(named: str, words: "Sequence[str]", settings: "Settings") -> "ResourceList":
    """The older list: a file, or that of a revision of git, with the files that the words name."""
    from pathlib import Path

    from crawler.run.files import read_files
    from crawler.run.revision import read_at

    if named == STANDARD_INPUT:
        return _piped(settings)
    if Path(named).exists():
        return read_files((named,), settings.list)
    files = (word for word in words if Path(word).is_file())
    return read_at(named, (*settings.resources, *files), settings.list)


def _piped(settings: "Settings") -> "ResourceList":
    """The list on standard input, which has the format of the present one."""
    from dataclasses import replace

    from crawler import resources

    line = partial(sys.stdin.buffer.readline, resources.MAX_ROW_BYTES + 1)
    name = settings.list.format or resources.format_of_name(settings.resources[0])
    rules = replace(settings.list, format=name, links="all")
    return resources.parse(iter(line, b""), "standard input", rules)


def _warn(looked: "Looked") -> None:
    """Says why the look is not trusted, if so."""
    if looked.distrust is not None:
        from crawler import guard

        tell(f"Not trusted: {guard.cause(looked.distrust)}. Nothing is concluded from that.")


def _print(looked: "Looked", *, as_json: bool, is_single: bool) -> None:
    if as_json:
        from crawler.report.today import today_json

        say_to_program(today_json.render(looked.today))
    elif looked.today.links or looked.distrust is None:
        from crawler.cli import today_view

        say(today_view.shown(looked.today, is_single=is_single))
    for fault in looked.faults:
        tell(f"crawler: no check of {fault.target.url}: {fault.error}")


def _status(looked: "Looked") -> int:
    if looked.signal is not None:
        tell("Interrupted. This is what was seen so far, without what needed a second look.")
        return 128 + looked.signal
    if looked.distrust is not None:
        return ExitStatus.UNTRUSTED
    if looked.faults:
        return ExitStatus.INCOMPLETE
    return ExitStatus.NEW_FINDINGS if looked.today.is_bad else ExitStatus.NOTHING_NEW
