"""IO: results go to standard output, everything else to standard error.

GitHub Actions takes lines of both for commands, and what is printed holds text of others. There, such
text stands between `stop-commands` with a token that nobody can know before, and that token.
Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from typing import TextIO

_GONE = frozenset({errno.EPIPE, errno.ECONNRESET})
"""Errors of a stream that nobody reads any more."""
_faults: list[OSError] = []
"""Other errors of standard output."""


class _Quotation:
    """What stands around text that may hold commands of others."""

    def __init__(self) -> None:
        self._token = ""
        self._begun: list[TextIO] = []

    def begin(self, stream: TextIO) -> None:
        """Stops commands before the first text on a stream.

        Both streams have the same token: while commands are stopped, another one is not heard.
        """
        if stream in self._begun:
            return
        if not self._token:
            from secrets import token_hex  # noqa: PLC0415  (only there)

            self._token = token_hex(16)
        self._begun.append(stream)
        _write_plain(stream, f"::stop-commands::{self._token}")

    def end(self) -> None:
        """Lets commands through again."""
        for stream in self._begun:
            _write_plain(stream, f"::{self._token}::")
        self._begun.clear()
        self._token = ""


_QUOTATION: ContextVar[_Quotation | None] = ContextVar("_QUOTATION", default=None)
"""None where nobody reads commands."""


@contextlib.contextmanager
def quoted(*, are_commands_read: bool) -> Iterator[None]:
    """Keeps text of others from being taken for commands, as long as the block lasts."""
    quotation = _Quotation() if are_commands_read else None
    before = _QUOTATION.set(quotation)
    try:
        yield
    finally:
        _QUOTATION.reset(before)
        if quotation:
            quotation.end()


def say(text: str) -> bool:
    """Prints a result to standard output, and returns whether it was written.

    It does not matter if nobody reads it any more. If it cannot be written although it may be read, as
    on a full disk, `lost_output` knows.
    """
    return _write(sys.stdout, text.rstrip("\n"))


def give_to_program(content: bytes) -> None:
    """Writes bytes that a program reads to standard output, and nothing else."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as fault:
        if fault.errno not in _GONE:
            _faults.append(fault)


def lost_output() -> str:
    """Why a result could not be written, since this was last asked; empty when none was lost."""
    why = next((os.strerror(fault.errno or errno.EIO) for fault in _faults), "")
    _faults.clear()
    return why


def say_to_program(json: str) -> bool:
    """Prints a result that a program reads to standard output, and nothing else; whether it was written.

    It must be parsed as it is, so commands in it are written in another way of JSON: no line of it
    begins with one of the newer form, and those of the older form may be anywhere.
    """
    if _QUOTATION.get():
        json = json.replace("##[", r"##\u005b")
    return _write_plain(sys.stdout, json.rstrip("\n"))


def command(line: str) -> None:
    """Prints a command for GitHub Actions, encoded by the caller."""
    if quotation := _QUOTATION.get():
        quotation.end()
    _write_plain(sys.stdout, line)


def prepare_for_text() -> None:
    """Makes standard error ready for text that is written without `tell`."""
    if (quotation := _QUOTATION.get()) and sys.stderr is not None:
        quotation.begin(sys.stderr)


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


def _write(stream: TextIO | None, text: str) -> bool:
    if stream is not None and (quotation := _QUOTATION.get()):
        quotation.begin(stream)
    return _write_plain(stream, text)


def _write_plain(stream: TextIO | None, text: str) -> bool:
    # None where the descriptor was closed before Python started.
    if stream is None:
        return False
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()
    except OSError as fault:
        if stream is sys.stdout and fault.errno not in _GONE:
            _faults.append(fault)
        # Otherwise Python would complain when it flushes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True
