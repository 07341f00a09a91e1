"""IO: a question before something is changed, to whoever sits at the terminal."""

import sys

import click


def may_go_on(question: str, *, yes: bool) -> bool:
    """Whether a person agrees, now or by `--yes` before.

    Raises:
        click.UsageError: nobody can be asked.
    """
    if yes:
        return True
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        raise click.UsageError("there is no terminal to ask at; --yes writes without asking")
    return click.confirm(question, default=False, err=True)
