"""IO: libcurl's transfers, driven by the event loop."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable

import pycurl

MAX_IDLE = 32
"""Connections with no request on them that are kept open."""

End = Callable[[int, str], None]
"""Hears that a transfer is over: libcurl's number of what ended it, 0 when all is well, and its words."""


class ResolvedHosts:
    """What libcurl was told of names.

    It looks through all that it knows for every transfer, and forgets nothing that a transfer may
    still need: so what nobody needs any more is taken back with the next that is told.
    """

    def __init__(self) -> None:
        self._users: Counter[str] = Counter()
        self._spare: list[str] = []

    def tell(self, place: str, addresses: Iterable[str]) -> list[str]:
        """For libcurl's `RESOLVE`: the addresses of a `host:port`, until it is `forget`-ten."""
        self._users[place] += 1
        spare = [f"-{other}" for other in self._spare if not self._users[other]]
        self._spare.clear()
        # A hyphen in front would mean that the place is to be forgotten; after a plus, it is the name's.
        mark = "+" if place.startswith("-") else ""
        return [*spare, f"{mark}{place}:{','.join(addresses)}"]

    def forget(self, place: str) -> None:
        """One of those who needed it does no longer."""
        self._users[place] -= 1
        if not self._users[place]:
            del self._users[place]
            self._spare.append(place)


class Multi:
    """Transfers over one store of connections; belongs to the event loop in which it is first used.

    libcurl calls `_watch` and `_wait` while it is itself at work: they only note what it wants.
    """

    def __init__(self) -> None:
        self._curls = pycurl.CurlMulti()
        self._curls.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._curls.setopt(pycurl.M_TIMERFUNCTION, self._wait)
        self.told = ResolvedHosts()
        self._ends: dict[pycurl.Curl, End] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watched: dict[int, int] = {}
        """What is waited for, by descriptor."""
        self._heard_at: dict[int, float] = {}
        self._connected_at: dict[int, float] = {}
        self._timer: asyncio.Handle | None = None

    def start(self, curl: pycurl.Curl, end: End) -> None:
        """Begin a transfer; `end` is called from the event loop, unless it is stopped before."""
        self._loop = self._loop or asyncio.get_running_loop()
        # libcurl counts the connections in use among those that it keeps.
        self._curls.setopt(pycurl.M_MAXCONNECTS, len(self._ends) + MAX_IDLE)
        self._ends[curl] = end
        self._curls.add_handle(curl)

    def stop(self, curl: pycurl.Curl) -> None:
        """Forget a transfer; its connection is closed unless it is over."""
        if self._ends.pop(curl, None) is not None:
            self._curls.remove_handle(curl)

    def heard_at(self, descriptor: int) -> float:
        """When, by the loop's clock, there was last something to read; 0 when there never was."""
        return self._heard_at.get(descriptor, 0.0)

    def connected_at(self, descriptor: int) -> float:
        """When, by the loop's clock, an answer was first waited for; 0 when there is no connection."""
        return self._connected_at.get(descriptor, 0.0)

    def close(self) -> None:
        """Stop every transfer, and close every connection."""
        for curl in tuple(self._ends):
            self.stop(curl)
        for descriptor in tuple(self._watched):
            self._watch(pycurl.POLL_REMOVE, descriptor, self._curls, None)
        self._wait(-1)
        self._curls.close()

    def _watch(self, wanted: int, descriptor: int, curls: pycurl.CurlMulti, data: object) -> None:
        """Note what is waited for on a socket; libcurl says so before it closes one, too."""
        if self._loop is None:
            return
        before = self._watched.get(descriptor, pycurl.POLL_NONE)
        if wanted == pycurl.POLL_REMOVE:
            wanted = pycurl.POLL_NONE
            self._watched.pop(descriptor, None)
            self._heard_at.pop(descriptor, None)
            self._connected_at.pop(descriptor, None)
        else:
            self._watched[descriptor] = wanted
        if wanted & ~before & pycurl.POLL_IN:
            self._connected_at.setdefault(descriptor, self._loop.time())
            self._loop.add_reader(descriptor, self._read, descriptor)
        elif before & ~wanted & pycurl.POLL_IN:
            self._loop.remove_reader(descriptor)
        if wanted & ~before & pycurl.POLL_OUT:
            self._loop.add_writer(descriptor, self._act, descriptor, pycurl.CSELECT_OUT)
        elif before & ~wanted & pycurl.POLL_OUT:
            self._loop.remove_writer(descriptor)

    def _wait(self, milliseconds: int) -> None:
        """Note when libcurl wants to be called whatever happens; -1 for never."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if milliseconds >= 0 and self._loop is not None:
            self._timer = self._loop.call_later(
                milliseconds / 1000, self._act, pycurl.SOCKET_TIMEOUT, 0
            )

    def _read(self, descriptor: int) -> None:
        if self._loop is not None:
            self._heard_at[descriptor] = self._loop.time()
        self._act(descriptor, pycurl.CSELECT_IN)

    def _act(self, descriptor: int, ready: int) -> None:
        """Let libcurl do what can be done now, and tell of what is over by then."""
        self._curls.socket_action(descriptor, ready)
        _, done, failed = self._curls.info_read()
        for curl in done:
            self._tell(curl, pycurl.E_OK, "")
        for curl, number, words in failed:
            self._tell(curl, number, words)

    def _tell(self, curl: pycurl.Curl, number: int, words: str) -> None:
        end = self._ends.get(curl)
        self.stop(curl)
        if end is not None:
            end(number, words)
