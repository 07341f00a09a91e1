"""IO: the crawler's wall time, CPU time and memory on made-up hosts, printed as a table."""

import contextlib
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import made_up as made_up_web
from benchmarks import server
from benchmarks.measure import Cost, measure

HEAVY_URLS = 80
PER_HOST = 2
CONCURRENCY = 64
READ_TIMEOUT = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One measured run."""

    name: str
    urls: int
    cost: Cost
    floor: float | None = None
    """The shortest wall time possible, in seconds; None where nothing is waited for."""

    def __str__(self) -> str:
        cost = self.cost
        ratio = f"{cost.wall / self.floor:.2f} x the shortest possible" if self.floor else ""
        return (
            f"{self.name:<28}{cost.wall:7.2f} s wall {1000 * cost.cpu / self.urls:7.2f} ms CPU/URL"
            f"{cost.peak_mb:7.0f} MB  exit {cost.status}  {ratio}"
        )


def made_up() -> Result:
    """The 100 resources on the made-up web, one connection for each host."""
    played = made_up_web.world()
    with _server("benchmarks.made_up") as settings:
        cost = _crawl([resource.url for resource in played.resources], settings)
    floor = made_up_web.slowest_chain(played)
    return Result(name="made-up web, 100 resources", urls=100, cost=cost, floor=floor)


def hosts(count: int) -> Result:
    """`count` hosts with one URL each, answered at once, over fresh TLS."""
    urls = [f"https://h{n}.{server.DOMAIN}/" for n in range(count)]
    with _server("benchmarks.server") as settings:
        return Result(name=f"{count} hosts x 1 URL", urls=count, cost=_crawl(urls, settings))


def heavy() -> Result:
    """1,000 hosts, the first with 80 URLs; the list is grouped by host, the heavy one last."""
    names = [f"h{n}.{server.DOMAIN}" for n in range(1, 1000)]
    light = [(name, "/") for name in names]
    loaded = [(f"h0.{server.DOMAIN}", f"/{n}") for n in range(HEAVY_URLS)]
    urls = [f"https://{host}{path}" for host, path in light + loaded]
    extra = [f"read_timeout = {READ_TIMEOUT}", f"per_host = {PER_HOST}", "attempts = 1"]
    with _server("benchmarks.server", "--slow", "--hanging") as settings:
        cost = _crawl(urls, [*settings, *extra])
    chain = _packed([server.seconds(*page) for page in loaded], PER_HOST)
    waits = [READ_TIMEOUT if server.hangs(h) else server.seconds(h, p) for h, p in light]
    floor = max(chain, sum(waits + [server.seconds(*p) for p in loaded]) / CONCURRENCY, *waits)
    return Result(name="1,000 hosts, one heavy", urls=len(urls), cost=cost, floor=floor)


def _packed(durations: Sequence[float], lanes: int) -> float:
    """A time that no order of the durations over so many lanes can beat."""
    return max(sum(durations) / lanes, *durations)


@contextlib.contextmanager
def _server(module: str, *options: str) -> Iterator[list[str]]:
    """Lines for the `[fetch]` table that lead every host to a server of its own process."""
    command = [sys.executable, "-m", module, *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        pairs = ", ".join(f'"{host}" = "{place}"' for host, place in told["resolve"].items())
        yield [
            f"resolve = {{ {pairs} }}",
            f'ca_bundle = "{told["ca_bundle"]}"',
            'allow_private = ["127.0.0.0/8"]',
        ]
        process.stdin.close()


def _crawl(urls: Sequence[str], settings: Sequence[str]) -> Cost:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "resources.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["number", "category", "title", "url"])
            rows.writerows([n, "made up", f"Page {n}", url] for n, url in enumerate(urls, 1))
        common = ["robots = false", "host_delay = 0", "recheck_after = 0"]
        (folder / "crawler.toml").write_text(
            "\n".join(["[fetch]", *common, f"concurrency = {CONCURRENCY}", *settings]),
            encoding="utf-8",
        )
        cost = measure([sys.executable, "-m", "crawler", "run", "--quiet"], folder)
        if cost.status not in {0, 1}:
            print((folder / "output.txt").read_text(encoding="utf-8"), file=sys.stderr)
        return cost


BENCHMARKS: dict[str, tuple[Callable[[], Result], ...]] = {
    "made-up": (made_up,),
    "hosts": (lambda: hosts(100), lambda: hosts(1000)),
    "heavy": (heavy,),
}

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHMARKS:
        for benchmark in BENCHMARKS[name]:
            print(benchmark(), flush=True)
