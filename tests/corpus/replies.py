"""Pure: replies of servers, from well-made to broken."""

import gzip
import zlib
from collections.abc import Callable

from crawler.demo.replies import PHRASES, Reply, Request, Then

HTML = "text/html; charset=utf-8"
Respond = Callable[[Request], Reply]


def answer(
    status: int,
    content: str | bytes = b"",
    *fields: str,
    kind: str = HTML,
    then: Then = Then.KEEP,
) -> Reply:
    """A complete reply; `kind` is its content type, "" for none."""
    lines = (
        "Date: Thu, 01 May 2036 03:17:00 GMT",
        *[f"Content-Type: {kind}"] * bool(kind),
        *fields,
    )
    parts = (line.partition(": ") for line in lines)
    return Reply(
        status_code=status,
        fields=tuple((name, value) for name, _, value in parts),
        content=content.encode() if isinstance(content, str) else content,
        then=then,
    )


def ok(content: str | bytes, *fields: str, kind: str = HTML) -> Reply:
    """200 with a page."""
    return answer(200, content, *fields, kind=kind)


def redirect(location: str, status: int = 301, *fields: str) -> Reply:
    """A redirect, with the note that nginx puts under it."""
    note = (
        f"<html><head><title>{status} {PHRASES.get(status, '')}</title></head><body></body></html>"
    )
    return answer(status, note, f"Location: {location}", *fields)


def raw(*parts: str | bytes, then: Then = Then.KEEP, pause: float = 0.0) -> Reply:
    """A reply given byte for byte."""
    data = tuple(p if isinstance(p, bytes) else p.encode("latin-1") for p in parts)
    return Reply(raw=data, then=then, pause=pause)


def chunked(content: str, *fields: str, size: int = 700) -> Reply:
    """200 in chunks."""
    body = content.encode()
    cut = [body[i : i + size] for i in range(0, len(body), size)]
    chunks = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in cut)
    lines = ("HTTP/1.1 200 OK", f"Content-Type: {HTML}", "Transfer-Encoding: chunked", *fields)
    head = "\r\n".join((*lines, "", "")).encode()
    return raw(head + chunks + b"0\r\n\r\n")


def coded(content: str, coding: str) -> Reply:
    """200 in a content coding: gzip, deflate as zlib wraps it, or raw deflate."""
    body = content.encode()
    squeeze = zlib.compressobj(wbits=-15)
    data = {
        "gzip": lambda: gzip.compress(body),
        "deflate": lambda: zlib.compress(body),
        "raw deflate": lambda: squeeze.compress(body) + squeeze.flush(),
    }[coding]()
    return ok(data, f"Content-Encoding: {coding.removeprefix('raw ')}", "Vary: Accept-Encoding")


def always(reply: Reply) -> Respond:
    """The same for whatever is request."""
    return lambda _request: reply


def not_found(content: str = "<title>404 Not Found</title><h1>Not Found</h1>") -> Respond:
    """An honest 404."""
    return always(answer(404, content))


def to(location: str, status: int = 302) -> Respond:
    """Whatever is request leads there."""
    return always(redirect(location, status))


def echo(content: str, status: int = 200) -> Respond:
    """A page that names the path it was request for, at `{path}`."""
    return lambda request: answer(status, content.replace("{path}", request.path))


def with_cookie(cookie: str, page: Reply, otherwise: Reply) -> Respond:
    """A page for those who bring a cookie."""
    return lambda request: page if cookie in request.fields.get("cookie", "") else otherwise
