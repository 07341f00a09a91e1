"""IO: libcurl's transfers, driven by the event loop."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property

import pycurl

from crawler.fetch import open_files
from crawler.fetch.alarm import Alarm
from crawler.fetch.server_time import ServerTime

FEWEST_IDLE = 32
"""Idle connections that are kept open at least; the most are `open_files.MOST_IDLE`."""
IDLE_PER_WAITING_HOST = 2
"""libcurl closes those first that were used first, and while a host waits, others end."""

OnEnd = Callable[[int, str], None]
"""Called when a transfer is over, with libcurl's error number (0: no error) and message."""


class ResolvedHosts:
    """The hosts whose addresses libcurl has from us.

    For every transfer libcurl goes through all hosts that it has, and it must not lose one that a
    transfer still needs. So hosts that no transfer needs any more are removed with the next host
    that is added.
    """

    def __init__(self) -> None:
        self._users: Counter[str] = Counter()
        self._unused: list[str] = []

    def add(self, place: str, addresses: Iterable[str]) -> list[str]:
        """The value of libcurl's `RESOLVE` for a `host:port`, which is kept until `release`."""
        self._users[place] += 1
        removed = [f"-{other}" for other in self._unused if not self._users[other]]
        self._unused.clear()
        # A hyphen in front removes a host; behind a plus sign, it is part of the name.
        sign = "+" if place.startswith("-") else ""
        return [*removed, f"{sign}{place}:{','.join(addresses)}"]

    def release(self, place: str) -> None:
        """Note that a transfer does not need the `host:port` any more."""
        self._users[place] -= 1
        if not self._users[place]:
            del self._users[place]
            self._unused.append(place)


class Multi:
    """Transfers that share their connections; bound to the event loop in which it is first used.

    libcurl calls `_watch_socket` and `_set_timer` while it is at work, when it must not be called
    back: they only note what it wants.
    """

    def __init__(self, waiting_hosts: Callable[[], int] = lambda: 0) -> None:
        """`waiting_hosts` says how many hosts wait for their next request, which needs a connection."""
        self._waiting_hosts = waiting_hosts
        self._curls = pycurl.CurlMulti()
        self._curls.setopt(pycurl.M_SOCKETFUNCTION, self._watch_socket)
        self._curls.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)
        self.resolved_hosts = ResolvedHosts()
        self._on_end: dict[pycurl.Curl, OnEnd] = {}
        self._watched: dict[int, int] = {}
        """What libcurl waits for (`POLL_IN`, `POLL_OUT` or both), by descriptor."""
        self._last_read_at: dict[int, float] = {}
        self._connected_at: dict[int, float] = {}
        self._server_times: dict[int, ServerTime] = {}
        self._alarm = Alarm()

    def start(self, curl: pycurl.Curl, on_end: OnEnd) -> None:
        """Begin a transfer; `on_end` is called from the event loop, unless `stop` comes first."""
        in_use = len(self._on_end)
        wanted = IDLE_PER_WAITING_HOST * self._waiting_hosts()
        most = min(wanted, open_files.room_for_idle(in_use))
        # libcurl counts the connections in use among those that it keeps.
        self._curls.setopt(pycurl.M_MAXCONNECTS, in_use + max(FEWEST_IDLE, most))
        self._on_end[curl] = on_end
        self._curls.add_handle(curl)

    def stop(self, curl: pycurl.Curl) -> None:
        """Remove a transfer; its connection is closed unless the transfer is over."""
        if self._on_end.pop(curl, None) is not None:
            self._curls.remove_handle(curl)

    def measure(self, descriptor: int, server_time: ServerTime) -> None:
        """Measure the turns of the server at the other end; one begins now."""
        server_time.begin(self._loop.time())
        self._server_times[descriptor] = server_time

    def end_measuring(self, descriptor: int, server_time: ServerTime) -> None:
        """Measure no longer, unless it is for another exchange by now."""
        if self._server_times.get(descriptor) is server_time:
            del self._server_times[descriptor]

    def is_watched(self, descriptor: int) -> bool:
        """Whether libcurl waits for the socket; after a transfer, only where it ends a connection."""
        return descriptor in self._watched

    def last_read_at(self, descriptor: int) -> float:
        """When, by the loop's clock, the socket last had something to read; 0 for never."""
        return self._last_read_at.get(descriptor, 0.0)

    def connected_at(self, descriptor: int) -> float:
        """When, by the loop's clock, libcurl first waited to read; 0 when it is not connected."""
        return self._connected_at.get(descriptor, 0.0)

    def close(self) -> None:
        """Stop every transfer, and close every connection."""
        for curl in tuple(self._on_end):
            self.stop(curl)
        for descriptor in tuple(self._watched):
            self._watch_socket(pycurl.POLL_REMOVE, descriptor, self._curls, None)
        self._alarm.cancel()
        self._curls.close()

    @cached_property
    def _loop(self) -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    def _watch_socket(
        self, wanted: int, descriptor: int, curls: pycurl.CurlMulti, data: object
    ) -> None:
        """Wait for a socket as libcurl wants; libcurl says `POLL_REMOVE` before it closes one."""
        before = self._watched.get(descriptor, pycurl.POLL_NONE)
        if wanted == pycurl.POLL_REMOVE:
            wanted = pycurl.POLL_NONE
            self._watched.pop(descriptor, None)
            self._last_read_at.pop(descriptor, None)
            self._connected_at.pop(descriptor, None)
        else:
            self._watched[descriptor] = wanted
            if not before and descriptor in self._server_times:  # a pause was our own turn
                self._server_times[descriptor].begin(self._loop.time())
        if wanted & ~before & pycurl.POLL_IN:
            self._connected_at.setdefault(descriptor, self._loop.time())
            self._loop.add_reader(descriptor, self._read, descriptor)
        elif before & ~wanted & pycurl.POLL_IN:
            self._loop.remove_reader(descriptor)
        if wanted & ~before & pycurl.POLL_OUT:
            self._loop.add_writer(descriptor, self._act, descriptor, pycurl.CSELECT_OUT)
        elif before & ~wanted & pycurl.POLL_OUT:
            self._loop.remove_writer(descriptor)

    def _set_timer(self, milliseconds: int) -> None:
        """Call libcurl after this time, whatever happens; -1 for never."""
        if milliseconds < 0:
            self._alarm.cancel()
        else:
            self._alarm.set(milliseconds / 1000, self._act, pycurl.SOCKET_TIMEOUT, 0)

    def _read(self, descriptor: int) -> None:
        self._last_read_at[descriptor] = self._loop.time()
        self._act(descriptor, pycurl.CSELECT_IN)

    def _act(self, descriptor: int, ready: int) -> None:
        """Let libcurl do what can be done now, then call `on_end` of all transfers that are over."""
        server_time = self._server_times.get(descriptor)
        if server_time is not None:
            server_time.end(self._loop.time(), descriptor)
        self._curls.socket_action(descriptor, ready)
        if server_time is not None:
            server_time.begin_again(self._loop.time())
        _, succeeded, failed = self._curls.info_read()
        for curl in succeeded:
            self._end(curl, pycurl.E_OK, "")
        for curl, number, message in failed:
            self._end(curl, number, message)

    def _end(self, curl: pycurl.Curl, number: int, message: str) -> None:
        on_end = self._on_end.get(curl)
        self.stop(curl)
        if on_end is not None:
            on_end(number, message)
