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
    links.

    Examples: crawler status 57; crawler status broken moved
    """
    from crawler import status as known

    settings = settings_of(files)
    if as_json or (resource and known.names_resources(settings, resource)):
        text = _dossiers(settings, resource, as_json=as_json)
    else:
        text = _overview(settings, resource)
    if text is None:
        tell(f"{settings.database}: no run has completed yet; `crawler run` makes the first.")
        if attempt := known.last_attempt(settings):
            tell(attempt)
        return ExitStatus.INCOMPLETE
    (say_to_program if as_json else say)(text)
    return ExitStatus.NOTHING_NEW


def _overview(settings: "Settings", wanted: tuple[str, ...]) -> str | None:
    from crawler import status as known
    from crawler.cli import tables

    seen = known.overview(settings, wanted)
    return None if seen is None else tables.overview(seen)


def _dossiers(settings: "Settings", wanted: tuple[str, ...], *, as_json: bool) -> str | None:
    from crawler import status as known
    from crawler.cli import tables
    from crawler.report.dossier import dossier_json

    found = known.dossiers(settings, wanted)
    if found is None:
        return None
    if as_json:
        return dossier_json.render(found)
    return "\n\n\n".join(map(tables.dossier, found)) or tables.nothing_fits(wanted)
