"""IO: one key from the terminal, read without Enter."""

import os
import select
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

END = "\x04"
"""What Ctrl-D sends; also stands for the end of the input."""

_TYPED_AHEAD_END = b"\0"
"""What is left of a Ctrl-D that came while the terminal still read lines."""
_ESCAPE = b"\x1b"
_MORE_SECONDS = 0.05
"""How long the rest of what an arrow key sends may take."""
_LOCAL_MODES = 3
_CHARACTERS = 6
"""Places in what `termios` has of a terminal."""


def read_key() -> str:
    """The next key that is typed, or was typed ahead; empty for one that sends several characters.

    Ctrl-C still interrupts.
    """
    descriptor = sys.stdin.fileno()
    with _unbuffered(descriptor):
        key = os.read(descriptor, 1)
        if key == _ESCAPE:
            while select.select([descriptor], [], [], _MORE_SECONDS)[0]:
                os.read(descriptor, 1)
            return ""
    return END if key in {b"", _TYPED_AHEAD_END} else key.decode("ascii", "replace")


@contextmanager
def _unbuffered(descriptor: int) -> Iterator[None]:
    """Keys come at once, and are not shown; also when the process goes on after Ctrl-Z.

    Unlike `tty.setraw`, and with it `click.getchar`, it keeps what was typed before.
    """
    before = termios.tcgetattr(descriptor)
    now = [*before]
    now[_LOCAL_MODES] &= ~(termios.ICANON | termios.ECHO)
    now[_CHARACTERS] = [*before[_CHARACTERS]]
    now[_CHARACTERS][termios.VMIN], now[_CHARACTERS][termios.VTIME] = 1, 0
    set_now = partial(termios.tcsetattr, descriptor, termios.TCSADRAIN, now)
    set_now()
    going_on = signal.signal(signal.SIGCONT, lambda *_: set_now())
    try:
        yield
    finally:
        signal.signal(signal.SIGCONT, going_on)
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
