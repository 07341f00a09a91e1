"""Pure: connections, names and certificates that fail, statuses, robots.txt, and what is not request."""

import errno
import os
import socket
from functools import partial
from typing import Any

from crawler.demo.replies import Reply, Then
from crawler.demo.server import Peer, greeting
from crawler.demo.web import Port, expired
from tests.corpus import topics
from tests.corpus.case import Case
from tests.corpus.replies import answer, ok, raw, redirect
from tests.corpus.sites import BLOG, lone
from tests.support import certificates

row = partial(Case, title=topics.LISP.title)
PAGE = topics.LISP.on(BLOG)
TEXT = "text/plain"


def host(name: str, expected: str, **site: Any) -> Case:
    """A host that has this trouble before any page."""
    url = f"https://{name}.net/sicp"
    return row(
        name=name,
        group="failures",
        url=url,
        expected=expected,
        sites=lone(url, BLOG, PAGE, **site),
    )


def page(name: str, expected: str, reply: Reply, group: str = "failures") -> Case:
    """A page that is answered like this, at a site that works."""
    url = f"https://{name}.org/sicp"
    return row(name=name, group=group, url=url, expected=expected, sites=lone(url, BLOG, reply))


async def reset_in_handshake(peer: Peer) -> None:
    """Resets when the client has begun to speak."""
    await peer.receive()
    peer.reset()


CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
LONG = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<title>Half"
NO_ADDRESS = socket.gaierror(socket.EAI_NODATA, "no address")
NAME_SERVER_FAILURE = socket.gaierror(socket.EAI_AGAIN, "server failure")
NO_ROUTE = OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH))
CLOSE, RESET, HANG = (Reply(raw=(), then=then) for then in (Then.CLOSE, Then.RESET, Then.HANG))
NO_TLS = raw("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", then=Then.HANG)
FAILURES = (
    row(
        name="no-such-name",
        group="failures",
        url="https://no-such-name.net/",
        expected="dead/dns_not_found",
    ),
    host("no-address", "dead/dns_no_address", addresses=NO_ADDRESS),
    host("name-server-failure", "failing/dns_error", addresses=NAME_SERVER_FAILURE),
    host("name-server-silent", "failing/dns_error", addresses=None),
    host("refused", "failing/connection_refused", port=Port.REFUSING),
    host("reset-in-handshake", "failing/tls_error", script=reset_in_handshake),
    host("no-route", "failing/unreachable", addresses=NO_ROUTE),
    host("queue-full", "failing/connect_timeout", port=Port.FULL),
    host("stall-in-handshake", "failing/connect_timeout", script=greeting(HANG)),
    host("http-on-the-tls-port", "failing/tls_error", script=greeting(NO_TLS)),
    host("private-name", "failing/private_address", addresses=("10.20.30.40",)),
    host("expired", "failing/tls_expired", certificate=expired),
    host("not-yet-valid", "failing/tls_expired", certificate=certificates.not_yet_valid),
    host("other-name", "failing/tls_hostname", certificate=certificates.other_name),
    host("self-signed", "failing/tls_untrusted", certificate=certificates.self_signed),
    host("other-authority", "failing/tls_untrusted", certificate=certificates.other_authority),
    host("no-intermediate", "failing/tls_untrusted", certificate=certificates.no_intermediate),
    host(
        "client-certificate",
        "failing/tls_error",
        certificate=certificates.client_certificate_required,
    ),
    host("unrecognized-name", "failing/tls_error", certificate=certificates.unrecognized_name),
    row(
        name="private-literal",
        group="failures",
        url="http://192.168.178.1/",
        expected="failing/private_address",
    ),
    row(
        name="link-local-literal",
        group="failures",
        url="http://169.254.169.254/latest/meta-data/",
        expected="failing/private_address",
    ),
    row(
        name="loopback-v6-literal",
        group="failures",
        url="http://[::1]:8080/",
        expected="failing/private_address",
    ),
    page("closed-without-answer", "failing/connection_reset", CLOSE),
    page("reset-without-answer", "failing/connection_reset", RESET),
    page(
        "closed-within-the-head",
        "failing/connection_reset",
        raw("HTTP/1.1 200 OK\r\nContent-Ty", then=Then.CLOSE),
    ),
    page("no-answer", "failing/read_timeout", HANG),
    page(
        "head-never-ends",
        "failing/read_timeout",
        raw("HTTP/1.1 200 OK\r\nServer: x\r\n", then=Then.HANG),
    ),
    page("content-stalls", "failing/read_timeout", raw(LONG, then=Then.HANG)),
    page("trickling", "failing/read_timeout", raw(LONG, *"abcdefghij", pause=0.6)),
    page("reset-within-content", "failing/connection_reset", raw(LONG, then=Then.RESET)),
    page(
        "bad-chunk-size",
        "failing/protocol_error",
        raw(CHUNKED + "zz\r\n<title>\r\n0\r\n\r\n", then=Then.CLOSE),
    ),
    page("not-http", "failing/protocol_error", raw("SSH-2.0-OpenSSH_9.2p1\r\n", then=Then.CLOSE)),
    page(
        "malformed-field",
        "failing/protocol_error",
        raw("HTTP/1.1 200 OK\r\nBad Field Name : x\r\n\r\n", then=Then.CLOSE),
    ),
    page("not-gzip", "failing/protocol_error", ok(PAGE, "Content-Encoding: gzip")),
    page(
        "three-codings", "failing/protocol_error", ok(PAGE, "Content-Encoding: gzip, gzip, gzip")
    ),
    page(
        "two-lengths",
        "failing/protocol_error",
        raw(
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
            then=Then.CLOSE,
        ),
    ),
)
WORDS = {404: "dead/http_404", 410: "dead/http_410"}
STATUSES = tuple(
    page(
        f"status-{status}",
        WORDS.get(status, f"failing/http_{status // 100}xx"),
        answer(status, f"<title>{status}</title>"),
        "statuses",
    )
    for status in (
        400,
        404,
        405,
        406,
        408,
        409,
        410,
        411,
        414,
        421,
        423,
        425,
        431,
        444,
        500,
        501,
        502,
        503,
        504,
        508,
        520,
        521,
        522,
        523,
        524,
        525,
        526,
    )
)
ODD_STATUSES = (
    page("404-with-a-living-page", "dead/http_404", answer(404, PAGE), "statuses"),
    page(
        "404-with-broken-gzip",
        "dead/http_404",
        answer(404, "x", "Content-Encoding: gzip"),
        "statuses",
    ),
    page(
        "404-json",
        "dead/http_404",
        answer(404, '{"message":"Not Found"}', kind="application/json"),
        "statuses",
    ),
    page("500-with-a-living-page", "failing/http_5xx", answer(500, PAGE), "statuses"),
    page("410-empty", "dead/http_410", answer(410), "statuses"),
)


