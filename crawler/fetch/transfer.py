"""IO: one request on the wire, and the response that comes in."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import TypeVar

import httpx
import pycurl

from crawler import urls
from crawler.fetch.alarm import Alarm
from crawler.fetch.curl_options import CurlRequest, new_curl
from crawler.fetch.failures import (
    DisconnectedError,
    PrivateAddressError,
    TransferError,
    failure_of,
)
from crawler.fetch.head import BadHeadError, Head
from crawler.fetch.kept_connections import (
    Ends,
    KeptConnection,
    KeptConnections,
    bound_to,
    inode_of,
)
from crawler.fetch.multi import Multi
from crawler.fetch.server_time import ServerTime
from crawler.fetch.tls import certificate
from crawler.model import Certificate, FailureKind, Phase

MAX_UNREAD_BYTES = 262_144
"""Received content that waits to be read; a connection that brings more is paused."""
PIECE_BYTES = 16_384
"""Content read at a time; `Decoder` relies on pieces that are smaller than its limits."""
MICROSECONDS = 1_000_000
"""In a second; libcurl gives times in them."""
UNSPECIFIED = 1
"""OpenSSL's number (x509_vfy.h) when libcurl finds that a certificate is for another name."""
_Fault = TypeVar("_Fault", bound=Exception | None)
WEIRD_REPLY = 8
"""libcurl's error for fields that it does not accept, such as two different `Location`s."""
_OF_CONNECTION = frozenset({400, 408})
"""Said of a used connection: that it was idle (RFC 9110 §15.5.9), or out of step."""
_ABORT = -1
"""Returned for a line of the head, it makes libcurl end the transfer."""


class StaleConnectionError(Exception):
    """A used connection brought something else than the answer to our request.

    Bytes, or the connection's end, came in before the request was sent; or what came in afterwards is
    no HTTP, its time-out, or more than one answer: the first may have been for an earlier request.
    """


@dataclass(frozen=True, slots=True)
class _Sent:
    """The request went out over a connection."""

    ends: Ends
    bytes_before: int
    """Received over it before; -1 when it is new, or the system does not count them."""


