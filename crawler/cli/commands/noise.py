"""IO: `crawler noise`."""

from typing import Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, with_options
from crawler.cli.streams import say

RESET = "reset"
"""The word before resources whose noise is to be forgotten."""


@click.command()
@click.argument("resource", nargs=-1, metavar=f"[{RESET}] [RESOURCE]...")
@with_options(*FILES)
def noise(resource: tuple[str, ...], **files: Unpack[Files]) -> int:
    """Show what is ignored in the texts of pages, or forget it.

    Lines that come and go by themselves are no news: dates, counters, adverts, related pages. With
    "reset" before RESOURCE, what was learned is forgotten, and the next run begins anew with the text
    that it reads. RESOURCE is a number, line:84, a file, FILE:84, a URL, or a glob on URL, title,
    category or file.

    Examples: crawler noise; crawler noise 57; crawler noise reset 57
    """
    from crawler import settle, status
    from crawler.cli import decisions, tables, terminal

    settings = settings_of(files)
    if resource[:1] != (RESET,):
        found = status.noises(settings, resource)
        say(tables.noises(found) if found.records else decisions.NO_NOISE)
        return ExitStatus.NOTHING_NEW
    if not resource[1:]:
        raise click.UsageError(f"name the resources after `{RESET}`: a number, a URL, or a glob")
    for record in settle.forget_noise(settings, resource[1:]):
        say(terminal.wrapped(decisions.forgotten(record, settings.list_name)))
    return ExitStatus.NOTHING_NEW
