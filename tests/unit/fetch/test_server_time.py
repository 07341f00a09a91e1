"""Whose turn it was, from what the system says of a connection."""

from collections.abc import Iterator

import pytest

from crawler.fetch import tcp_info
from crawler.fetch.server_time import UNREAD_BYTES, ServerTime
from crawler.fetch.tcp_info import Received


def timed(
    monkeypatch: pytest.MonkeyPatch,
    *events: tuple[float, Received | None],
    is_answering: bool = False,
) -> ServerTime:
    """The time of a server whose turn begins at 10.0; each event is when we read, and what we are told."""
    told: Iterator[Received | None] = iter([received for _, received in events])
    monkeypatch.setattr(tcp_info, "received", lambda descriptor: next(told))
    time = ServerTime()
    time.is_answering = is_answering
    time.begin(10.0)
    for now, _ in events:
        time.end(now, 3)
        time.begin_again(now + 1.0)
    return time


def test_a_turn_ends_when_bytes_come_in_not_when_we_read_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert timed(monkeypatch, (15.0, Received(100, 4.5))).seconds == 0.5


def test_without_that_knowledge_it_ends_when_we_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert timed(monkeypatch, (15.0, None)).seconds == 5.0


def test_bytes_from_before_the_turn_take_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert timed(monkeypatch, (15.0, Received(100, 9.0))).seconds == 0.0


@pytest.mark.parametrize(
    ("is_answering", "size", "seconds"),
    [
        # After a greeting the server waits for us, until 13.0.
        (False, 100, 1.0 + 2.0),
        # An answer comes on while we are late.
        (True, 100, 1.0 + 4.0),
        # Unless so much is unread that it cannot.
        (True, UNREAD_BYTES + 1, 1.0 + 2.0),
    ],
)
def test_our_own_turn_is_no_time_of_the_server(
    monkeypatch: pytest.MonkeyPatch, is_answering: bool, size: int, seconds: float
) -> None:
    events = (12.0, Received(size, 1.0)), (16.0, Received(2 * size, 1.0))
    assert timed(monkeypatch, *events, is_answering=is_answering).seconds == seconds


def test_a_turn_that_never_ends_counts_until_it_is_given_up() -> None:
    time = ServerTime()
    time.give_up(9.0)
    time.begin(10.0)
    time.give_up(13.0)
    time.give_up(14.0)
    assert time.seconds == 3.0
