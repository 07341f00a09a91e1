"""IO: a first signal cancels the main task of asyncio, a second one ends the process."""

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
    """SIGINT or SIGTERM came; the checks made so far are stored."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


async def until_signal(work: Coroutine[object, object, _Result]) -> _Result:
    """What the work returns; a signal cancels it, a second one ends the process.

    Only in the main thread: Python delivers signals to no other.

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
        with _handled(stop):
            return await task
    finally:
        # Also when the work ended before it was cancelled: no signal is lost.
        if received:
            raise Interrupted(received[0]) from None


@contextlib.contextmanager
def _handled(stop: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # `loop.add_signal_handler` would call `stop` only in the next turn of the loop.
    earlier = {signum: signal.signal(signum, stop) for signum in SIGNALS}
    try:
        yield
    finally:
        for signum, handler in earlier.items():
            signal.signal(signum, handler)
