"""Tries what parses text of others with ever new text: `python -m tests.fuzz --minutes 60`.

Each round is a process of its own with a fresh seed, so that a crash or a hang costs that round alone. What
fails is printed with the command that repeats it.
"""

import argparse
import faulthandler
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from typing import Any

from tests.fuzz.rounds import Round, play
from tests.fuzz.subjects import SUBJECTS

EXAMPLES = 2_000
"""In a round."""
HANGS_AFTER = 120
"""Seconds for one example: what takes longer hangs, however busy the machine is."""


def main() -> int:
    """0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--subject", choices=SUBJECTS, action="append", help="only these")
    parser.add_argument("--seed", type=int, help="one round of each subject with this seed")
    wanted = parser.parse_args()
    subjects = wanted.subject or list(SUBJECTS)
    if wanted.seed is not None:
        for name in subjects:
            watched = replace(SUBJECTS[name], check=_watched(SUBJECTS[name].check))
            play(watched, Round(seed=wanted.seed, examples=EXAMPLES))
        return 0
    return _rounds(subjects, wanted.minutes * 60)


def _watched(check: Callable[[Any], None]) -> Callable[[Any], None]:
    """The same, which ends the process with a traceback when an example hangs."""

    def watched(example: object) -> None:
        faulthandler.dump_traceback_later(HANGS_AFTER, exit=True)
        try:
            check(example)
        finally:
            faulthandler.cancel_dump_traceback_later()

    return watched


def _rounds(subjects: list[str], seconds: float) -> int:
    began, rounds, failed = time.monotonic(), Counter[str](), Counter[str]()
    for name in cycle(subjects):
        if time.monotonic() - began > seconds:
            break
        number = secrets.randbelow(1 << 32)
        words = ["-m", "tests.fuzz", "--subject", name, "--seed", str(number)]
        done = subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, check=False
        )
        rounds[name] += 1
        if done.returncode:
            failed[name] += 1
            sys.stdout.write(f"\n{name} failed; repeat it with: python {' '.join(words)}\n")
            sys.stdout.write(f"{done.stderr[-4_000:]}\n")
            sys.stdout.flush()
    for name in subjects:
        told = (
            f"{rounds[name] * EXAMPLES:,} examples, {failed[name]} of {rounds[name]} rounds failed"
        )
        sys.stdout.write(f"{name:<16}{told}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
