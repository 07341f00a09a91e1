"""IO: the one server of demo, tests and benchmarks: it runs a script for each connection to a port."""

import asyncio
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Self

from crawler.demo.replies import Behaviour, Reply, Then, choose, read_request

LOOPBACK = "127.0.0.1"
_MAX_HEAD_BYTES = 1 << 20
_BACKLOG = 4096
_TLS_HANDSHAKE = b"\x16"
"""The first byte of a client that wants TLS (RFC 8446 §5.1)."""
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER on, for no time: closing sends a reset (socket(7))."""


class Peer:
    """One connection, from the server's side."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        note: Callable[[bytes], None],
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._note = note
        self.requests = 0
        """Received so far."""

    async def request(self) -> bytes:
        """The head of the next request, whose content must be empty.

        Raises: asyncio.IncompleteReadError when the client closes the connection instead,
        ConnectionError when it wants TLS where there is none.
        """
        first = await self._reader.readexactly(1)
        if first == _TLS_HANDSHAKE:
            raise ConnectionError("no TLS here")
        head = first + await self._reader.readuntil(b"\r\n\r\n")
        self._note(head)
        self.requests += 1
        return head

    async def receive(self) -> bytes:
        """The next bytes, whatever they are; none when the client has closed the connection."""
        return await self._reader.read(_MAX_HEAD_BYTES)

    async def send(self, data: bytes) -> None:
        """Sends bytes."""
        self._writer.write(data)
        await self._writer.drain()

    async def reply(self, reply: Reply, *, with_content: bool = True) -> Then:
        """Sends a reply, and hangs or resets when it says so; returns what it says."""
        if reply.delay:
            await asyncio.sleep(reply.delay)
        parts = reply.parts(with_content=with_content)
        for number, part in enumerate(parts):
            if number and reply.pause:
                await asyncio.sleep(reply.pause)
            await self.send(part)
        if reply.then is Then.HANG:
            await self.until_closed()
        if reply.then is Then.RESET:
            # A reset discards what the client has not read yet.
            await asyncio.sleep(0.05 if parts else 0)
            self.reset()
        return reply.then

    async def until_closed(self) -> None:
        """Waits until the client closes the connection."""
        await self._reader.read()

    def reset(self) -> None:
        """Ends the connection with a TCP reset."""
        connection: socket.socket = self._writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._writer.transport.abort()


Script = Callable[[Peer], Awaitable[None]]
"""What happens on a connection, which is closed at its end."""


def replying(behaviour: Behaviour, scheme: str = "http") -> Script:
    """Answers the requests of a connection one after the other (RFC 9112)."""

    async def script(peer: Peer) -> None:
        then = Then.KEEP
        while then is Then.KEEP:
            request = read_request(await peer.request(), scheme)
            reply = choose(behaviour, request, peer.requests - 1)
            then = await peer.reply(reply, with_content=request.method != "HEAD")

    return script


def greeting(reply: Reply) -> Script:
    """Sends a reply as soon as a client connects, without waiting for a request."""

    async def script(peer: Peer) -> None:
        await peer.reply(reply)

    return script


class Server:
    """Listens on a free port of loopback while its context is open, on the caller's event loop."""

    def __init__(self, script: Script, context: ssl.SSLContext | None = None) -> None:
        self._script = script
        self._context = context
        self._tasks = set[asyncio.Task[None]]()
        self.heads: list[bytes] = []
        """Of all requests, in order."""
        self.connections = 0
        """Accepted so far."""
        self.port = 0

    @property
    def authority(self) -> str:
        """`host:port`."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def requests(self) -> int:
        """How many there have been."""
        return len(self.heads)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._accept,
            LOOPBACK,
            0,
            ssl=self._context,
            limit=_MAX_HEAD_BYTES,
            backlog=_BACKLOG,
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._script(Peer(reader, writer, self.heads.append))
                writer.close()
                await writer.wait_closed()
        finally:
            writer.transport.abort()


@contextmanager
def refusing_port() -> Iterator[int]:
    """A port that refuses connections: bound, so that nobody else gets it, and not listening."""
    with socket.socket() as bound:
        bound.bind((LOOPBACK, 0))
        yield bound.getsockname()[1]


@contextmanager
def full_port() -> Iterator[int]:
    """A port whose queue is full: connecting neither succeeds nor fails."""
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind((LOOPBACK, 0))
        full.listen(0)
        for client in (first, second):
            client.setblocking(False)
            client.connect_ex(full.getsockname())
        yield full.getsockname()[1]
