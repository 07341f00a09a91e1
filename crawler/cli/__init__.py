"""IO: the command line: arguments to settings, one call, exit status; all printing.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import click

from crawler import __version__
from crawler.errors import ConfigError, CrawlerError, ResourcesError

if TYPE_CHECKING:
    from crawler.config import Settings
    from crawler.run import Ran

CONFIG_FILES = ("crawler.toml", "pyproject.toml")
"""Where the settings are looked for, in this order, when `--config` names no file."""


class ExitStatus(IntEnum):
    """What the exit status says."""

    NOTHING_NEW = 0
    """Completed, and nothing new in a class of `report.fail_on`."""
    NEW_FINDINGS = 1
    """Completed, with new findings of a class in `report.fail_on`."""
    USAGE = 2
    """The command line, the settings or the list cannot be used; nothing was asked."""
    INCOMPLETE = 3
    """The database, its lock, the disk or a permission kept the run from completing."""
    UNTRUSTED = 4
    """The network seems to be down on our side; nothing was concluded."""


_STATUS_OF: tuple[tuple[type[CrawlerError], ExitStatus], ...] = (
    (ConfigError, ExitStatus.USAGE),
    (ResourcesError, ExitStatus.USAGE),
    (CrawlerError, ExitStatus.INCOMPLETE),
)


class Files(TypedDict):
    """The options that say which files to use, None where the settings decide."""

    config: str | None
    database: str | None
    reports: str | None
    resources: str | None
    sets: tuple[str, ...]


_Command = TypeVar("_Command", bound=Callable[..., Any])

_FILES = (
    click.option("--config", metavar="FILE", help="Settings.  [default: crawler.toml, if any]"),
    click.option("--database", metavar="FILE", help="SQLite file.  [default: crawler.db]"),
    click.option("--reports", metavar="DIR", help="Folder of the reports.  [default: reports]"),
    click.option("--resources", metavar="FILE", help="The list.  [default: resources.csv]"),
    click.option(
        "--set",
        "sets",
        metavar="KEY=VALUE",
        multiple=True,
        help="Override a setting once, such as fetch.recheck_after=0.",
    ),
)
_PROGRESS = (
    click.option("--quiet", is_flag=True, help="No progress."),
    click.option("--verbose", is_flag=True, help="A line for each resource, on a terminal too."),
)
_ONLY = click.option(
    "--only", metavar="PATTERN", default="", help="A number, or a glob on URL, title or category."
)


def _options(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def crawler() -> None:
    """Checks the links of a curated list, remembers what it learns, reports what changed.

    \b
    Exit status:
      0    nothing new
      1    completed, with new findings of a class in report.fail_on
      2    usage, settings or list error; nothing was asked
      3    could not complete: database, lock, disk or permission
      4    the run is not trusted (the network seems down)
      130  interrupted (SIGINT); 143 terminated (SIGTERM)
    """  # noqa: D301  (click wants the backspace itself)


@crawler.command()
@_options(*_FILES, _ONLY, *_PROGRESS)
def run(only: str, quiet: bool, verbose: bool, **files: Unpack[Files]) -> int:
    """Check every resource once, store what was seen, write the reports.

    Example: crawler run --resources resources.csv --reports reports
    """
    from crawler import run as runs  # noqa: PLC0415  (see the module's docstring)
    from crawler.cli.progress import listener  # noqa: PLC0415

    settings = _settings(files)
    with listener(quiet=quiet, verbose=verbose) as listen:
        ran = runs.run(settings, runs.Conditions(only=only, listen=listen))
    return _conclude(ran, settings)


@crawler.command()
@_options(*_FILES)
def report(**files: Unpack[Files]) -> int:
    """Write the reports again from the database, without the network.

    Example: crawler report --database crawler.db --reports reports
    """
    from crawler import run as runs  # noqa: PLC0415  (see the module's docstring)
    from crawler.report import summary  # noqa: PLC0415

    settings = _settings(files)
    written = runs.rewrite_reports(settings)
    if written is None:
        _tell(f"{settings.database}: no run has completed yet; `crawler run` makes the first.")
        return ExitStatus.INCOMPLETE
    _say(summary.render(written))
    return ExitStatus.NOTHING_NEW


@crawler.command()
@click.option(
    "--directory",
    metavar="DIR",
    default="crawler-demo",
    show_default=True,
    help="Where list, database and reports go; it must not exist, or be an earlier demo.",
)
@click.option(
    "--nights", type=click.IntRange(1), metavar="N", help="Stop after N nights.  [default: all]"
)
@_options(*_PROGRESS)
def demo(directory: str, nights: int | None, quiet: bool, verbose: bool) -> int:
    """The whole product without internet, on a made-up web of the 100 resources.

    Example: crawler demo --directory crawler-demo
    """
    from crawler import demo as demos  # noqa: PLC0415  (see the module's docstring)
    from crawler.cli.progress import listener  # noqa: PLC0415

    ran: Ran | None = None
    for night in demos.nights(Path(directory), nights):
        _say(f"\n{night.title}\n{'=' * len(night.title)}\n")
        with listener(quiet=quiet, verbose=verbose) as listen:
            ran = night.play(listen)
        if ran.signal is not None:
            break
        _summarise(ran)
    if ran is not None and ran.signal is not None:
        return 128 + ran.signal
    _say(f"\nThe report is {Path(directory) / 'reports' / 'README.md'}.")
    return ExitStatus.NOTHING_NEW


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status of `crawler` with these arguments, or with those of the process."""
    try:
        return int(crawler.main(args=argv, prog_name="crawler", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return ExitStatus.USAGE
    except click.Abort:
        return 130
    except CrawlerError as error:
        _tell(f"crawler: {error}")
        return next(status for kind, status in _STATUS_OF if isinstance(error, kind))
    except Exception as error:  # noqa: BLE001  (the last resort; everything expected is above)
        last = traceback.extract_tb(error.__traceback__)[-1]
        _tell(
            f"crawler: internal error, {type(error).__name__} in {Path(last.filename).name}:"
            f"{last.lineno}. What was stored stays. Please report it, with the command you gave."
        )
        return ExitStatus.INCOMPLETE


def _settings(files: Files) -> "Settings":
    from crawler import config  # noqa: PLC0415  (see the module's docstring)

    overrides = list(files["sets"])
    for key, value in files.items():
        if key in {"database", "reports", "resources"} and value is not None:
            overrides.append(f"{key}={json.dumps(value)}")
    path = files["config"] or next((f for f in CONFIG_FILES if Path(f).is_file()), None)
    text = _read(path) if path else ""
    return config.load(text, os.environ, overrides, source=path or CONFIG_FILES[0])


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({os.strerror(error.errno or 0)})") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _conclude(ran: "Ran", settings: "Settings") -> int:
    if ran.interrupted_before:
        _tell("An earlier run had not finished; it is marked as interrupted.")
    if ran.signal is not None:
        _tell("Interrupted. The checks made so far are stored; what was known before stands.")
        return 128 + ran.signal
    _summarise(ran)
    if "GITHUB_ACTIONS" in os.environ:
        from crawler.cli.annotations import annotations  # noqa: PLC0415  (seldom needed)

        for line in annotations(ran.news, settings.resources):
            _say(line)
    return ExitStatus.NEW_FINDINGS if ran.news else ExitStatus.NOTHING_NEW


def _summarise(ran: "Ran") -> None:
    from crawler.report import summary  # noqa: PLC0415  (see the module's docstring)

    if ran.report is not None:
        _say(summary.render(ran.report))


def _say(text: str) -> None:
    """Puts a result on standard output; a reader that has gone stops nothing."""
    try:
        sys.stdout.write(text.rstrip("\n") + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(text: str) -> None:
    """Puts a message on standard error."""
    click.echo(text, err=True)
