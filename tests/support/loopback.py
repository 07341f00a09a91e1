"""Scripts of what a server does with a connection, byte for byte, and a certificate authority."""

import ssl
from collections.abc import Callable
from pathlib import Path

import trustme

from crawler.demo.replies import Reply, Then
from crawler.demo.server import Peer, Script, greeting, replying
from crawler.demo.web import server_context

resetting = greeting(Reply(raw=(), then=Then.RESET))
"""Resets at once."""
silent = greeting(Reply(raw=(), then=Then.HANG))
"""Accepts, and never says anything."""


def answering(*answers: bytes) -> Script:
    """Answers the requests of a connection in turn, then closes it."""

    async def script(peer: Peer) -> None:
        for answer in answers:
            await peer.request()
            await peer.send(answer)

    return script


def trickling(*parts: bytes, pause: float = 0.0) -> Script:
    """Answers one request with these parts, a pause between them, and then says no more."""
    return replying(Reply(raw=parts, pause=pause, then=Then.HANG))


def breaking_off(data: bytes) -> Script:
    """Answers one request with as much as this, then resets the connection."""
    return replying(Reply(raw=(data,), then=Then.RESET))


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
        return server_context(leaf or self.issue("127.0.0.1", "localhost"))

    def own_context(self) -> ssl.SSLContext:
        """A server's context with the authority's own certificate: one that is self-signed."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with self._authority.private_key_pem.tempfile() as key:
            context.load_cert_chain(self.bundle, key)
        return context
