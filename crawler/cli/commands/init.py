"""IO: `crawler init`."""

from typing import TYPE_CHECKING

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.streams import say

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command()
@click.option(
    "--format",
    "list_format",
    default="",
    metavar="NAME",
    help="Format of the list, such as markdown.  [default: by name and content]",
)
@click.option(
    "--recipe",
    "recipes",
    metavar="NAME",
    multiple=True,
    help="Write files too that run the crawler every night: container, cron, github, gitlab or systemd.",
)
@click.option(
    "--resources",
    metavar="FILE",
    multiple=True,
    help="The list, or a part of it; also a glob.  [default: what looks like one]",
)
def init(list_format: str, recipes: tuple[str, ...], resources: tuple[str, ...]) -> int:
    """Write settings for the list in this folder.

    Finds the list (a README, a folder of Markdown, a CSV or YAML file, bookmarks), says what it reads
    of it, and writes crawler.toml with comments. No file that is there is ever replaced. Where there
    are settings already, --recipe writes its own files only.

    Example: crawler init --recipe github
    """
    from crawler import init as beginnings

    texts = _texts(recipes)
    if recipes and not (resources or list_format) and beginnings.has_settings():
        say("There are settings already; they are left as they are.")
    else:
        _write_settings(resources, list_format)
    _write_recipes(texts)
    return ExitStatus.NOTHING_NEW


def _texts(recipes: tuple[str, ...]) -> "Mapping[str, Mapping[str, str]]":
    """The files of each recipe, when none of them is somebody else's."""
    if not recipes:
        return {}
    from crawler import recipes as known

    for name in recipes:
        if name not in known.RECIPES:
            raise click.UsageError(f"--recipe {name}: expected one of {', '.join(known.RECIPES)}")
        known.require_top(name)
    place = known.here()
    texts = {name: known.render(name, place) for name in recipes}
    for files in texts.values():
        known.refuse_to_replace(files)
    return texts


def _write_recipes(texts: "Mapping[str, Mapping[str, str]]") -> None:
    from crawler.cli import terminal

    if not texts:
        return
    from crawler import recipes as known

    for name, files in texts.items():
        written = known.write(files)
        what = f"Written: {', '.join(written)}." if written else f"{', '.join(files)}: as before."
        say(terminal.wrapped(f"{what} {known.RECIPES[name].next_step}"))
    if any(known.UNKNOWN_SOURCE in text for files in texts.values() for text in files.values()):
        say(
            terminal.wrapped(
                "Where it says git.example, put where pip finds this crawler, with a commit."
            )
        )


def _write_settings(resources: tuple[str, ...], list_format: str) -> None:
    from crawler import init as beginnings
    from crawler.cli import terminal
    from crawler.report.wording import list_words

    start = beginnings.find(resources, list_format)
    beginnings.write(start)
    name = ", ".join(start.resources)
    say(terminal.wrapped(f"{name}: {list_words.links_read(start.listed)}"))
    if start.others:
        others = ", ".join(start.others)
        say(terminal.wrapped(f"There may be links in these too; add them if so: {others}."))
    say(terminal.wrapped(f"{beginnings.FILE} is written. {_next_steps(start.contact)}"))


def _next_steps(contact: str) -> str:
    if contact:
        return f"Sites will see {contact} as your contact. Next: `crawler run`."
    return (
        "Next: put a contact of yours into its user_agent, so that the owner of a site can reach "
        "you; then `crawler run`."
    )
