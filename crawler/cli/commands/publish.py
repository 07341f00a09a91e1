"""IO: `crawler publish`."""

import os
import time
from typing import TYPE_CHECKING, Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, with_options
from crawler.cli.streams import say, tell
from crawler.errors import ConfigError

if TYPE_CHECKING:
    from crawler.config import Settings
    from crawler.publish import Access, Published

_VARIABLE = "env:"


@click.group()
def publish() -> None:
    """Keep an issue on GitHub up to date with the report.

    Reads the database, so a run must come before.
    """


@publish.command()
@click.option(
    "--api-url",
    default="https://api.github.com",
    envvar="GITHUB_API_URL",
    metavar="URL",
    show_default=True,
    help="Address of the API, for GitHub Enterprise.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option(
    "--repository",
    envvar="GITHUB_REPOSITORY",
    metavar="OWNER/NAME",
    required=True,
    help="Where the issue is.  [default: GITHUB_REPOSITORY in the environment]",
)
@click.option(
    "--token",
    default="env:GITHUB_TOKEN",
    metavar="env:NAME",
    show_default=True,
    help="The environment variable with a token that may write issues.",
)
@click.option(
    "--wait",
    type=click.FloatRange(0, 3600),
    default=300,
    metavar="SECONDS",
    show_default=True,
    help="How long to wait in all, where GitHub limits requests.",
)
@with_options(*FILES)
def github(
    api_url: str,
    dry_run: bool,
    repository: str,
    token: str,
    wait: float,
    **files: Unpack[Files],
) -> int:
    """Keep one issue up to date with the report.

    The issue is created when a link needs a person, says what the report says, gets a comment for each
    night with events, is closed when nothing is left to do, and opened again when there is.

    Example: crawler publish github --repository me/my-list
    """
    from crawler import publish as publishing
    from crawler import run as runs

    settings = settings_of(files)
    access = _access(settings, api_url, repository, token)
    report = publishing.read_report(settings)
    if report is None:
        tell(f"{settings.database}: no run has completed yet; `crawler run` makes the first.")
        return ExitStatus.INCOMPLETE
    waiting = publishing.Waiting(clock=runs.wall_clock, sleep=time.sleep, most=wait)
    folder = publishing.folder_of(settings)
    done = publishing.publish(report, access, waiting, folder=folder, is_dry=dry_run)
    say(_said(done, is_dry=dry_run))
    return ExitStatus.NOTHING_NEW


def _access(settings: "Settings", api_url: str, repository: str, token: str) -> "Access":
    from crawler import __version__
    from crawler.publish import Access

    if not token.startswith(_VARIABLE):
        raise ConfigError(
            "--token: expected env:NAME; a token on the command line can be read by other users"
        )
    name = token.removeprefix(_VARIABLE)
    value = os.environ.get(name, "").strip()
    if not value:
        raise ConfigError(f"--token: there is no {name} in the environment")
    if not (value.isascii() and value.isprintable()):
        raise ConfigError(f"--token: what {name} has is no token")
    return Access(
        api_url=api_url,
        repository=repository,
        token=value,
        user_agent=settings.user_agent.replace("VERSION", __version__),
        ca_bundle=settings.fetch.ca_bundle,
    )


def _said(done: "Published", *, is_dry: bool) -> str:
    from crawler.publish import Step

    would = "Would be " if is_dry else ""
    if not done.number and Step.CREATE in done.steps:
        return "An issue would be created."
    if not done.number:
        return "Nothing needs a person, and no issue is open: none was made."
    if not (done.steps or done.duplicates):
        return f"Issue {done.number} is up to date: {done.url}"
    words = ", ".join(done.steps)
    others = ", ".join(map(str, done.duplicates))
    closed = f"closed as its duplicates: {others}" if others else ""
    what = "; ".join(filter(None, (words, closed)))
    return f"Issue {done.number}: {would.lower()}{what}. {done.url}".rstrip()
