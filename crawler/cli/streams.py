"""IO: results go to standard output, everything else to standard error."""

import os
import sys

import click


def say(text: str) -> None:
    """Puts a result on standard output; a reader that has gone stops nothing."""
    try:
        sys.stdout.write(text.rstrip("\n") + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(text: str) -> None:
    """Puts a message on standard error."""
    click.echo(text, err=True)
