"""`crawler fix` on a terminal: a key or an answer for each question."""

import fcntl
import os
import pty
import shutil
import subprocess
import sys
import termios
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from crawler.cli.exits import ExitStatus
from crawler.store import Store
from tests.support.moved_site import CONFIRMED, HOST, LIST, PAXOS_NOW, RAFT_NOW, moved_site

pytestmark = pytest.mark.slow

RAFT, PAXOS = f"{HOST}/docs/raft.html", f"{HOST}/paxos"
PROMPT = b"q quit: "
NOW = datetime.now(UTC)  # noqa: TID251 - the command reads it too


@pytest.fixture(scope="module")
def after_three_nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with moved_site(tmp_path_factory.mktemp("moved"), NOW - timedelta(days=CONFIRMED)) as site:
        yield site.until_confirmed().folder


@pytest.fixture(autouse=True)
def _copy(after_three_nights: Path, empty_folder: None) -> None:
    shutil.copytree(after_three_nights, ".", dirs_exist_ok=True)


def typed(*argv: str, question: bytes, answers: tuple[bytes, ...]) -> tuple[int, str]:
    """The exit status and what was seen, when each question got its answer."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "dumb", "BROWSER": f"{Path('browser').absolute()} %s"}  # noqa: TID251
    command = [sys.executable, "-m", "crawler", *argv]
    seen, asked = b"", 0
    with subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
        start_new_session=True,
        preexec_fn=partial(fcntl.ioctl, 0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - only that call
    ) as process:
        os.close(theirs)
        while piece := _read(ours):
            seen += piece
            while asked < min(seen.count(question), len(answers)):
                os.write(ours, answers[asked])
                asked += 1
            if seen.count(question) > len(answers):
                process.kill()  # nobody would answer
        status = process.wait()
    os.close(ours)
    return status, seen.decode().replace("\r\n", "\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # the other end is closed
        return b""


def decided(*keys: bytes) -> tuple[int, str]:
    return typed("fix", "--interactive", question=PROMPT, answers=keys)


def listed() -> str:
    return Path("resources.csv").read_text()


def test_what_is_taken_is_put_in_the_list() -> None:
    status, seen = decided(b"t", b"s")
    assert status == ExitStatus.NOTHING_NEW
    assert listed() == LIST.replace(RAFT, RAFT_NOW)
    assert "Taken: 1 new address." in seen
    assert seen.index("[1 of 2]") < seen.index("[2 of 2]")


def test_quitting_keeps_what_was_taken_before() -> None:
    status, _ = decided(b"t", b"q")
    assert (status, listed()) == (ExitStatus.NOTHING_NEW, LIST.replace(RAFT, RAFT_NOW))


@pytest.mark.parametrize("key", [b"q", b"\x04"])
def test_quitting_at_once_writes_nothing(key: bytes) -> None:
    status, seen = decided(key)
    assert (status, listed()) == (ExitStatus.NOTHING_NEW, LIST)
    assert "Nothing is written." in seen


def test_an_interrupt_writes_nothing() -> None:
    status, _ = decided(b"t", b"\x03")
    assert (status, listed()) == (130, LIST)


def test_a_key_that_means_nothing_is_asked_again() -> None:
    _, seen = decided(b"x", b"\x1b[A", b"T", b"S")
    assert seen.count("[1 of 2]") == 3
    assert listed() == LIST.replace(RAFT, RAFT_NOW)


def test_muting_leaves_a_link_out_of_findings() -> None:
    status, seen = decided(b"m", b"t")
    assert status == ExitStatus.NOTHING_NEW
    assert listed() == LIST.replace(PAXOS, PAXOS_NOW)
    with Store.open("crawler.db", exclusive=False) as store:
        mute = store.records()["1"].mute
    assert mute is not None
    assert f"Muted until {mute.until}." in seen


def test_what_was_taken_stays_when_a_link_cannot_be_muted() -> None:
    Path("browser").write_text("#!/bin/sh\nsed -i /Paxos/d resources.csv\n")
    Path("browser").chmod(0o755)
    status, seen = decided(b"t", b"o", b"m")
    assert "Not muted: 2: no such resource" in seen
    assert status == ExitStatus.NOTHING_NEW
    assert RAFT_NOW in listed()


def test_an_address_is_opened_in_a_browser_and_asked_about_again() -> None:
    Path("browser").write_text('#!/bin/sh\necho "$1" > opened\n')
    Path("browser").chmod(0o755)
    _, seen = decided(b"o", b"s", b"q")
    assert seen.count("[1 of 2]") == 2
    assert Path("opened").read_text() == f"{RAFT_NOW}\n"


def test_the_question_before_writing_is_answered() -> None:
    ask = b"[y/N]: "
    status, seen = typed("fix", "--apply", question=ask, answers=(b"n\n",))
    assert (status, listed()) == (ExitStatus.NOTHING_NEW, LIST)
    assert f"+1,Practical Raft,{RAFT_NOW}" in seen
    status, seen = typed("fix", "--apply", "1", question=ask, answers=(b"y\n",))
    assert (status, listed()) == (ExitStatus.NOTHING_NEW, LIST.replace(RAFT, RAFT_NOW))
    status, seen = typed("fix", "--undo", question=ask, answers=(b"y\n",))
    assert (status, listed()) == (ExitStatus.NOTHING_NEW, LIST)
    assert "Take 1 new address back?" in seen
