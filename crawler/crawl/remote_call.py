"""IO: a function called in a process of its own, with messages both ways while it runs."""

import gc
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any

from crawler.crawl.worker import START, Raised, Returned

MAX_EXIT_SECONDS = 2.0
"""How long a process may take to exit once its result is here; then it is killed."""
SILENCE_SECONDS = 300.0
"""How long a process may say nothing once it has spoken: a shard names its hosts twice a second.

Only at its end it may wait for canaries: for one attempt.
"""
SECOND_CHANCE_SECONDS = 5.0
"""How long it is listened to after that: all processes may have been stopped, and go on now."""


class LostError(Exception):
    """The process ended without a result, or its function raised."""


class StartError(LostError):
    """The system has no room for another process."""


class RemoteCall(Future[Any]):
    """A call in a process of its own; its result is the function's, or it raises `LostError`.

    `function` is called with a `Channel` to this process and the arguments; all of it has to pickle.
    `listener` is called in a thread with this call and a tuple of messages from the function; the
    result is set after the last message.
    A process that hangs is killed.
    Raises: `StartError` when the process cannot be started.
    """

    def __init__(
        self,
        listener: "Callable[[RemoteCall, tuple[Any, ...]], None]",
        function: Callable[..., Any],
        *args: object,
    ) -> None:
        super().__init__()
        self._listener = listener
        self._work = pickle.dumps((function, args))
        self._sending = threading.Lock()
        # The function and its arguments have to be sent first.
        self._sending.acquire()
        try:
            self._connection, self._process = _start_process()
        except OSError as error:
            raise StartError(f"a process cannot be started ({error.strerror})") from error
        self.set_running_or_notify_cancel()
        self._thread = threading.Thread(target=self._attend, daemon=True)
        self._thread.start()

    def send(self, message: object) -> None:
        """Send a message to the function, if its process still runs."""
        with self._sending, suppress(OSError):
            self._connection.send(message)

    def kill(self) -> None:
        """End the process, unless there is a result already."""
        if not self.done():
            self._process.kill()

    def join(self) -> None:
        """Return when the process is gone."""
        self._thread.join()

    def _attend(self) -> None:
        try:
            with self._connection:
                result = self._receive_all()
        except (EOFError, OSError):
            status = self._exit_status()
            self.set_exception(LostError(f"its process ended with status {status}"))
        except LostError as error:
            self.set_exception(error)
        else:
            self.set_result(result)
        self._exit_status()

    def _exit_status(self) -> int:
        """The status, once the process has exited; it is killed if it does not do so by itself."""
        try:
            return self._process.wait(MAX_EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _receive_all(self) -> object:
        """The result; messages that come before it go to the listener."""
        try:
            self._connection.send_bytes(self._work)
            self._work = b""  # that of a long list takes much memory
        finally:
            self._sending.release()
        has_spoken = False
        while True:
            if has_spoken and self._is_silent():
                raise LostError(f"its process said nothing for {SILENCE_SECONDS:.0f} s")
            has_spoken = True
            match pickle.loads(self._connection.recv_bytes()):  # noqa: S301 -- from our own process
                case Returned(result=result):
                    return result
                case Raised(error=error):
                    raise LostError(error)
                case messages:
                    self._listener(self, messages)

    def _is_silent(self) -> bool:
        chances = SILENCE_SECONDS, SECOND_CHANCE_SECONDS
        return not any(map(self._connection.poll, chances))


def _start_process() -> tuple[Connection, subprocess.Popen[bytes]]:
    """Our end of a pipe, and the new process, which has the other end."""
    ours, theirs = Pipe()
    arguments = str(theirs.fileno()), str(gc.get_threshold()[0]), *sys.path
    command = [sys.executable, "-P", "-c", START, *arguments]
    with ExitStack() as stack:
        stack.callback(ours.close)
        with theirs:
            # In its own process group: a terminal sends Ctrl-C to the coordinator only.
            process = subprocess.Popen(  # noqa: S603 -- our own interpreter, our own text
                command,
                pass_fds=(theirs.fileno(),),
                process_group=0,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        stack.pop_all()
    return ours, process