class Transfer(httpx.AsyncByteStream):
    """One exchange: `begin` it, then iterate over the content as received.

    libcurl calls some of the methods while it is at work: they note what has happened, never call
    libcurl back, and never raise.
    """

    def __init__(self, multi: Multi, connections: KeptConnections, request: CurlRequest) -> None:
        self._multi = multi
        self._connections = connections
        self._request = request
        self._watch = request.stopwatch
        self._loop = asyncio.get_running_loop()
        self._curl = new_curl(request)
        self.head = Head()
        """The head of the response, as far as it has come in."""
        self._unread = bytearray()
        self._is_paused = False
        self._opened: list[int] = []
        """Sockets opened for this transfer."""
        self._sent: _Sent | None = None
        self._waiting_since = 0.0
        """On the loop's clock: for a connection, for the response, or for more after a pause."""
        self._server_time = ServerTime()
        self._measured: list[int] = []
        """Sockets over which that is measured."""
        self._alarm = Alarm()
        self._news = asyncio.Event()
        self._is_over = False
        self._fault: Exception | None = None

    @property
    def address(self) -> str:
        """The address that the request was sent to; empty before it was."""
        return self._ends[0]

    @property
    def certificate(self) -> Certificate | None:
        """The certificate shown when the connection was made; None when it was not verified."""
        connection = self._connections.get(self._ends)
        return connection.certificate if connection else None

    async def begin(self) -> None:
        """Return when the response's head is complete. Raises: what an exchange may raise."""
        self._enter(Phase.CONNECT)
        self._set_callbacks()
        try:
            self._multi.start(self._curl, self._end)
            self._set_alarm()
            while not (self.head.is_complete or self._is_over):
                await self._wait_for_news()
        except BaseException:
            await self.aclose()
            raise
        if not self.head.is_complete:
            await self.aclose()
            raise self._fault or DisconnectedError
        is_of_connection = self.head.status_code in _OF_CONNECTION and not self._opened
        if is_of_connection and self._request.budget.take_resend():
            await self.aclose()
            raise StaleConnectionError
        if self._opened:
            shown = next(map(certificate, self._certificates()), None)
            opened = self._descriptor()
            made = KeptConnection(descriptor=opened, inode=inode_of(opened), certificate=shown)
            self._connections.add(self._ends, made)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        """The next piece of the content. Raises: what an exchange may raise."""
        if self._watch.phase is Phase.RESPONSE:
            self._watch.enter(Phase.CONTENT)
        while not self._unread:
            if self._is_paused:
                self._resume()
            elif self._is_over:
                raise self._fault or StopAsyncIteration
            else:
                await self._wait_for_news()
        piece = bytes(self._unread[:PIECE_BYTES])
        del self._unread[:PIECE_BYTES]
        return piece

    async def aclose(self) -> None:
        """End the exchange; its connection is closed unless the response was read to its end."""
        if not (self._is_over or self.head.is_complete):
            self._server_time.give_up(self._loop.time())
        self._finish(None)
        self._curl.close()

    def _set_callbacks(self) -> None:
        self._curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open)
        self._curl.setopt(pycurl.SOCKOPTFUNCTION, self._note_socket)
        self._curl.setopt(pycurl.PREREQFUNCTION, self._send)
        self._curl.setopt(pycurl.HEADERFUNCTION, self._take_line)
        self._curl.setopt(pycurl.WRITEFUNCTION, self._take_content)
        endpoint = self._request.endpoint
        if endpoint.is_named:
            resolved = self._multi.resolved_hosts.add(endpoint.place, endpoint.addresses)
            self._curl.setopt(pycurl.RESOLVE, resolved)

    async def _wait_for_news(self) -> None:
        """Return when something has come in, or the transfer is over."""
        self._news.clear()
        await self._news.wait()

    def _wake(self) -> None:
        self._news.set()

    def _enter(self, phase: Phase) -> None:
        self._watch.enter(phase)
        self._waiting_since = self._loop.time()

    def _resume(self) -> None:
        self._is_paused = False
        self._enter(Phase.CONTENT)
        self._curl.pause(pycurl.PAUSE_CONT)

    # --- called by libcurl ------------------------------------------------------------------------

    def _open(self, purpose: int, address: pycurl.CurlSockAddr) -> "_Lent | int":
        """A socket for an address that was checked, and for no other."""
        if self._watch.phase is not Phase.CONNECT:  # the kept connection turned out to be closed
            self._enter(Phase.CONNECT)
        try:
            if self._request.endpoint.holds(address.addr[0]):
                return _Lent(address.family, address.socktype, address.protocol)
        except (OSError, ValueError) as fault:
            return self._refuse(fault, pycurl.SOCKET_BAD)
        return self._refuse(PrivateAddressError(), pycurl.SOCKET_BAD)

    def _note_socket(self, descriptor: int, purpose: int) -> int:
        self._opened.append(descriptor)
        self._measure(descriptor)
        return int(pycurl.SOCKOPT_OK)

    def _send(self, address: str, own_address: str, port: int, own_port: int) -> int:
        """Whether the request may go out, now that there is a connection."""
        self._enter(Phase.RESPONSE)
        ends = address, port, own_address, own_port
        reused = None if self._opened else self._connections.get(ends)
        bytes_before = -1 if reused is None else reused.bytes_received()
        objection = self._objection(reused)
        if objection is not None:
            return self._refuse(objection, pycurl.PREREQFUNC_ABORT)
        self._fault = None  # of addresses that were tried before
        self._sent = _Sent(ends, bytes_before)
        if reused is not None:
            self._measure(reused.descriptor)
        self._set_alarm()
        return int(pycurl.PREREQFUNC_OK)

    def _measure(self, descriptor: int) -> None:
        self._measured.append(descriptor)
        self._multi.measure(descriptor, self._server_time)

    def _objection(self, reused: KeptConnection | None) -> Exception | None:
        """Why the request must not be sent; None when it may be.

        A server may close an idle connection at the moment when we use it again: that is no fault
        of the page, and libcurl sends the request once more. Source: RFC 9112 §9.3.1.
        """
        if self._sent is not None:
            return None if self._request.budget.take_resend() else DisconnectedError()
        return StaleConnectionError() if reused is not None and reused.is_stale() else None

    def _is_stale_answer(self) -> bool:
        """Whether the first line came in before the request was sent.

        `is_stale` does not see it where TLS has read it ahead.
        """
        sent = self._sent
        if sent is None or sent.bytes_before < 0 or self._opened or self.head.status_code:
            return False
        connection = self._connections.get(sent.ends)
        return connection is not None and connection.bytes_received() == sent.bytes_before

    def _take_line(self, line: bytes) -> int | None:
        if self.head.is_complete:  # a trailer
            return None
        if self._is_stale_answer():
            return self._refuse(self._stale_or(DisconnectedError()), _ABORT)
        self._server_time.is_answering = True
        try:
            if self.head.take(line):
                self._wake()
        except BadHeadError as fault:
            return self._refuse(fault, _ABORT)
        return None

    def _take_content(self, data: bytes) -> int | None:
        if len(self._unread) > MAX_UNREAD_BYTES:
            self._is_paused = True
            return int(pycurl.WRITEFUNC_PAUSE)
        self._unread.extend(data)
        self._wake()
        return None

    def _refuse(self, fault: Exception, answer: int) -> int:
        """Keep the fault, and return the answer with which libcurl gives up."""
        self._fault = fault
        return answer

    # --- called by the event loop -----------------------------------------------------------------

    def _end(self, number: int, message: str) -> None:
        """Libcurl is done with the transfer; `number` is its error, 0 for none."""
        fault = self._fault
        if number and fault is None:
            if number == WEIRD_REPLY:
                self.head.break_off()
            fault = TransferError(
                number,
                os_error=self._curl.getinfo(pycurl.OS_ERRNO),
                verify_result=self._verify_result(number),
                message=message,
            )
        if self._is_of_other_request(fault):
            self._connections.distrust(urls.origin(self._request.target_uri))
            fault = self._stale_or(fault)
        self._finish(fault)

    def _is_of_other_request(self, fault: Exception | None) -> bool:
        """Whether what a used connection brought is no answer, or more than one.

        A connection that could be kept is only closed because of what came after the answer.
        """
        if self._sent is None or self._opened:
            return False
        if fault is not None:
            failure = failure_of(fault, self._watch.phase, self._request.target_uri)
            return failure.kind is FailureKind.PROTOCOL_ERROR
        used = self._connections.get(self._ends)
        if used is None or not self.head.keeps_connection:
            return False
        return not used.is_open() or self._multi.is_watched(used.descriptor)

    def _stale_or(self, fault: _Fault) -> _Fault | StaleConnectionError:
        """`StaleConnectionError` where the request may be sent again, else the fault."""
        return StaleConnectionError() if self._request.budget.take_resend() else fault

    def _finish(self, fault: Exception | None) -> None:
        """End the transfer, unless it is over already."""
        if self._is_over:
            return
        self._is_over = True
        self._fault = fault
        self._watch.add_server_time(self._server_time.seconds)
        for descriptor in self._measured:
            self._multi.end_measuring(descriptor, self._server_time)
        self._alarm.cancel()
        self._count_tls()
        self._multi.stop(self._curl)
        endpoint = self._request.endpoint
        if endpoint.is_named:
            self._multi.resolved_hosts.release(endpoint.place)
        self._wake()

    def _verify_result(self, number: int) -> int:
        """OpenSSL's number of what is wrong with the certificate."""
        found: int = self._curl.getinfo(pycurl.SSL_VERIFYRESULT)
        is_unclear = number == pycurl.E_PEER_FAILED_VERIFICATION and found <= UNSPECIFIED
        if is_unclear and self._request.trust is not None:
            host = urls.host(self._request.target_uri)
            return self._request.trust.fault_of(tuple(self._certificates()), host)
        return found

    def _set_alarm(self) -> None:
        self._alarm.set(self._deadline() - self._loop.time(), self._check_deadline)

    def _check_deadline(self) -> None:
        if self._deadline() > self._loop.time():
            self._set_alarm()
        else:
            self._server_time.give_up(self._loop.time())
            self._finish(TimeoutError())

    def _deadline(self) -> float:
        """When to give up, by the loop's clock; every byte puts it off, also within a line."""
        since = self._waiting_since
        if self._watch.phase is Phase.CONNECT:
            # One time-out for the connection, and the same again for TLS.
            return max(since, self._connected_at()) + self._request.timeout("connect")
        if self._is_paused:
            return self._loop.time() + self._request.timeout("read")
        last_read_at = self._multi.last_read_at(self._descriptor())
        return max(since, last_read_at) + self._request.timeout("read")

    # --- the connection ---------------------------------------------------------------------------

    @property
    def _ends(self) -> Ends:
        return ("", 0, "", 0) if self._sent is None else self._sent.ends

    def _descriptor(self) -> int:
        """The connection's; -1 when it is not open any more."""
        if self._opened:
            return bound_to(self._ends[-1], self._opened)
        connection = self._connections.get(self._ends)
        return connection.descriptor if connection else -1

    def _connected_at(self) -> float:
        """When the connection was made, by the loop's clock; 0 before, and once it is closed."""
        return max(map(self._multi.connected_at, self._opened), default=0.0)

    def _certificates(self) -> Iterator[dict[str, str]]:
        """Those that the server has just shown, as OpenSSL prints them, its own first."""
        if self._request.trust is None:
            return
        for printed in self._curl.getinfo_raw(pycurl.INFO_CERTINFO):
            yield {name.decode("latin-1"): text.decode("latin-1") for name, text in printed}

    def _count_tls(self) -> None:
        """Take TLS out of the time for connecting; libcurl says only afterwards how long it took."""
        if urls.scheme(self._request.target_uri) != "https":
            return
        connected = self._curl.getinfo(pycurl.CONNECT_TIME_T) / MICROSECONDS
        secured = self._curl.getinfo(pycurl.APPCONNECT_TIME_T) / MICROSECONDS
        if self._watch.phase is Phase.CONNECT and (connected or self._connected_at()):
            self._watch.enter(Phase.TLS)
            connected = connected or self._connected_at() - self._waiting_since
            secured = self._watch.duration(Phase.CONNECT).total_seconds()
        if connected:
            self._watch.move(secured - connected, Phase.CONNECT, Phase.TLS)


class _Lent(socket.socket):
    """A socket whose descriptor libcurl duplicates; it is closed once that is done."""

    def __del__(self) -> None:
        self.close()
