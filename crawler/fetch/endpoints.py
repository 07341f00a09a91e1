"""IO: where to connect to for a host: its addresses, each checked before it is used."""

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
    """Finds the addresses of hosts."""

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host, best first. Raises: `socket.gaierror`."""


class ThreadResolver:
    """The system's own resolver, which reads the hosts file, in daemon threads started on demand.

    The event loop's default executor has few threads, and one that hangs keeps the process alive.
    """

    def __init__(self, max_threads: int) -> None:
        self._max_threads = max_threads
        self._threads: list[threading.Thread] = []
        self._unanswered: set[asyncio.Future[tuple[str, ...]]] = set()
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host, best first. Raises: `socket.gaierror`."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[tuple[str, ...]] = loop.create_future()

        def job() -> None:
            outcome = _look_up(host, port)
            # The loop may be closed by now: a name server can take a minute.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._answer, future, outcome)

        self._unanswered.add(future)
        self._jobs.put(job)
        if len(self._threads) < min(len(self._unanswered), self._max_threads):
            thread = threading.Thread(target=_work, args=(self._jobs,), daemon=True)
            self._threads.append(thread)
            thread.start()
        return await future

    def close(self) -> None:
        """Let the threads end."""
        for _ in self._threads:
            self._jobs.put(None)
        self._threads.clear()

    def _answer(
        self, future: asyncio.Future[tuple[str, ...]], outcome: tuple[str, ...] | OSError
    ) -> None:
        self._unanswered.discard(future)
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
        # As bytes: for text, Python applies its own IDNA rules and raises other errors.
        found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    except OSError as fault:
        return fault
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to connect to for a host."""

    name: str
    """The host's own, or the one that the settings give in its place."""
    port: int
    addresses: tuple[str, ...]

    @property
    def place(self) -> str:
        """`name:port`; an IPv6 address stands in brackets."""
        return f"[{self.name}]:{self.port}" if ":" in self.name else f"{self.name}:{self.port}"

    @property
    def is_named(self) -> bool:
        """Whether the host is given by name, so that its addresses were looked up."""
        return self.addresses != (self.name,)

    def holds(self, address: str) -> bool:
        """Whether this is one of the addresses, in whatever notation."""
        return address in self.addresses or ipaddress.ip_address(address) in map(
            ipaddress.ip_address, self.addresses
        )


class Endpoints:
    """Finds the endpoint of each host once; after a failure, the host is looked up again."""

    def __init__(self, settings: FetchSettings, resolver: Resolver) -> None:
        self._replacements = dict(settings.resolve)
        self._allow_private = settings.allow_private
        self._timeout = settings.connect_timeout
        self._resolver = resolver
        self._found: dict[tuple[str, int], Endpoint] = {}
        self._lookups: dict[tuple[str, int], asyncio.Task[tuple[str, ...]]] = {}

    async def find(self, host: str, port: int) -> Endpoint:
        """Where to connect to for the host of a URL.

        Raises: `PrivateAddressError` unless every address may be connected to; `socket.gaierror`;
        `TimeoutError`.
        """
        found = self._found.get((host, port))
        if found is None:
            found = self._found[host, port] = await self._new_endpoint(host, port)
        return found

    def close(self) -> None:
        """Give up the lookups that are not finished."""
        for task in self._lookups.values():
            task.cancel()

    async def _new_endpoint(self, host: str, port: int) -> Endpoint:
        replacement = self._replacement(host, port)
        name, port = _host_and_port(replacement) if replacement else (host, port)
        addresses = (name,) if is_address(name) else await self._addresses(name, port)
        if not all(self._may_connect(host, address) for address in addresses):
            raise PrivateAddressError
        return Endpoint(name, port, addresses[:MAX_ADDRESSES])

    def _replacement(self, host: str, port: int) -> str | None:
        """The `host:port` that the settings give in the place of this one."""
        name = f"[{host}]" if ":" in host else host
        patterns = (f"{name}:{port}", f"*:{port}", "*")
        return next((self._replacements[p] for p in patterns if p in self._replacements), None)

    async def _addresses(self, host: str, port: int) -> tuple[str, ...]:
        key = host, port
        task = self._lookups.get(key)
        if task is None:
            task = asyncio.ensure_future(self._look_up(host, port))
            self._lookups[key] = task
            task.add_done_callback(lambda done: self._forget_failure(key, done))
        # Other requests may wait for the same host, and have more time left.
        async with asyncio.timeout(self._timeout):
            return await asyncio.shield(task)

    async def _look_up(self, host: str, port: int) -> tuple[str, ...]:
        addresses = await self._resolver(host, port)
        if not addresses:
            raise socket.gaierror(socket.EAI_NODATA, "no address")
        return addresses

    def _forget_failure(self, key: tuple[str, int], task: asyncio.Task[tuple[str, ...]]) -> None:
        if task.cancelled() or task.exception() is not None:
            self._lookups.pop(key, None)

    def _may_connect(self, host: str, address: str) -> bool:
        return urls.is_global(address) or urls.private_allowed(host, address, self._allow_private)


def is_address(name: str) -> bool:
    """Whether a host is given by its IP address (without brackets)."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, digits = text.rpartition(":")
    return host.strip("[]"), int(digits)
