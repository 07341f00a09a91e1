"""IO: the process at the other end of a `RemoteCall`: it runs one function, and exits."""

import os
import pickle
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from crawler.errors import describe

START = (
    # The caller ends this process; a signal sent to all processes must not end it before.
    "import gc, signal, sys;"
    "signal.signal(signal.SIGINT, signal.SIG_IGN); signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "gc.set_threshold(int(sys.argv[2]));"
    "descriptor = int(sys.argv[1]); sys.path[:] = sys.argv[3:];"
    "from crawler.crawl.worker import main; main(descriptor)"
)
"""The program of the process. Its arguments: the descriptor of its end of the pipe, the number of
objects after which Python collects garbage, and the folders where it finds modules."""
BATCH_SECONDS = 0.2
"""How long a message waits for others, which are then sent together."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The function has returned; all of its messages were sent before."""

    result: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """The function has raised an exception."""

    error: str


class Channel:
    """The pipe to the caller; when the caller is gone, this process exits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: deque[object] = deque()
        self._is_closing = threading.Event()
        self._sender = threading.Thread(target=self._send_batches, daemon=True)

    @property
    def unsent(self) -> int:
        """How many messages wait."""
        return len(self._waiting)

    def open(self) -> None:
        """Send messages from now on."""
        self._sender.start()

    def listen(self, listener: Callable[[Any], None]) -> None:
        """Call the listener, in a thread, with each message from the caller; to be called once."""
        threading.Thread(target=self._receive, args=(listener,), daemon=True).start()

    def send(self, message: object) -> None:
        """Send a message within `BATCH_SECONDS`, after all earlier ones."""
        self._waiting.append(message)

    def close(self, last: Returned | Raised) -> None:
        """Send all messages that wait, and then the last one."""
        self._is_closing.set()
        self._sender.join()
        self._connection.send(last)

    def _send_batches(self) -> None:
        is_last = False
        while not is_last:
            is_last = self._is_closing.wait(BATCH_SECONDS)
            batch = []
            while self._waiting:
                batch.append(self._waiting.popleft())
            if batch:
                self._send_or_exit(tuple(batch))

    def _send_or_exit(self, batch: tuple[object, ...]) -> None:
        try:
            self._connection.send(batch)
        except OSError:
            os._exit(1)

    def _receive(self, listener: Callable[[Any], None]) -> None:
        try:
            while True:
                listener(self._connection.recv())
        except (EOFError, OSError):
            os._exit(1)


def main(descriptor: int) -> None:
    """Call the function that comes through the pipe, and send back what it returns."""
    channel = Channel(connection := Connection(descriptor))
    try:
        function, args = pickle.loads(connection.recv_bytes())  # noqa: S301 -- from our own process
    except (EOFError, OSError):
        sys.exit(1)
    channel.open()
    try:
        last: Returned | Raised = Returned(function(channel, *args))
    except Exception as error:  # noqa: BLE001  (the caller raises it)
        last = Raised(describe(error))
    channel.close(last)
