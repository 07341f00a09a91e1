"""IO: a module for each command, imported when it is called, and the list of commands in the help.

A command imports what it needs when it runs, so that `--help` answers at once.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module

import click
from click.core import ParameterSource

SUMMARIES = {
    "accept": "Accept a page or a redirect as it is, although a run doubts it.",
    "check": "Look at the list, or at some links, without history.",
    "demo": "Play several nights on a made-up web, without internet.",
    "doctor": "Check whether everything that a run needs is in order.",
    "fix": "Show new addresses for links, and put them in the list.",
    "init": "Write settings for the list in this folder.",
    "mute": "Leave a resource out of findings until a date.",
    "noise": "Show what is ignored in the texts of pages, or forget it.",
    "prune": "Remove old history that only repeats itself.",
    "publish": "Keep an issue on GitHub up to date with the report.",
    "rejudge": "Judge the latest checks again by today's rules and settings.",
    "report": "Write the reports again from the database.",
    "retire": "Move broken links out of the list, to retired.csv.",
    "run": "Check every resource once, and write the reports.",
    "schedule": "Stay in the foreground, and run at the configured times.",
    "status": "Show what needs you, or everything about some resources.",
}
"""The first paragraph of each command's own help, in the order of the list."""

_LIST = "--resources"
_SHORTEST = 10
"""Fewest columns for a summary."""


class Commands(click.Group):
    """The commands; listing them imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help."""
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in SUMMARIES:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, and its arguments: first the options that were given before its name."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command, [*_given_before(self, ctx, rest), *rest]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of commands as click does, with `SUMMARIES`."""
        room = formatter.width - 6 - max(map(len, SUMMARIES))
        rows = [
            (name, click.Command(name, help=text).get_short_help_str(max(room, _SHORTEST)))
            for name, text in SUMMARIES.items()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _given_before(group: click.Group, ctx: click.Context, rest: Sequence[str]) -> Iterator[str]:
    """The options of the group on the command line, each as one word, as the command takes it.

    `rest` comes after the command; files of the list that are named there take the place of others.
    """
    for option in group.params:
        if ctx.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE:
            flag, value = option.opts[0], ctx.params[option.name or ""]
            if flag == _LIST and any(word.partition("=")[0] == _LIST for word in rest):
                continue
            if isinstance(value, bool):
                yield flag
            else:
                values = value if isinstance(value, tuple) else (value,)
                yield from (f"{flag}={one}" for one in values)
