"""IO: an asyncio main task, ended in order by a first signal and at once by a second."""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
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
    received: list[int] = []

    def stop(signum: int) -> None:
        if received:
            os._exit(128 + signum)
        received.append(signum)
        task.cancel()

    with _answered(stop):
        try:
            return await task
        except asyncio.CancelledError:
            if received:
                raise Interrupted(received[0]) from None
            raise


@contextlib.contextmanager
def _answered(stop: Callable[[int], None]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    earlier = {signum: signal.getsignal(signum) for signum in SIGNALS}
    for signum in SIGNALS:
        loop.add_signal_handler(signum, stop, signum)
    try:
        yield
    finally:
        for signum, handler in earlier.items():
            loop.remove_signal_handler(signum)
            signal.signal(signum, handler)
