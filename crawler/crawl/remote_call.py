"""IO: calls in processes of their own, which say how far they are, and are told what to do next."""

import gc
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any

from crawler.crawl.worker import START, Batch, Raised, Returned

LEAVING_SECONDS = 2.0
"""How long a process that has done its work may take to end."""


class LostError(Exception):
    """A process has ended without a result."""


class StartError(LostError):
    """The system has no room for another process."""


class Call(Future[Any]):
    """A call under way; its result is that of the function, or a `LostError`."""

    def __init__(self, work: bytes, hear: "Hear") -> None:
        super().__init__()
        self._work = work
        self._hear = hear
        self._sending = threading.Lock()
        # Nothing may be said before there is something to be done.
        self._sending.acquire()
        try:
            self._own, self._process = _started()
        except OSError as error:
            raise StartError(f"a process cannot be started ({error.strerror})") from error
        self.set_running_or_notify_cancel()
        self._thread = threading.Thread(target=self._attend, daemon=True)
        self._thread.start()

    def say(self, message: object) -> None:
        """Tell the process something, if it is still there."""
        with self._sending, suppress(OSError):
            self._own.send(message)

    def end(self) -> None:
        """End the process, if it has not done its work yet."""
        if not self.done():
            self._process.kill()

    def join(self) -> None:
        """Return when the process is gone."""
        self._thread.join()

    def _attend(self) -> None:
        try:
            with self._own:
                result = self._listen()
        except (EOFError, OSError):
            status = self._gone()
            self.set_exception(LostError(f"its process ended with status {status}"))
        except LostError as error:
            self.set_exception(error)
        else:
            self.set_result(result)
        self._gone()

    def _gone(self) -> int:
        """The exit status of the process, which has no reason to stay."""
        try:
            return self._process.wait(LEAVING_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _listen(self) -> object:
        try:
            self._own.send_bytes(self._work)
        finally:
            self._sending.release()
        while True:
            match pickle.loads(self._own.recv_bytes()):  # noqa: S301 -- from our own process
                case Batch(news=news):
                    self._hear(self, news)
                case Returned(result=result):
                    return result
                case Raised(error=error):
                    raise LostError(error)


def _started() -> tuple[Connection, subprocess.Popen[bytes]]:
    """A process, and the way to it."""
    own, its = Pipe()
    given = str(its.fileno()), str(gc.get_threshold()[0]), *sys.path
    command = [sys.executable, "-P", "-c", START, *given]
    with ExitStack() as stack:
        stack.callback(own.close)
        with its:
            # In a group of its own: the signals of a terminal are for the process that coordinates.
            process = subprocess.Popen(  # noqa: S603 -- our own interpreter, our own text
                command,
                pass_fds=(its.fileno(),),
                process_group=0,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        stack.pop_all()
    return own, process


Hear = Callable[[Call, tuple[Any, ...]], None]
"""Called in a thread with a call, and what it has said."""


class Processes(Executor):
    """Runs each call in a process of its own, which ends with the executor at the latest.

    The function is called with a channel, by which it says things and hears them, and then with the
    arguments; all of it has to pickle.
    """

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._calls: list[Call] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Call:  # noqa: ANN401
        """The call, begun. Raises: `StartError` when there cannot be another process."""
        call = Call(pickle.dumps((fn, args, kwargs)), self._hear)
        self._calls.append(call)
        return call

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all processes when the futures are to be cancelled, and otherwise wait for them."""
        for call in self._calls:
            if cancel_futures:
                call.end()
        for call in self._calls if wait else ():
            call.join()
