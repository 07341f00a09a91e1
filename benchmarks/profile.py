"""IO: `python -m benchmarks.profile`: which stages of a run take its CPU.

The shares come from a run under cProfile, which makes what calls many small functions look somewhat
larger than it is; the milliseconds are these shares of what a run without it takes.
"""

import argparse
import cProfile
import os
import pstats
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks import peers, web
from benchmarks.peers import Listed
from benchmarks.serving import Served, serving
from benchmarks.stages import Name, Spent, by_stage, shares
from benchmarks.web import Titles

PROFILE = "profile.out"


def _run_profiled(folder: Path) -> None:
    """One run of the crawler in this process; its profile goes to a file."""
    os.chdir(folder)
    profiler = cProfile.Profile()
    sys.argv = ["crawler", "run", "--quiet"]
    try:
        profiler.runcall(runpy.run_module, "crawler", run_name="__main__")
    finally:
        profiler.dump_stats(folder / PROFILE)


def profile(hosts: int, titles: Titles) -> str:
    """Shares of CPU by stage, of a first run over so many fresh TLS hosts, as Markdown."""
    rows = web.rows([1] * hosts, titles)
    with serving(rows) as served:
        wanted = peers.listed(rows, served.port)
        each = peers.ours(wanted, served, peers.ONE_PROCESS).cpu_ms
        stages = _profiled(wanted, served)
    lines = (
        f"| {stage} | {share:.1f} % | {share / 100 * each:.2f} |"
        for stage, share in shares(stages)
    )
    head = f"| stage, {hosts:,} fresh TLS hosts, {titles.value} titles | share | ms a URL |"
    return "\n".join((head, "|---|---|---|", *lines, f"| all | | {each:.2f} |"))


def _profiled(wanted: Listed, served: Served) -> Mapping[str, float]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        peers.prepare(folder, wanted, served, peers.ONE_PROCESS)
        command = [sys.executable, "-m", "benchmarks.profile", "--profiled", name]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return by_stage(_told(folder / PROFILE))


def _told(file: Path) -> dict[Name, Spent]:
    rows = pstats.Stats(str(file)).stats  # type: ignore[attr-defined]  # there, and not in its types
    return {
        name: Spent(seconds=own, callers={caller: row[3] for caller, row in callers.items()})
        for name, (_, _, own, _, callers) in rows.items()
    }


def main() -> None:
    """Prints the profiles of a run with fitting titles and of one with poor titles."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile")
    parser.add_argument("--hosts", type=int, default=1000)
    parser.add_argument("--profiled", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.profiled:
        _run_profiled(options.profiled)
        return
    for titles in (Titles.FITTING, Titles.POOR):
        print(profile(options.hosts, titles), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
