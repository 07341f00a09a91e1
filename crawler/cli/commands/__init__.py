"""IO: a module for each command, imported when the command is wanted, and what the help says of it.

What a command needs it imports when it runs.
"""

from importlib import import_module

import click

SUMMARIES = {
    "accept": "Say that a page is right as it is: RESOURCE is a number, a URL or a glob.",
    "demo": "The whole product without internet, on a made-up web of the 100 resources.",
    "doctor": "Check whether everything a run needs is in order, and say what to do where it is not.",
    "mute": "Leave a resource out of findings until a date; it is still checked.",
    "prune": "Drop old history that only repeats itself, and give its room back.",
    "rejudge": "Judge the latest checks again, by today's rules and settings, and show what would differ.",
    "report": "Write the reports again from the database, without the network.",
    "run": "Check every resource once, store what was seen, write the reports.",
    "schedule": "Stay in the foreground and run at the configured times, until a signal.",
    "status": "Show what needs you, or everything known about some resources, without the network.",
}
"""The first paragraph of each command's own help, in the order in which they are listed."""

_SHORTEST = 10
"""Columns for a summary, at least."""


class Commands(click.Group):
    """The commands, none of which is imported to list them."""

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
        """Write the commands into the help as click does, with the summaries from here."""
        room = formatter.width - 6 - max(map(len, SUMMARIES))
        rows = [
            (name, click.Command(name, help=text).get_short_help_str(max(room, _SHORTEST)))
            for name, text in SUMMARIES.items()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
