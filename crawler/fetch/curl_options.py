"""IO: one request in libcurl's options."""

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
"""How long a connection may be idle; longer than the longest delay between a host's requests, 10 s."""
NEVER = 86_400_000
"""Milliseconds; `Transfer` has the time-outs, because libcurl counts them in another way."""
_SEVERAL_LINES = re.compile(rb"[\0\r\n]")
_FIXED: tuple[tuple[int, int | str], ...] = (
    (pycurl.NOSIGNAL, 1),
    (pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
    (pycurl.REDIR_PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
    (pycurl.FOLLOWLOCATION, 0),
    (pycurl.PROXY, ""),  # the environment's proxy is not used either
    (pycurl.NETRC, pycurl.NETRC_IGNORED),
    (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1),
    (pycurl.HTTP09_ALLOWED, 0),
    (pycurl.HTTP_CONTENT_DECODING, 0),
    (pycurl.SSLVERSION, pycurl.SSLVERSION_TLSv1_2),
    (pycurl.SSL_EC_CURVES, "X25519:P-256:X448:P-384:P-521"),  # ML-KEM adds a tenth to a handshake
    (pycurl.SSL_SESSIONID_CACHE, 0),  # a resumed session would not be verified again
    (pycurl.MAXAGE_CONN, KEEPALIVE_SECONDS),
)
_UNVERIFIED: tuple[tuple[int, int], ...] = ((pycurl.SSL_VERIFYPEER, 0), (pycurl.SSL_VERIFYHOST, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class CurlRequest:
    """A request, where to send it, and whose certificates to trust."""

    request: httpx.Request
    """With the extensions that `Transport.handle_async_request` describes."""
    endpoint: Endpoint
    trust: Trust | None
    """None where the certificate is not checked."""
    needs_new_connection: bool

    @property
    def target_uri(self) -> str:
        """The URL asked for, without a fragment."""
        target_uri: str = self.request.extensions["target_uri"]
        return target_uri

    @property
    def stopwatch(self) -> Stopwatch:
        """Measures the phases of the exchange."""
        stopwatch: Stopwatch = self.request.extensions["stopwatch"]
        return stopwatch

    @property
    def budget(self) -> AttemptBudget:
        """What the attempt may still cost."""
        budget: AttemptBudget = self.request.extensions["budget"]
        return budget

    def timeout(self, name: str) -> float:
        """Seconds that a part of the exchange (`connect`, `read`) may take."""
        seconds: float = self.request.extensions["timeout"][name]
        return seconds


def new_curl(request: CurlRequest) -> pycurl.Curl:
    """A handle of libcurl for the request; to use a handle again would not be faster.

    Raises: `httpx.LocalProtocolError` for a field that has more than one line.
    """
    curl = pycurl.Curl()
    options = (
        *_FIXED,
        *_destination(request.target_uri, request.endpoint),
        *(_UNVERIFIED if request.trust is None else _verified(request.trust.path)),
        (pycurl.HTTPHEADER, [_line(*field) for field in request.request.headers.raw]),
        (pycurl.CONNECTTIMEOUT_MS, NEVER),
        (pycurl.FRESH_CONNECT, request.needs_new_connection),
    )
    for option, value in options:
        curl.setopt(option, value)
    return curl


def _destination(target_uri: str, endpoint: Endpoint) -> Iterator[tuple[int, str | list[str]]]:
    """Where to connect to, and the request target exactly as it is written in the URL."""
    origin = urls.origin(target_uri)
    yield pycurl.URL, f"{origin}/"
    yield pycurl.REQUEST_TARGET, urls.without_fragment(target_uri).removeprefix(origin)
    if (endpoint.name, endpoint.port) != (urls.host(target_uri), urls.port(target_uri)):
        yield pycurl.CONNECT_TO, [f"::{endpoint.place}"]


def _verified(roots: str) -> tuple[tuple[int, int | str], ...]:
    return (pycurl.CAINFO, roots), (pycurl.OPT_CERTINFO, 1)


def _line(name: bytes, value: bytes) -> bytes:
    """A field as libcurl takes it."""
    if _SEVERAL_LINES.search(name + value):
        raise httpx.LocalProtocolError("a field must be one line")
    # For libcurl, `Name:` means to leave the field out, and `Name;` to send it empty.
    return name + b": " + value if value else name + b";"
