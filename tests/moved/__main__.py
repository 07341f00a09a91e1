"""IO: `python -m tests.moved`: plays both halves, or one, and prints the tables."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.real_pages.sources import Half
from tests.moved import tables
from tests.moved.documents import documents_of
from tests.moved.getting import folder_of, get
from tests.moved.nights import play
from tests.moved.plan import Host, plan
from tests.moved.redirect_maps import read_map
from tests.moved.searching import crawler_search
from tests.moved.sources import Project, projects, projects_of
from tests.moved.truth import Releases


def main(arguments: Sequence[str] | None = None) -> None:
    """Parses, plays, prints."""
    options = _parser().parse_args(arguments)
    halves = list(Half) if options.half == "both" else [Half(options.half)]
    if options.details and Half.JUDGE in halves and not options.judge_details:
        raise SystemExit("details are for the half that is tuned on: name it, or --judge-details")
    for half in halves:
        found = get(projects_of(half, projects()), options.cache)
        hosts = [one for project in found for one in hosts_of(project, options)]
        if not hosts:
            raise SystemExit("no release could be downloaded, see above")
        with tempfile.TemporaryDirectory(prefix="moved-") as name:
            played = play(hosts, Path(name), crawler_search)
        sys.stdout.write(tables.summary(played, f"Half: {half}") + "\n")
        sys.stdout.flush()
        if options.details:
            with options.details.open("a", encoding="utf-8") as file:
                file.writelines(f"{case}\n" for case in tables.cases(played))


def hosts_of(project: Project, options: argparse.Namespace) -> list[Host]:
    """The hosts of a project, from the documents of both its releases."""
    before, after = (documents_of(one, options.cache) for one in (project.before, project.after))
    published = read_map(folder_of(project.after, options.cache), project.after.folder)
    releases = Releases(before, after)
    return plan(project, releases, releases.moves(published), options.seed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.moved")
    parser.add_argument("half", nargs="?", default="both", choices=(*Half, "both"))
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "moved-sites")
    parser.add_argument("--details", type=Path, help="a file for cases, one a line")
    parser.add_argument("--judge-details", action="store_true", help="of the other half too")
    parser.add_argument("--seed", default="1", help="another one makes another plan")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
