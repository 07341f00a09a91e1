"""IO: what a process and all its children cost: wall time, CPU time, peak memory."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.02
OUTPUT = "output.txt"
ERRORS = "errors.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a command cost."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system, of all its processes."""
    peak_mb: float
    """Memory of its process tree together, at its highest, in 10^6 bytes; what is shared counts once."""
    status: int


def user_environment() -> dict[str, str]:
    """The environment of this process, in which Python keeps bytecode as it does for users."""
    known = os.environ.items()  # noqa: TID251 -- handed on
    return {name: value for name, value in known if name != "PYTHONDONTWRITEBYTECODE"}


def measure(command: Sequence[str], folder: Path) -> Cost:
    """The cost of a command run in `folder`; what it prints goes to files there."""
    before = _children()
    start = time.perf_counter()
    with (folder / OUTPUT).open("wb") as output, (folder / ERRORS).open("wb") as errors:
        process = subprocess.Popen(
            command, cwd=folder, env=user_environment(), stdout=output, stderr=errors
        )
        peaks: list[int] = [0]
        watcher = threading.Thread(target=_watch, args=(process, peaks))
        watcher.start()
        # The watcher polls, which reaps the process and leaves its return code.
        watcher.join()
        status = process.wait()
    wall = time.perf_counter() - start
    return Cost(wall=wall, cpu=_children() - before, peak_mb=max(peaks) / 1e6, status=status)


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a running process has taken, its children left aside."""
    # The name in parentheses may hold blanks.
    words = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: subprocess.Popen[bytes], peaks: list[int]) -> None:
    while process.poll() is None:
        pids = list(process_tree(process.pid))
        size = _resident if len(pids) == 1 else proportional
        peaks.append(sum(map(size, pids)))
        time.sleep(POLL_SECONDS)


def process_tree(pid: int) -> Iterator[int]:
    """A process and all its descendants."""
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [(task / "children").read_text(encoding="ascii") for task in tasks]
    except OSError:
        return
    for child in " ".join(children).split():
        yield from process_tree(int(child))


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def proportional(pid: int) -> int:
    """Bytes of resident memory; each process counts its part of what several share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
