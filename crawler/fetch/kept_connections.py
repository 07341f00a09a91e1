"""IO: what is known of connections that may be used again."""

import os
import select
import socket
import sys
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass

from crawler.model import Certificate

MAX_CONNECTIONS = 8192
"""The latest that are known; more than are ever open at once."""

_BYTES_RECEIVED = slice(128, 136)
"""Of what Linux says of a connection. Source: tcp_info in linux/tcp.h."""
Ends = tuple[str, int, str, int]
"""Address and port there and here: no two connections that are open have the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptConnection:
    """One that a request went over."""

    descriptor: int
    certificate: Certificate | None
    """That was shown when it was made."""

    def is_soiled(self) -> bool:
        """Whether there is something to read, or an end, before anything was asked."""
        if self.descriptor < 0:
            return True
        poll = select.poll()
        poll.register(self.descriptor, select.POLLIN)
        return bool(poll.poll(0))

    def received(self) -> int:
        """How many bytes have come in so far; -1 where the system does not tell."""
        if not hasattr(socket, "TCP_INFO"):
            return -1
        with suppress(OSError), socket.socket(fileno=os.dup(self.descriptor)) as twin:
            said = twin.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _BYTES_RECEIVED.stop)
            return int.from_bytes(said[_BYTES_RECEIVED], sys.byteorder)
        return -1


class KeptConnections:
    """The connections by their ends; one that is made anew takes the place of its forerunner."""

    def __init__(self) -> None:
        self._known: OrderedDict[Ends, KeptConnection] = OrderedDict()

    def add(self, ends: Ends, connection: KeptConnection) -> None:
        """Remember a connection that was just made."""
        self._known.pop(ends, None)
        self._known[ends] = connection
        if len(self._known) > MAX_CONNECTIONS:
            self._known.popitem(last=False)

    def get(self, ends: Ends) -> KeptConnection | None:
        """What is known of a connection."""
        return self._known.get(ends)
