"""IO: a module for each command, imported when it is called, and the list of commands in the help.

A command imports what it needs when it runs, so that `--help` answers at once.
"""

from importlib import import_module

import click

SUMMARIES = {
    "accept": "Accept a page as it is, although something is suspected of it.",
    "check": "Look at the list, or at some links, without history.",
    "demo": "Play several nights on a made-up web, without internet.",
    "doctor": "Check whether everything that a run needs is in order.",
    "mute": "Leave a resource out of findings until a date.",
    "prune": "Remove old history that only repeats itself.",
    "rejudge": "Judge the latest checks again by today's rules and settings.",
    "report": "Write the reports again from the database.",
    "run": "Check every resource once, and write the reports.",
    "schedule": "Stay in the foreground, and run at the configured times.",
    "status": "Show what needs you, or everything about some resources.",
}
"""The first paragraph of each command's own help, in the order of the list."""

_SHORTEST = 10
"""Fewest columns for a summary."""


class Commands(click.Group):
    """The commands; to list them imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help."""
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in SUMMARIES:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of commands as click does, with `SUMMARIES`."""
        room = formatter.width - 6 - max(map(len, SUMMARIES))
        rows = [
            (name, click.Command(name, help=text).get_short_help_str(max(room, _SHORTEST)))
            for name, text in SUMMARIES.items()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
