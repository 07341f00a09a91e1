"""IO: `crawler accept`."""

from typing import Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, with_options
from crawler.cli.streams import say


@click.command()
@click.argument("resource", nargs=-1, required=True)
@click.option("--undo", is_flag=True, help="Do not accept it any more.")
@with_options(*FILES)
def accept(resource: tuple[str, ...], undo: bool, **files: Unpack[Files]) -> int:
    """Accept a page or a redirect as it is, although a run doubts it.

    RESOURCE is a number, line:84, a file, FILE:84, a URL, or a glob on URL, title, category or file.
    The suspicion is not reported until the title, the domain or most of the text of the page changes
    again, and the redirect not until it leads elsewhere.

    Example: crawler accept 57
    """
    from crawler import settle
    from crawler.cli import decisions, terminal

    settings = settings_of(files)
    change = settle.revoke if undo else settle.accept
    describe = decisions.revoked if undo else decisions.accepted
    for record in change(settings, resource):
        say(terminal.wrapped(describe(record, settings.list_name)))
    return ExitStatus.NOTHING_NEW
