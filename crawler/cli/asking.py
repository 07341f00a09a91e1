"""IO: a question before something is changed, to whoever sits at the terminal."""

import sys

import click


def can_ask() -> bool:
    """Whether somebody sees standard error, and can answer at standard input."""
    streams = (sys.stdin, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def may_go_on(question: str, *, yes: bool) -> bool:
    """Whether a person agrees, now or by `--yes` before.

    Raises:
        click.UsageError: nobody can be asked.
    """
    if yes:
        return True
    if not can_ask():
        raise click.UsageError("there is no terminal to ask at; --yes writes without asking")
    return click.confirm(question, default=False, err=True)