def robots(name: str, expected: str, reply: Reply | str, path: str = "/sicp", **site: Any) -> Case:
    """A page at a site with this robots.txt."""
    url = f"https://{name}.dev{path}"
    text = ok(reply, kind=TEXT) if isinstance(reply, str) else reply
    return row(
        name=name,
        group="robots",
        url=url,
        expected=expected,
        sites=lone(url, BLOG, PAGE, robots=text, **site),
    )


ALL, SHUT = ("/",), "skipped/robots_disallowed"
ROBOTS = (
    robots("everybody-out", SHUT, "User-agent: *\nDisallow: /\n", forbidden=ALL),
    robots(
        "we-are-out",
        SHUT,
        "User-agent: resource-crawler\nDisallow: /\n\nUser-agent: *\nAllow: /\n",
        forbidden=ALL,
    ),
    robots(
        "others-are-out",
        "ok/ok",
        "User-agent: BadBot\nDisallow: /\n\nUser-agent: *\nDisallow: /cgi-bin/\n",
        forbidden=("/cgi-bin/",),
    ),
    robots(
        "our-own-group-counts",
        "ok/ok",
        "User-agent: *\nDisallow: /\n\nUser-agent: Resource-Crawler\nAllow: /\n",
    ),
    robots(
        "longest-rule-wins",
        "ok/ok",
        "User-agent: *\nDisallow: /\nAllow: /sicp\n",
        forbidden=ALL,
        permitted=("/sicp",),
    ),
    robots(
        "wildcard-rule",
        SHUT,
        "User-agent: *\nDisallow: /*.pdf$\n",
        "/notes.pdf",
        forbidden=("/notes.pdf",),
    ),
    robots(
        "query-rule",
        SHUT,
        "User-agent: *\nDisallow: /*?id=\n",
        "/show?id=7",
        forbidden=("/show?id=",),
    ),
    robots(
        "folder-rule",
        SHUT,
        "User-agent: *\nDisallow: /private/\n",
        "/private/notes",
        forbidden=("/private/",),
    ),
    robots("empty-disallow", "ok/ok", "User-agent: *\nDisallow:\n"),
    robots("robots-404", "ok/ok", answer(404, "no")),
    robots("robots-403", "ok/ok", answer(403, "no")),
    robots("robots-429", "ok/ok", answer(429, "no", "Retry-After: 3600")),
    robots("robots-500", "skipped/robots_unavailable", answer(500, "no"), forbidden=ALL),
    robots("robots-503", "skipped/robots_unavailable", answer(503, "no"), forbidden=ALL),
    robots("robots-is-a-page", "ok/ok", ok(PAGE)),
    robots("robots-is-empty", "ok/ok", ""),
    robots("robots-loops", "ok/ok", redirect("/robots.txt", 302)),
    robots("robots-timeout", "failing/read_timeout", HANG),
    robots("robots-reset", "failing/connection_reset", RESET),
)


def unasked(name: str, url: str, expected: str, **more: Any) -> Case:
    """A cell for which no request is sent."""
    return row(name=name, group="skipped", url=url, expected=expected, **more)


INVALID, SCHEME = "dead/invalid_url", "skipped/unsupported_scheme"
SKIPPED = (
    unasked("mailto", "mailto:ida@example.org", SCHEME),
    unasked("ftp", "ftp://ftp.example.org/pub/", SCHEME),
    unasked("magnet", "magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a", SCHEME),
    unasked("no-scheme", "www.example.org/page", INVALID),
    unasked("no-host", "https:///page", INVALID),
    unasked("port-out-of-range", "https://example.org:99999/", INVALID),
    unasked("blank-in-host", "https://exa mple.org/", INVALID),
    unasked("two-urls", "https://example.org/a https://example.org/b", INVALID),
    unasked("words", "see the wiki", INVALID),
    unasked("excluded", "https://excluded.net/page", "skipped/excluded", excluded=True),
)
CASES = (*FAILURES, *STATUSES, *ODD_STATUSES, *ROBOTS, *SKIPPED)
