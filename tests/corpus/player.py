"""IO: the corpus' sites on loopback: real sockets, names from an injected resolver."""

import asyncio
import errno
import os
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from types import TracebackType
from typing import Self

from tests.corpus.case import Asked, Door, End, Name, Reply, Site
from tests.corpus.certificates import Certificates
from tests.corpus.replies import answer, to_https

LOOPBACK = "127.0.0.1"
_LINGER_NOT = struct.pack("ii", 1, 0)
"""SO_LINGER on, for no time: closing sends a reset (socket(7))."""
Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""What happens on a connection, which is closed at its end."""
_DOORS = {Door.REFUSING: "refusing", Door.FULL: "full", Door.MUTE: "mute", Door.RESETTING: "reset"}


class Player:
    """Plays sites while its context is open, from a thread of its own."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._certificates = Certificates()
        self._open = ExitStack()
        self._ports: dict[str, int] = {}
        self.ca_bundle = ""
        self.play(sites)

    def play(self, sites: Iterable[Site]) -> None:
        """These sites are played from now on; nothing was asked of them yet."""
        self._sites = {site.host: site for site in sites}
        self._certificates.certify(self._sites.values())
        self._counts: Counter[str] = Counter()
        self.requests: list[Asked] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.ca_bundle = stack.enter_context(self._certificates.bundle())
            listening = {
                name: stack.enter_context(socket.create_server((LOOPBACK, 0), backlog=512))
                for name in ("https", "http", "mute", "reset")
            }
            closed = {"full": stack.enter_context(_full()), "refusing": stack.enter_context(_shut())}
            self._ports = {k: s.getsockname()[1] for k, s in (*listening.items(), *closed.items())}
            stack.enter_context(self._serving(listening))
            self._open = stack.pop_all()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._open.close()

    @property
    def resolve(self) -> tuple[tuple[str, str], ...]:
        """Pairs for `FetchSettings.resolve`: the player's ports, at each host's own name."""
        return tuple(
            (f"{site.host}:{port}", f"{site.host}:{self._ports[self._door(site, port)]}")
            for site in self._sites.values()
            for port in (443, 80, *site.ports)
        )

    def _door(self, site: Site, port: int) -> str:
        if site.door is Door.PLAIN:
            return "http"
        return _DOORS.get(site.door, "http" if port == 80 else "https")

    async def resolver(self, host: str, port: int) -> tuple[str, ...]:
        """The address of a host. Raises: socket.gaierror, OSError as its site says."""
        site = self._sites.get(host)
        match Name.MISSING if site is None else site.name:
            case Name.KNOWN:
                return (LOOPBACK,)
            case Name.PRIVATE:
                return ("10.20.30.40",)
            case Name.NO_ADDRESS:
                raise socket.gaierror(socket.EAI_NODATA, "no address")
            case Name.FAILURE:
                raise socket.gaierror(socket.EAI_AGAIN, "server failure")
            case Name.NO_ROUTE:
                raise OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH))
            case Name.SILENT:
                await asyncio.Event().wait()
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    @contextmanager
    def _serving(self, listening: dict[str, socket.socket]) -> Iterator[None]:
        started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
        thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(listening, started)), name="corpus"
        )
        thread.start()
        loop, stop = started.result(timeout=30)
        try:
            yield
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join()

    async def _serve(
        self,
        listening: dict[str, socket.socket],
        started: "Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]",
    ) -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        # Peers that hang up early are what is played here, and nothing to report.
        loop.set_exception_handler(lambda _loop, _context: None)
        tasks: set[asyncio.Task[None]] = set()
        scripts = {"mute": _mute, "reset": _reset_at_once}
        for name, sock in listening.items():
            await asyncio.start_server(
                partial(_spawn, tasks, scripts.get(name, partial(self._talk, name))),
                sock=sock,
                ssl=self._certificates.context() if name == "https" else None,
            )
        started.set_result((loop, stop))
        await stop.wait()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _talk(
        self, scheme: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answers the requests of a connection, one after the other."""
        end = End.KEEP
        while end is End.KEEP:
            head = await reader.readuntil(b"\r\n\r\n")
            reply = self._reply(_asked(head, scheme))
            for number, piece in enumerate(reply.pieces):
                await asyncio.sleep(reply.pause if number else 0)
                writer.write(piece)
                await writer.drain()
            end = reply.end
        if end is End.STALL:
            await reader.read()
        if end is End.RESET:
            # Time for the data to be read: a reset discards what was not.
            await asyncio.sleep(0.05)
            _reset(writer)

    def _reply(self, asked: Asked) -> Reply:
        self.requests.append(asked)
        site = self._sites.get(asked.host)
        if site is None:
            return answer(421)
        self._counts[asked.host] += 1
        if self._counts[asked.host] <= site.broken_connections:
            return Reply(end=End.RESET)
        upgraded = asked.scheme == "http" and not site.plain
        if asked.path == "/robots.txt" and not upgraded:
            return site.robots or answer(404)
        return self._page(site, asked)

    def _page(self, site: Site, asked: Asked) -> Reply:
        own = site.pages.get(f"{asked.scheme}:{asked.path}")
        if own is None and asked.scheme == "http" and not site.plain:
            return to_https(asked)
        behaviour = own or site.pages.get(asked.path) or site.unknown
        if isinstance(behaviour, Reply):
            return behaviour
        if isinstance(behaviour, tuple):
            place = f"{asked.host}{asked.path}"
            self._counts[place] += 1
            return behaviour[min(self._counts[place], len(behaviour)) - 1]
        return behaviour(asked)


def _asked(head: bytes, scheme: str) -> Asked:
    request_line, *lines = head.decode("latin-1").split("\r\n")
    parts = (line.partition(":") for line in lines)
    fields = {name.lower(): value.strip() for name, _, value in parts}
    host = fields.get("host", "").rpartition("@")[2].partition(":")[0].lower()
    path = request_line.split(" ")[1]
    return Asked(scheme=scheme, host=host.removesuffix("."), path=path, fields=fields)


def _spawn(
    tasks: set[asyncio.Task[None]],
    script: Script,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    task = asyncio.ensure_future(_run(script, reader, writer))
    tasks.add(task)
    task.add_done_callback(tasks.discard)


async def _run(
    script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    try:
        with suppress(OSError, asyncio.IncompleteReadError):
            await script(reader, writer)
    finally:
        writer.close()


async def _mute(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def _reset_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    _reset(writer)


def _reset(writer: asyncio.StreamWriter) -> None:
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    writer.transport.abort()


@contextmanager
def _full() -> Iterator[socket.socket]:
    """A listener whose queue is full takes no connection, and does not refuse it either."""
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind((LOOPBACK, 0))
        full.listen(0)
        for client in (first, second):
            client.setblocking(False)
            client.connect_ex(full.getsockname())
        yield full


@contextmanager
def _shut() -> Iterator[socket.socket]:
    """Bound without listening: whoever connects is refused, and nobody else gets the port."""
    with socket.socket() as shut:
        shut.bind((LOOPBACK, 0))
        yield shut
