"""How the number of slots follows how late the event loop is."""

import pytest

from crawler.crawl.concurrency_limit import (
    FEWEST_SLOTS,
    FIRST_SLOTS,
    MOST_UNREAD,
    TICKS_OF_GRACE,
    TOO_LATE,
    ConcurrencyLimit,
)


def _limit(most: int, *lates: float) -> int:
    limit = ConcurrencyLimit.first(most)
    for late in lates:
        limit = limit.after_tick(late)
    return limit.slots


def test_a_loop_that_keeps_up_soon_has_all_slots() -> None:
    assert _limit(512) == FIRST_SLOTS
    assert _limit(512, *[0.0] * 75) == 512
    assert _limit(512, *[0.0] * 1_000) == 512
    assert _limit(8) == 8


def test_a_loop_that_is_too_late_has_half_the_slots_and_then_slowly_more() -> None:
    full = [0.0] * 100
    assert _limit(512, *full, 2 * TOO_LATE) == 256
    # What is on the wire still makes it late for a while.
    assert _limit(512, *full, *[2 * TOO_LATE] * TICKS_OF_GRACE) == 256
    assert _limit(512, *full, *[2 * TOO_LATE] * (TICKS_OF_GRACE + 1)) == 128
    assert _limit(512, *full, 2 * TOO_LATE, *[0.0] * 10) == 266
    assert _limit(512, *full, *[2 * TOO_LATE] * 1_000) == FEWEST_SLOTS
    assert _limit(4, *[2 * TOO_LATE] * 1_000) == 4


def test_a_loop_that_is_a_little_late_keeps_its_slots() -> None:
    assert _limit(512, *[TOO_LATE] * 100) == FIRST_SLOTS


@pytest.mark.parametrize(
    ("unread", "slots"),
    [
        (0, 512),
        (MOST_UNREAD // 2, 512),
        (MOST_UNREAD, FIRST_SLOTS),
        (MOST_UNREAD + 1, FEWEST_SLOTS),
    ],
)
def test_a_loop_that_has_much_to_read_gets_no_more_slots(unread: int, slots: int) -> None:
    limit = ConcurrencyLimit.first(512)
    for _ in range(100):
        limit = limit.after_tick(0.0, unread)
    assert limit.slots == slots
