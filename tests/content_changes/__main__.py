"""IO: `python -m tests.content_changes [tune|judge]`: real texts with noise, night after night."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.content_changes.edits import Size
from tests.content_changes.getting import History, histories
from tests.content_changes.kinds import kinds_of
from tests.content_changes.pages import NIGHTS, nights
from tests.content_changes.sources import Half, sources
from tests.content_changes.strategies import STRATEGIES
from tests.content_changes.tally import Tally


def main() -> None:
    """Plays a half, and prints what came of it."""
    options = _parser().parse_args()
    for half in options.halves:
        pages = dict(_pages(half, options.cache))
        if not pages:
            raise SystemExit("No release could be downloaded; is the archive's client installed?")
        packages = len({key.split("/")[0] for key in pages})
        sys.stdout.write(f"{half}: {len(pages)} pages of {packages} projects, {NIGHTS} nights\n")
        for name in options.strategies:
            tally = _played(name, half, pages, options.seed)
            sys.stdout.write(_line(name, tally, len(pages)))
            if name == "crawler":
                misled = ", ".join(f"{kind} {count}" for kind, count in tally.misled.most_common())
                sys.stdout.write(f"  false notices by kind of noise: {misled}\n")
                if options.details and half is Half.TUNE:
                    options.details.write_text("\n".join(tally.details))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.content_changes")
    parser.add_argument("halves", nargs="*", type=Half, default=[Half.TUNE], metavar="tune|judge")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "content-changes")
    parser.add_argument("--details", type=Path, help="a file for what went wrong, of tune only")
    parser.add_argument("--strategies", nargs="+", default=list(STRATEGIES), choices=STRATEGIES)
    parser.add_argument("--seed", default="1", help="another one makes other nights")
    return parser


def _pages(half: Half, cache: Path) -> Iterator[tuple[str, History]]:
    for source in sources(half):
        for path, history in histories(source, cache).items():
            yield f"{source.package}/{path}", history


def _played(name: str, half: Half, pages: dict[str, History], seed: str) -> Tally:
    tally, kinds = Tally(), kinds_of(half)
    for key, history in pages.items():
        package = key.split("/")[0]
        titles = [h[0].heading for k, h in pages.items() if k.split("/")[0] != package]
        tally.play(key, nights(f"{key} {seed}", history, kinds, titles), STRATEGIES[name]())
    return tally


def _line(name: str, tally: Tally, pages: int) -> str:
    edits, seen = tally.edits.total(), tally.seen.total()
    by_size = "  ".join(f"{size} {tally.seen[size]}/{tally.edits[size]}" for size in Size)
    return (
        f"{name:<12} false {tally.false / tally.page_nights:7.2%}, from night 7"
        f" {tally.later_false / tally.later_nights:7.2%}; edits seen {seen}/{edits} ({by_size});"
        f" the same night {tally.at_once / max(1, edits):.0%}; rewritten {tally.rewrites};"
        f" false words {tally.false_words}; requests +0 %;"
        f" {1000 * tally.seconds / tally.looks:.2f} ms; {tally.stored / tally.looks:.0f} B\n"
    )


if __name__ == "__main__":
    main()
