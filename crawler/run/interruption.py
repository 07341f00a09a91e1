"""IO: an asyncio main task, ended in order by a first signal and at once by a second."""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from types import FrameType
from typing import TypeVar

_Result = TypeVar("_Result")

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupted(Exception):  # noqa: N818  (a signal is no error)
    """SIGINT or SIGTERM came; what could be kept is kept."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


async def until_signal(work: Coroutine[object, object, _Result]) -> _Result:
    """What the work returns; a signal cancels it, a second one ends the process.

    Signals are only answered in the main thread, where alone Python delivers them.

    Raises:
        Interrupted: a signal came, and the work has ended.
    """
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    received: list[int] = []

    def stop(signum: int, _: FrameType | None) -> None:
        if received:
            os._exit(128 + signum)
        received.append(signum)
        loop.call_soon_threadsafe(task.cancel)

    try:
        with _answered(stop):
            return await task
    finally:
        # Also when the work ended before it heard of it: a signal is never lost.
        if received:
            raise Interrupted(received[0]) from None


@contextlib.contextmanager
def _answered(stop: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Not by `loop.add_signal_handler`, which hears of a signal only when the loop turns once more.
    earlier = {signum: signal.signal(signum, stop) for signum in SIGNALS}
    try:
        yield
    finally:
        for signum, handler in earlier.items():
            signal.signal(signum, handler)
