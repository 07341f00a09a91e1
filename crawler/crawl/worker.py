"""IO: a process that does one piece of work for another, and ends with it."""

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
    # Whoever we work for ends us; a signal to all processes must not end us first.
    "import gc, signal, sys;"
    "signal.signal(signal.SIGINT, signal.SIG_IGN); signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "gc.set_threshold(int(sys.argv[2]));"
    "descriptor = int(sys.argv[1]); sys.path[:] = sys.argv[3:];"
    "from crawler.crawl.worker import main; main(descriptor)"
)
"""A process's first words; it is given a descriptor, after how many objects those that are garbage
are looked for, and the path that modules are found on."""
SAID_SECONDS = 0.2
"""How long what is said waits, so that much of it goes at once."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What the function said, in order."""

    news: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """The function has ended, and all that it said has been passed on."""

    result: object


@dataclass(frozen=True, slots=True)
class Raised:
    """The function has raised."""

    error: str


class Channel:
    """The way to the process that this one works for; when that is gone, so is this one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: deque[object] = deque()
        self._ended = threading.Event()
        self._hear: Callable[[Any], None] = lambda _: None
        self._sender = threading.Thread(target=self._send, daemon=True)

    def open(self) -> None:
        """From now on what is said is passed on."""
        self._sender.start()

    def hear(self, listener: Callable[[Any], None]) -> None:
        """Call the listener, in a thread, with what we are told from now on."""
        self._hear = listener
        threading.Thread(target=self._receive, daemon=True).start()

    def say(self, news: object) -> None:
        """Pass something on, with what else there is to say at about this time."""
        self._waiting.append(news)

    def close(self, last: Returned | Raised) -> None:
        """Pass on what was said, and then the last word."""
        self._ended.set()
        self._sender.join()
        self._connection.send(last)

    def _send(self) -> None:
        is_over = False
        while not is_over:
            is_over = self._ended.wait(SAID_SECONDS)
            news = []
            while self._waiting:
                news.append(self._waiting.popleft())
            if news:
                self._pass_on(Batch(tuple(news)))

    def _pass_on(self, said: Batch) -> None:
        try:
            self._connection.send(said)
        except OSError:
            os._exit(1)

    def _receive(self) -> None:
        try:
            while True:
                self._hear(self._connection.recv())
        except (EOFError, OSError):
            os._exit(1)


def main(descriptor: int) -> None:
    """Do what comes by the descriptor, and say by it what comes of it."""
    channel = Channel(connection := Connection(descriptor))
    try:
        function, args, kwargs = pickle.loads(connection.recv_bytes())  # noqa: S301 -- as above
    except (EOFError, OSError):
        sys.exit(1)
    channel.open()
    try:
        last: Returned | Raised = Returned(function(channel, *args, **kwargs))
    except Exception as error:  # noqa: BLE001  (it is told where somebody sees it)
        last = Raised(describe(error))
    channel.close(last)
