"""A limit to the work that something may take, on whatever machine, however busy."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

_REFERENCE_SECONDS = 0.016
"""What the reference takes on the machine for which limits are written down."""


def _reference() -> float:
    started = process_time()
    sum(range(1_000_000))
    return process_time() - started


@contextmanager
def cpu_seconds_at_most(limit: float) -> Iterator[None]:
    """Fails when the block takes more; on a machine that is slower just now, the limit is higher."""
    before = _reference()
    started = process_time()
    yield
    taken = process_time() - started
    slowdown = max(1.0, before / _REFERENCE_SECONDS, _reference() / _REFERENCE_SECONDS)
    assert taken < limit * slowdown, f"{taken:.1f} s, on a machine slower by {slowdown:.1f}"
