import asyncio
import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crawler.demo.page_replies import notice, robots
from crawler.demo.replies import Behaviour, Reply, Then, document, redirect
from crawler.demo.web import Port, Site, Web, expired
from crawler.demo.worlds import plain_world
from tests.support.demo_list import listed

HOST = "site.example"


def make_site(**pages: Behaviour) -> Site:
    """A site whose keyword arguments are its paths under `/`."""
    return Site(
        pages={f"/{path}": page for path, page in pages.items()}, unknown=notice(HOST, 404)
    )


def says(text: str) -> Reply:
    return document(text, content_type="text/plain")


@dataclass(frozen=True)
class Got:
    status: int
    fields: dict[str, str]
    content: bytes


class Browser:
    """Asks the web that is open, over one connection for each request."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.context = ssl.create_default_context(cafile=web.ca_bundle)

    def address(self, host: str, port: int = 443) -> tuple[str, int]:
        address, _, number = dict(self.web.resolve)[f"{host}:{port}"].rpartition(":")
        return address, int(number)

    def connect(self, host: str) -> ssl.SSLSocket:
        raw = socket.create_connection(self.address(host), timeout=10)
        try:
            return self.context.wrap_socket(raw, server_hostname=host)
        except OSError:
            raw.close()
            raise

    def get(self, host: str, path: str, method: str = "GET", **fields: str) -> Got:
        connection = http.client.HTTPConnection(host)
        connection.sock = self.connect(host)
        return self.answer(connection, method, path, fields)

    def get_plainly(self, host: str, path: str) -> Got:
        connection = http.client.HTTPConnection(host)
        connection.sock = socket.create_connection(self.address(host, 80), timeout=10)
        return self.answer(connection, "GET", path, {})

    def answer(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        fields: dict[str, str],
    ) -> Got:
        try:
            connection.request(
                method, path, headers={name.replace("_", "-"): v for name, v in fields.items()}
            )
            response = connection.getresponse()
            return Got(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()


@pytest.fixture
def web() -> Iterator[Web]:
    with Web({}) as web:
        yield web


def test_a_page_is_answered_with_its_status_fields_and_content(web: Web) -> None:
    page = Reply(status_code=203, fields=(("X-Mark", "é"),), content=b"here")
    web.serve({HOST: make_site(page=page)})
    got = Browser(web).get(HOST, "/page")
    assert got == Got(203, {"X-Mark": "é", "Content-Length": "4"}, b"here")


def test_the_query_is_part_of_the_path(web: Web) -> None:
    site = make_site(page=says("without"))
    site = replace(site, pages={**site.pages, "/page?a=1": says("with")})
    web.serve({HOST: site})
    assert Browser(web).get(HOST, "/page?a=1").content == b"with"
    assert Browser(web).get(HOST, "/page").content == b"without"


def test_a_made_up_path_is_honestly_missing(web: Web) -> None:
    web.serve({HOST: make_site(page=says("here"))})
    got = Browser(web).get(HOST, "/made-up-9f3c")
    assert got.status == 404
    assert HOST.encode() in got.content


def test_head_is_answered_without_content(web: Web) -> None:
    web.serve({HOST: make_site(page=says("here"))})
    got = Browser(web).get(HOST, "/page", method="HEAD")
    assert (got.status, got.fields["Content-Length"], got.content) == (200, "4", b"")


def test_over_http_everything_leads_to_https(web: Web) -> None:
    web.serve({HOST: make_site(page=says("here"))})
    got = Browser(web).get_plainly(HOST, "/page?a=1")
    assert (got.status, got.fields["Location"]) == (301, f"https://{HOST}/page?a=1")


def test_a_reply_of_its_own_over_http_counts(web: Web) -> None:
    site = replace(make_site(), pages={"http:/old": says("plain")})
    web.serve({HOST: site})
    assert Browser(web).get_plainly(HOST, "/old").content == b"plain"


@pytest.mark.parametrize("status_code", [301, 302, 307, 308])
def test_a_redirect_names_its_target(web: Web, status_code: int) -> None:
    web.serve({HOST: make_site(page=redirect("https://else.example/", status_code))})
    got = Browser(web).get(HOST, "/page")
    assert (got.status, got.fields["Location"]) == (status_code, "https://else.example/")


def test_replies_follow_one_another_and_the_last_one_stays(web: Web) -> None:
    early = Reply(status_code=429, fields=(("Retry-After", "1"),))
    web.serve({HOST: make_site(page=(early, early, says("here")))})
    got = [Browser(web).get(HOST, "/page") for _ in range(4)]
    assert [g.status for g in got] == [429, 429, 200, 200]
    assert got[0].fields["Retry-After"] == "1"


def test_a_delayed_reply_does_not_hold_up_other_connections(web: Web) -> None:
    site = make_site(slow=replace(says("late"), delay=0.2), page=says("here"))
    web.serve({HOST: site})
    browser = Browser(web)
    with browser.connect(HOST) as slow:
        slow.sendall(f"GET /slow HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        assert browser.get(HOST, "/page").content == b"here"
        assert slow.recv(1000).endswith(b"late")


def test_requests_in_one_go_are_answered_in_order(web: Web) -> None:
    site = make_site(slow=replace(says("1st"), delay=0.05), page=says("2nd"))
    web.serve({HOST: site})
    with Browser(web).connect(HOST) as sock, sock.makefile("rb") as answers:
        sock.sendall(
            f"GET /slow HTTP/1.1\r\nHost: {HOST}\r\n\r\nGET /page HTTP/1.1\r\nHost: ".encode()
        )
        sock.sendall(f"{HOST}\r\n\r\n".encode())
        lines = [answers.readline() for _ in range(4)]
        assert (lines[0], answers.read(3)) == (b"HTTP/1.1 200 OK\r\n", b"1st")
        lines = [answers.readline() for _ in range(4)]
        assert (lines[0], answers.read(3)) == (b"HTTP/1.1 200 OK\r\n", b"2nd")


def test_a_connection_serves_several_requests(web: Web) -> None:
    web.serve({HOST: make_site(page=says("here"))})
    connection = http.client.HTTPConnection(HOST)
    connection.sock = Browser(web).connect(HOST)
    try:
        for _ in range(3):
            connection.request("GET", "/page")
            assert connection.getresponse().read() == b"here"
    finally:
        connection.close()


def test_a_stall_keeps_the_connection_open_and_says_nothing(web: Web) -> None:
    web.serve({HOST: make_site(page=Reply(raw=(), then=Then.HANG))})
    with Browser(web).connect(HOST) as sock:
        sock.sendall(f"GET /page HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        sock.settimeout(0.2)
        with pytest.raises(TimeoutError):
            sock.recv(1)


def test_a_close_ends_the_connection_in_order(web: Web) -> None:
    web.serve({HOST: make_site(page=Reply(raw=(), then=Then.CLOSE))})
    with Browser(web).connect(HOST) as sock:
        sock.sendall(f"GET /page HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        assert sock.recv(1) == b""


def test_a_reset_ends_the_connection_with_an_error(web: Web) -> None:
    web.serve({HOST: make_site(page=Reply(raw=(), then=Then.RESET))})
    with Browser(web).connect(HOST) as sock:
        sock.sendall(f"GET /page HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        # Below TLS, because the ssl module reports a reset as an end of file.
        with socket.socket(fileno=sock.detach()) as raw:
            raw.settimeout(10)
            with pytest.raises(ConnectionResetError):
                raw.recv(1)


def test_robots_txt_is_a_reply_like_others(web: Web) -> None:
    site = make_site()
    web.serve({HOST: replace(site, pages={"/robots.txt": robots("User-agent: *\n")})})
    assert Browser(web).get(HOST, "/robots.txt").content == b"User-agent: *\n"


def test_a_page_that_is_known_is_not_sent_again(web: Web) -> None:
    page = Reply(fields=(("ETag", '"1"'),), content=b"here")
    web.serve({HOST: make_site(page=page)})
    same = Browser(web).get(HOST, "/page", If_None_Match='"1"')
    assert same == Got(304, {"ETag": '"1"'}, b"")
    assert Browser(web).get(HOST, "/page", If_None_Match='"0"').content == b"here"


def test_pages_of_the_list_come_compressed_where_they_say_so(web: Web) -> None:
    web.serve(plain_world(listed()).sites)
    got = Browser(web).get("www.theodinproject.com", "/paths/full-stack-javascript/courses/nodejs")
    assert got.fields["Content-Encoding"] == "gzip"
    assert b"The Odin Project" in zlib.decompress(got.content, wbits=31)


def test_each_host_has_a_certificate(web: Web) -> None:
    web.serve({"one.example": make_site(), "two.example": make_site()})
    browser = Browser(web)
    for host in ("one.example", "two.example"):
        with browser.connect(host) as sock:
            certificate = sock.getpeercert()
            assert certificate is not None
            assert ("DNS", host) in certificate["subjectAltName"]


@pytest.mark.parametrize("named", ["gone.example", None])
def test_a_handshake_for_no_host_of_the_world_fails(web: Web, named: str | None) -> None:
    web.serve({HOST: make_site()})
    browser = Browser(web)
    browser.context.check_hostname = False
    with (
        socket.create_connection(browser.address(HOST), timeout=10) as raw,
        pytest.raises((ssl.SSLError, ConnectionResetError)),
    ):
        browser.context.wrap_socket(raw, server_hostname=named)


def test_an_expired_certificate_is_refused_and_a_renewed_one_is_not(web: Web) -> None:
    site = make_site(page=says("here"))
    web.serve({HOST: replace(site, certificate=expired)})
    browser = Browser(web)
    with pytest.raises(ssl.SSLCertVerificationError) as raised:
        browser.connect(HOST)
    assert raised.value.verify_code == 10  # X509_V_ERR_CERT_HAS_EXPIRED
    web.serve({HOST: site})
    assert browser.get(HOST, "/page").content == b"here"


def test_a_host_that_is_down_refuses_connections(web: Web) -> None:
    web.serve({HOST: replace(make_site(), port=Port.REFUSING)})
    for port in (443, 80):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(Browser(web).address(HOST, port), timeout=10)


def test_a_host_of_another_world_is_misdirected(web: Web) -> None:
    web.serve({HOST: make_site()})
    assert Browser(web).get(HOST, "/", Host="gone.example").status == 421


def test_names_resolve_only_while_their_host_exists(web: Web) -> None:
    web.serve({HOST: make_site()})
    assert asyncio.run(web.resolver(HOST, 443)) == ("127.0.0.1",)
    assert asyncio.run(web.resolver("127.0.0.1", 443)) == ("127.0.0.1",)
    web.serve({})
    with pytest.raises(socket.gaierror) as raised:
        asyncio.run(web.resolver(HOST, 443))
    assert raised.value.errno == socket.EAI_NONAME
    assert web.resolve == ()


def test_another_world_is_served_over_the_same_connection(web: Web) -> None:
    web.serve({HOST: make_site(page=says("old"))})
    connection = http.client.HTTPConnection(HOST)
    connection.sock = Browser(web).connect(HOST)
    try:
        connection.request("GET", "/page")
        assert connection.getresponse().read() == b"old"
        web.serve({HOST: make_site(page=says("new"))})
        connection.request("GET", "/page")
        assert connection.getresponse().read() == b"new"
    finally:
        connection.close()


def test_requests_are_logged_since_the_world_began(web: Web) -> None:
    web.serve({HOST: make_site(page=says("here"))})
    Browser(web).get(HOST, "/page?a=1", User_Agent="test/1")
    Browser(web).get_plainly(HOST, "/")
    assert [
        (r.scheme, r.method, r.host, r.path, r.fields.get("user-agent")) for r in web.requests
    ] == [
        ("https", "GET", HOST, "/page?a=1", "test/1"),
        ("http", "GET", HOST, "/", None),
    ]
    web.serve({})
    assert web.requests == ()


def test_many_connections_at_once_are_all_answered(web: Web) -> None:
    web.serve({HOST: make_site(page=replace(says("here"), delay=0.05))})
    browser = Browser(web)
    with ThreadPoolExecutor(32) as pool:
        got = list(pool.map(lambda _: browser.get(HOST, "/page").content, range(64)))
    assert got == [b"here"] * 64


def test_nothing_is_left_when_the_web_closes() -> None:
    threads = threading.active_count()
    site = make_site(stall=Reply(raw=(), then=Then.HANG), slow=replace(says("never"), delay=60))
    with Web({HOST: site}) as web:
        browser = Browser(web)
        bundle = Path(web.ca_bundle)
        assert bundle.exists()
        idle, stalled, slow = (browser.connect(HOST) for _ in range(3))
        unspoken = socket.create_connection(browser.address(HOST), timeout=10)
        stalled.sendall(f"GET /stall HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        slow.sendall(f"GET /slow HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        browser.get(HOST, "/")
    assert threading.active_count() == threads
    assert not bundle.exists()
    for sock in (idle, stalled, slow, unspoken):
        with sock:
            assert ended(sock)


def ended(sock: socket.socket) -> bool:
    try:
        return sock.recv(1) == b""
    except OSError as error:
        return not isinstance(error, TimeoutError)
