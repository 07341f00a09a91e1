"""A limit to the work that a block may take, on any machine, however busy."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

_REFERENCE_SECONDS = 0.016
"""CPU seconds of the reference work on the machine for which the limits were chosen."""


def _reference() -> float:
    started = process_time()
    sum(range(1_000_000))
    return process_time() - started


@contextmanager
def cpu_seconds_at_most(limit: float) -> Iterator[None]:
    """Fails when the block takes more CPU time; while the machine is slower, the limit is higher."""
    before = _reference()
    started = process_time()
    yield
    taken = process_time() - started
    slowdown = max(1.0, before / _REFERENCE_SECONDS, _reference() / _REFERENCE_SECONDS)
    assert taken < limit * slowdown, f"{taken:.1f} s, on a machine slower by {slowdown:.1f}"
