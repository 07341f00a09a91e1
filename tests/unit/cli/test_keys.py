"""One key from the terminal."""

import os
import pty
import signal
import sys
import termios

import pytest

from crawler.cli import keys

LOCAL_MODES = 3


def test_keys_come_at_once_when_the_process_goes_on_after_ctrl_z(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    modes: list[int] = []

    def stopped(descriptor: int, _: int) -> bytes:
        """What a shell does with the terminal in the meantime."""
        termios.tcsetattr(descriptor, termios.TCSANOW, before)
        signal.raise_signal(signal.SIGCONT)
        modes.append(termios.tcgetattr(descriptor)[LOCAL_MODES])
        return b"t"

    with os.fdopen(ours), os.fdopen(theirs) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        with monkeypatch.context() as patches:
            patches.setattr(os, "read", stopped)
            assert keys.read_key() == "t"
        assert [mode & (termios.ICANON | termios.ECHO) for mode in modes] == [0]
        assert termios.tcgetattr(theirs) == before
