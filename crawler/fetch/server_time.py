"""IO: how long an exchange waited for its server, whenever our own event loop got round to it."""

from crawler.fetch import tcp_info
from crawler.fetch.tcp_info import Received

UNREAD_BYTES = 32_768
"""Half of the smallest receive window of Linux: with less unread, the server need not wait for us."""


class ServerTime:
    """The seconds in which it was the server's turn: to accept, to greet, to answer, to send more.

    Each turn ends when bytes reach this machine, which the system notes, not when we read them. So
    what our own machine loses by being late is not in it.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self.is_answering = False
        """Whether the response has begun: from then on, the server sends without being asked."""
        self._since: float | None = None
        """When the present turn began, by the event loop's clock; None when it is our turn."""
        self._came_in_at = 0.0
        self._bytes = 0
        """Received over the connection when the last turn ended."""
        self._is_held_up = False
        """Whether so much was unread then that the server may have waited for us."""

    def begin(self, now: float) -> None:
        """It is the server's turn from now on."""
        self._since = now

    def end(self, now: float, descriptor: int) -> None:
        """Something has come in over the connection, now or earlier."""
        found = tcp_info.received(descriptor) or Received(self._bytes, 0.0)
        self._is_held_up = found.bytes - self._bytes > UNREAD_BYTES
        self._bytes = found.bytes
        if self._since is not None:
            self._came_in_at = max(self._since, now - found.seconds_ago)
            self.seconds += self._came_in_at - self._since
            self._since = None

    def begin_again(self, now: float) -> None:
        """It is the server's turn again after we have read; an answer goes on meanwhile."""
        goes_on = self.is_answering and not self._is_held_up
        self._since = self._came_in_at if goes_on else now

    def give_up(self, now: float) -> None:
        """Nothing more is waited for."""
        if self._since is not None:
            self.seconds += now - self._since
            self._since = None
