"""IO: what Linux knows of a TCP connection."""

import socket
import sys
from contextlib import suppress
from typing import NamedTuple

KNOWN = sys.platform == "linux"
"""Whether this system tells at all."""
# Places in `struct tcp_info`. Source: linux/tcp.h.
_LAST_DATA_RECEIVED = slice(52, 56)
_BYTES_RECEIVED = slice(128, 136)
_MILLISECONDS = 1000
"""In a second."""


class Received(NamedTuple):
    """What came in over a connection since it was made."""

    bytes: int
    seconds_ago: float
    """When the latest of it came in, or the connection was made; in steps of about 4 ms."""


def received(descriptor: int) -> Received | None:
    """What came in; None where the system does not tell."""
    if not KNOWN:
        return None
    with suppress(OSError):
        # Given a family and a type, Python does not ask the system for them; any family will do.
        twin = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, fileno=descriptor)
        try:
            info = twin.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _BYTES_RECEIVED.stop)
        finally:
            twin.detach()
        return Received(
            bytes=int.from_bytes(info[_BYTES_RECEIVED], sys.byteorder),
            seconds_ago=int.from_bytes(info[_LAST_DATA_RECEIVED], sys.byteorder) / _MILLISECONDS,
        )
    return None
