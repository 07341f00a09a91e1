"""How many requests may be on the wire at once, by the limit of open files."""

import resource

import pytest

from crawler.fetch.open_files import BESIDE, MOST_IDLE, PER_REQUEST, room_for

FREE = MOST_IDLE + BESIDE
"""Files that are not for requests."""
ANY = resource.RLIM_INFINITY


class Limits:
    """The soft and the hard limit of a system, of which the soft one can be raised up to `most`."""

    def __init__(self, soft: int, hard: int, most: int | None = None) -> None:
        self.now = soft, hard
        self._most = most

    def get(self, _: int) -> tuple[int, int]:
        return self.now

    def set(self, _: int, limits: tuple[int, int]) -> None:
        if self._most is not None and limits[0] > self._most:
            raise ValueError("current limit exceeds maximum limit")
        self.now = limits


def _room(monkeypatch: pytest.MonkeyPatch, limits: Limits, requests: int) -> int:
    monkeypatch.setattr(resource, "getrlimit", limits.get)
    monkeypatch.setattr(resource, "setrlimit", limits.set)
    return room_for(requests)


@pytest.mark.parametrize(
    ("soft", "hard", "requests", "raised"),
    [
        (1024, 4096, 64, 1024),
        (1024, 4096, 1024, FREE + PER_REQUEST * 1024),
        (256, ANY, 64, FREE + PER_REQUEST * 64),
        (ANY, ANY, 4096, ANY),
    ],
)
def test_the_limit_is_raised_as_far_as_the_requests_need_it(
    soft: int, hard: int, requests: int, raised: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Limits(soft, hard)
    assert _room(monkeypatch, limits, requests) == requests
    assert limits.now == (raised, hard)


@pytest.mark.parametrize(
    ("soft", "hard", "most", "requests", "room"),
    [
        (1024, 1024, None, 1024, (1024 - FREE) // PER_REQUEST),
        (1024, 2048, None, 1024, (2048 - FREE) // PER_REQUEST),
        (1024, ANY, 1024, 1024, (1024 - FREE) // PER_REQUEST),
        (256, 256, None, 64, 8),
        (256, 256, None, 1, 1),
    ],
)
def test_where_it_cannot_be_raised_so_far_fewer_requests_are_sent_at_once(
    soft: int,
    hard: int,
    most: int | None,
    requests: int,
    room: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert _room(monkeypatch, Limits(soft, hard, most), requests) == room
