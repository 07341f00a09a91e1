"""IO: a first signal ends a run in order, within seconds; a second one ends the process."""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack
from types import FrameType, TracebackType
from typing import Self, TypeVar

_Result = TypeVar("_Result")

SIGNALS = (signal.SIGINT, signal.SIGTERM)
SECONDS = 4.0
"""How long a run may take to end in order after a signal."""

_Handler = Callable[[int, FrameType | None], None]


class Interrupted(SystemExit):
    """The run did not end in time after a signal; unless it is caught, the process exits."""

    def __init__(self, signum: int) -> None:
        super().__init__(128 + signum)
        self.signum = signum


class Interruption:
    """Receives SIGINT and SIGTERM while its block lasts: the first is noted, a second one exits.

    Only in the main thread: Python delivers signals to no other.
    """

    signum: int | None = None
    """The signal that came."""

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = SECONDS if seconds is None else seconds
        self._closing = ExitStack()
        self._stop: Callable[[], object] = _nothing
        self._give_up: Callable[[], object] = self._raise

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            # `loop.add_signal_handler` would call it only in the next turn of the loop.
            for signum in SIGNALS:
                self._closing.enter_context(_handled(signum, self._receive))
            self._closing.enter_context(_handled(signal.SIGALRM, self._expire))
            self._closing.callback(signal.setitimer, signal.ITIMER_REAL, 0)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._closing.close()

    def run(self, work: Coroutine[object, object, _Result], stop: asyncio.Event) -> _Result:
        """What the work returns; a signal sets `stop`, and cancels work that goes on for too long.

        Raises:
            Interrupted: the work was cancelled.
        """

        async def main() -> _Result:
            loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)
            self._stop = lambda: loop.call_soon_threadsafe(stop.set)
            self._give_up = lambda: loop.call_soon_threadsafe(task.cancel)
            if self.signum is not None:
                stop.set()
            return await task

        try:
            return asyncio.run(main())
        except asyncio.CancelledError:
            self._raise()
            raise
        finally:
            self._stop, self._give_up = _nothing, self._raise

    def _receive(self, signum: int, _: FrameType | None) -> None:
        if self.signum is not None:
            os._exit(128 + signum)
        self.signum = signum
        signal.setitimer(signal.ITIMER_REAL, self._seconds)
        self._stop()

    def _expire(self, _: int, __: FrameType | None) -> None:
        self._give_up()

    def _raise(self) -> None:
        if self.signum is not None:
            raise Interrupted(self.signum)


def _nothing() -> None:
    pass


@contextlib.contextmanager
def _handled(signum: int, handler: _Handler) -> Iterator[None]:
    earlier = signal.signal(signum, handler)
    try:
        yield
    finally:
        signal.signal(signum, earlier)
