"""Servers that try what TLS and HTTP leave room for: each is judged in time, in little memory."""

import asyncio
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.server import Peer, Script, Server
from crawler.model import FailureKind as Kind
from crawler.model import Fetch
from tests.support.fetching import HASTE, Surroundings, failure_kind, look, make_settings
from tests.support.loopback import answering, page
from tests.support.odd_certificates import LOCALHOST, odd_server

pytestmark = pytest.mark.promise("29")

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
MOST_BYTES = 12 << 20
"""Of memory that Python gives out for one look, with those of the server of the test."""


def endless(first: bytes, piece: bytes, pause: float = 0.0) -> Script:
    """Answers one request with a beginning, and then with the same piece for ever."""

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(first)
        while True:
            await peer.send(piece)
            await asyncio.sleep(pause)  # Also without one: others must have their turn.

    return script


def shaking(data: bytes, piece: int = 1 << 16, pause: float = 0.0) -> Script:
    """Sends bytes in place of a handshake, some at a time, and then says no more."""

    async def script(peer: Peer) -> None:
        for at in range(0, len(data), piece):
            await peer.send(data[at : at + piece])
            await asyncio.sleep(pause)
        await peer.until_closed()

    return script


def seen(script: Script, url: str, **settings: Any) -> tuple[Fetch, list[bytes]]:
    """One look at a server with these limits, and what was read of its page."""

    async def main() -> tuple[Fetch, list[bytes]]:
        async with Server(script) as server:
            around = Surroundings(settings=make_settings(**settings))
            fetch = await look(url.format(server.authority), around)
            return fetch, around.reader.contents

    return asyncio.run(main())


# --- HTTP -----------------------------------------------------------------------------------------

ENDLESS = {
    "interim answers": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 999), Kind.PROTOCOL_ERROR),
    "interim answers, slowly": (
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05),
        Kind.READ_TIMEOUT,
    ),
    "blank lines": (endless(b"", b"\r\n" * 999), Kind.PROTOCOL_ERROR),
    "continued line": (endless(HEAD + b"X: a\r\n", b" bbbb\r\n" * 999), Kind.PROTOCOL_ERROR),
    "trailers": (endless(CHUNKED + b"0\r\n", b"X-T: yyyyyyyy\r\n" * 999), Kind.PROTOCOL_ERROR),
    "trailers, slowly": (endless(CHUNKED + b"0\r\n", b"X-T: y\r\n", 0.05), Kind.READ_TIMEOUT),
    "trailer": (endless(CHUNKED + b"0\r\nX:", b"y" * 65_536), Kind.PROTOCOL_ERROR),
    "chunk extension": (endless(CHUNKED + b"3;", b"y" * 65_536), Kind.READ_TIMEOUT),
    "size of a chunk": (endless(CHUNKED, b"0" * 65_536), Kind.PROTOCOL_ERROR),
}


@pytest.mark.slow
@pytest.mark.parametrize(("script", "kind"), ENDLESS.values(), ids=ENDLESS)
def test_what_has_no_end_is_given_up(script: Script, kind: Kind) -> None:
    tracemalloc.start()
    fetch, _ = seen(script, "http://{}/", **HASTE if kind is Kind.READ_TIMEOUT else {})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert failure_kind(fetch) is kind
    assert peak < MOST_BYTES


