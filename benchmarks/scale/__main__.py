"""IO: `python -m benchmarks.scale`: a list of 10,000 hosts, crawled in every way, as a table."""

import argparse
import signal
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.scale import clusters, running, tables
from benchmarks.scale.hosts import NIGHTS, Scale, Size
from benchmarks.scale.outcome import differences
from benchmarks.scale.running import Night, Ran, Way
from benchmarks.scale.serving import made_up_web, served

SCALES = (Scale(), Scale(hosts=3_000, size=Size.SMALL))
ALONE = Way(name="one process", settings={"processes": 1})
SEVERAL = (
    Way(name="two processes", settings={"processes": 2}),
    Way(name="local cluster", settings={"processes": 2}, options=("--cluster", "local")),
)


def measure(scale: Scale, *, is_complete: bool) -> Iterator[Ran]:
    """The first night in one process, then the second one in each way."""
    with made_up_web(scale) as pages, tempfile.TemporaryDirectory(prefix="bench-first-") as name:
        before = Path(name)
        with served(pages, scale, NIGHTS[0]) as web:
            yield running.first(before, Night(scale=scale, served=web))
        with served(pages, scale, NIGHTS[1]) as web:
            night = Night(scale=scale, served=web)
            alone = running.second(ALONE, before, night)
            yield alone
            for way in SEVERAL:
                yield running.second(way, before, night)
            if is_complete:
                yield clusters.by_hand(before, night)
                yield clusters.with_a_loss(before, night, alone.traffic.requests // 3)


def tell(scale: Scale) -> bool:
    """Print the table of one size of pages; whether all outcomes of the second night are equal."""
    print(tables.head(scale), flush=True)
    alone: Ran | None = None
    is_equal = True
    for ran in measure(scale, is_complete=scale.size is Size.REAL):
        print(tables.line(ran, alone), flush=True)
        if alone is not None:
            for text in differences(alone.outcome, ran.outcome):
                is_equal = False
                print(f"**{ran.way.name}: {text}**", file=sys.stderr, flush=True)
        elif ran.way is ALONE:
            alone = ran
    said = "conclude the same" if is_equal else "**do not conclude the same**"
    print(f"\nOn the second night, all ways {said}.", flush=True)
    return is_equal


def main() -> int:
    """Print the tables; 1 if the ways to run differ in what they conclude."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="300 hosts: whether it works at all")
    parser.add_argument("--first-night", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--size", choices=[size.name.lower() for size in Size])
    options = parser.parse_args()
    if options.first_night:
        running.first_night(options.first_night)
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # servers and folders go with us
    scales = [s for s in SCALES if options.size in {None, s.size.name.lower()}]
    if options.quick:
        scales = [replace(scale, hosts=300, addresses=200, large=20) for scale in scales]
    equal = [tell(scale) for scale in scales]
    return 0 if all(equal) else 1


if __name__ == "__main__":
    sys.exit(main())
