"""Commands that are broken off again and again, a little later each time, in forks of a process beside us.

`python -m tests.support.kills killed FOLDER WORK FIRST STEP COMMAND…` copies FOLDER to WORK/FIRST, and
runs `crawler COMMAND…` there in a fork that kills itself at its access number FIRST to the file system;
then the same with FIRST + STEP, and so on until the command comes to its end. With `crowded`, no file may
become larger than so many bytes, until the command succeeds. It prints each number, when it is done.
"""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from crawler.cli import main
from tests.support.paths import REPOSITORY

ACCESSES = frozenset(
    {
        "fcntl.flock",
        "open",
        "os.chmod",
        "os.listdir",
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.scandir",
        "sqlite3.connect",
    }
)
"""Audit events. Source: https://docs.python.org/3/library/audit_events.html"""
ERRORS = "stderr.txt"
"""In the folder of each: what the command said to standard error."""


def killed(folder: Path, work: Path, step: int, *command: str) -> Iterator[Path]:
    """The folder as each kill has left it; the copies are removed."""
    return _broken_off("killed", folder, work, step, command)


def crowded(folder: Path, work: Path, step: int, *command: str) -> Iterator[Path]:
    """The folder as the command has left it for which a file became too large; the copies are removed."""
    return _broken_off("crowded", folder, work, step, command)


def _broken_off(
    how: str, folder: Path, work: Path, step: int, command: Sequence[str]
) -> Iterator[Path]:
    words = [sys.executable, "-m", "tests.support.kills", how, str(folder), str(work)]
    words += ["1", str(step), *command]
    environ = {**os.environ, "PYTHONPATH": str(REPOSITORY)}  # noqa: TID251
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            left = work / line.strip()
            yield left
            shutil.rmtree(left)
        assert process.wait() == 0


def _main(how: str, folder: str, work: str, first: str, step: str, *command: str) -> None:
    whole = shutil.copytree(folder, Path(work) / "whole")
    # In this process, so that all is imported before the first fork.
    with contextlib.chdir(whole), contextlib.redirect_stdout(sys.stderr):
        if main(command):
            sys.exit("the command does not end well")
    shutil.rmtree(whole)
    for number in range(int(first), sys.maxsize, int(step)):
        copy = shutil.copytree(folder, Path(work) / str(number))
        with contextlib.chdir(copy):
            status = _forked(how, command, number)
        if not status:
            shutil.rmtree(copy)
            return
        if status != (-signal.SIGKILL if how == "killed" else 3):
            sys.exit(f"{number}: {status}; {(copy / ERRORS).read_text('utf-8')}")
        print(number, flush=True)  # noqa: T201


def _forked(how: str, command: Sequence[str], number: int) -> int:
    """How the command ended: its exit status, or the negative number of a signal."""
    # Through a pipe, which has room for what is said, whatever the limit for files.
    said, say = os.pipe()
    process = os.fork()
    if process:
        os.close(say)
        with os.fdopen(said, "rb") as pipe:
            Path(ERRORS).write_bytes(pipe.read())
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    os.dup2(say, 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if how == "killed":
        _kill_at(number)
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))
    os._exit(main(command))


def _kill_at(number: int) -> None:
    accesses = count(1)

    def watch(event: str, _: object) -> None:
        if event in ACCESSES and next(accesses) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


if __name__ == "__main__":
    _main(*sys.argv[1:])
