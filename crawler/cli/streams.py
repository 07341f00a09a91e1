"""IO: results go to standard output, everything else to standard error."""

import errno
import os
import sys
from typing import TextIO

_GONE = frozenset({errno.EPIPE, errno.ECONNRESET})
"""Errors of a stream that nobody reads any more."""
_faults: list[OSError] = []
"""Other errors of standard output."""


def say(text: str) -> None:
    """Prints a result to standard output; it does not matter if nobody reads it any more.

    If it cannot be written although it may be read, as on a full disk, `lost_output` knows.
    """
    fault = _write(sys.stdout, text.rstrip("\n"))
    if fault is not None and fault.errno not in _GONE:
        _faults.append(fault)


def lost_output() -> str:
    """Why a result could not be written, since this was last asked; empty when none was lost."""
    why = next((os.strerror(fault.errno or errno.EIO) for fault in _faults), "")
    _faults.clear()
    return why


def tell(text: str) -> None:
    """Prints a message to standard error; it does not matter if nobody reads it any more.

    It is wrapped on a terminal only: elsewhere a message is a line.
    """
    stream = sys.stderr
    if stream is not None and stream.isatty():
        text = _wrapped(text, stream)
    _write(stream, text)


def _wrapped(text: str, stream: TextIO) -> str:
    from textwrap import wrap  # noqa: PLC0415  (`--help` answers without it)

    try:
        width = os.get_terminal_size(stream.fileno()).columns
    except OSError:
        return text
    lines = (
        wrap(line, width or 80, break_long_words=False, break_on_hyphens=False) or [""]
        for line in text.splitlines()
    )
    return "\n".join("\n".join(one) for one in lines)


def _write(stream: TextIO | None, text: str) -> OSError | None:
    """Why it could not be written."""
    # None where the descriptor was closed before Python started.
    if stream is None:
        return None
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()
    except OSError as fault:
        # Otherwise Python would complain when it flushes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return fault
    return None
