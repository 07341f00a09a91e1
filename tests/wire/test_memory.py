"""How much memory a run over a long list takes, in a process of its own.

`CRAWLER_FULL=1` measures at the lengths that are promised, which takes minutes.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

FULL = bool(os.environ.get("CRAWLER_FULL"))  # noqa: TID251
EVERY_RUN = 20.0
"""Megabytes that a run takes however short its list is: batches, caches, templates."""


def _taken(folder: Path, kind: str, rows: int) -> tuple[float, float]:
    """The megabytes before, and at the most."""
    words = [sys.executable, "-m", "tests.support.long_list", str(folder), kind, str(rows)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    before, most = map(float, said.split())
    return before, most


@pytest.mark.promise("16")
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("kind", "rows", "bytes_a_row"),
    [
        ("excluded", 2_000, 3_000),
        ("answered", 4_000, 4_000),
        # Their texts have 60 kB each.
        ("with_texts", 500, 4_000),
        ("faulty", 50_000, 500),
    ],
)
def test_memory_grows_little_with_the_list(
    tmp_path: Path, kind: str, rows: int, bytes_a_row: int
) -> None:
    before, most = _taken(tmp_path, kind, rows)
    assert most - before < EVERY_RUN + rows * bytes_a_row / 1e6


@pytest.mark.promise("16")
@pytest.mark.skipif(not FULL, reason="CRAWLER_FULL=1 measures at full length")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize(
    ("kind", "rows", "megabytes"),
    [("excluded", 100_000, 400), ("answered", 100_000, 400), ("faulty", 1_000_000, 500)],
)
def test_the_longest_lists_stay_within_what_is_promised(
    tmp_path: Path, kind: str, rows: int, megabytes: float
) -> None:
    assert _taken(tmp_path, kind, rows)[1] < megabytes
