"""IO: `python -m benchmarks.real_pages`: plays both halves, or one, and prints the tables."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.real_pages import tables
from benchmarks.real_pages.fates import NIGHTS
from benchmarks.real_pages.getting import get
from benchmarks.real_pages.indexing import index
from benchmarks.real_pages.lychee import flagged
from benchmarks.real_pages.nights import play
from benchmarks.real_pages.plan import plan
from benchmarks.real_pages.serving import can_serve
from benchmarks.real_pages.sources import Half, sources, sources_of


def main(arguments: Sequence[str] | None = None) -> None:
    """Parses, plays, prints."""
    options = _parser().parse_args(arguments)
    if options.details and Half.JUDGE in options.halves and not options.judge_details:
        raise SystemExit("details are for the half that is tuned on: name it, or --judge-details")
    for half in options.halves:
        packages = sources_of(half, sources())
        sites = index(get(packages, options.cache), options.cache)
        if not sites:
            raise SystemExit("no package could be downloaded: apt-get update, and see above")
        hosts = list(filter(can_serve, plan(sites, options.hosts, options.seed)))
        with tempfile.TemporaryDirectory(prefix="real-pages-") as name:
            folder = Path(name)
            folder.chmod(0o755)  # servers that are not root read here
            played = play(hosts, folder, options.nights, None if options.alone else flagged)
        whole = half is Half.TUNE or options.judge_details
        print(tables.summary(played, f"Half: {half}", whole=whole), flush=True)
        if options.details:
            with options.details.open("a", encoding="utf-8") as file:
                file.writelines(f"{case}\n" for case in tables.cases(played))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.real_pages")
    parser.add_argument("halves", nargs="*", type=Half, default=list(Half), metavar="tune|judge")
    parser.add_argument("--alone", action="store_true", help="without lychee beside it")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "real-pages")
    parser.add_argument("--details", type=Path, help="a file for cases, one a line")
    parser.add_argument("--judge-details", action="store_true", help="of the other half too")
    parser.add_argument("--hosts", type=int, default=300, help="about so many a half")
    parser.add_argument("--nights", type=int, nargs="+", default=list(NIGHTS), choices=NIGHTS)
    parser.add_argument("--seed", default="1", help="another one makes another plan")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