ODD = {
    "chunk extension of 8 MB": (
        CHUNKED + b"3;" + b"y" * 8_000_000 + b"\r\n<p>\r\n0\r\n\r\n",
        None,
    ),
    "chunk of 2^64 bytes": (CHUNKED + b"FFFFFFFFFFFFFFFF\r\n<p>", Kind.PROTOCOL_ERROR),
    "chunk of less than nothing": (CHUNKED + b"-3\r\n<p>\r\n0\r\n\r\n", Kind.PROTOCOL_ERROR),
    "folded field": (HEAD + b"X: a\r\n b\r\n\tc\r\nContent-Length:\r\n 3\r\n\r\n<p>", None),
    "folded before the first field": (
        b"HTTP/1.1 200 OK\r\n X: y\r\nContent-Length: 3\r\n\r\n<p>",
        Kind.PROTOCOL_ERROR,
    ),
    "blank before the colon": (
        HEAD + b"Content-Length : 3\r\n\r\n<p>",
        Kind.PROTOCOL_ERROR,
    ),
    "NUL in a field": (HEAD + b"X: a\0b\r\n\r\n<p>", Kind.PROTOCOL_ERROR),
    "CR in a field": (HEAD + b"X: a\rb\r\n\r\n<p>", Kind.PROTOCOL_ERROR),
    "offer of other protocols": (
        HEAD + b"Connection: Upgrade\r\nUpgrade: h2c, websocket\r\nContent-Length: 3\r\n\r\n<p>",
        None,
    ),
    "lengths that agree": (HEAD + b"Content-Length: 3, 3\r\n\r\n<p>", None),
    "lengths that do not": (HEAD + b"Content-Length: 3, 4\r\n\r\n<p>", Kind.PROTOCOL_ERROR),
    "length of 10^22": (
        HEAD + b"Content-Length: 1" + b"0" * 22 + b"\r\n\r\n",
        Kind.PROTOCOL_ERROR,
    ),
    "not modified, unasked": (b"HTTP/1.1 304 Not Modified\r\n\r\n", Kind.BAD_REDIRECT),
    "not modified, with a length": (
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n<p>",
        Kind.BAD_REDIRECT,
    ),
    "HTTP/2 at once": (b"\0\0\x12\x04\0\0\0\0\0" + b"\0" * 18, Kind.PROTOCOL_ERROR),
}


@pytest.mark.parametrize(("answer", "kind"), ODD.values(), ids=ODD)
def test_odd_answers_are_read_alike_or_refused(answer: bytes, kind: Kind | None) -> None:
    fetch, contents = seen(answering(answer), "http://{}/")
    assert failure_kind(fetch) is kind
    assert contents == ([] if kind else [b"<p>"])


@pytest.mark.parametrize(
    "value",
    [
        b"9" * 400 + b";url=/x",
        b"-1;url=/x",
        b"nan;url=/x",
        b"1e0;url=/x",
        b";url=/x",
        b"0;url=javascript:alert(1)",
        b"0;url=http://[::1",
        b"0;url=http://a b/",
        b"0;url=//",
        b"0;url=" + b"'" * 60_000,
        b"0" + b" " * 60_000,
    ],
)
def test_a_refresh_that_leads_nowhere_is_none(value: bytes) -> None:
    answer = HEAD + b"Refresh: " + value + b"\r\nContent-Length: 3\r\n\r\n<p>"
    fetch, contents = seen(answering(answer), "http://{}/")
    assert failure_kind(fetch) is None
    assert len(fetch.facts.exchanges) == 1
    assert contents == [b"<p>"]


# --- handshakes -----------------------------------------------------------------------------------


def hello(version: bytes) -> bytes:
    """A server's first words in that version. Source: RFC 5246 §7.4.1.3."""
    said = b"\x02\0\0\x26" + version + b"r" * 32 + b"\0\0\x2f\0"
    return b"\x16" + version + len(said).to_bytes(2, "big") + said


HANDSHAKES = {
    "SSL 2": b"\x80\x0b\x04\0\x01\0\x02\0\0\0\0\0\0",
    "SSL 3": hello(b"\x03\0"),
    "TLS 1.0": hello(b"\x03\x01"),
    "TLS 1.1": hello(b"\x03\x02"),
    "TLS of the future": hello(b"\x03\x09"),
    "a message of 16 MB": b"\x16\x03\x03\x40\0\x02\xff\xff\xff" + b"x" * 16_380 * 9,
    "many warnings": b"\x15\x03\x03\0\x02\x01\x5a" * 9_999,
    "many changes of cipher": b"\x14\x03\x03\0\x01\x01" * 9_999,
    "many heartbeats": b"\x18\x03\x03\0\x03\x01\xff\xff" * 9_999,
}


