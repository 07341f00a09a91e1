"""IO: `crawler status`."""

from typing import TYPE_CHECKING, Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, with_options
from crawler.cli.streams import say, say_to_program, tell

if TYPE_CHECKING:
    from crawler.config import Settings


@click.command()
@click.argument("resource", nargs=-1, metavar="[RESOURCE|CLASS|CATEGORY]...")
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, for programs: a list of resources."
)
@with_options(*FILES)
def status(resource: tuple[str, ...], as_json: bool, **files: Unpack[Files]) -> int:
    """Show what needs you, or everything about some resources.

    Reads only the database. RESOURCE is a number, line:84, a file, FILE:84, a URL, or a glob
    on URL, title, category or file. CLASS is broken, suspect, moved, tls_expiring, failing, blocked,
    skipped, muted or healthy: with it, or with a category of the list, the table shows only those
    links. Of a list of more than 10,000 links, the most urgent 1,000 are shown; --json prints all.

    Examples: crawler status 57; crawler status broken moved
    """
    from crawler import status as known

    settings = settings_of(files)
    if as_json or (resource and known.names_resources(settings, resource)):
        has_run = _dossiers(settings, resource, as_json=as_json)
    else:
        has_run = _overview(settings, resource)
    if has_run:
        return ExitStatus.NOTHING_NEW
    tell(f"{settings.database}: no run has completed yet; `crawler run` makes the first.")
    if attempt := known.last_attempt(settings):
        tell(attempt)
    return ExitStatus.INCOMPLETE


def _overview(settings: "Settings", wanted: tuple[str, ...]) -> bool:
    from crawler import status as known
    from crawler.cli import tables

    seen = known.look_over(settings, wanted)
    if seen:
        say(tables.overview(seen, settings.reports))
    return seen is not None


def _dossiers(settings: "Settings", wanted: tuple[str, ...], *, as_json: bool) -> bool:
    from crawler import status as known
    from crawler.cli import tables
    from crawler.report.dossier import dossier_json

    with known.dossiers(settings, wanted, are_all_shown=as_json) as found:
        if found is None:
            return False
        if as_json:
            for lines in dossier_json.render(found.shown):
                say_to_program(lines)
        else:
            for text in tables.dossiers(found, wanted):
                say(text)
    return True
