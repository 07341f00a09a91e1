import asyncio

import pytest

from crawler.fetch import AttemptBudget
from crawler.retry import RESENDS
from tests.support.clocks import ManualClock


def test_what_is_left_of_a_budget_is_counted_by_its_clock() -> None:
    clock = ManualClock()

    async def spend_more(budget: AttemptBudget) -> None:
        async with budget.spending():
            clock.now += 0.04
            await asyncio.sleep(60)

    async def story() -> tuple[float, float]:
        budget = AttemptBudget(0.05, clock)
        async with budget.spending():
            # The clock stands still: the loop's own timer is not to be believed.
            await asyncio.sleep(0.15)
            clock.now += 0.02
        left = budget.seconds
        with pytest.raises(TimeoutError):
            await spend_more(budget)
        return left, budget.seconds

    assert asyncio.run(story()) == pytest.approx((0.03, -0.01))


def test_a_budget_allows_so_many_resends() -> None:
    budget = AttemptBudget(1.0)
    taken = [budget.take_resend() for _ in range(RESENDS + 2)]
    assert taken == [True] * RESENDS + [False, False]
