"""IO: requests sent by libcurl, over connections that all requests share."""

from collections.abc import Callable

import httpx
import pycurl

from crawler import urls
from crawler.config import Settings
from crawler.errors import ConfigError
from crawler.fetch import tls
from crawler.fetch.curl_options import CurlRequest
from crawler.fetch.endpoints import Endpoints, Resolver, ThreadResolver
from crawler.fetch.kept_connections import KeptConnections
from crawler.fetch.multi import Multi
from crawler.fetch.stopwatch import Stopwatch
from crawler.fetch.transfer import Transfer
from crawler.model import Phase


class Transport(httpx.AsyncBaseTransport):
    """Sends each request by HTTP/1.1 to an address that was checked.

    Without a `resolver`, the operating system resolves names. `waiting_hosts` says how many hosts wait
    for their next request: their connections are kept.
    Raises: `ConfigError` when the settings name certificates that cannot be read, or pycurl was
    built without OpenSSL 3.
    """

    def __init__(
        self,
        settings: Settings,
        resolver: Resolver | None = None,
        waiting_hosts: Callable[[], int] = lambda: 0,
    ) -> None:
        _check_tls_library(str(pycurl.version_info()[5]))
        self._settings = settings
        self._trust = tls.Trust(settings.fetch.ca_bundle)
        self._threads = ThreadResolver(settings.fetch.concurrency)
        self._endpoints = Endpoints(settings.fetch, resolver or self._threads)
        self._multi = Multi(waiting_hosts)
        self._connections = KeptConnections()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response to a request, as soon as its head is complete.

        The request has the extensions `target_uri` (its path and query are sent as they are written
        there: httpx's own URL would encode them again), `timeout`, `stopwatch`, `budget` and
        `needs_new_connection`; the response has the `address` that it came from, and the
        `certificate` that was shown.
        Raises: what an exchange may raise, and `StaleConnectionError`, as iterating over the
        content does: then the request is to be sent again, over a new connection.
        """
        target_uri: str = request.extensions["target_uri"]
        stopwatch: Stopwatch = request.extensions["stopwatch"]
        stopwatch.enter(Phase.RESOLVE)
        endpoint = await self._endpoints.find(urls.host(target_uri), urls.port(target_uri))
        is_insecure = self._settings.host(urls.host_key(target_uri)).insecure
        trust = None if is_insecure else self._trust
        may_reuse = self._connections.may_reuse(urls.origin(target_uri))
        curl_request = CurlRequest(
            request=request,
            endpoint=endpoint,
            trust=trust,
            needs_new_connection=request.extensions["needs_new_connection"] or not may_reuse,
        )
        transfer = Transfer(self._multi, self._connections, curl_request)
        await transfer.begin()
        return httpx.Response(
            transfer.head.status_code,
            headers=transfer.head.fields,
            stream=transfer,
            extensions={"address": transfer.address, "certificate": transfer.certificate},
            request=request,
        )

    async def aclose(self) -> None:
        """Close every connection, and give up every name that is still being resolved."""
        self._endpoints.close()
        self._threads.close()
        self._multi.close()
        self._trust.close()


def _check_tls_library(name: str) -> None:
    """Failures and reports need the certificates as OpenSSL describes them."""
    if not name.startswith("OpenSSL/3"):
        raise ConfigError(
            f"pycurl was built with {name}, not OpenSSL 3; install one of its own wheels:"
            " pip install --force-reinstall --only-binary :all: pycurl"
        )
