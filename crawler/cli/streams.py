"""IO: results go to standard output, everything else to standard error."""

import os
import sys
from typing import TextIO


def say(text: str) -> None:
    """Prints a result to standard output; it does not matter if nobody reads it any more."""
    _write(sys.stdout, text.rstrip("\n"))


def tell(text: str) -> None:
    """Prints a message to standard error; it does not matter if nobody reads it any more."""
    _write(sys.stderr, text)


def _write(stream: TextIO | None, text: str) -> None:
    # None where the descriptor was closed before Python started.
    if stream is None:
        return
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()
    except OSError:
        # Otherwise Python would complain when it flushes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
