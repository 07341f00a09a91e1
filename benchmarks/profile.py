"""IO: `python -m benchmarks.profile`: which stages of a run take its CPU.

A timer that runs on CPU time looks every millisecond at what the main thread does. What other
threads do is told as one share, as the kernel counts it; a profiler that is called at every call
would make small functions look large.
"""

import argparse
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import cache
from pathlib import Path
from types import FrameType

from benchmarks import peers, web
from benchmarks.serving import serving
from benchmarks.stages import shares, stage_of
from benchmarks.web import Titles

SECONDS = 0.001
SAMPLES = "samples.json"


class _Sampler:
    """Counts the stages of the main thread while it runs."""

    def __init__(self) -> None:
        self._stages: Counter[str] = Counter()

    def start(self) -> None:
        signal.signal(signal.SIGPROF, self._sample)
        signal.setitimer(signal.ITIMER_PROF, SECONDS, SECONDS)

    def stop(self) -> Counter[str]:
        signal.setitimer(signal.ITIMER_PROF, 0)
        return self._stages

    def _sample(self, _signum: int, frame: FrameType | None) -> None:
        files = []
        while frame is not None:
            files.append(frame.f_code.co_filename)
            frame = frame.f_back
        self._stages[_stage(tuple(files))] += 1


@cache
def _stage(files: tuple[str, ...]) -> str:
    return stage_of(files)


def _run_sampled(folder: Path) -> None:
    """One run of the crawler in this process; what was seen of it goes to a file."""
    sampler = _Sampler()
    sampler.start()
    sys.argv = ["crawler", "run", "--quiet"]
    try:
        runpy.run_module("crawler", run_name="__main__")
    finally:
        samples = sampler.stop()
        told = {"samples": samples, "main": time.thread_time(), "all": time.process_time()}
        folder.joinpath(SAMPLES).write_text(json.dumps(told), encoding="utf-8")


def profile(hosts: int, titles: Titles) -> str:
    """Shares of CPU by stage, of a first run over so many fresh TLS hosts, as Markdown."""
    rows = web.rows([1] * hosts, titles)
    with serving(rows) as served, tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        peers.prepare(folder, peers.listed(rows, served.port), served, peers.ONE_PROCESS)
        command = [sys.executable, "-m", "benchmarks.profile", "--sampled", name]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        told = json.loads(folder.joinpath(SAMPLES).read_text(encoding="utf-8"))
    each = 1000 * told["main"] / hosts
    lines = (
        f"| {stage} | {share:.1f} % | {share / 100 * each:.2f} |"
        for stage, share in shares(Counter(told["samples"]))
    )
    beside = 1000 * (told["all"] - told["main"]) / hosts
    head = f"| stage, {hosts:,} fresh TLS hosts, {titles.value} titles | share | ms a URL |\n|---|---|---|"
    return "\n".join((head, *lines, f"| beside them, in other threads | | {beside:.2f} |"))


def main() -> None:
    """Prints the profile of a run with fitting titles, and of one with poor ones."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile")
    parser.add_argument("--hosts", type=int, default=1000)
    parser.add_argument("--sampled", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.sampled:
        os.chdir(options.sampled)
        _run_sampled(options.sampled)
        return
    print(profile(options.hosts, Titles.FITTING), profile(options.hosts, Titles.POOR), sep="\n\n")


if __name__ == "__main__":
    main()
