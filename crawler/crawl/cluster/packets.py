"""Pure: packets between a shard on a cluster and the coordinator: all arrive, once and in order.

A queue of Dask may lose what it had handed out when a connection broke, and a message that is put
again may come twice. So packets have numbers, and are sent again until the other side has them.
"""

from collections import deque
from dataclasses import dataclass, replace
from typing import NamedTuple

OVER = -1
"""In place of a number: the call is over for the coordinator; its other end is to end it."""
SIGN = -2
"""In place of a number: the sender is alive, and says what it has received."""
SIGN_SECONDS = 2.0
"""A sign of life follows when nothing was sent for so long."""
RESEND_SECONDS = 10.0
"""A packet is sent again when the other side does not say for so long that it has it."""
LEASE_SECONDS = 45.0
"""Without any packet from the other side for so long, a call is lost."""
WINDOW = 16
"""Packets on their way, or waiting for somebody who is slow."""


class Packet(NamedTuple):
    """What goes through a queue: a tuple of types that MessagePack knows."""

    call: str
    number: int
    """Its place in the stream, from 0; or `OVER`, or `SIGN`."""
    received: int
    """How many packets of the other direction the sender has."""
    body: bytes


@dataclass(frozen=True, slots=True)
class _Sent:
    packet: Packet
    at: float


class PacketStream:
    """One end of a call: what it sends, and what it has received. Times are in seconds of one clock."""

    def __init__(self, call: str, now: float) -> None:
        self.call = call
        self.heard_at = now
        """When the latest packet came."""
        self._said_at = now
        self._said = 0
        """How many packets the other end knows that we have, if it has all of ours."""
        self._next = 0
        self._received = 0
        self._unconfirmed: deque[_Sent] = deque()

    @property
    def has_room(self) -> bool:
        """Whether another packet may be sent now."""
        return len(self._unconfirmed) < WINDOW

    @property
    def is_confirmed(self) -> bool:
        """Whether the other end has all that was sent."""
        return not self._unconfirmed

    def is_lost(self, now: float) -> bool:
        """Whether the other end was silent for too long."""
        return now - self.heard_at > LEASE_SECONDS

    def packed(self, body: bytes, now: float) -> Packet:
        """The next packet."""
        packet = self._made(self._next, body, now)
        self._next += 1
        self._unconfirmed.append(_Sent(packet, now))
        return packet

    def due(self, now: float) -> tuple[Packet, ...]:
        """What has to be sent again, or a sign of life where one is due."""
        if self._unconfirmed and now - self._unconfirmed[0].at > RESEND_SECONDS:
            self._unconfirmed = deque(replace(sent, at=now) for sent in self._unconfirmed)
            self._said_at = now
            return tuple(
                sent.packet._replace(received=self._received) for sent in self._unconfirmed
            )
        seconds = now - self._said_at
        is_news = self._said < self._received and seconds > SIGN_SECONDS / 4
        return (self._made(SIGN, b"", now),) if is_news or seconds > SIGN_SECONDS else ()

    def taken(self, packet: Packet, now: float) -> bytes | None:
        """The body, if the packet is the next one; None for one that came before, or comes again."""
        self.heard_at = now
        while self._unconfirmed and self._unconfirmed[0].packet.number < packet.received:
            self._unconfirmed.popleft()
        if packet.number != self._received:
            return None
        self._received += 1
        return packet.body

    def _made(self, number: int, body: bytes, now: float) -> Packet:
        self._said_at, self._said = now, self._received
        return Packet(self.call, number, self._received, body)


def over(call: str) -> Packet:
    """Tells the other end of a call that it is over."""
    return Packet(call, OVER, 0, b"")
