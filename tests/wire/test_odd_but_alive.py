"""What is alive although it is odd: legal and half-legal HTTP, from the wire to the stored row."""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.demo.replies import Reply, Request, Then
from crawler.demo.server import Script
from crawler.demo.web import server_context
from crawler.model import RunStatus
from tests.support.loopback import answering, page, trickling
from tests.support.street import (
    HTML,
    LIVING,
    NOT_FOUND,
    TITLE,
    House,
    Sent,
    Stored,
    answer,
    redirect,
    street,
)

RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATE = RAW.compress(HTML) + RAW.flush()
LENGTH = f"Content-Length: {len(HTML)}"
AS_HTML = "Content-Type: text/html"
CHUNKS = b"".join(
    b"%X;ext=1\r\n%s\r\n" % (len(part), part) for part in (HTML[:7], HTML[7:300], HTML[300:])
)
UTF_16 = "\ufeff".encode("utf-16-le") + HTML.decode().encode("utf-16-le")
XHTML = (
    f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{TITLE}</title>'
    f"</head><body><h1>{TITLE}</h1><p>{'One word after the other. ' * 30}</p></body></html>"
).encode()
LARGE = HTML + b"<p>And so on, and so forth.</p>" * 90_000
LATE = (b"HTTP/1.1 200 OK\r\n", f"{LENGTH}\r\n{AS_HTML}\r\n\r\n".encode(), HTML[:99], HTML[99:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a server does, and what has to be known of its page."""

    script: Script | None = None
    sent: Sent = LIVING
    """Without a script, what is at its path."""
    others: Sent = NOT_FOUND
    """What is at all other paths."""
    status: int = 200
    title: str | None = TITLE
    path: str = "/page"
    requested: str = ""
    """Path with query that is asked for, where it is not the listed one."""
    host: str = ""
    """Instead of the row's own."""
    port: int | None = None
    warns: tuple[str, ...] = ()


def _says(*fields: str, content: bytes = HTML, status: str = "200 OK") -> Row:
    return Row(script=answering(answer(*fields, content=content, status=status)))


def _coded(coding: str, content: bytes) -> Row:
    return _says(AS_HTML, f"Content-Encoding: {coding}", content=content)


def _other(media_type: str, content: bytes) -> Row:
    said = answer(f"Content-Type: {media_type}", content=content)
    return Row(script=answering(said), title=None)


def _at(path: str, target: str = "") -> Row:
    """A page at a path, and at no other."""
    return Row(sent=LIVING, path=path, requested=target)


# --- servers with habits ------------------------------------------------------------------------


def _no_head(request: Request) -> Reply:
    """Dislikes HEAD, and everything that is not a plain GET."""
    return Reply(raw=(LIVING if request.method == "GET" else page(b"", status="405 No"),))


def _named(request: Request) -> Reply:
    """Refuses who does not say who they are and what they take."""
    polite = {"user-agent", "accept", "host"} <= request.fields.keys()
    return Reply(raw=(LIVING if polite else page(b"", status="400 No"),))


def _cookie(request: Request) -> Reply:
    if "session=" in request.fields.get("cookie", ""):
        return Reply(raw=(LIVING,))
    if request.path == "/page":
        return Reply(raw=(redirect("/start", 302, "Set-Cookie: session=1; Path=/"),))
    return Reply(raw=(page(b"", status="403 No"),))


def _idle_no_more(request: Request) -> Reply:
    """Closes each connection after its first answer, without having said so."""
    sent = redirect("/b", 302) if request.path == "/page" else LIVING
    return Reply(raw=(sent,), then=Then.CLOSE)


RESET = Reply(raw=(), then=Then.RESET)
SLOW_TO_CLOSE = Reply(raw=(answer(AS_HTML, LENGTH, "Connection: close"),), then=Then.HANG)
"""The connection stays open although the reply says that it is closed."""

TABLE: dict[str, Row] = {
    # --- framing
    "chunked": _says(AS_HTML, "Transfer-Encoding: chunked", content=CHUNKS + b"0\r\n\r\n"),
    "Chunked": _says(AS_HTML, "transfer-encoding:  Chunked", content=CHUNKS + b"0\r\n\r\n"),
    "trailers": _says(
        AS_HTML,
        "Transfer-Encoding: chunked",
        "Trailer: X-Sum",
        content=CHUNKS + b"0\r\nX-Sum: 1\r\n\r\n",
    ),
    "chunked-with-length": _says(
        AS_HTML, LENGTH, "Transfer-Encoding: chunked", content=CHUNKS + b"0\r\n\r\n"
    ),
    "until-closed": _says(AS_HTML),
    "length-twice": _says(AS_HTML, LENGTH, LENGTH),
    "length-listed": _says(AS_HTML, f"Content-Length: {len(HTML)}, {len(HTML)}"),
    "http-1-0": Row(
        script=answering(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + HTML)
    ),
    "no-phrase": Row(script=answering(b"HTTP/1.1 200\r\nContent-Type: text/html\r\n\r\n" + HTML)),
    "odd-phrase": _says(AS_HTML, LENGTH, status="200 \xfcber-OK (really)"),
    "line-feeds": Row(script=answering(b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + HTML)),
    "early-hints": Row(
        script=answering(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 2 + LIVING)
    ),
    "continue": Row(script=answering(b"HTTP/1.1 100 Continue\r\n\r\n" + LIVING)),
    "closing": Row(sent=SLOW_TO_CLOSE),
    "in-pieces": Row(script=trickling(*LATE, pause=0.02)),
    # --- fields
    "spelling": _says("cOnTeNt-tYpE:text/html", f"CONTENT-LENGTH:  {len(HTML)}  "),
    "non-ascii": _says(AS_HTML, LENGTH, "X-Name: Bj\xf6rn", "Server: \xfcber"),
    "empty-field": _says(AS_HTML, LENGTH, "X-Nothing:", "Vary: "),
    "same-twice": _says(AS_HTML, AS_HTML, LENGTH, "Set-Cookie: a=1", "Set-Cookie: b=2"),
    "folded": _says(AS_HTML, "X-Long: one\r\n  two", LENGTH),
    "underscore": _says(AS_HTML, LENGTH, "x_powered_by: tea", "x.y: z"),
    "many-fields": _says(AS_HTML, LENGTH, *[f"X-{n}: {'y' * 200}" for n in range(90)]),
    # --- codings
    "gzip": _coded("gzip", gzip.compress(HTML)),
    "x-gzip": _coded("x-gzip", gzip.compress(HTML)),
    "GZip": _coded("GZip", gzip.compress(HTML)),
    "deflate": _coded("deflate", zlib.compress(HTML)),
    "deflate-raw": _coded("Deflate", RAW_DEFLATE),
    "identity": _coded("identity", HTML),
    "no-coding": _coded("", HTML),
    "twice": _coded("deflate, gzip", gzip.compress(zlib.compress(HTML))),
    "gzip-chunked": _says(
        AS_HTML,
        "Content-Encoding: gzip",
        "Transfer-Encoding: chunked",
        content=b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(HTML)), gzip.compress(HTML)),
    ),
    "gzip-and-more": _coded("gzip", gzip.compress(HTML) + b"\0" * 9),
    # --- kinds of content
    "no-type": _says(LENGTH),
    "odd-type": _says("Content-Type: html"),
    "type-with-more": _says('Content-Type: Text/HTML ;charset="UTF-8";x=y'),
    "bom": _says(AS_HTML, content=b"\xef\xbb\xbf" + HTML),
    "utf-16": _says(AS_HTML, content=UTF_16),
    "wrong-charset": _says("Content-Type: text/html; charset=klingon"),
    "xhtml": _says("Content-Type: application/xhtml+xml", content=XHTML),
    "no-doctype": _says(AS_HTML, content=HTML.partition(b">")[2]),
    "blank-lines-first": _says(
        LENGTH.replace(str(len(HTML)), str(len(HTML) + 4)), content=b"\n\n\n\n" + HTML
    ),
    "pdf": _other("application/pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 9000),
    "json": _other("application/json", b'{"title": "x"}'),
    "text": _other("text/plain", b"404 not found is a status of HTTP"),
    "image": _other("image/png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99),
    "binary": _other("application/octet-stream", b"\0\xff" * 99_000),
    "feed": _other("application/atom+xml", b"<feed/>"),
    "empty": Row(script=answering(page(b"")), title=None, warns=("empty_body",)),
    "gzip-of-nothing": Row(
        script=answering(answer(AS_HTML, "Content-Encoding: gzip", content=b"")),
        title=None,
        warns=("empty_body",),
    ),
    "no-content": Row(
        script=answering(b"HTTP/1.1 204 No Content\r\n\r\n"),
        status=204,
        title=None,
        warns=("empty_body",),
    ),
    "reset-content": Row(
        script=answering(b"HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n"),
        status=205,
        title=None,
        warns=("empty_body",),
    ),
    "created": Row(script=answering(page(HTML, status="201 Created")), status=201),
    "partial": Row(script=answering(page(HTML, status="206 Partial")), status=206),
    "large": Row(script=answering(page(LARGE)), warns=("body_truncated",)),
    "slow": Row(sent=Reply(raw=(LIVING,), delay=0.3)),
    # --- addresses
    "long": _at("/" + "a" * 1500),
    "semicolons": _at("/a;v=1/b;jsessionid=1.2"),
    "tilde": _at("/~someone/'it's'/(x)"),
    "slash-escaped": _at("/a%2Fb%2fc"),
    "brackets": _at("/q?a[]=1&b[x]=2&c={y}|z"),
    "unicode": _at("/ü/日本?ß=1", "/%C3%BC/%E6%97%A5%E6%9C%AC?%C3%9F=1"),
    "blank": _at("/a b", "/a%20b"),
    "percent": _at("/100%/x%zz"),
    "double-slash": _at("//a//b/"),
    "dots": _at("/a/../b/./c", "/b/c"),
    "bare-query": _at("/?"),
    "plus": _at("/c++?q=a+b%2Bc"),
    "colon": _at("/wiki/Talk:Main,_page@2"),
    "asterisk": _at("/*/!$&"),
    "fragment": _at("/page#p=1/2?x", "/page"),
    "hash-bang": _at("/#!/route", "/"),
    "dot": Row(script=answering(LIVING), host="dot.test."),
    "idn": Row(script=answering(LIVING), host="bücher.test"),
    "upper": Row(script=answering(LIVING), host="UPPER.Test"),
    "under_score": Row(script=answering(LIVING)),
    "port": Row(script=answering(LIVING), port=8080),
    # --- servers with habits
    "no-head": Row(sent=_no_head),
    "named": Row(sent=_named),
    "first-reset": Row(sent=(RESET, Reply(raw=(LIVING,)))),
    "idle": Row(sent=_idle_no_more, others=_idle_no_more),
    "cookie": Row(sent=_cookie, others=_cookie),
}


def _house(name: str, row: Row) -> House:
    host = row.host or f"{name}.test"
    port = f":{row.port}" if row.port else ""
    return House(
        name=name,
        script=row.script,
        pages={row.requested or row.path: row.sent},
        unknown=row.others,
        url=f"http://{host}{port}{row.path}",
    )


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Stored]]:
    houses = [_house(name, row) for name, row in TABLE.items()]
    with street(tmp_path_factory.mktemp("street"), houses) as built:
        ran = built.crawl(recheck_after=0.01)
        assert (ran.status, ran.faults) == (RunStatus.COMPLETE, ())
        yield built.stored()


@pytest.mark.parametrize("name", TABLE)
def test_what_is_odd_is_alive(name: str, stored: Mapping[str, Stored]) -> None:
    row, found = TABLE[name], stored[name]
    assert (found.verdict, found.reason) == ("ok", "ok")
    assert (found.http_status, found.title) == (row.status, row.title)
    assert set(row.warns) <= set(found.warnings)


def test_the_dot_of_a_full_name_is_no_part_of_it_in_tls(tmp_path: Path) -> None:
    house = House(
        name="dot",
        script=answering(LIVING),
        certificate=lambda authority, _: server_context(authority.issue_cert("dot.test")),
        url="https://dot.test./page",
    )
    with street(tmp_path, [house]) as built:
        built.crawl()
        assert built.stored()["dot"].reason == "ok"
