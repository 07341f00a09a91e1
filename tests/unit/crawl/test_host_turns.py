"""HostTurns: the largest backlog first, one pace for each host, and no slot lost."""

import asyncio
from dataclasses import replace

import pytest

from crawler.config import FetchSettings, HostSettings, Settings
from crawler.crawl.concurrency_limit import FIRST_SLOTS
from crawler.crawl.host_turns import HostTurns
from crawler.fetch import Lateness
from crawler.fetch.slots import Slots

QUICK = Settings(fetch=FetchSettings(host_delay=0))


def test_a_slot_goes_to_the_waiter_with_the_largest_backlog() -> None:
    async def story() -> list[str]:
        slots, order = Slots(1), list[str]()

        async def ask(name: str, backlog: int) -> None:
            await slots.acquire(backlog)
            order.append(name)
            slots.release()

        await slots.acquire(0)
        async with asyncio.TaskGroup() as group:
            for name, backlog in (("one", 1), ("eighty", 80), ("two", 2), ("also eighty", 80)):
                group.create_task(ask(name, backlog))
            await asyncio.sleep(0)
            slots.release()
        return order

    assert asyncio.run(story()) == ["eighty", "also eighty", "two", "one"]


@pytest.mark.parametrize(("unread", "granted"), [(0, 8), (5, 3), (7, 1), (8, 1), (300, 1)])
def test_pages_that_wait_to_be_read_take_slots_and_never_the_last(
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
def test_a_cancelled_waiter_takes_no_slot_with_it(granted: bool) -> None:
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


def test_more_slots_are_given_out_at_once_and_fewer_as_they_come_back() -> None:
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


def test_turns_keep_to_the_limit() -> None:
    settings = Settings(fetch=FetchSettings(host_delay=0, concurrency=100))

    async def story() -> list[int]:
        turns, on_the_wire = HostTurns(settings, lambda: 1, lateness := Lateness()), list[int]()
        done = asyncio.Event()

        async def ask(host: str) -> None:
            async with turns.turn(host):
                await done.wait()

        async with asyncio.TaskGroup() as group:
            for number in range(100):
                group.create_task(ask(f"h{number}.test"))
            for _ in range(3):
                await asyncio.sleep(0.001)
                on_the_wire.append(len(turns.asking()))
                lateness.tick()
            done.set()
        return on_the_wire

    assert asyncio.run(story()) == [FIRST_SLOTS, FIRST_SLOTS + 8, FIRST_SLOTS + 16]


# --- turns ----------------------------------------------------------------------------------------


def _starts(settings: Settings, hosts: list[str], *, slow_down: float = 0) -> list[float]:
    """When each request to the hosts started, all wanted at once, each on the wire for 10 ms."""

    async def story() -> list[float]:
        turns, starts = HostTurns(settings, lambda: 1), list[float]()
        loop = asyncio.get_running_loop()
        began = loop.time()
        if slow_down:
            turns.slow_down(hosts[0], slow_down)

        async def ask(host: str) -> None:
            async with turns.turn(host):
                starts.append(loop.time() - began)
                await asyncio.sleep(0.01)

        async with asyncio.TaskGroup() as group:
            for host in hosts:
                group.create_task(ask(host))
        return sorted(starts)

    return asyncio.run(story())


def test_requests_to_one_host_start_a_delay_apart() -> None:
    fetch = replace(QUICK.fetch, host_delay=0.05, per_host=4)
    starts = _starts(replace(QUICK, fetch=fetch), ["a.test"] * 4)
    # From the beginning on: whoever is woken late is noted down late, and the next one is not.
    assert all(start >= 0.05 * number - 0.005 for number, start in enumerate(starts))


def test_another_host_does_not_wait_for_that_delay() -> None:
    fetch = replace(QUICK.fetch, host_delay=30)
    assert _starts(replace(QUICK, fetch=fetch), ["a.test", "b.test"])[-1] < 15


def test_a_crawl_delay_wins_over_a_smaller_setting() -> None:
    assert _starts(QUICK, ["a.test"] * 2, slow_down=0.05)[1] >= 0.095


@pytest.mark.parametrize(("per_host", "own", "at_once"), [(1, None, 1), (2, None, 2), (1, 3, 3)])
def test_a_host_has_only_so_many_connections(per_host: int, own: int | None, at_once: int) -> None:
    settings = Settings(
        fetch=replace(QUICK.fetch, per_host=per_host),
        hosts=(("a.test", HostSettings(per_host=own)),),
    )

    async def story() -> int:
        turns, most = HostTurns(settings, lambda: 1), [0, 0]

        async def ask() -> None:
            async with turns.turn("a.test"):
                most[0] += 1
                most[1] = max(most)
                await asyncio.sleep(0.005)
                most[0] -= 1

        async with asyncio.TaskGroup() as group:
            for _ in range(9):
                group.create_task(ask())
        return most[1]

    assert asyncio.run(story()) == at_once


def test_asking_names_the_hosts_on_the_wire() -> None:
    async def story() -> tuple[tuple[str, ...], tuple[str, ...]]:
        turns = HostTurns(QUICK, lambda: 1)
        async with turns.turn("a.test"):
            during = turns.asking()
        return during, turns.asking()

    assert asyncio.run(story()) == (("a.test",), ())
