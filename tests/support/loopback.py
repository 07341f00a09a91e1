"""A server on loopback that does to each connection what a test's script says, and nothing else."""

import asyncio
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import trustme


class Peer:
    """One connection, from the server's side."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.requests = 0

    async def request(self) -> bytes:
        """The head of the next request; raises `IncompleteReadError` when none comes any more."""
        head = await self._reader.readuntil(b"\r\n\r\n")
        self.requests += 1
        return head

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def until_closed(self) -> None:
        """Return when the other side has closed the connection."""
        await self._reader.read()

    def reset(self) -> None:
        """End the connection with RST."""
        linger = struct.pack("ii", 1, 0)
        connection: socket.socket = self._writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._writer.transport.abort()


Script = Callable[[Peer], Awaitable[None]]
"""What happens on a connection, which is closed at its end."""


class Server:
    """Runs a script for each connection; `port` is where."""

    def __init__(self, script: Script, context: ssl.SSLContext | None = None) -> None:
        self._script = script
        self._context = context
        self._scripts: list[asyncio.Task[None]] = []
        self._writers: list[asyncio.StreamWriter] = []
        self._peers: list[Peer] = []
        self.port = 0

    @property
    def authority(self) -> str:
        """`host:port`, also the server's host key."""
        return f"127.0.0.1:{self.port}"

    @property
    def connections(self) -> int:
        """Accepted so far."""
        return len(self._peers)

    @property
    def requests(self) -> int:
        """That scripts have waited for, and that came."""
        return sum(peer.requests for peer in self._peers)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._accept, "127.0.0.1", 0, ssl=self._context, limit=1 << 20
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.close()
        for task in self._scripts:
            task.cancel()
        await asyncio.gather(*self._scripts, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()
            with suppress(OSError):
                await writer.wait_closed()
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._peers.append(Peer(reader, writer))
        self._writers.append(writer)
        self._scripts.append(asyncio.ensure_future(self._serve(self._peers[-1], writer)))

    async def _serve(self, peer: Peer, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await self._script(peer)
        writer.close()


def answering(*answers: bytes) -> Script:
    """Answers the requests of a connection in turn, then closes it."""

    async def script(peer: Peer) -> None:
        for answer in answers:
            await peer.request()
            await peer.send(answer)

    return script


def trickling(*parts: bytes, pause: float = 0.0) -> Script:
    """Answers one request with these parts, a pause after each, and then says no more."""

    async def script(peer: Peer) -> None:
        await peer.request()
        for part in parts:
            await peer.send(part)
            await asyncio.sleep(pause)
        await peer.until_closed()

    return script


def breaking_off(data: bytes) -> Script:
    """Answers one request with as much as this, then resets the connection."""

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(data)
        # Time for the data to be read: a reset discards what was not.
        await asyncio.sleep(0.05)
        peer.reset()

    return script


async def resetting(peer: Peer) -> None:
    """Reset at once."""
    peer.reset()


async def silent(peer: Peer) -> None:
    """Accept, and never say anything."""
    await peer.until_closed()


def page(content: bytes = b"<title>Here</title>", *fields: str, status: str = "200 OK") -> bytes:
    """A complete response with content."""
    lines = (
        f"HTTP/1.1 {status}",
        "Content-Type: text/html",
        f"Content-Length: {len(content)}",
        *fields,
    )
    return "\r\n".join((*lines, "", "")).encode("latin-1") + content


class Authority:
    """A certificate authority of our own, and its file for `ca_bundle`."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self.bundle = str(folder / "authority.pem")
        self._authority.cert_pem.write_to_path(self.bundle)

    @property
    def issue(self) -> Callable[..., trustme.LeafCert]:
        """Issues a leaf certificate; see `trustme.CA.issue_cert`."""
        return self._authority.issue_cert

    def context(self, leaf: trustme.LeafCert | None = None) -> ssl.SSLContext:
        """A server's context with a leaf certificate, by default a good one."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        (leaf or self.issue("127.0.0.1", "localhost")).configure_cert(context)
        return context

    def own_context(self) -> ssl.SSLContext:
        """A server's context with the authority's own certificate: one that is self-signed."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with self._authority.private_key_pem.tempfile() as key:
            context.load_cert_chain(self.bundle, key)
        return context
