"""IO: the command line: arguments become settings, one call is made, its result is printed."""

import os
from collections.abc import Sequence

import click

from crawler import __version__
from crawler.cli.commands import Commands
from crawler.cli.exits import ExitStatus, status_of
from crawler.cli.options import FILES, ONLY, PROGRESS, with_options
from crawler.cli.streams import lost_output, prepare_for_text, quoted, tell
from crawler.errors import CrawlerError, describe


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@with_options(*FILES, ONLY, *PROGRESS)
def crawler(**_given: object) -> None:
    """Checks the links of a list, remembers what it saw, and reports what changed.

    Options stand before or after a command's name; `crawler COMMAND --help` has all of them.

    \b
    Exit status:
      0    nothing new
      1    completed, with new findings of a class in report.fail_on
      2    usage, settings or list error; nothing was asked
      3    could not complete: database, lock, disk, permission or cluster
      4    the run is not trusted: our own network seems to be down
      130  interrupted (SIGINT); 143 terminated (SIGTERM)
    """  # noqa: D301  (click wants the backspace itself)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status of `crawler` with these arguments, or with those of the process."""
    lost_output()  # of an earlier call
    with quoted(are_commands_read="GITHUB_ACTIONS" in os.environ):
        return _main(argv)


def _main(argv: Sequence[str] | None) -> int:
    try:
        status = int(crawler.main(args=argv, prog_name="crawler", standalone_mode=False) or 0)
        return status or _status_of_output()
    except click.ClickException as error:
        prepare_for_text()
        error.show()
        return ExitStatus.USAGE
    except click.Abort:
        return 130
    except CrawlerError as error:
        tell(f"crawler: {describe(error)}")
        return status_of(error)
    except Exception as error:  # noqa: BLE001  (the last resort; everything expected is above)
        tell(f"crawler: {describe(error)}")
        return ExitStatus.INCOMPLETE


def _status_of_output() -> int:
    """The exit status of a command that has ended well, by what became of its output."""
    why = lost_output()
    if not why:
        return ExitStatus.NOTHING_NEW
    tell(f"crawler: standard output could not be written: {why}")
    return ExitStatus.INCOMPLETE
