"""Pure: answers of servers as bytes, from well-made to broken."""

import gzip
import zlib
from http import HTTPStatus

from tests.corpus.case import Asked, End, Reply, Respond

HTML = "text/html; charset=utf-8"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def answer(
    status: int,
    content: str | bytes = b"",
    *fields: str,
    kind: str = HTML,
    end: End = End.KEEP,
) -> Reply:
    """A complete answer; `kind` is its content type, "" for none."""
    body = content.encode() if isinstance(content, str) else content
    lines = [f"HTTP/1.1 {status} {_phrase(status)}", "Date: Thu, 01 May 2036 03:17:00 GMT"]
    lines += [f"Content-Type: {kind}"] * bool(kind)
    lines += [] if status in {204, 304} else [f"Content-Length: {len(body)}"]
    head = "\r\n".join((*lines, *fields, "", "")).encode("latin-1")
    return Reply(pieces=(head + body,), end=end)


def ok(content: str | bytes, *fields: str, kind: str = HTML) -> Reply:
    """200 with a page."""
    return answer(200, content, *fields, kind=kind)


def redirect(location: str, status: int = 301, *fields: str) -> Reply:
    """A redirect, with the note that nginx puts under it."""
    note = f"<html><head><title>{status} {_phrase(status)}</title></head><body></body></html>"
    return answer(status, note, f"Location: {location}", *fields)


def raw(*pieces: str | bytes, end: End = End.KEEP, pause: float = 0.0) -> Reply:
    """An answer given byte for byte."""
    data = tuple(p if isinstance(p, bytes) else p.encode("latin-1") for p in pieces)
    return Reply(pieces=data, end=end, pause=pause)


def chunked(content: str, *fields: str, size: int = 700) -> Reply:
    """200 in chunks."""
    body = content.encode()
    cut = [body[i : i + size] for i in range(0, len(body), size)]
    chunks = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in cut)
    lines = ("HTTP/1.1 200 OK", f"Content-Type: {HTML}", "Transfer-Encoding: chunked", *fields)
    head = "\r\n".join((*lines, "", "")).encode()
    return Reply(pieces=(head + chunks + b"0\r\n\r\n",))


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
    """The same for whatever is asked."""
    return lambda _asked: reply


def not_found(content: str = "<title>404 Not Found</title><h1>Not Found</h1>") -> Respond:
    """An honest 404."""
    return always(answer(404, content))


def to(location: str, status: int = 302) -> Respond:
    """Whatever is asked leads there."""
    return always(redirect(location, status))


def echo(content: str, status: int = 200) -> Respond:
    """A page that names the path it was asked for, at `{path}`."""
    return lambda asked: answer(status, content.replace("{path}", asked.path))


def to_https(asked: Asked) -> Reply:
    """The way from HTTP to HTTPS."""
    return redirect(f"https://{asked.host}{asked.path}")


def tagged(etag: str, page: Reply) -> Respond:
    """A page that is not sent again to those who have it."""

    def respond(asked: Asked) -> Reply:
        known = asked.fields.get("if-none-match") == etag
        return answer(304, b"", f"ETag: {etag}", kind="") if known else page

    return respond


def with_cookie(cookie: str, page: Reply, otherwise: Reply) -> Respond:
    """A page for those who bring a cookie."""
    return lambda asked: page if cookie in asked.fields.get("cookie", "") else otherwise
