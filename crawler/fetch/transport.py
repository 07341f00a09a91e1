"""IO: requests by libcurl, over connections that all of them share."""

from dataclasses import replace

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
from crawler.fetch.transfer import SoiledError, Transfer
from crawler.model import Phase


class Transport(httpx.AsyncBaseTransport):
    """Sends each request by HTTP/1.1 to an address that was checked.

    Raises: `ConfigError` when the settings name certificates that cannot be read, or libcurl is
    none of pycurl's own.
    """

    def __init__(self, settings: Settings, resolver: Resolver | None) -> None:
        _check(str(pycurl.version_info()[5]))
        self._settings = settings
        self._trust = tls.Trust(settings.fetch.ca_bundle)
        self._threads = ThreadResolver(settings.fetch.concurrency)
        self._names = Endpoints(settings.fetch, resolver or self._threads)
        self._multi = Multi()
        self._connections = KeptConnections()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response to a request, as soon as its head is there.

        The request's extensions are `target_uri`, whose path and query go on the wire as they are
        written there (httpx's URL encodes anew), `timeout`, `stopwatch` and `allowance`; the
        response's are the `address` that it came from, and the `certificate` that was shown.
        """
        uri: str = request.extensions["target_uri"]
        watch: Stopwatch = request.extensions["stopwatch"]
        watch.enter(Phase.RESOLVE)
        endpoint = await self._names.endpoint(urls.host(uri), urls.port(uri))
        is_insecure = self._settings.host(urls.host_key(uri)).insecure
        trust = None if is_insecure else self._trust
        transfer = await self._begin(CurlRequest(request=request, endpoint=endpoint, trust=trust))
        return httpx.Response(
            transfer.head.status_code,
            headers=transfer.head.fields,
            stream=transfer,
            extensions={"address": transfer.address, "certificate": transfer.certificate},
            request=request,
        )

    async def aclose(self) -> None:
        """Close every connection, and give up every name that is still being asked."""
        self._names.close()
        self._threads.close()
        self._multi.close()
        self._trust.close()

    async def _begin(self, order: CurlRequest) -> Transfer:
        """The exchange, when its head is there."""
        transfer = Transfer(self._multi, self._connections, order)
        try:
            await transfer.begin()
        except SoiledError:
            # Nothing was sent, or the allowance paid for it.
            transfer = Transfer(self._multi, self._connections, replace(order, afresh=True))
            await transfer.begin()
        return transfer


def _check(tls_library: str) -> None:
    """Make sure that certificates are told of as failures and reports need it."""
    if not tls_library.startswith("OpenSSL/3"):
        raise ConfigError(
            f"pycurl was built with {tls_library}, not OpenSSL 3; install one of its own wheels:"
            " pip install --force-reinstall --only-binary :all: pycurl"
        )