@pytest.mark.parametrize("data", HANDSHAKES.values(), ids=HANDSHAKES)
def test_a_handshake_of_another_kind_is_a_tls_error(data: bytes) -> None:
    assert failure_kind(seen(shaking(data), "https://{}/")[0]) is Kind.TLS_ERROR


def test_a_handshake_that_drips_takes_no_longer_than_a_silent_one() -> None:
    begun = b"\x16\x03\x03\x3f\xff\x02\0\x3f\xfb\x03\x03" + b"x" * 500
    script = shaking(begun, piece=1, pause=0.05)
    fetch, _ = seen(script, "https://{}/", connect_timeout=0.5, total_timeout=60.0)
    assert failure_kind(fetch) is Kind.CONNECT_TIMEOUT


# --- certificates ---------------------------------------------------------------------------------

CERTIFICATES: dict[str, tuple[dict[str, Any], Kind | None]] = {
    "chain of 100": ({"between": 98}, None),
    "chain of 300": ({"between": 299}, Kind.TLS_ERROR),
    "4,000 names": ({"names": [*(f"h{n}.test" for n in range(4_000)), "localhost"]}, None),
    "10,000 names": ({"names": [f"h{n}.test" for n in range(10_000)]}, Kind.TLS_ERROR),
    "name of 50 kB": ({"common_name": "x" * 50_000}, None),
    "name of 100 kB": ({"common_name": "x" * 100_000}, Kind.TLS_ERROR),
    "certificate of 5 MB": ({"extra": b"x" * 5_000_000}, Kind.TLS_ERROR),
    "NUL behind our name": ({"names": ["localhost\0.evil.test"]}, Kind.TLS_HOSTNAME),
}


@pytest.mark.filterwarnings("ignore:Attribute's length:UserWarning")
@pytest.mark.parametrize(("made", "kind"), CERTIFICATES.values(), ids=CERTIFICATES)
def test_odd_certificates_are_judged(
    tmp_path: Path, made: dict[str, Any], kind: Kind | None
) -> None:
    tracemalloc.start()
    fetch = over_tls(tmp_path, **made)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert failure_kind(fetch) is kind
    assert peak < MOST_BYTES * 3  # The certificate of 5 MB is made in this process, too.
    shown = fetch.facts.certificate
    assert shown is None or len(shown.subject) <= 200


@pytest.mark.filterwarnings("ignore:Attribute's length:UserWarning")
def test_names_of_certificates_are_cleaned(tmp_path: Path) -> None:
    name = "a\x1b[31mb\r\n::error::c\0d\u202ee\u200bf"
    shown = over_tls(tmp_path, common_name=name).facts.certificate
    assert shown is not None
    assert shown.subject.isprintable()
    assert shown.subject.startswith("a[31mb ::error::c")


def test_many_tickets_for_later_sessions_are_read_over(tmp_path: Path) -> None:
    assert failure_kind(over_tls(tmp_path, tickets=1_000)) is None


@pytest.mark.parametrize(
    ("named", "kind"), [("xn--bcher-kva.test", None), ("bucher.test", Kind.TLS_HOSTNAME)]
)
def test_a_name_of_other_letters_is_another_name(
    tmp_path: Path, named: str, kind: Kind | None
) -> None:
    fetch = over_tls(tmp_path, host="xn--bcher-kva.test", names=[named])
    assert failure_kind(fetch) is kind


def over_tls(folder: Path, *, host: str = LOCALHOST[0], tickets: int = 2, **made: Any) -> Fetch:
    """One look at a server with such a certificate, whose root is trusted."""
    odd = odd_server(folder, **made)
    odd.context.num_tickets = tickets

    async def main() -> Fetch:
        async with Server(answering(page()), odd.context) as server:
            settings = make_settings(ca_bundle=odd.bundle)
            return await look(f"https://{host}:{server.port}/", Surroundings(settings=settings))

    return asyncio.run(main())
