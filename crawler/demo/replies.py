"""Pure: what a server replies, correct or broken, as values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

PHRASES = {status.value: status.phrase for status in HTTPStatus}
"""Reason phrases (RFC 9110 §15) by status code."""


class Then(StrEnum):
    """What the server does with the connection after a reply."""

    KEEP = "keep"
    CLOSE = "close"
    RESET = "reset"
    HANG = "hang"
    """It stays open, and nothing comes any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client asked for."""

    scheme: str
    method: str
    host: str
    """In lower case, without port, userinfo or final dot."""
    path: str
    """With the query."""
    fields: Mapping[str, str]
    """Names in lower case."""


def read_request(head: bytes, scheme: str) -> Request:
    """The request with this head; for well-behaved clients."""
    request_line, *lines = head.decode("latin-1").split("\r\n")
    method, path, _version = request_line.split(" ")
    parts = (line.partition(":") for line in lines)
    fields = {name.lower(): value.strip() for name, _, value in parts}
    host = fields.get("host", "").rpartition("@")[2].partition(":")[0]
    return Request(
        scheme=scheme,
        method=method,
        host=host.lower().removesuffix("."),
        path=path,
        fields=fields,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The reply to one request."""

    status_code: int = 200
    fields: tuple[tuple[str, str], ...] = ()
    """All but `Content-Length`."""
    content: bytes = b""
    """As sent: compressed where the fields say so."""
    raw: tuple[bytes, ...] | None = None
    """Sent byte for byte instead of status, fields and content; empty to send nothing."""
    delay: float = 0.0
    """Seconds from the request to the reply."""
    pause: float = 0.0
    """Seconds before each part of `raw` but the first."""
    then: Then = Then.KEEP

    def parts(self, *, with_content: bool = True) -> tuple[bytes, ...]:
        """What is sent, in one part unless `raw` has several."""
        if self.raw is not None:
            return self.raw
        fields = self.fields
        if self.status_code not in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}:
            fields = (*fields, ("Content-Length", str(len(self.content))))
        lines = (
            f"HTTP/1.1 {self.status_code} {PHRASES.get(self.status_code, '')}",
            *map(": ".join, fields),
        )
        head = "".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1")
        return (head + self.content if with_content else head,)


NOT_FOUND = Reply(status_code=404)
Behaviour = Reply | tuple[Reply, ...] | Callable[[Request], Reply]
"""Always the same reply, one after the other (the last one stays), or one made for the request."""


def choose(behaviour: Behaviour, request: Request, earlier: int) -> Reply:
    """The reply to a request after so many earlier ones."""
    if isinstance(behaviour, Reply):
        return behaviour
    if isinstance(behaviour, tuple):
        return behaviour[min(earlier, len(behaviour) - 1)]
    return behaviour(request)


def document(
    content: str | bytes,
    status_code: int = 200,
    *fields: tuple[str, str],
    content_type: str = "text/html; charset=utf-8",
) -> Reply:
    """A reply with content, by default an HTML page."""
    return Reply(
        status_code=status_code,
        fields=(("Content-Type", content_type), *fields),
        content=content.encode() if isinstance(content, str) else content,
    )


def redirect(target: str, status_code: int = 301) -> Reply:
    """A redirect to another URL."""
    return Reply(status_code=status_code, fields=(("Location", target),))


def revalidated(reply: Reply, request: Request) -> Reply:
    """The reply, or 304 when the client already has it by its `ETag` (RFC 9110 §13.1.2)."""
    etag = dict(reply.fields).get("ETag")
    if etag is None or etag != request.fields.get("if-none-match"):
        return reply
    return Reply(status_code=HTTPStatus.NOT_MODIFIED, fields=(("ETag", etag),))
