"""IO: requests to a small pool of connections for each host."""

from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import cached_property
from ssl import SSLContext

import httpcore
import httpx

from crawler import urls
from crawler.config import Settings
from crawler.fetch import tls
from crawler.fetch.allowance import Allowance
from crawler.fetch.failures import DisconnectedError
from crawler.fetch.network import Backend, Names, Resolver, ThreadResolver
from crawler.fetch.stopwatch import Stopwatch
from crawler.model import Phase

MAX_IDLE_HOSTS = 32
"""Hosts with no request on the wire whose connections are kept open."""
KEEPALIVE_SECONDS = 15.0
"""How long a connection may be idle; longer than the longest pace of a host, 10 s."""


@dataclass(slots=True)
class _Host:
    pool: httpcore.AsyncConnectionPool
    requests: int = 0
    """On the wire now."""
    is_closing: bool = False


class Transport(httpx.AsyncBaseTransport):
    """Routes each request to the pool of its host.

    One pool for all would look through all its connections for every request: with 1,000 hosts,
    73 ms of CPU time each instead of 1.5.
    """

    def __init__(self, settings: Settings, resolver: Resolver | None) -> None:
        self._settings = settings
        self._threads = ThreadResolver(settings.fetch.concurrency)
        self._names = Names(settings.fetch, resolver or self._threads)
        self._backend = Backend(self._names)
        self._verifying = tls.verifying(settings.fetch.ca_bundle)
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response to a request, as soon as its head is there.

        The request's extensions are `target_uri`, whose path and query go on the wire as they are
        written there (httpx's URL encodes anew), `timeout`, `stopwatch` and `allowance`.
        """
        uri: str = request.extensions["target_uri"]
        watch: Stopwatch = request.extensions["stopwatch"]
        watch.enter(Phase.RESOLVE)
        # The backend asks again and is answered from memory; here the time is taken.
        await self._names.endpoint(urls.host(uri), urls.port(uri))
        host = self._host(urls.host_key(uri))
        host.requests += 1
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._leave, host)
            response = await _respond(host.pool, request, watch)
            return httpx.Response(
                response.status,
                headers=response.headers,
                stream=_Content(response, stack.pop_all()),
                extensions=response.extensions,
                request=request,
            )

    async def close_host(self, host_key: str) -> None:
        """Close the host's connections, as soon as no request is on them."""
        host = self._hosts.pop(host_key, None)
        if host is not None:
            host.is_closing = True
            await self._close_if_idle(host)

    async def aclose(self) -> None:
        """Close every connection, and give up every name that is still being asked."""
        self._names.close()
        self._threads.close()
        while self._hosts:
            await self._hosts.popitem()[1].pool.aclose()

    @cached_property
    def _trusting_anyone(self) -> SSLContext:
        return tls.trusting_anyone()

    def _host(self, host_key: str) -> _Host:
        host = self._hosts.get(host_key)
        if host is None:
            different = self._settings.host(host_key)
            pool = httpcore.AsyncConnectionPool(
                ssl_context=self._trusting_anyone if different.insecure else self._verifying,
                max_connections=different.per_host or self._settings.fetch.per_host,
                keepalive_expiry=KEEPALIVE_SECONDS,
                network_backend=self._backend,
            )
            host = self._hosts[host_key] = _Host(pool)
        self._hosts.move_to_end(host_key)
        return host

    async def _leave(self, host: _Host) -> None:
        host.requests -= 1
        await self._close_if_idle(host)
        idle = [key for key, other in self._hosts.items() if not other.requests]
        for host_key in idle[:-MAX_IDLE_HOSTS]:
            await self.close_host(host_key)

    async def _close_if_idle(self, host: _Host) -> None:
        if host.is_closing and not host.requests:
            await host.pool.aclose()


class _Content(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response, afterwards: AsyncExitStack) -> None:
        self._response = response
        self._afterwards = afterwards

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._response.aiter_stream()

    async def aclose(self) -> None:
        async with self._afterwards:
            await self._response.aclose()


async def _respond(
    pool: httpcore.AsyncConnectionPool, request: httpx.Request, watch: Stopwatch
) -> httpcore.Response:
    allowance: Allowance = request.extensions["allowance"]
    while True:
        try:
            return await pool.handle_async_request(_core_request(request))
        except DisconnectedError:
            # A server may close an idle connection while we begin to use it again; that says
            # nothing about the page. Source: RFC 9112 §9.3.1.
            if watch.connected_anew or not allowance.take_resend():
                raise


def _core_request(request: httpx.Request) -> httpcore.Request:
    uri: str = request.extensions["target_uri"]
    watch: Stopwatch = request.extensions["stopwatch"]
    target = urls.without_fragment(uri).removeprefix(urls.origin(uri))
    return httpcore.Request(
        request.method,
        httpcore.URL(
            scheme=urls.scheme(uri).encode("ascii"),
            host=urls.host(uri).encode("ascii"),
            port=urls.port(uri),
            target=target.encode("ascii"),
        ),
        headers=request.headers.raw,
        extensions={
            "timeout": request.extensions["timeout"],
            "trace": watch.trace,
            # The dot of a fully qualified name is no part of it in TLS. Source: RFC 6066 §3.
            "sni_hostname": urls.host(uri).removesuffix("."),
        },
    )
