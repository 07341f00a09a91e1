"""IO: `crawler init`."""

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.streams import say


@click.command()
@click.option(
    "--format",
    "list_format",
    default="",
    metavar="NAME",
    help="Format of the list, such as markdown.  [default: by name and content]",
)
@click.option(
    "--resources",
    metavar="FILE",
    multiple=True,
    help="The list, or a part of it; also a glob.  [default: what looks like one]",
)
def init(list_format: str, resources: tuple[str, ...]) -> int:
    """Write settings for the list in this folder.

    Finds the list (a README, a folder of Markdown, a CSV or YAML file, bookmarks), says what it reads
    of it, and writes crawler.toml with comments. Settings that are there are never replaced.

    Example: crawler init --resources README.md --resources "docs/**/*.md"
    """
    from crawler import init as beginnings
    from crawler.cli import terminal
    from crawler.report.wording import list_words

    start = beginnings.find(resources, list_format)
    beginnings.write(start)
    name = ", ".join(start.resources)
    say(terminal.folded(f"{name}: {list_words.links_read(start.listed)}"))
    if start.others:
        others = ", ".join(start.others)
        say(terminal.folded(f"There may be links in these too; add them if so: {others}."))
    say(terminal.folded(f"{beginnings.FILE} is written. {_next_steps(start.contact)}"))
    return ExitStatus.NOTHING_NEW


def _next_steps(contact: str) -> str:
    if contact:
        return f"Sites will see {contact} as your contact. Next: `crawler run`."
    return (
        "Next: put a contact of yours into its user_agent, so that the owner of a site can reach "
        "you; then `crawler run`."
    )
