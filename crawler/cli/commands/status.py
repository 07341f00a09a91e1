"""IO: `crawler status`."""

from typing import TYPE_CHECKING, Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, with_options
from crawler.cli.streams import say, say_to_program, tell

if TYPE_CHECKING:
    from crawler.config import Settings
    from crawler.report.filters import FilterChoice


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
    choice = known.choose(settings, resource)
    if as_json or choice.others:
        has_run = _dossiers(settings, choice, resource, as_json=as_json)
    else:
        has_run = _overview(settings, choice)
    if has_run:
        return ExitStatus.NOTHING_NEW
    tell(f"{settings.database}: no run has completed yet; `crawler run` makes the first.")
    if attempt := known.last_attempt(settings):
        tell(attempt)
    return ExitStatus.INCOMPLETE


def _overview(settings: "Settings", choice: "FilterChoice") -> bool:
    from crawler import status as known
    from crawler.cli import tables

    seen = known.list_overview(settings, choice)
    if seen:
        say(tables.overview(seen, settings.reports))
    return seen is not None


def _dossiers(
    settings: "Settings", choice: "FilterChoice", words: tuple[str, ...], *, as_json: bool
) -> bool:
    from crawler import status as known
    from crawler.cli import tables
    from crawler.report.dossier import dossier_json

    with known.dossiers(settings, choice, are_all_shown=as_json) as found:
        if found is None:
            return False
        show = say_to_program if as_json else say
        texts = dossier_json.render(found.shown) if as_json else tables.dossiers(found, words)
        for text in texts:
            if not show(text):
                break  # Nobody reads the rest, which may be long.
    return True
