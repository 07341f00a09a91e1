"""IO: the made-up web: sites on loopback, by host name, over HTTP and HTTPS."""

import asyncio
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import Future
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self, TypeVar

import trustme

from crawler.demo.replies import (
    NOT_FOUND,
    Behaviour,
    Reply,
    Request,
    choose,
    redirect,
    revalidated,
)
from crawler.demo.server import LOOPBACK, Script, Server, full_port, refusing_port, replying

_T = TypeVar("_T")
_HOSTS_PER_CERTIFICATE = 40
"""One certificate a host takes 50 kB of memory each; one for all makes a handshake 10 kB longer."""


MakeCertificate = Callable[[trustme.CA, str], ssl.SSLContext]
"""Makes the TLS settings of one host, from our authority and its name."""


def server_context(leaf: trustme.LeafCert) -> ssl.SSLContext:
    """A server's TLS settings with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.num_tickets = 0  # no client comes back, and two tickets cost a tenth of a handshake
    leaf.configure_cert(context)
    return context


def expired(authority: trustme.CA, host: str) -> ssl.SSLContext:
    """With a certificate that expired years ago."""
    end = datetime(2020, 1, 1)  # noqa: DTZ001 - trustme takes naive times, as UTC
    return server_context(authority.issue_cert(host, not_after=end))


class Port(StrEnum):
    """What the ports of a host do with connections."""

    OPEN = "open"
    REFUSING = "refusing"
    FULL = "full"
    """They never answer: the queue of waiting connections is full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One host, and what it answers."""

    pages: Mapping[str, Behaviour] = field(default_factory=dict)
    """By path with query; `http:/path` is the page over HTTP alone."""
    unknown: Behaviour = NOT_FOUND
    """For every other path."""
    http: bool = False
    """Whether its pages are the same over HTTP; otherwise HTTP redirects to HTTPS."""
    port: Port = Port.OPEN
    more_ports: tuple[int, ...] = ()
    """Beside 443 and 80, which are for HTTPS and HTTP; these are for HTTPS."""
    script: Script | None = None
    """What happens on its connections, in place of the above."""
    certificate: MakeCertificate | None = None
    """None for a good one; for a script, None leaves TLS out."""
    addresses: tuple[str, ...] | OSError | None = (LOOPBACK,)
    """What its name resolves to, or the error of looking it up; None when there is no answer."""

    def behaviour(self, request: Request) -> Behaviour:
        """What the site does about a request."""
        own = self.pages.get(f"{request.scheme}:{request.path}")
        if own is None and request.scheme == "http" and not self.http:
            return redirect(f"https://{request.host}{request.path}")
        return own or self.pages.get(request.path) or self.unknown


class Web:
    """Serves sites from a thread of its own while its context is open.

    All sites share one port for HTTP and one for HTTPS, except those with a script or a certificate of
    their own, which get their own ports.
    """

    def __init__(self, sites: Mapping[str, Site]) -> None:
        self._sites = dict(sites)
        self._authority = trustme.CA(organization_name="The made-up web")
        self._certificates: dict[str, ssl.SSLContext] = {}
        self._open = ExitStack()
        self._own_servers = AsyncExitStack()
        """Those of sites that cannot share one."""
        self.ca_bundle = ""
        """Path of the certificate of the authority, while the context is open."""

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.ca_bundle = stack.enter_context(self._authority.cert_pem.tempfile())
            self._loop = stack.enter_context(_loop_in_thread())
            servers = AsyncExitStack()
            stack.callback(lambda: self._wait_for(servers.aclose()))
            self._shared_ports = {
                "refusing": stack.enter_context(refusing_port()),
                "full": stack.enter_context(full_port()),
                "http": self._open_port(servers, self._script("http")),
                "https": self._open_port(servers, self._script("https"), self._shared_context()),
            }
            stack.callback(lambda: self._wait_for(self._own_servers.aclose()))
            self.serve(self._sites)
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def serve(self, sites: Mapping[str, Site]) -> None:
        """Serves these sites, by host name, from the next request on; forgets earlier requests."""
        self._wait_for(self._own_servers.aclose())
        self._sites = dict(sites)
        self._certify()
        self._asked = Counter[tuple[str, str, str]]()
        self._requests: list[Request] = []
        self._ports = {
            f"{host}:{number}": self._port_of(host, site, number)
            for host, site in self._sites.items()
            for number in (443, 80, *site.more_ports)
        }

    @property
    def requests(self) -> tuple[Request, ...]:
        """All requests to the present sites, in order."""
        return tuple(self._requests)

    @property
    def resolve(self) -> tuple[tuple[str, str], ...]:
        """Pairs for `FetchSettings.resolve`: every host of the present sites, and where it is."""
        return tuple(
            (place, f"{self._address_or_name(place.rpartition(':')[0])}:{port}")
            for place, port in self._ports.items()
        )

    async def resolver(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host.

        Raises: socket.gaierror for a name that does not exist; OSError as its site says.
        """
        site = self._sites.get(host)
        if site is None and host != LOOPBACK:
            raise socket.gaierror(socket.EAI_NONAME, "no such host in the made-up web")
        addresses = (LOOPBACK,) if site is None else site.addresses
        if addresses is None:
            await asyncio.Event().wait()
        if isinstance(addresses, OSError):
            raise addresses
        return addresses or ()

    def _address_or_name(self, host: str) -> str:
        """The host's name where looking it up matters, else its address."""
        return LOOPBACK if self._sites[host].addresses == (LOOPBACK,) else host

    def _port_of(self, host: str, site: Site, number: int) -> int:
        if site.port is not Port.OPEN:
            return self._shared_ports[site.port]
        scheme = "http" if number == 80 else "https"
        make_context = site.certificate if scheme == "https" else None
        if site.script is None and make_context is None:
            return self._shared_ports[scheme]
        context = make_context(self._authority, host) if make_context else None
        return self._open_port(self._own_servers, site.script or self._script(scheme), context)

    def _open_port(
        self, stack: AsyncExitStack, script: Script, context: ssl.SSLContext | None = None
    ) -> int:
        """The port of a new server, which runs until the stack is closed."""
        return self._wait_for(stack.enter_async_context(Server(script, context))).port

    def _wait_for(self, work: Coroutine[Any, Any, _T]) -> _T:
        """The result of some work in the server's thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    def _script(self, scheme: str) -> Script:
        return replying(self._respond, scheme)

    def _respond(self, request: Request) -> Reply:
        self._requests.append(request)
        site = self._sites.get(request.host)
        if site is None:
            return Reply(status_code=421)
        place = request.scheme, request.host, request.path
        earlier = self._asked[place]
        self._asked[place] += 1
        return revalidated(choose(site.behaviour(request), request, earlier), request)

    def _certify(self) -> None:
        """Makes certificates for the hosts of the shared server that have none yet."""
        shared = (h for h, s in self._sites.items() if s.script is None and s.certificate is None)
        new = [host for host in shared if host not in self._certificates]
        for start in range(0, len(new), _HOSTS_PER_CERTIFICATE):
            hosts = new[start : start + _HOSTS_PER_CERTIFICATE]
            context = server_context(self._authority.issue_cert(*hosts))
            self._certificates.update(dict.fromkeys(hosts, context))

    def _shared_context(self) -> ssl.SSLContext:
        """TLS settings of the shared server, which chooses the certificate by the name asked for."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.num_tickets = 0
        context.sni_callback = self._choose_certificate
        return context

    def _choose_certificate(
        self, connection: ssl.SSLObject, host: str | None, _context: ssl.SSLContext
    ) -> int | None:
        """Sets the certificate of the host that the client names, or refuses with an alert."""
        context = self._certificates.get(host or "")
        if context is None or host not in self._sites:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        connection.context = context
        return None


@contextmanager
def _loop_in_thread() -> Iterator[asyncio.AbstractEventLoop]:
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def until_stopped() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        # Clients that hang up early are nothing to report.
        loop.set_exception_handler(lambda _loop, _context: None)
        started.set_result((loop, stop))
        await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(until_stopped()), name="made-up web")
    thread.start()
    loop, stop = started.result(timeout=30)
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
