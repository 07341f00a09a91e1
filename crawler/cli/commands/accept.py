"""IO: `crawler accept`."""

from typing import Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, options, settings_of
from crawler.cli.streams import say


@click.command()
@click.argument("resource")
@click.option("--undo", is_flag=True, help="Judge its page like any other again.")
@options(*FILES)
def accept(resource: str, undo: bool, **files: Unpack[Files]) -> int:
    """Say that a page is right as it is: RESOURCE is a number, a URL or a glob.

    What is suspected of it is silent until its title, its domain or most of its text changes again.

    Example: crawler accept 57
    """
    from crawler import settle
    from crawler.text import clean

    settings = settings_of(files)
    settled = (settle.revoke if undo else settle.accept)(settings, resource)
    name = f"{clean(settled.title) or clean(settled.url)} (line {settled.line})"
    say(f"{name} is judged like any other again." if undo else f"{name} is accepted as it is.")
    return ExitStatus.NOTHING_NEW
