"""IO: results go to standard output, everything else to standard error."""

import os
import sys
from typing import TextIO


def say(text: str) -> None:
    """Puts a result on standard output; a reader that has gone stops nothing."""
    _write(sys.stdout, text.rstrip("\n"))


def tell(text: str) -> None:
    """Puts a message on standard error; a reader that has gone stops nothing."""
    _write(sys.stderr, text)


def _write(stream: TextIO | None, text: str) -> None:
    # Python has no stream for a descriptor that was closed before it started.
    if stream is None:
        return
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()
    except OSError:
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
