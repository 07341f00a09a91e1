"""When a crawl ends."""

import asyncio
from typing import Any

import pytest

from crawler.crawl.ending import until


def test_a_stop_ends_the_block() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        stop = loop.create_future()
        loop.call_soon(stop.set_result, None)
        with pytest.raises(TimeoutError):
            async with until(loop.time() + 3600, stop):
                await asyncio.sleep(3600)

    asyncio.run(main())


def test_a_stop_that_comes_as_the_block_ends_changes_nothing() -> None:
    faults: list[dict[str, Any]] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, fault: faults.append(fault))
        stop = loop.create_future()
        async with until(loop.time() + 3600, stop):
            stop.set_result(None)
        await asyncio.sleep(0)

    asyncio.run(main())
    assert not faults
