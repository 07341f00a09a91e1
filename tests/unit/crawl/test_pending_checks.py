"""The checks that are made from a fetch."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.crawl.pending_checks import elapsed_of
from crawler.model import Timings
from tests.support.builders import make_fetch


@pytest.mark.parametrize(
    ("attempts", "microseconds", "elapsed"),
    [(1, 5_000_400, timedelta(seconds=5)), (2, 4_999_600, timedelta(seconds=5)), (0, 1, None)],
)
def test_elapsed_time_is_rounded_to_the_milliseconds_that_are_stored(
    attempts: int, microseconds: int, elapsed: timedelta | None
) -> None:
    timings = Timings(total=timedelta(microseconds=microseconds))
    assert elapsed_of(replace(make_fetch(attempts=attempts), timings=timings)) == elapsed
