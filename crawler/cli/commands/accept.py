"""IO: `crawler accept`."""

from typing import Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, with_options
from crawler.cli.streams import say


@click.command()
@click.argument("resource", nargs=-1, required=True)
@click.option("--undo", is_flag=True, help="Do not accept its page any more.")
@with_options(*FILES)
def accept(resource: tuple[str, ...], undo: bool, **files: Unpack[Files]) -> int:
    """Accept a page as it is, although something is suspected of it.

    RESOURCE is a number, line:84, a URL or a glob on URL, title or category. The suspicion is not
    reported until the title, the domain or most of the text of the page changes again.

    Example: crawler accept 57
    """
    from crawler import settle
    from crawler.text import clean

    settings = settings_of(files)
    for one in (settle.revoke if undo else settle.accept)(settings, resource):
        name = f"{clean(one.title) or clean(one.url)} (line {one.line})"
        say(f"{name} is not accepted any more." if undo else f"{name} is accepted as it is.")
    return ExitStatus.NOTHING_NEW
