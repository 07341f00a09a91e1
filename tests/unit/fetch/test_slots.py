"""Slots: the largest backlog first, and none is lost."""

import asyncio

import pytest

from crawler.fetch.slots import Slots


def test_a_slot_goes_to_the_waiter_with_the_largest_backlog() -> None:
    async def story() -> list[str]:
        slots, order = Slots(1), list[str]()

        async def ask(name: str, backlog: int, *, is_begun: bool = False) -> None:
            await slots.acquire(backlog, is_begun=is_begun)
            order.append(name)
            slots.release()

        await slots.acquire(0)
        async with asyncio.TaskGroup() as group:
            for name, backlog in (("one", 1), ("eighty", 80), ("two", 2), ("also eighty", 80)):
                group.create_task(ask(name, backlog))
            group.create_task(ask("begun", 2, is_begun=True))
            await asyncio.sleep(0)
            slots.release()
        return order

    assert asyncio.run(story()) == ["eighty", "also eighty", "begun", "two", "one"]


@pytest.mark.parametrize(("unread", "granted"), [(0, 8), (5, 3), (7, 1), (8, 1), (300, 1)])
def test_pages_that_wait_to_be_read_take_slots_but_never_the_last(
    unread: int, granted: int
) -> None:
    async def story() -> int:
        slots = Slots(8, lambda: unread)
        asking = [asyncio.create_task(slots.acquire(0)) for _ in range(9)]
        await asyncio.sleep(0)
        done = sum(task.done() for task in asking)
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        return done

    assert asyncio.run(story()) == granted


@pytest.mark.parametrize("granted", [False, True])
def test_no_slot_is_lost_when_a_waiter_is_cancelled(granted: bool) -> None:
    async def story() -> None:
        slots = Slots(1)
        await slots.acquire(0)
        waiter = asyncio.create_task(slots.acquire(0))
        await asyncio.sleep(0)
        if granted:
            slots.release()
        waiter.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiter
        if not granted:
            slots.release()
        async with asyncio.timeout(30):
            await slots.acquire(0)

    asyncio.run(story())


def test_more_slots_are_used_at_once_and_fewer_once_others_are_released() -> None:
    async def story() -> list[int]:
        slots, held = Slots(2), list[int]()

        async def ask(number: int) -> None:
            await slots.acquire(0)
            held.append(number)

        async with asyncio.TaskGroup() as group:
            for number in range(5):
                group.create_task(ask(number))
            await asyncio.sleep(0)
            assert held == [0, 1]
            slots.resize(4)
            await asyncio.sleep(0)
            assert held == [0, 1, 2, 3]
            slots.resize(3)
            slots.release()
            await asyncio.sleep(0)
            assert held == [0, 1, 2, 3]
            slots.release()
        return held

    assert asyncio.run(story()) == [0, 1, 2, 3, 4]
