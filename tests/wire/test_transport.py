import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pycurl
import pytest

from crawler.demo.server import Peer, Server
from crawler.errors import ConfigError
from crawler.fetch import AttemptBudget
from crawler.fetch.endpoints import Endpoint, Endpoints
from crawler.fetch.failures import PrivateAddressError, TransferError
from crawler.fetch.stopwatch import Stopwatch
from crawler.fetch.transfer import MAX_UNREAD_BYTES, Transfer
from crawler.fetch.transport import Transport
from tests.support.fetching import Surroundings, failure_kind, look, make_settings, to_loopback
from tests.support.loopback import Authority, answering, page, silent


@asynccontextmanager
async def opened(server: Server, **fetch: Any) -> AsyncIterator[Transport]:
    """A transport for a server."""
    transport = Transport(make_settings(**fetch), to_loopback)
    try:
        yield transport
    finally:
        await transport.aclose()


def request(url: str, **extensions: Any) -> httpx.Request:
    known = {
        "target_uri": url,
        "stopwatch": Stopwatch(),
        "budget": AttemptBudget(30.0),
        "needs_new_connection": False,
        "timeout": {"connect": 5.0, "read": 5.0, "write": 5.0},
    }
    return httpx.Request("GET", url, extensions={**known, **extensions})


async def content_of(response: httpx.Response) -> bytes:
    assert isinstance(response.stream, httpx.AsyncByteStream)
    return b"".join([piece async for piece in response.stream])


