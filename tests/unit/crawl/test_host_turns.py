"""The turns of hosts: a pace for each, and no more requests at once than the limit allows."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from crawler.config import FetchSettings, HostSettings, Settings
from crawler.crawl.concurrency_limit import FIRST_SLOTS
from crawler.crawl.host_turns import HostTurns
from crawler.fetch import Lateness
from tests.support.clocks import ManualClock

QUICK = Settings(fetch=FetchSettings(host_delay=0))


def test_no_more_turns_are_given_than_the_limit_allows() -> None:
    settings = Settings(fetch=FetchSettings(host_delay=0, concurrency=100))

    async def story() -> list[int]:
        lateness = Lateness(ManualClock())
        turns, on_the_wire = HostTurns(settings, lambda: 1, lateness), list[int]()
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


def test_fewer_turns_are_given_as_soon_as_others_ask_too() -> None:
    async def story() -> tuple[int, int, int]:
        lateness, held = Lateness(ManualClock()), AsyncExitStack()
        turns = HostTurns(QUICK, lambda: 1, lateness)
        turns.limit(3)
        for number in range(3):
            await held.enter_async_context(turns.turn(f"h{number}.test"))
        turns.limit(2)
        more = asyncio.create_task(held.enter_async_context(turns.turn("more.test")))
        await asyncio.sleep(0.001)
        full = len(turns.asking())
        turns.limit(4)
        lateness.tick()
        await more
        four = len(turns.asking())
        await held.aclose()
        return full, four, len(turns.asking())

    assert asyncio.run(story()) == (3, 4, 0)


def _starts(settings: Settings, hosts: list[str], *, slow_down: float = 0) -> list[float]:
    """When each request to the hosts started, which all want to start at once and take 10 ms."""

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
def test_a_host_has_as_many_connections_as_its_settings_allow(
    per_host: int, own: int | None, at_once: int
) -> None:
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


def test_hosts_that_were_asked_wait_for_another_turn() -> None:
    settings = replace(QUICK, fetch=replace(QUICK.fetch, host_delay=30))

    async def story() -> list[int]:
        turns, waiting = HostTurns(settings, lambda: 1), list[int]()

        async def ask(host: str) -> None:
            async with turns.turn(host):
                waiting.append(turns.waiting())

        for host in ("a.test", "b.test"):
            await ask(host)
        again = asyncio.create_task(ask("a.test"))
        await asyncio.sleep(0)
        waiting.append(turns.waiting())
        again.cancel()
        await asyncio.wait([again])
        return [*waiting, turns.waiting()]

    assert asyncio.run(story()) == [0, 0, 1, 0]
