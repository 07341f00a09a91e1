"""IO: `crawler retire`."""

from typing import Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, tell_broken_edits, with_options
from crawler.cli.streams import say, tell


@click.command()
@click.argument("resource", nargs=-1, required=True)
@click.option("--apply", is_flag=True, help="Write it; without this, the list stays as it is.")
@click.option("--force", is_flag=True, help="Retire resources that are not broken too.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@with_options(*FILES)
def retire(
    resource: tuple[str, ...], apply: bool, force: bool, yes: bool, **files: Unpack[Files]
) -> int:
    """Move broken links out of the list, to retired.csv.

    A row of a CSV list moves to `retired.csv` beside it, with the date and the reason; an item of a
    Markdown list moves to a section called Retired at its end. RESOURCE is a number, line:84, a file,
    FILE:84, a URL, or a glob on URL, title, category or file.

    Example: crawler retire 57 --apply
    """
    from crawler import mend
    from crawler import retire as retiring
    from crawler.cli import asking, decisions, diff_view, terminal

    settings = settings_of(files)
    tell_broken_edits(settings)
    plan = retiring.planned(settings, resource, force=force)
    say(diff_view.shown(mend.patch(plan.files)))
    if not apply:
        tell("Nothing is written; --apply does it.")
        return ExitStatus.NOTHING_NEW
    if not asking.may_go_on("Write this?", yes=yes):
        tell("Nothing is written.")
        return ExitStatus.NOTHING_NEW
    for backup in retiring.write(plan):
        tell(f"What the list was before is in {backup}.")
    for record in plan.records:
        say(terminal.wrapped(decisions.retired(record, settings.list_name)))
    return ExitStatus.NOTHING_NEW
