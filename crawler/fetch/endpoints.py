"""IO: the names of hosts, and the addresses behind them, each checked before it is used."""

import asyncio
import ipaddress
import queue
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from crawler import urls
from crawler.config import FetchSettings
from crawler.fetch.failures import PrivateAddressError

MAX_ADDRESSES = 4
"""Addresses of a host that are tried, in the resolver's order."""


class Resolver(Protocol):
    """Where addresses come from."""

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host, best first. Raises: `socket.gaierror`."""


class ThreadResolver:
    """The system's own resolver, which honours the hosts file, in daemon threads started on demand.

    The event loop's default executor has few threads, and one that hangs keeps the process alive.
    """

    def __init__(self, max_threads: int) -> None:
        self._max_threads = max_threads
        self._threads = 0
        self._open = 0
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host, best first. Raises: `socket.gaierror`."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[tuple[str, ...]] = loop.create_future()

        def job() -> None:
            outcome = _look_up(host, port)
            # The loop may be closed by now: a name server can take a minute.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._hand_over, future, outcome)

        self._open += 1
        self._jobs.put(job)
        if self._threads < min(self._open, self._max_threads):
            self._threads += 1
            threading.Thread(target=_work, args=(self._jobs,), daemon=True).start()
        return await future

    def close(self) -> None:
        """Let the threads end."""
        for _ in range(self._threads):
            self._jobs.put(None)
        self._threads = 0

    def _hand_over(
        self, future: asyncio.Future[tuple[str, ...]], outcome: tuple[str, ...] | OSError
    ) -> None:
        self._open -= 1
        if future.done():
            return
        if isinstance(outcome, OSError):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)


def _work(jobs: queue.SimpleQueue[Callable[[], None] | None]) -> None:
    while (job := jobs.get()) is not None:
        job()


def _look_up(host: str, port: int) -> tuple[str, ...] | OSError:
    try:
        # As bytes: Python would put a name through its own IDNA rules, and raise other errors.
        found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    except OSError as fault:
        return fault
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to connect to for a host."""

    name: str
    """The host's own, unless the settings name another in its place."""
    port: int
    addresses: tuple[str, ...]

    @property
    def place(self) -> str:
        """`name:port`, an address of version 6 in brackets."""
        return f"[{self.name}]:{self.port}" if ":" in self.name else f"{self.name}:{self.port}"

    @property
    def is_named(self) -> bool:
        """Whether the host has a name, so that its addresses had to be found."""
        return self.addresses != (self.name,)

    def holds(self, address: str) -> bool:
        """Whether this is one of the addresses, however it is written."""
        return address in self.addresses or ipaddress.ip_address(address) in map(
            ipaddress.ip_address, self.addresses
        )


class Endpoints:
    """Hosts to endpoints, each name asked once; a failure is forgotten, so that a retry asks again."""

    def __init__(self, settings: FetchSettings, resolver: Resolver) -> None:
        self._resolve = dict(settings.resolve)
        self._allow_private = settings.allow_private
        self._timeout = settings.connect_timeout
        self._resolver = resolver
        self._known: dict[tuple[str, int], Endpoint] = {}
        self._asked: dict[tuple[str, int], asyncio.Task[tuple[str, ...]]] = {}

    async def endpoint(self, host: str, port: int) -> Endpoint:
        """Where to connect to for the host of a URL.

        Raises: `PrivateAddressError` unless every address may be connected to; `socket.gaierror`;
        `TimeoutError`.
        """
        known = self._known.get((host, port))
        if known is None:
            known = self._known[host, port] = await self._checked(host, port)
        return known

    def close(self) -> None:
        """Give up what is still being asked."""
        for task in self._asked.values():
            task.cancel()

    async def _checked(self, host: str, port: int) -> Endpoint:
        instead = self._instead(host, port)
        name, port = _host_and_port(instead) if instead else (host, port)
        addresses = (name,) if is_address(name) else await self._addresses(name, port)
        if not all(self._may_connect(host, address) for address in addresses):
            raise PrivateAddressError
        return Endpoint(name, port, addresses[:MAX_ADDRESSES])

    def _instead(self, host: str, port: int) -> str | None:
        name = f"[{host}]" if ":" in host else host
        patterns = (f"{name}:{port}", f"*:{port}", "*")
        return next((self._resolve[p] for p in patterns if p in self._resolve), None)

    async def _addresses(self, host: str, port: int) -> tuple[str, ...]:
        key = host, port
        task = self._asked.get(key)
        if task is None:
            task = asyncio.ensure_future(self._ask(host, port))
            self._asked[key] = task
            task.add_done_callback(lambda done: self._forget_failure(key, done))
        # Others may wait for the same name with more patience left.
        async with asyncio.timeout(self._timeout):
            return await asyncio.shield(task)

    async def _ask(self, host: str, port: int) -> tuple[str, ...]:
        addresses = await self._resolver(host, port)
        if not addresses:
            raise socket.gaierror(socket.EAI_NODATA, "no address")
        return addresses

    def _forget_failure(self, key: tuple[str, int], task: asyncio.Task[tuple[str, ...]]) -> None:
        if task.cancelled() or task.exception() is not None:
            self._asked.pop(key, None)

    def _may_connect(self, host: str, address: str) -> bool:
        return urls.is_global(address) or urls.private_allowed(host, address, self._allow_private)


def is_address(name: str) -> bool:
    """Whether a host is named by its address, without brackets."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, digits = text.rpartition(":")
    return host.strip("[]"), int(digits)
