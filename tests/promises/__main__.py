"""All tests of the promises at full length, and a line for each promise: `python -m tests.promises`.

It takes long: 40 runs are killed, 2,000 runs of history are made, 100 lists are malformed. Numbers choose
promises: `python -m tests.promises 2 14`.
"""

import argparse
import os
import sys
from collections import Counter

import pytest

from tests.promises.table import marked, promises


class _Tally:
    """Counts what became of the tests of each promise."""

    def __init__(self) -> None:
        self.passed = Counter[str]()
        self.failed: dict[str, list[str]] = {}
        self.skipped = Counter[str]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Counts one test; its set-up only where that fails or skips it."""
        numbers = [str(value) for name, value in report.user_properties if name == "promise"]
        for number in numbers:
            if report.failed:
                self.failed.setdefault(number, []).append(report.nodeid)
            elif report.skipped:
                self.skipped[number] += 1
            elif report.when == "call":
                self.passed[number] += 1

    def line(self, number: str, promise: str) -> str:
        """One promise, and whether it was kept."""
        failed = self.failed.get(number, [])
        state = "BROKEN" if failed else "kept" if self.passed[number] else "not tried"
        skipped = f", {self.skipped[number]} skipped" if self.skipped[number] else ""
        tests = f"{self.passed[number]} passed, {len(failed)} failed{skipped}"
        return "\n".join(
            (f"{number:>3} {state:<9} {promise} ({tests})", *(f"      {t}" for t in failed))
        )


def main() -> int:
    """0 when all of the chosen promises were kept."""
    known = promises()
    parser = argparse.ArgumentParser(prog="python -m tests.promises", description=__doc__)
    parser.add_argument("--short", action="store_true", help="with the counts of every day")
    parser.add_argument("number", nargs="*", help=f"{', '.join(known)}; all of them by default")
    wanted = parser.parse_args()
    if unknown := set(wanted.number) - known.keys():
        parser.error(f"no such promise: {', '.join(sorted(unknown))}")
    if not wanted.short:
        os.environ["CRAWLER_FULL"] = "1"  # noqa: TID251
    chosen = {number: known[number] for number in wanted.number or known}
    names = {name for number in chosen for name in marked().get(number, ())}
    tally = _Tally()
    words = ["tests", "-m", "promise", "-k", " or ".join(sorted(names)), "-q", "--no-summary"]
    pytest.main([*words, "--timeout=7200"], plugins=[tally])
    sys.stdout.write("\n".join(tally.line(*one) for one in chosen.items()) + "\n")
    return 0 if all(tally.passed[one] and one not in tally.failed for one in chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
