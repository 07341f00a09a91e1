"""IO: `crawler report`."""

from typing import Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, with_options
from crawler.cli.streams import say, say_to_program, tell


@click.command()
@click.option(
    "--schema",
    metavar="FILE",
    help="Print the JSON Schema of latest.json, run.json, events.ndjson or fixes.json; write nothing.",
)
@with_options(*FILES)
def report(schema: str | None, **files: Unpack[Files]) -> int:
    """Write the reports again from the database.

    Uses no network.

    Example: crawler report --database crawler.db --reports reports
    """
    from crawler import run as runs
    from crawler.cli.summary import summary
    from crawler.report import schemas

    if schema is not None:
        if schema not in schemas.NAMES:
            names = ", ".join(schemas.NAMES)
            raise click.UsageError(f"{schema}: only {names} have a schema")
        say_to_program(schemas.schema(schema))
        return ExitStatus.NOTHING_NEW
    settings = settings_of(files)
    written = runs.rewrite_reports(settings)
    if written is None:
        tell(f"{settings.database}: no run has completed yet; `crawler run` makes the first.")
        return ExitStatus.INCOMPLETE
    say(summary(written))
    return ExitStatus.NOTHING_NEW
