"""IO: the made-up web: a server on loopback that plays a world over HTTP and HTTPS."""

import asyncio
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Self, cast

import trustme

from crawler.demo.sites import Fault
from crawler.demo.stage import Answer, Request, Stage, read_request
from crawler.demo.worlds import World

LOOPBACK = "127.0.0.1"
_EXPIRED_ON = datetime(2020, 1, 1)  # noqa: DTZ001 - trustme takes naive times, as UTC
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER on, for no time: closing sends a reset (socket(7))."""


class Web:
    """The made-up web while its context is open; it serves from a thread of its own."""

    def __init__(self, world: World) -> None:
        self._authority = trustme.CA(organization_name="The made-up web")
        self._contexts: dict[tuple[str, bool], ssl.SSLContext] = {}
        self._connections = set[_Connection]()
        self._open = ExitStack()
        self._ports: dict[str, int] = {}
        self.ca_bundle = ""
        """Path of the certificate of the authority, while the context is open."""
        self._stage = Stage(world)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.ca_bundle = stack.enter_context(self._authority.cert_pem.tempfile())
            sockets = {
                name: stack.enter_context(socket.create_server((LOOPBACK, 0), backlog=512))
                for name in ("https", "http")
            }
            # Bound without listening: whoever connects is refused, and nobody else gets the port.
            refusing = stack.enter_context(socket.socket())
            refusing.bind((LOOPBACK, 0))
            self._ports = {
                name: sock.getsockname()[1]
                for name, sock in (*sockets.items(), ("refusing", refusing))
            }
            stack.enter_context(self._serving(sockets))
            self._open = stack.pop_all()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._open.close()

    def play(self, world: World) -> None:
        """Another world is served, from the next request on; its log of requests is empty."""
        self._stage = Stage(world)

    @property
    def requests(self) -> tuple[Request, ...]:
        """What was asked in the present world, in order."""
        return tuple(self._stage.requests)

    @property
    def resolve(self) -> tuple[tuple[str, str], ...]:
        """Pairs for `FetchSettings.resolve`: every host of the present world, and where it is."""
        return tuple(
            (f"{host}:{port}", f"{LOOPBACK}:{self._ports['refusing' if site.down else scheme]}")
            for host, site in self._stage.world.sites.items()
            for scheme, port in (("https", 443), ("http", 80))
        )

    async def resolver(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host of the present world.

        Raises: socket.gaierror for a name that does not exist.
        """
        if host != LOOPBACK and host not in self._stage.world.sites:
            raise socket.gaierror(socket.EAI_NONAME, "no such host in the made-up web")
        return (LOOPBACK,)

    @contextmanager
    def _serving(self, sockets: dict[str, socket.socket]) -> Iterator[None]:
        """The server's thread is running."""
        started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
        thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(sockets, started)), name="made-up web"
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
        sockets: dict[str, socket.socket],
        started: "Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]",
    ) -> None:
        """Answers requests until the event that it hands out is set."""
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        servers = [
            await loop.create_server(
                partial(_Connection, scheme, self._answer, self._connections),
                sock=sock,
                ssl=self._secured() if scheme == "https" else None,
            )
            for scheme, sock in sockets.items()
        ]
        started.set_result((loop, stop))
        await stop.wait()
        for server in servers:
            server.close()
        for connection in tuple(self._connections):
            connection.abort()
        for server in servers:
            await server.wait_closed()

    def _answer(self, request: Request) -> Answer:
        """The present world's answer."""
        return self._stage.answer(request)

    def _secured(self) -> ssl.SSLContext:
        """The context of every connection, until its first message names a host."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.num_tickets = 0  # nobody comes back, and two tickets cost a tenth of a handshake
        context.sni_callback = self._choose_certificate
        return context

    def _choose_certificate(
        self,
        connection: ssl.SSLObject,
        host: str | None,
        _context: ssl.SSLContext,
    ) -> int | None:
        """Sets the certificate of the host that the client names, or refuses with an alert."""
        site = self._stage.world.sites.get(host or "")
        if host is None or site is None:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        key = host, site.expired
        if key not in self._contexts:
            self._contexts[key] = self._certified(*key)
        connection.context = self._contexts[key]
        return None

    def _certified(self, host: str, expired: bool) -> ssl.SSLContext:
        """A context with a fresh certificate of a host."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        not_after = _EXPIRED_ON if expired else None
        self._authority.issue_cert(host, not_after=not_after).configure_cert(context)
        return context


class _Connection(asyncio.Protocol):
    """One connection: requests without content, one after the other (RFC 9112)."""

    def __init__(
        self,
        scheme: str,
        answer: Callable[[Request], Answer],
        connections: "set[_Connection]",
    ) -> None:
        self._scheme = scheme
        self._answer = answer
        self._connections = connections
        self._received = b""
        self._waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Joins the open connections."""
        self._transport = cast(asyncio.Transport, transport)
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Leaves the open connections."""
        self._connections.discard(self)
        if self._waiting is not None:
            self._waiting.cancel()

    def data_received(self, data: bytes) -> None:
        """Answers every request that is complete."""
        self._received += data
        while self._waiting is None and b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            self._play(read_request(head, self._scheme))

    def abort(self) -> None:
        """Drops the connection."""
        self._transport.abort()

    def _play(self, request: Request) -> None:
        """Gives the answer, at once or later, or plays its fault."""
        answer = self._answer(request)
        content = answer.head if request.method == "HEAD" else answer.whole
        match answer.fault:
            case Fault.STALL:
                pass
            case Fault.CLOSE:
                self._transport.close()
            case Fault.RESET:
                sock = self._transport.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
                self._transport.abort()
            case None if answer.delay:
                loop = asyncio.get_running_loop()
                self._waiting = loop.call_later(answer.delay, self._send_late, content)
            case None:
                self._transport.write(content)

    def _send_late(self, content: bytes) -> None:
        """Gives a delayed answer, and goes on with what was asked meanwhile."""
        self._waiting = None
        self._transport.write(content)
        self.data_received(b"")
