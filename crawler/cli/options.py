"""IO: the options that commands share, and the settings read with them."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict, TypeVar

import click

from crawler.cli.streams import tell
from crawler.errors import ConfigError

if TYPE_CHECKING:
    from crawler.config import Settings
    from crawler.resources import Part

CONFIG_FILES = ("crawler.toml", "pyproject.toml")
"""Files that are tried for settings, in this order, without `--config`."""
_MOST_BYTES = 10_000_000
"""Of a file with settings."""


class Files(TypedDict):
    """Options that name files; None where the settings decide."""

    cluster: NotRequired[str | None]
    """Not a file, and not of every command."""
    config: str | None
    database: str | None
    list_format: str | None
    reports: str | None
    resources: tuple[str, ...]
    sets: tuple[str, ...]


_Command = TypeVar("_Command", bound=Callable[..., Any])

FILES = (
    click.option(
        "--config", metavar="FILE", help="Settings.  [default: crawler.toml, if there is one]"
    ),
    click.option("--database", metavar="FILE", help="SQLite file.  [default: crawler.db]"),
    click.option(
        "--format",
        "list_format",
        metavar="NAME",
        help="Format of the list, such as markdown.  [default: by name and content]",
    ),
    click.option("--reports", metavar="DIR", help="Folder of the reports.  [default: reports]"),
    click.option(
        "--resources",
        metavar="FILE",
        multiple=True,
        help="The list, or a part of it; also a glob.  [default: resources.csv]",
    ),
    click.option(
        "--set",
        "sets",
        metavar="KEY=VALUE",
        multiple=True,
        help="Override a setting once, such as fetch.recheck_after=0.",
    ),
)
PROGRESS = (
    click.option("--quiet", is_flag=True, help="Show no progress."),
    click.option(
        "--verbose", is_flag=True, help="Print a line for each resource, on a terminal too."
    ),
)
CLUSTER = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Crawl on the workers of this scheduler of Dask; local: on workers started here.",
)
ONLY = click.option(
    "--only",
    metavar="PATTERN",
    multiple=True,
    help="Check only these: a number, line:84, a file, FILE:84, a URL, or a glob on URL, title, "
    "category or file.",
)


PART = click.option(
    "--part",
    metavar="N/OF",
    help="Check only that part of the list, such as 3/10; next/10 for the one whose turn it is.",
)


def part_of(text: str | None) -> "Part | None":
    """The part that `--part` names.

    Raises:
        ConfigError: there is no such part.
    """
    from crawler.resources import parts  # noqa: PLC0415  (as below)

    return None if text is None else parts.parse(text)


def with_options(*chosen: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    """A decorator that adds these options to a command, in this order."""

    def decorate(command: _Command) -> _Command:
        for option in reversed(chosen):
            command = option(command)
        return command

    return decorate


def settings_of(files: Files) -> "Settings":
    """The settings for a command: file, then environment, then `--set`, then the options for files.

    Raises:
        ConfigError: the file cannot be read, or a setting cannot be used.
    """
    import json  # noqa: PLC0415  (`--help` answers without it, and without the next)

    from crawler import config  # noqa: PLC0415

    overrides = list(files["sets"])
    given = {
        "database": files["database"],
        "list.format": files["list_format"],
        "reports": files["reports"],
        "resources": files["resources"] or None,
        "crawl.cluster": files.get("cluster"),
    }
    overrides += (f"{key}={json.dumps(text)}" for key, text in given.items() if text is not None)
    path = files["config"] or next(filter(os.path.lexists, CONFIG_FILES), None)
    text = _read(path) if path else ""
    return config.load(text, os.environ, overrides, source=path or CONFIG_FILES[0])


def require_extras(settings: "Settings") -> None:
    """Returns if all that the settings want is installed.

    Raises:
        ConfigError: it is not.
    """
    if settings.crawl.cluster:
        from crawler.crawl import cluster  # noqa: PLC0415  (seldom wanted)

        cluster.require()
    if settings.notify.urls:
        from crawler import notify  # noqa: PLC0415  (seldom wanted)

        notify.require(settings)


def tell_broken_edits(settings: "Settings") -> None:
    """Puts in order what a kill has left of an edit of the list, and says what was found."""
    from crawler.run import broken_edits, wall_clock  # noqa: PLC0415  (as above)

    for sentence in broken_edits.put_in_order(settings, wall_clock()):
        tell(sentence)


def tell_reach(settings: "Settings") -> None:
    """Says which settings in force reach further than the web, in a line."""
    from crawler.config import reach  # noqa: PLC0415  (as above)

    keys = ", ".join(one.key for one in reach(settings))
    if keys:
        tell(f"In force, and reaching further than the web: {keys}. `crawler doctor` says more.")


def _read(path: str) -> str:
    from crawler.own_files import read_small  # noqa: PLC0415  (as above)

    try:
        return read_small(Path(path), _MOST_BYTES).decode()
    except OSError as error:
        is_lost = isinstance(error, FileNotFoundError) and Path(path).is_symlink()
        why = "a symbolic link that leads nowhere" if is_lost else error.strerror
        raise ConfigError(
            f"{path}: settings cannot be read from it ({why}); name another file with --config"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
