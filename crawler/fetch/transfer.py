"""IO: one request on the wire, and the response that comes in."""

import asyncio
import os
import socket
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress

import httpx
import pycurl

from crawler import urls
from crawler.fetch.curl_options import CurlRequest, curl_of
from crawler.fetch.failures import DisconnectedError, PrivateAddressError, TransferError
from crawler.fetch.head import BadHeadError, Head
from crawler.fetch.kept_connections import Ends, KeptConnection, KeptConnections
from crawler.fetch.multi import Multi
from crawler.fetch.tls import certificate
from crawler.model import Certificate, Phase

MAX_HELD_BYTES = 262_144
"""Of content that nobody has taken yet; a connection that brings more must wait."""
MICROSECONDS = 1_000_000
"""In a second, in which libcurl tells times."""
UNSPECIFIED = 1
"""What libcurl says of a certificate for another name. Source: openssl/x509_vfy.h."""
WEIRD_REPLY = 8
"""What libcurl says of fields that it will not read, two places to go to among them."""
_ABORT = -1
"""Taken of a line that is none to take, so that libcurl ends the transfer."""


class SoiledError(Exception):
    """A connection that was to be used again has more to say of what was asked before."""


class Transfer(httpx.AsyncByteStream):
    """One exchange: `begin` it, then iterate over the content as received.

    libcurl calls the methods that take or open something while it is itself at work: they only
    note what there is, and never raise.
    """

    def __init__(self, multi: Multi, connections: KeptConnections, order: CurlRequest) -> None:
        self._multi = multi
        self._connections = connections
        self._order = order
        self._loop = asyncio.get_running_loop()
        self._curl = curl_of(order)
        self._place = order.endpoint.place if order.endpoint.is_named else None
        self.head = Head()
        """Of the response, as far as it has come in."""
        self._pieces: deque[bytes] = deque()
        self._held = 0
        self._is_paused = False
        self._is_told = False
        self._sent = 0
        self._received = -1
        self._opened: list[int] = []
        self._ends: Ends = ("", 0, "", 0)
        self._began_at = 0.0
        self._heard_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._waiting: asyncio.Future[None] | None = None
        self._is_over = False
        self._fault: Exception | None = None

    @property
    def address(self) -> str:
        """That the request went to; empty before it did."""
        return self._ends[0]

    @property
    def certificate(self) -> Certificate | None:
        """That the server showed when the connection was made; None unless it was checked."""
        known = self._connections.get(self._ends)
        return known.certificate if known else None

    def _certificates(self) -> Iterator[dict[str, str]]:
        """What OpenSSL prints of those that the server showed just now, its own first."""
        for said in self._curl.getinfo_raw(pycurl.INFO_CERTINFO) if self._order.trust else ():
            yield {name.decode("latin-1"): text.decode("latin-1") for name, text in said}

    async def begin(self) -> None:
        """Return when the response's head is complete. Raises: what an exchange may raise."""
        self._order.watch.enter(Phase.CONNECT)
        self._began_at = self._loop.time()
        self._prepare()
        try:
            self._multi.start(self._curl, self._end)
            self._arm()
            while not (self.head.is_complete or self._is_over):
                await self._news()
        except BaseException:
            await self.aclose()
            raise
        if not self.head.is_complete:
            await self.aclose()
            raise self._fault or DisconnectedError
        self._tell_of_tls()
        if self._opened:
            shown = next(map(certificate, self._certificates()), None)
            made = KeptConnection(descriptor=self._descriptor(), certificate=shown)
            self._connections.add(self._ends, made)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        """The next piece of the content. Raises: what an exchange may raise."""
        if self._order.watch.phase is Phase.RESPONSE:
            self._order.watch.enter(Phase.CONTENT)
        while not self._pieces:
            if self._is_paused:
                self._is_paused = False
                self._heard_at = self._loop.time()
                self._curl.pause(pycurl.PAUSE_CONT)
            elif self._is_over:
                raise self._fault or StopAsyncIteration
            else:
                await self._news()
        piece = self._pieces.popleft()
        self._held -= len(piece)
        return piece

    async def aclose(self) -> None:
        """End the exchange; its connection is closed unless the response was read to its end."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._is_over:
            self._is_over = True
            self._tell_of_tls()
            self._multi.stop(self._curl)
        if self._place is not None:
            self._multi.told.forget(self._place)
            self._place = None
        self._curl.close()

    def _prepare(self) -> None:
        """Let libcurl know whom to call, and where the host is."""
        self._curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open)
        self._curl.setopt(pycurl.SOCKOPTFUNCTION, self._note)
        self._curl.setopt(pycurl.PREREQFUNCTION, self._send)
        self._curl.setopt(pycurl.HEADERFUNCTION, self._take_line)
        self._curl.setopt(pycurl.WRITEFUNCTION, self._take)
        if self._place is not None:
            told = self._multi.told.tell(self._place, self._order.endpoint.addresses)
            self._curl.setopt(pycurl.RESOLVE, told)

    async def _news(self) -> None:
        """Return when something has come in, or the transfer is over."""
        self._waiting = self._loop.create_future()
        await self._waiting

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    # --- called by libcurl ------------------------------------------------------------------------

    def _open(self, purpose: int, address: pycurl.CurlSockAddr) -> "_Lent | int":
        """A socket for an address that was checked, and for no other."""
        if self._order.watch.phase is not Phase.CONNECT:  # what was to be used again was closed
            self._order.watch.enter(Phase.CONNECT)
            self._began_at = self._loop.time()
        try:
            if self._order.endpoint.holds(address.addr[0]):
                return _Lent(address.family, address.socktype, address.protocol)
            self._fault = PrivateAddressError()
        except (OSError, ValueError) as fault:
            self._fault = fault
        refused: int = pycurl.SOCKET_BAD
        return refused

    def _note(self, descriptor: int, purpose: int) -> int:
        """Take note of a socket's own descriptor."""
        self._opened.append(descriptor)
        return int(pycurl.SOCKOPT_OK)

    def _send(self, address: str, own_address: str, port: int, own_port: int) -> int:
        """Whether the request may go out now that there is a connection."""
        self._order.watch.enter(Phase.RESPONSE)
        self._ends = address, port, own_address, own_port
        self._fault = self._objection()
        if self._fault is not None:
            return int(pycurl.PREREQFUNC_ABORT)
        self._sent += 1
        self._heard_at = self._loop.time()
        self._arm()
        return int(pycurl.PREREQFUNC_OK)

    def _objection(self) -> Exception | None:
        """What speaks against sending the request over the connection that was found.

        A server may close an idle connection while we begin to use it again; that says nothing
        about the page, and libcurl sends once more. Source: RFC 9112 §9.3.1.
        """
        if self._sent:
            return None if self._order.allowance.take_resend() else DisconnectedError()
        known = None if self._opened else self._connections.get(self._ends)
        if known is None:
            return None
        self._received = known.received()
        return SoiledError() if known.is_soiled() else None

    def _is_left_over(self) -> bool:
        """Whether a line was there before its request: TLS reads ahead, where nobody can look."""
        if self._received < 0 or self._opened or self.head.status_code:
            return False
        known = self._connections.get(self._ends)
        return known is not None and known.received() == self._received

    def _take_line(self, line: bytes) -> int | None:
        if self.head.is_complete:  # a trailer
            return None
        if self._is_left_over():
            may_resend = self._order.allowance.take_resend()
            self._fault = SoiledError() if may_resend else DisconnectedError()
            return _ABORT
        try:
            if self.head.take(line):
                self._wake()
        except BadHeadError as fault:
            self._fault = fault
            return _ABORT
        return None

    def _take(self, data: bytes) -> int | None:
        if self._held > MAX_HELD_BYTES:
            self._is_paused = True
            return int(pycurl.WRITEFUNC_PAUSE)
        self._pieces.append(data)
        self._held += len(data)
        self._wake()
        return None

    # --- called by the event loop -----------------------------------------------------------------

    def _end(self, number: int, words: str) -> None:
        if number == WEIRD_REPLY and self._fault is None:
            self.head.break_off()
        if number and self._fault is None:
            self._fault = TransferError(
                number,
                os_error=self._curl.getinfo(pycurl.OS_ERRNO),
                verify_result=self._verify_result(number),
                words=words,
            )
        self._tell_of_tls()
        self._is_over = True
        self._wake()

    def _verify_result(self, number: int) -> int:
        said: int = self._curl.getinfo(pycurl.SSL_VERIFYRESULT)
        is_open = number == pycurl.E_PEER_FAILED_VERIFICATION and said <= UNSPECIFIED
        if is_open and self._order.trust is not None:
            host = urls.host(self._order.uri)
            return self._order.trust.fault_of(tuple(self._certificates()), host)
        return said

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(self._deadline(), self._look)

    def _look(self) -> None:
        """Give up when nothing has happened for too long."""
        if self._is_over:
            return
        if self._deadline() > self._loop.time():
            self._arm()
            return
        self._fault = TimeoutError()
        self._tell_of_tls()
        self._is_over = True
        self._multi.stop(self._curl)
        self._wake()

    def _deadline(self) -> float:
        """When, by the loop's clock; every byte counts that comes, also of half a line."""
        if self._order.watch.phase is Phase.CONNECT:
            # So long for a connection, and as long again for TLS.
            return max(self._began_at, self._connected_at()) + self._order.timeout("connect")
        if self._is_paused:
            return self._loop.time() + self._order.timeout("read")
        heard_at = max(self._heard_at, self._multi.heard_at(self._descriptor()))
        return heard_at + self._order.timeout("read")

    def _descriptor(self) -> int:
        """That of the connection; -1 when it is not open any more."""
        if self._opened:
            return _bound_to(self._ends[-1], self._opened)
        known = self._connections.get(self._ends)
        return known.descriptor if known else -1

    def _connected_at(self) -> float:
        """When a connection was there, by the loop's clock; 0 before, and after it was closed."""
        return max(map(self._multi.connected_at, self._opened), default=0.0)

    def _tell_of_tls(self) -> None:
        """Tell the watch how much of connecting was TLS, which is only known afterwards."""
        if self._is_told or urls.scheme(self._order.uri) != "https":
            return
        self._is_told = True
        watch = self._order.watch
        connected = self._curl.getinfo(pycurl.CONNECT_TIME_T) / MICROSECONDS
        secured = self._curl.getinfo(pycurl.APPCONNECT_TIME_T) / MICROSECONDS
        if watch.phase is Phase.CONNECT and (connected or self._connected_at()):
            watch.enter(Phase.TLS)
            connected = connected or self._connected_at() - self._began_at
            secured = watch.duration(Phase.CONNECT).total_seconds()
        if connected:
            watch.move(secured - connected, Phase.CONNECT, Phase.TLS)


class _Lent(socket.socket):
    """A socket whose descriptor libcurl duplicates, and which is closed once that is done."""

    def __del__(self) -> None:
        self.close()


def _bound_to(port: int, descriptors: Sequence[int]) -> int:
    """Which of the sockets that were opened has this port of our own."""
    if len(descriptors) == 1:
        return descriptors[0]
    for descriptor in descriptors:
        # The losers are closed by now.
        with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as twin:
            if twin.getsockname()[1] == port:
                return descriptor
    return -1
