"""What a person sees on a terminal of their own, and what a pipe gets instead."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from crawler.cli import main

pytestmark = pytest.mark.slow

TITLE = "A title that is long enough to be wrapped " * 2
BOLD_RED, RED, RESET = "\x1b[1;31m", "\x1b[31m", "\x1b[0m"
_STYLE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.fixture(autouse=True)
def _list(empty_folder: None) -> None:
    rows = (f"{TITLE}{n},not a url {n}" for n in range(3))
    text = "\n".join(("title,url", "A mail,mailto:a@example.org", *rows, ""))
    Path("resources.csv").write_text(text, encoding="utf-8")


def _seen(columns: int, *argv: str, **environment: str) -> list[str]:
    """The lines on a terminal that is so wide, standard error too."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color", **environment}  # noqa: TID251
    for name in ("COLUMNS", "LINES", "CI"):
        env.pop(name, None)
    with subprocess.Popen(
        [sys.executable, "-m", "crawler", *argv],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
    ):
        os.close(theirs)
        seen = b""
        while piece := _read(ours):
            seen += piece
    os.close(ours)
    return seen.decode().replace("\r\n", "\n").splitlines()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # the other end is closed
        return b""


def _widest(lines: list[str]) -> int:
    return max(len(_STYLE.sub("", line)) for line in lines)


@pytest.mark.parametrize("columns", [60, 120])
@pytest.mark.parametrize("command", ["report", "status"])
def test_text_is_as_wide_as_the_terminal(command: str, columns: int) -> None:
    main(["run", "--quiet"])
    assert columns - 20 <= _widest(_seen(columns, command)) <= columns


@pytest.mark.parametrize("command", [["report"], ["status"]])
def test_a_pipe_gets_80_plain_columns(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", "--quiet"])
    capsys.readouterr()
    main(command)
    said = capsys.readouterr().out
    assert _widest(said.splitlines()) <= 80
    assert "\x1b" not in said


def test_the_summary_has_the_colours_of_status() -> None:
    run, status = ("\n".join(_seen(80, *command)) for command in (["run", "--quiet"], ["status"]))
    assert f"{BOLD_RED}Wrong in the list itself (3){RESET}" in run
    assert "\x1b[1m" in run
    assert RED in status
    plain = "\n".join(_seen(80, "run", "--quiet", NO_COLOR="1"))
    assert "\x1b[1m" in plain
    assert "31m" not in plain


def test_the_bar_stays_when_the_run_is_over() -> None:
    seen = "\n".join(_seen(80, "run"))
    assert "4/4" in seen
    assert "dead 3  skipped 1" in seen.rpartition("4/4")[2]


def test_messages_are_wrapped_on_a_terminal_only(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["status", "--set", "nothing-that-anybody-has-heard-of.so_far=1"]
    assert _widest(_seen(50, *arguments)) <= 50
    main(arguments)
    assert len(capsys.readouterr().err.splitlines()) == 1
