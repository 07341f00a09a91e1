"""IO: `python -m benchmarks.speed`: the crawler measured, lychee beside it, as a table of targets."""

import argparse
import os
import signal
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks import figures, peers, reading, starting, web
from benchmarks.figures import Line, Load, Spread
from benchmarks.peers import Listed, Run
from benchmarks.serving import Served, serving
from benchmarks.web import Titles


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How large the benchmarks are."""

    rounds: int = 3
    hosts: int = 1000
    heavy: int = 63
    """URLs of the host that has many, when the others have three each."""
    sharded: tuple[int, int] = (2000, 5)
    """Hosts, and URLs of each."""
    few_and_many: tuple[int, int] = (100, 10_000)
    """Hosts with one URL each."""
    rows: int = 100_000
    seconds: float = 2.0
    """Of CPU for a round of reading."""
    starts: int = 20


QUICK = Scale(
    rounds=2,
    hosts=100,
    heavy=12,
    sharded=(50, 4),
    few_and_many=(30, 200),
    rows=800,
    seconds=0.5,
    starts=5,
)
IN_FLIGHT = 512
HEAVY_SETTINGS: peers.Settings = {
    "concurrency": IN_FLIGHT,
    "connect_timeout": 5.0,
    "read_timeout": 5.0,
    "total_timeout": 5.0,
    "attempts": 1,
}
EVERYTHING: peers.Settings = {"exclude": ["*"]}


def beside_lychee(scale: Scale, titles: Titles) -> Iterator[tuple[Run, Run | None]]:
    """Rounds of the crawler and lychee in turn: fresh TLS hosts with a page each."""
    rows = web.rows([1] * scale.hosts, titles)
    with serving(rows) as served:
        wanted = peers.listed(rows, served.port)
        for _ in range(scale.rounds):
            ours = _told(f"ours, {titles.value} titles", peers.ours(wanted, served))
            theirs = peers.lychee(wanted, served)
            yield ours, theirs and _told("lychee", theirs)


def fitting(scale: Scale) -> Iterator[Line]:
    """CPU over lychee's where the list's titles fit, and the memory of these runs."""
    rounds = list(beside_lychee(scale, Titles.FITTING))
    what = f"CPU over lychee's, {scale.hosts:,} fresh TLS hosts, fitting titles"
    yield _compared(what, rounds, target=4.5, reach=3)
    yield Line(
        what=f"peak memory, {scale.hosts:,} hosts with real pages",
        measured=Spread(tuple(ours.cost.peak_mb for ours, _ in rounds)),
        target=100,
        reach=80,
        unit=" MB",
        remarks=_failures(*(ours for ours, _ in rounds)),
    )


def poor(scale: Scale) -> Iterator[Line]:
    """As `fitting`, with titles that fit nothing; made-up URLs are answered with 404."""
    rounds = list(beside_lychee(scale, Titles.POOR))
    yield _compared("the same, titles that fit nothing", rounds, target=8, reach=5)


def none(scale: Scale) -> Iterator[Line]:
    """As `fitting`, without titles."""
    rounds = list(beside_lychee(scale, Titles.NONE))
    yield _compared("the same, no titles", rounds, target=4.5, reach=3)


def read(scale: Scale) -> Iterator[Line]:
    """Pages of 46 kB that are read in a second of CPU."""
    yield Line(
        what="reading one 46 kB page, pages a CPU second",
        measured=reading.pages_a_second(scale.rounds, scale.seconds),
        target=500,
        reach=1000,
        more_is_better=True,
    )


def heavy(scale: Scale) -> Iterator[Line]:
    """Wall over the shortest possible, pages after their own time, one host with many URLs, last."""
    rows = web.rows([3] * (scale.hosts - 1) + [scale.heavy])
    floor = figures.shortest(figures.chains(rows), IN_FLIGHT)
    with serving(rows, slow=True) as served:
        wanted = peers.listed(rows, served.port)
        runs = [_told("heavy", peers.ours(wanted, served, HEAVY_SETTINGS)) for _ in range(2)]
    yield Line(
        what=f"wall over the shortest possible, {len(rows):,} URLs on {scale.hosts:,} hosts, one heavy, 512 in flight, 5 s time-outs",
        measured=Spread(tuple(run.cost.wall / floor for run in runs)),
        target=1.3,
        reach=1.15,
        remarks=f"shortest {floor:.1f} s, {_cpu(runs)} {_failures(*runs)}",
    )


def processes(scale: Scale) -> Iterator[Line]:
    """What a second process gains, as a share of what the machine allows."""
    hosts, each = scale.sharded
    rows = web.rows([each] * hosts)
    what = f"two processes over one, {len(rows):,} URLs on {hosts:,} hosts, share of what the cores allow"
    shares: list[float] = []
    remarks = "no setting `fetch.processes`"
    if peers.HAS_PROCESSES:
        with serving(rows) as served:
            wanted = peers.listed(rows, served.port)
            rounds = [_one_and_two(wanted, served) for _ in range(scale.rounds)]
        shares = [100 * _share(one, two) for one, two in rounds]
        gains = Spread(tuple(one.cost.wall / two.cost.wall for one, two in rounds))
        remarks = f"{gains} times as fast {_failures(*(run for pair in rounds for run in pair))}"
    measured = Spread(tuple(shares)) if shares else None
    yield Line(
        what=what,
        measured=measured,
        target=85,
        reach=95,
        more_is_better=True,
        unit=" %",
        remarks=remarks,
    )


def _one_and_two(wanted: Listed, served: Served) -> tuple[Run, Run]:
    one = peers.ours(wanted, served, {"processes": 1})
    two = peers.ours(wanted, served, {"processes": 2})
    return _told("one process", one), _told("two processes", two)


def _share(one: Run, two: Run) -> float:
    cores = len(os.sched_getaffinity(0))
    return figures.share_of_allowed(_load(one), _load(two), processes=2, cores=cores)


def _load(run: Run) -> Load:
    return Load(wall=run.cost.wall, cpu=run.cost.cpu, server_cpu=run.server_cpu)


def scaling(scale: Scale) -> Iterator[Line]:
    """CPU a URL with many hosts over CPU a URL with few; starting is taken off both."""
    few, many = scale.few_and_many
    rows = web.rows([1] * many)
    with serving(rows) as served:
        settings = peers.ONE_PROCESS
        wanted = peers.listed(rows[:few], served.port)
        nothing = [
            peers.ours(_first(wanted), served, {**settings, **EVERYTHING})
            for _ in range(scale.rounds)
        ]
        idle = statistics.median(run.cost.cpu for run in nothing)
        small = [
            _told("few hosts", peers.ours(wanted, served, settings)) for _ in range(scale.rounds)
        ]
        large = _told("many hosts", peers.ours(peers.listed(rows, served.port), served, settings))
    of_few = statistics.median((run.cost.cpu - idle) / run.urls for run in small)
    of_many = (large.cost.cpu - idle) / large.urls
    remarks = f"{1000 * of_many:.2f} over {1000 * of_few:.2f} ms, without {idle:.2f} s to start"
    yield Line(
        what=f"CPU a URL at {many:,} hosts over {few:,} hosts",
        measured=Spread((of_many / of_few,)),
        target=1.2,
        reach=1.1,
        remarks=f"{remarks} {_failures(large, *small)}",
    )


def _first(wanted: Listed) -> Listed:
    return Listed(urls=wanted.urls[:1], hosts=wanted.hosts[:1])


def memory(scale: Scale) -> Iterator[Line]:
    """Peak memory of long lists: all excluded, and all answered by small pages."""
    excluded = peers.ours(_small(scale.rows, 443), None, EVERYTHING)
    yield _long_list("all excluded", _told("excluded", excluded), excluded.verdicts, "skipped")
    with serving(()) as served:
        answered = peers.ours(_small(scale.rows, served.port), served)
    yield _long_list("all answered", _told("answered", answered), answered.verdicts, "ok")


def _small(count: int, port: int) -> Listed:
    places = ((n, f"h{n % 1000}.{web.DOMAIN}") for n in range(1, count + 1))
    urls = tuple((n, "Small page", f"https://{host}:{port}/small/p{n}") for n, host in places)
    return Listed(urls=urls, hosts=())


def _long_list(what: str, run: Run, verdicts: peers.Settings, expected: str) -> Line:
    missed = run.urls - int(str(verdicts.get(expected, 0)))
    loud = f"**{missed:,} are not {expected}**" if missed else ""
    return Line(
        what=f"peak memory, {run.urls:,} rows, {what}",
        measured=Spread((run.cost.peak_mb,)),
        target=400,
        reach=300,
        unit=" MB",
        remarks=f"{run.cost.wall:.0f} s, {run.cpu_ms:.2f} ms CPU a row {loud}",
    )


def help_(scale: Scale) -> Iterator[Line]:
    """CPU of `--help` over a bare Python's."""
    helped, bare = starting.starts(scale.starts)
    wall = [statistics.median(one.wall for one in some) for some in (helped, bare)]
    cpu = [statistics.median(one.cpu for one in some) for some in (helped, bare)]
    yield Line(
        what="`--help` over bare Python, CPU",
        measured=figures.ratios([one.cpu for one in helped], [one.cpu for one in bare]),
        target=5,
        reach=4,
        remarks=f"CPU {cpu[0]:.0f} over {cpu[1]:.0f} ms, wall {wall[0]:.0f} over {wall[1]:.0f} ms",
    )


