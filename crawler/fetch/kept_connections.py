"""IO: connections that may be used again, with the certificate that each of them showed."""

import os
import select
import socket
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from crawler.fetch import tcp_info
from crawler.model import Certificate

MAX_CONNECTIONS = 8192
"""Connections that are remembered, the latest ones; more than are ever open at once."""
Ends = tuple[str, int, str, int]
"""Their address and port, our address and port: different for all connections that are open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptConnection:
    """A connection that a request was sent over."""

    descriptor: int
    inode: int
    """Of the socket: a descriptor can be another socket's later."""
    certificate: Certificate | None
    """Shown when the connection was made."""

    def is_open(self) -> bool:
        """Whether it was not closed on our side."""
        return inode_of(self.descriptor) == self.inode

    def is_stale(self) -> bool:
        """Whether bytes, or the end of the connection, came in before we sent a request."""
        if self.descriptor < 0:
            return True
        poll = select.poll()
        poll.register(self.descriptor, select.POLLIN)
        return bool(poll.poll(0))

    def bytes_received(self) -> int:
        """Bytes that came in since the connection was made; -1 where the system does not count them."""
        received = tcp_info.received(self.descriptor)
        return -1 if received is None else received.bytes


class KeptConnections:
    """Connections by their ends; a new one replaces an older one with the same ends."""

    def __init__(self) -> None:
        self._connections: OrderedDict[Ends, KeptConnection] = OrderedDict()
        self._untidy_origins: set[str] = set()

    def add(self, ends: Ends, connection: KeptConnection) -> None:
        """Remember a connection that was just made."""
        self._connections.pop(ends, None)
        self._connections[ends] = connection
        if len(self._connections) > MAX_CONNECTIONS:
            self._connections.popitem(last=False)

    def get(self, ends: Ends) -> KeptConnection | None:
        """The connection with these ends; None when it is not known."""
        return self._connections.get(ends)

    def distrust(self, origin: str) -> None:
        """Note that a used connection brought something else than the answer that was asked for."""
        self._untidy_origins.add(origin)

    def may_reuse(self, origin: str) -> bool:
        """Whether nothing like that has happened with this origin."""
        return origin not in self._untidy_origins


def inode_of(descriptor: int) -> int:
    """The inode of an open file or socket; -1 when there is none."""
    with suppress(OSError):
        return os.fstat(descriptor).st_ino
    return -1


def bound_to(port: int, descriptors: Sequence[int]) -> int:
    """The socket that has this port of our own; -1 when it is closed."""
    if len(descriptors) == 1:
        return descriptors[0]
    for descriptor in descriptors:
        # Connections to other addresses, which were slower, are closed by now.
        with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as twin:
            if twin.getsockname()[1] == port:
                return descriptor
    return -1
