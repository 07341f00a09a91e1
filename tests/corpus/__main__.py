"""IO: `python -m tests.corpus`: the corpus is checked, and how well that went is printed."""

import argparse
import dataclasses
import json
import sys
import tempfile
from pathlib import Path

from tests.corpus.index import CASES, PART_OF
from tests.corpus.runner import Outcome, Played, play
from tests.corpus.score import Score, Share, miss_line, score, selected


def main() -> None:
    """Checks the corpus, or a part of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus")
    parser.add_argument("--group", default="", help="only the cases of this group")
    parser.add_argument("--case", default="", help="only the case with this name")
    parser.add_argument("--json", action="store_true", help="the numbers and misses as JSON")
    wanted = parser.parse_args()
    cases = selected(CASES, wanted.group, wanted.case)
    if not cases:
        parser.error("no case is selected")
    with tempfile.TemporaryDirectory() as folder:
        played = play(cases, Path(folder))
    told = _as_json if wanted.json else _as_text
    sys.stdout.write(told(played, score(played)) + "\n")


def _as_text(played: Played, result: Score) -> str:
    groups = [
        f"{g.name:<14}{g.verdicts.of:>6}{g.verdicts.percent:>9.1f} %{g.reasons.percent:>9.1f} %"
        for g in result.groups
    ]
    classes = [f"{c.name:<14}{_of(c.precision):>22}{_of(c.recall):>22}" for c in result.classes]
    return "\n".join(
        (
            f"{'group':<14}{'cases':>6}{'verdicts':>11}{'reasons':>11}",
            *groups,
            "",
            *_parts(played),
            "",
            f"{'class':<14}{'precision':>22}{'recall':>22}",
            *classes,
            "",
            *map(miss_line, result.misses),
            "",
            *_key_numbers(played, result),
        )
    )


def _parts(played: Played) -> list[str]:
    """The verdicts of each part that was played."""
    of_parts: dict[str, list[Outcome]] = {}
    for outcome in played.outcomes:
        of_parts.setdefault(PART_OF[outcome.case.name], []).append(outcome)
    scores = {
        part: score(dataclasses.replace(played, outcomes=tuple(own)))
        for part, own in of_parts.items()
    }
    return [
        f"{part}: {_of(one.verdicts)} verdicts, {_of(one.reasons)} reasons"
        for part, one in scores.items()
    ]


def _key_numbers(played: Played, result: Score) -> tuple[str, ...]:
    request = len(played.requests)
    forbidden = f"{len(played.forbidden)} of {request} {' '.join(played.forbidden)}".rstrip()
    return (
        f"living pages called dead: {len(result.living_dead)} {' '.join(result.living_dead)}".rstrip(),
        f"living pages called suspect: {_of(result.living_suspect)}",
        f"substitutes called dead or suspect: {_of(result.substitutes_found)}",
        f"verdicts exact: {_of(result.verdicts)}",
        f"reasons exact: {_of(result.reasons)}",
        f"requests that robots.txt forbids: {forbidden}",
        f"seconds: {played.seconds:.1f}, peak memory: {played.peak_megabytes:.0f} MB",
    )


def _of(share: Share) -> str:
    return f"{share.percent:.1f} % ({share.count} of {share.of})"


def _as_json(played: Played, result: Score) -> str:
    numbers = dataclasses.asdict(dataclasses.replace(result, misses=()))
    numbers["misses"] = [miss_line(outcome) for outcome in result.misses]
    numbers["cases"] = {
        o.case.name: {"expected": o.case.expected, "got": f"{o.verdict}/{o.reason}"}
        for o in played.outcomes
    }
    numbers |= {
        "forbidden_requests": played.forbidden,
        "requests": len(played.requests),
        "seconds": round(played.seconds, 1),
        "peak_megabytes": round(played.peak_megabytes),
    }
    return json.dumps(numbers, indent=2)


if __name__ == "__main__":
    main()