BENCHMARKS: dict[str, Callable[[Scale], Iterator[Line]]] = {
    "fitting": fitting,
    "poor": poor,
    "none": none,
    "reading": read,
    "heavy": heavy,
    "processes": processes,
    "scaling": scaling,
    "memory": memory,
    "help": help_,
}


def _compared(
    what: str, rounds: Sequence[tuple[Run, Run | None]], *, target: float, reach: float
) -> Line:
    ours = [run for run, _ in rounds]
    theirs = [run for _, run in rounds if run is not None]
    measured = None
    remarks = f"lychee is not there; ours {_cpu(ours)}"
    if len(theirs) == len(ours):
        measured = figures.ratios([run.cpu_ms for run in ours], [run.cpu_ms for run in theirs])
        remarks = f"{_cpu(ours)} over {_cpu(theirs)}"
    requests = f"{ours[0].requests / ours[0].urls:.2f} requests a URL"
    loud = _failures(*ours, *theirs)
    return Line(
        what=what,
        measured=measured,
        target=target,
        reach=reach,
        remarks=f"{remarks}, {requests} {loud}",
    )


def _cpu(runs: Sequence[Run]) -> str:
    return f"{Spread(tuple(run.cpu_ms for run in runs))} ms CPU a URL"


def _failures(*runs: Run) -> str:
    """A loud message about rows that should have been read or found living, and were not."""
    unread = sum(run.urls - run.read for run in runs if run.requests)
    failing = sum(run.verdicts.get("failing", 0) + run.verdicts.get("dead", 0) for run in runs)
    slow = sum(run.slow for run in runs)
    broken = sum(run.cost.status not in {0, 1} for run in runs if run.verdicts)
    told = (
        (broken, "runs not completed"),
        (unread, "pages not read"),
        (failing, "living pages failed"),
        (slow, "called slow"),
    )
    return "; ".join(f"**{count:,} {what}**" for count, what in told if count)


def _told(name: str, run: Run) -> Run:
    cost = run.cost
    print(
        f"{name}: {run.urls:,} URLs, {run.requests:,} requests, {cost.wall:.2f} s wall,"
        f" {run.cpu_ms:.2f} ms CPU a URL, server {1000 * run.server_cpu / run.urls:.2f},"
        f" {cost.peak_mb:.0f} MB, {run.living:,} living {_failures(run)}",
        file=sys.stderr,
        flush=True,
    )
    return run


def main() -> None:
    """Measures the named lines, or all of them, and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument(
        "--quick", action="store_true", help="small lists: whether it works at all"
    )
    options = parser.parse_args()
    unknown = set(options.names) - BENCHMARKS.keys()
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    # The servers and folders go with us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    scale = QUICK if options.quick else Scale()
    print(figures.HEAD, flush=True)
    for name in options.names or BENCHMARKS:
        for line in BENCHMARKS[name](scale):
            print(line, flush=True)


if __name__ == "__main__":
    main()
