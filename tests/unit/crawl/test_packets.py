"""Packets arrive once and in order, whatever a queue loses or repeats."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.crawl.cluster.packets import (
    LEASE_SECONDS,
    OVER,
    RESEND_SECONDS,
    SIGN,
    SIGN_SECONDS,
    WINDOW,
    Packet,
    PacketStream,
    over,
)


@given(st.lists(st.binary(max_size=3), max_size=40), st.data())
def test_all_arrives_once_and_in_order(bodies: list[bytes], data: st.DataObject) -> None:
    ours, theirs = PacketStream("c", 0.0), PacketStream("c", 0.0)
    waiting, arrived, now = list(bodies), list[bytes](), 0.0

    def through(packets: list[Packet]) -> list[Packet]:
        """What comes out of a queue: some are lost, and some come twice."""
        kept = [one for one in packets for _ in range(data.draw(st.integers(0, 2)))]
        return packets if now > 20 * RESEND_SECONDS else kept

    while not (ours.is_confirmed and not waiting):
        now += RESEND_SECONDS / 3
        sent = list(ours.due(now))
        while waiting and ours.has_room:
            sent.append(ours.packed(waiting.pop(0), now))
        for packet in through(sent):
            body = theirs.taken(packet, now)
            arrived += [body] if body is not None else []
        for packet in through(list(theirs.due(now))):
            assert ours.taken(packet, now) is None
    assert arrived == bodies


def test_a_packet_is_sent_again_when_nobody_has_it() -> None:
    stream = PacketStream("c", 0.0)
    packet = stream.packed(b"x", 0.0)
    assert stream.due(RESEND_SECONDS / 2)[0].number == SIGN
    assert stream.due(RESEND_SECONDS + 1) == (packet,)
    assert not stream.due(RESEND_SECONDS + 2)
    assert stream.taken(Packet("c", SIGN, 1, b""), 12.0) is None
    assert stream.is_confirmed


def test_who_has_nothing_to_say_gives_a_sign_of_life() -> None:
    stream = PacketStream("c", 0.0)
    assert not stream.due(SIGN_SECONDS)
    (sign,) = stream.due(SIGN_SECONDS + 0.1)
    assert (sign.number, sign.received) == (SIGN, 0)
    assert not stream.due(SIGN_SECONDS + 0.2)


def test_what_came_is_confirmed_soon() -> None:
    stream = PacketStream("c", 0.0)
    assert stream.taken(Packet("c", 0, 0, b"x"), 0.1) == b"x"
    (sign,) = stream.due(SIGN_SECONDS / 3)
    assert sign.received == 1
    assert not stream.due(SIGN_SECONDS / 2)


def test_there_is_room_for_so_many_packets() -> None:
    stream = PacketStream("c", 0.0)
    for _ in range(WINDOW):
        assert stream.has_room
        stream.packed(b"", 0.0)
    assert not stream.has_room
    stream.taken(Packet("c", SIGN, 1, b""), 0.0)
    assert stream.has_room


def test_who_is_silent_is_lost() -> None:
    stream = PacketStream("c", 0.0)
    assert not stream.is_lost(LEASE_SECONDS)
    assert stream.is_lost(LEASE_SECONDS + 1)
    stream.taken(Packet("c", SIGN, 0, b""), 10.0)
    assert not stream.is_lost(LEASE_SECONDS + 1)
    assert over("c") == ("c", OVER, 0, b"")
