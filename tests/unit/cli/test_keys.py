"""Keys that were typed before they were asked for."""

import os
import pty
import sys

import pytest

from crawler.cli.keys import END, read_key


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(b"t", "t", id="a-letter"),
        pytest.param(b"\x04", END, id="control-d"),
        pytest.param(b"\x1b[A", "", id="an-arrow"),
    ],
)
def test_what_was_typed_ahead_is_read(
    typed: bytes, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        os.write(ours, typed)
        assert read_key() == expected
    os.close(ours)
