"""IO: runs of the crawler over the made-up web, in one process and in several."""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from benchmarks.measure import user_environment
from benchmarks.scale import hosts
from benchmarks.scale.hosts import Scale
from benchmarks.scale.outcome import Outcome, outcome
from benchmarks.scale.serving import Served, Traffic, resolve
from benchmarks.scale.watching import Role, Taken, Watch, alone, below
from crawler import config
from crawler.run import RunOptions, run, wall_clock

COORDINATOR, SCHEDULER, WORKERS = "coordinator", "scheduler", "workers"
CONCURRENCY = 128
_FETCH: Mapping[str, object] = {
    "allow_private": ["127.0.0.0/8"],
    "attempts": 1,
    "budget": 7200.0,
    "concurrency": CONCURRENCY,
    "host_delay": 0.1,
    "recheck_after": 2.0,
}
_COMPLETED = {0, 1}
"""Exit statuses of a run that came to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to run."""

    name: str
    settings: Mapping[str, object] = field(default_factory=dict)
    """Of the table `fetch`."""
    options: Sequence[str] = ()
    """Of the command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A run, what it cost and concluded."""

    way: Way
    urls: int
    wall: float
    """Seconds."""
    taken: Mapping[str, Taken]
    """By role."""
    server_cpu: float
    traffic: Traffic
    outcome: Outcome
    database: int
    """Bytes."""

    @property
    def cpu(self) -> float:
        """Seconds of all roles."""
        return sum(one.cpu for one in self.taken.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """The web of a night, and how large it is."""

    scale: Scale
    served: Served


def prepare(folder: Path, night: Night) -> None:
    """Write the list and the settings into an empty folder, without those of a way to run."""
    with (folder / "resources.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["number", "category", "title", "url"])
        for row in hosts.rows(night.scale):
            rows.writerow(
                [row.number, f"Made up {row.page % 20}", row.title, hosts.url(row, night.scale)]
            )
    _write_settings(folder, night, {"processes": 1})


def _write_settings(folder: Path, night: Night, fetch: Mapping[str, object]) -> None:
    own = {**_FETCH, "ca_bundle": str(night.served.bundle), **fetch}
    places = ", ".join(f'"{place}" = "{address}"' for place, address in resolve(night.scale))
    text = "\n".join(
        (
            "[guard]",
            "canaries = []",
            "[confirm]",
            "failing = 2",
            "[fix]",
            "search = false",
            "[fetch]",
            *(f"{key} = {json.dumps(value)}" for key, value in own.items()),
            f"resolve = {{ {places} }}",
        )
    )
    (folder / "crawler.toml").write_text(text, encoding="utf-8")


def first_night(folder: Path) -> None:
    """A run in this process, at the same time yesterday."""
    text = (folder / "crawler.toml").read_text(encoding="utf-8")
    places = (
        f"{name} = {json.dumps(str(folder / place))}"
        for name, place in (
            ("resources", "resources.csv"),
            ("database", "crawler.db"),
            ("reports", "reports"),
        )
    )
    settings = config.load("\n".join((*places, text)), {})
    run(settings, RunOptions(clock=lambda: wall_clock() - timedelta(hours=25)))


def first(folder: Path, night: Night) -> Ran:
    """The first night, in one process; its database stays in the folder."""
    prepare(folder, night)
    way = Way(name="one process, first night")
    command = [sys.executable, "-m", "benchmarks.scale", "--first-night", str(folder)]
    return _ran(way, command, folder, night)


Meanwhile = Callable[["subprocess.Popen[bytes]"], None]
"""Called with the process of a run that has begun."""


def do_nothing(_: object) -> None:
    """Lets a run go on."""


def second(
    way: Way,
    before: Path,
    night: Night,
    others: Mapping[str, Role] | None = None,
    meanwhile: Meanwhile = do_nothing,
) -> Ran:
    """The second night, from the database in `before`; `others` play roles beside the coordinator."""
    with tempfile.TemporaryDirectory(prefix="bench-run-") as name:
        folder = Path(name)
        shutil.copytree(before, folder, dirs_exist_ok=True)
        _write_settings(folder, night, way.settings)
        command = [sys.executable, "-m", "crawler", "run", "--quiet", *way.options]
        return _ran(way, command, folder, night, others, meanwhile)


def _ran(
    way: Way,
    command: Sequence[str],
    folder: Path,
    night: Night,
    others: Mapping[str, Role] | None = None,
    meanwhile: Meanwhile = do_nothing,
) -> Ran:
    served = night.served
    logged, cpu, start = served.logged(), served.cpu(), time.perf_counter()
    with _started(command, folder) as process:
        roles = {COORDINATOR: alone(process.pid), WORKERS: below(process.pid), **(others or {})}
        with Watch(roles) as watch:
            meanwhile(process)
            status = process.wait()
    wall = time.perf_counter() - start
    if status not in _COMPLETED:
        told = (folder / "told.txt").read_text(encoding="utf-8")
        raise SystemExit(f"{way.name}: the run ended with status {status}\n{told}")
    return Ran(
        way=way,
        urls=len(hosts.rows(night.scale)),
        wall=wall,
        taken=watch.taken,
        server_cpu=served.cpu() - cpu,
        traffic=served.traffic(logged),
        outcome=outcome(folder),
        database=(folder / "crawler.db").stat().st_size,
    )


@contextmanager
def _started(command: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with ExitStack() as stack:
        told = stack.enter_context((folder / "told.txt").open("wb"))
        process = subprocess.Popen(
            command, cwd=folder, env=user_environment(), stdout=told, stderr=told
        )
        stack.enter_context(process)
        stack.callback(process.kill)
        yield process