class Flood:
    """A server that sends without end, as fast as it is read from."""

    def __init__(self) -> None:
        self.sent = 0
        self.is_stuck = asyncio.Event()
        self.is_closed = asyncio.Event()

    async def script(self, peer: Peer) -> None:
        await peer.request()
        await peer.send(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                sending = asyncio.ensure_future(peer.send(bytes(65_536)))
                if not (await asyncio.wait([sending], timeout=0.2))[0]:
                    self.is_stuck.set()
                await sending
                self.sent += 65_536
        finally:
            self.is_closed.set()


def test_content_that_nobody_takes_is_not_heaped_up() -> None:
    async def main() -> int:
        flood = Flood()
        async with Server(flood.script) as server, opened(server) as transport:
            url = f"http://{server.authority}/"
            response = await transport.handle_async_request(request(url))
            await flood.is_stuck.wait()
            sent_before = flood.sent
            assert isinstance(response.stream, httpx.AsyncByteStream)
            taken = 0
            async for piece in response.stream:
                taken += len(piece)
                if taken > 4 * sent_before:
                    break
            await response.aclose()
            await flood.is_closed.wait()
            return sent_before

    # What was not taken is in the buffers of the system, and in our own.
    assert asyncio.run(main()) < 30_000_000


def test_a_slow_taker_is_no_stall_of_the_server() -> None:
    async def main() -> None:
        flood = Flood()
        quick = {"connect": 5.0, "read": 0.3, "write": 5.0}
        async with Server(flood.script) as server, opened(server) as transport:
            asked = request(f"http://{server.authority}/", timeout=quick)
            response = await transport.handle_async_request(asked)
            await flood.is_stuck.wait()
            await asyncio.sleep(0.4)
            assert isinstance(response.stream, httpx.AsyncByteStream)
            taken = 0
            async for piece in response.stream:
                taken += len(piece)
                if taken > 2 * MAX_UNREAD_BYTES:
                    break
            await response.aclose()

    asyncio.run(main())


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 5, 9])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_request_that_is_given_up_leaves_nothing_behind(scheme: str, turns: int) -> None:
    """Given up after some turns of the loop: before, while and after it connects."""

    async def main(listener: socket.socket) -> None:
        transport = Transport(make_settings(), to_loopback)
        asked = request(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/")
        asking = asyncio.ensure_future(transport.handle_async_request(asked))
        for _ in range(turns):
            await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert not transport._multi._watched
        assert not transport._multi._on_end
        await transport.aclose()

    # The system takes connections, and nobody says anything on them.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        asyncio.run(main(listener))


def test_a_request_that_is_given_up_closes_its_connection() -> None:
    async def main() -> None:
        asked, closed = asyncio.Event(), asyncio.Event()

        async def script(peer: Peer) -> None:
            await peer.request()
            asked.set()
            await peer.until_closed()
            closed.set()

        async with Server(script) as server, opened(server) as transport:
            url = f"http://{server.authority}/"
            asking = asyncio.ensure_future(transport.handle_async_request(request(url)))
            await asked.wait()
            asking.cancel()
            await closed.wait()

    asyncio.run(main())


def test_a_request_that_is_given_up_as_its_answer_comes_closes_its_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tasks: list[asyncio.Task[httpx.Response]] = []
    monkeypatch.setattr(Transfer, "_wake", lambda transfer: tasks[0].cancel())

    async def main() -> None:
        closed = asyncio.Event()

        async def script(peer: Peer) -> None:
            await peer.request()
            await peer.send(page(b"x" * 100)[:-50])
            await peer.until_closed()
            closed.set()

        async with Server(script) as server, opened(server) as transport:
            asked = request(f"http://{server.authority}/")
            tasks.append(asyncio.create_task(transport.handle_async_request(asked)))
            with pytest.raises(asyncio.CancelledError):
                await tasks[0]
            await closed.wait()

    asyncio.run(main())


def test_a_response_that_is_not_read_to_its_end_closes_its_connection() -> None:
    async def main() -> int:
        async with Server(answering(page(b"x" * 3_000_000), page())) as server:
            async with opened(server) as transport:
                for _ in range(2):
                    asked = request(f"http://{server.authority}/")
                    await (await transport.handle_async_request(asked)).aclose()
            return server.connections

    assert asyncio.run(main()) == 2


def test_many_requests_at_once_each_have_their_answer() -> None:
    async def script(peer: Peer) -> None:
        while True:
            path = (await peer.request()).split()[1]
            await asyncio.sleep(0)
            await peer.send(page(path * 5_000))

    async def ask(transport: Transport, url: str, path: str) -> bool:
        response = await transport.handle_async_request(request(f"{url}{path}"))
        content = await content_of(response)
        await response.aclose()
        return content == path.encode() * 5_000

    async def main() -> list[bool]:
        async with Server(script) as server, opened(server) as transport:
            url = f"http://{server.authority}"
            asking = (ask(transport, url, f"/{n}") for n in range(200))
            return await asyncio.gather(*asking)

    assert all(asyncio.run(main()))


@pytest.mark.promise("25")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_no_socket_is_opened_for_an_address_that_was_not_checked(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """Whatever makes libcurl go there: here, a guard that spoke of another address."""

    async def elsewhere(names: Endpoints, host: str, port: int) -> Endpoint:
        return Endpoint(host, port, (host,))

    monkeypatch.setattr(Endpoints, "find", elsewhere)
    monkeypatch.setattr(Endpoint, "holds", lambda endpoint, address: False)

    async def main() -> int:
        async with Server(answering(page())) as server, opened(server) as transport:
            asked = request(f"http://{host}:{server.port}/")
            with pytest.raises(PrivateAddressError):
                await transport.handle_async_request(asked)
            return server.connections

    assert asyncio.run(main()) == 0


@pytest.mark.parametrize(
    ("address", "holds"),
    [("127.0.0.1", True), ("::1", True), ("127.0.0.2", False), ("::2", False)],
)
def test_an_address_is_known_however_it_is_written(address: str, holds: bool) -> None:
    assert Endpoint("name.test", 80, ("127.0.0.1", "0:0::1")).holds(address) is holds


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/"])
def test_only_http_is_spoken(url: str) -> None:
    async def main() -> None:
        async with Server(silent) as server, opened(server) as transport:
            with pytest.raises((TransferError, PrivateAddressError)):
                await transport.handle_async_request(request(url))

    asyncio.run(main())


@pytest.mark.promise("32")
def test_proxies_and_passwords_around_us_are_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    async def main() -> list[bytes]:
        async with Server(answering(page())) as server:
            assert failure_kind(await look(f"http://{server.authority}/")) is None
            return server.heads

    (head,) = asyncio.run(main())
    names = [line.partition(b":")[0].lower() for line in head.split(b"\r\n")[1:-2]]
    assert names == [b"host", b"user-agent", b"accept", b"accept-language", b"accept-encoding"]


@pytest.mark.parametrize("status", [b"301 Moved", b"401 Who", b"407 Who", b"417 Not So"])
def test_nothing_is_done_about_an_answer_but_reading_it(status: bytes) -> None:
    answer = (
        b"HTTP/1.1 " + status + b"\r\nLocation: /b\r\nContent-Length: 2\r\n"
        b'WWW-Authenticate: Basic realm="x"\r\nWWW-Authenticate: Negotiate\r\n'
        b'Proxy-Authenticate: NTLM\r\nAlt-Svc: h2=":1"\r\nContent-Encoding: gzip\r\n\r\nHi'
    )

    async def main() -> tuple[int, bytes, int]:
        async with Server(answering(answer, page())) as server, opened(server) as transport:
            url = f"http://{server.authority}/a"
            response = await transport.handle_async_request(request(url))
            content = await content_of(response)
            await response.aclose()
            return response.status_code, content, server.requests

    assert asyncio.run(main()) == (int(status[:3]), b"Hi", 1)


def test_a_field_without_a_value_is_sent() -> None:
    async def main() -> list[bytes]:
        async with Server(answering(page())) as server, opened(server) as transport:
            asked = request(f"http://{server.authority}/")
            asked.headers["X-Empty"] = ""
            response = await transport.handle_async_request(asked)
            await response.aclose()
            return server.heads

    (head,) = asyncio.run(main())
    assert b"\r\nX-Empty:\r\n" in head


@pytest.mark.parametrize("value", ["a\r\nX-More: b", "a\nb", "a\rb", "a\0b"])
def test_a_field_of_several_lines_is_not_sent(value: str) -> None:
    async def main() -> int:
        async with Server(answering(page())) as server, opened(server) as transport:
            asked = request(f"http://{server.authority}/")
            asked.headers["Cookie"] = value
            with pytest.raises(httpx.LocalProtocolError):
                await transport.handle_async_request(asked)
            return server.connections

    assert asyncio.run(main()) == 0


def test_the_settings_of_a_host_hold_for_its_connections_alone(tmp_path: Path) -> None:
    """A connection whose certificate nobody checked is not used for who wants it checked."""
    authority = Authority(tmp_path)
    context = authority.context(authority.issue("other.test"))

    async def main() -> list[object]:
        async with Server(answering(page(), page()), context) as server:
            settings = make_settings(ca_bundle=authority.bundle)
            url = f"https://localhost:{server.port}/"
            fetch = await look(url, Surroundings(settings=settings))
            return [failure_kind(fetch), fetch.address]

    assert asyncio.run(main()) == ["tls_hostname", None]


def test_another_tls_library_than_openssl_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    told = list(pycurl.version_info())
    told[5] = "GnuTLS/3.7.9"
    monkeypatch.setattr(pycurl, "version_info", lambda: tuple(told))
    with pytest.raises(ConfigError, match=r"GnuTLS/3\.7\.9"):
        Transport(make_settings(), to_loopback)
