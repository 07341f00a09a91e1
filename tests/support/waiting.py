"""Waits until a condition holds, however busy the machine is."""

import asyncio
from collections.abc import Callable


async def until(holds: Callable[[], bool]) -> None:
    """Raises: `TimeoutError` when it does not hold after a hundred seconds."""
    for _ in range(10_000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError
