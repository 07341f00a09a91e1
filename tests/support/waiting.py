"""Waiting for what comes about by itself, however busy the machine is."""

import asyncio
from collections.abc import Callable


async def until(holds: Callable[[], bool]) -> None:
    for _ in range(10_000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError
