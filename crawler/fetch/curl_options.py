"""IO: what is asked for, and how libcurl is told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pycurl

from crawler import urls
from crawler.fetch.attempt_budget import AttemptBudget
from crawler.fetch.endpoints import Endpoint
from crawler.fetch.stopwatch import Stopwatch
from crawler.fetch.tls import Trust

KEEPALIVE_SECONDS = 15
"""How long a connection may be idle; longer than the longest pace of a host, 10 s."""
_SEVERAL = re.compile(rb"[\0\r\n]")
NEVER = 86_400_000
"""Milliseconds; `Transfer` keeps the time-outs, which libcurl counts otherwise."""
_MANNERS: tuple[tuple[int, int | str], ...] = (
    (pycurl.NOSIGNAL, 1),
    (pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
    (pycurl.REDIR_PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
    (pycurl.FOLLOWLOCATION, 0),
    (pycurl.PROXY, ""),  # not even the environment's
    (pycurl.NETRC, pycurl.NETRC_IGNORED),
    (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1),
    (pycurl.HTTP09_ALLOWED, 0),
    (pycurl.HTTP_CONTENT_DECODING, 0),
    (pycurl.SSLVERSION, pycurl.SSLVERSION_TLSv1_2),
    (pycurl.SSL_EC_CURVES, "X25519:P-256:X448:P-384:P-521"),  # ML-KEM adds a tenth to a handshake
    (pycurl.SSL_SESSIONID_CACHE, 0),  # a resumed session would not be verified anew
    (pycurl.MAXAGE_CONN, KEEPALIVE_SECONDS),
)
_UNVERIFIED: tuple[tuple[int, int], ...] = ((pycurl.SSL_VERIFYPEER, 0), (pycurl.SSL_VERIFYHOST, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class CurlRequest:
    """What is asked for, of whom, and how."""

    request: httpx.Request
    """With the extensions that `Transport` tells of."""
    endpoint: Endpoint
    trust: Trust | None
    """None where no certificate is checked."""
    afresh: bool = False
    """Whether the connection must be a new one."""

    @property
    def uri(self) -> str:
        """The target URI."""
        uri: str = self.request.extensions["target_uri"]
        return uri

    @property
    def watch(self) -> Stopwatch:
        """Follows the exchange."""
        watch: Stopwatch = self.request.extensions["stopwatch"]
        return watch

    @property
    def allowance(self) -> AttemptBudget:
        """What the attempt may still cost."""
        allowance: AttemptBudget = self.request.extensions["allowance"]
        return allowance

    def timeout(self, name: str) -> float:
        """Seconds that a part of the exchange may take."""
        seconds: float = self.request.extensions["timeout"][name]
        return seconds


def curl_of(order: CurlRequest) -> pycurl.Curl:
    """A new transfer of libcurl's; one that was used before is no cheaper."""
    curl = pycurl.Curl()
    options = (
        *_MANNERS,
        *_place(order.uri, order.endpoint),
        *(_UNVERIFIED if order.trust is None else _verified(order.trust.path)),
        (pycurl.HTTPHEADER, [_line(*field) for field in order.request.headers.raw]),
        (pycurl.CONNECTTIMEOUT_MS, NEVER),
        (pycurl.FRESH_CONNECT, order.afresh),
    )
    for option, value in options:
        curl.setopt(option, value)
    return curl


def _place(uri: str, endpoint: Endpoint) -> Iterator[tuple[int, str | list[str]]]:
    """Where to connect to, and what goes on the wire as the target: exactly what is written."""
    origin = urls.origin(uri)
    yield pycurl.URL, f"{origin}/"
    yield pycurl.REQUEST_TARGET, urls.without_fragment(uri).removeprefix(origin)
    if (endpoint.name, endpoint.port) != (urls.host(uri), urls.port(uri)):
        yield pycurl.CONNECT_TO, [f"::{endpoint.place}"]


def _verified(roots: str) -> tuple[tuple[int, int | str], ...]:
    return (pycurl.CAINFO, roots), (pycurl.OPT_CERTINFO, 1)


def _line(name: bytes, value: bytes) -> bytes:
    """A field in libcurl's words. Raises: `httpx.LocalProtocolError` when it would be several."""
    if _SEVERAL.search(name + value):
        raise httpx.LocalProtocolError("a field is one line")
    # A name without a value would be the wish to leave the field out.
    return name + b": " + value if value else name + b";"
