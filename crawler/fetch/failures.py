"""IO: why an exchange failed, read from the types and numbers of exceptions, never from their texts."""

import errno
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpcore
import httpx

from crawler.fetch.content import BadContentError
from crawler.model import Failure, FailureKind, Phase


class PrivateAddressError(Exception):
    """A host has an address that must not be connected to."""


class DisconnectedError(httpcore.NetworkError):
    """The connection was closed before the answer's head was complete."""


FAULTS = (
    PrivateAddressError,
    BadContentError,
    OSError,
    UnicodeError,
    ExceptionGroup,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpx.TransportError,
    httpx.InvalidURL,
)
"""What an exchange may raise that is a fact about the other side."""

GAI_NAMES: dict[int, str] = {
    getattr(socket, name): name for name in dir(socket) if name.startswith("EAI_")
}
GAI_KINDS: dict[str, FailureKind] = {
    "EAI_NONAME": FailureKind.DNS_NOT_FOUND,
    "EAI_NODATA": FailureKind.DNS_NO_ADDRESS,
    "EAI_ADDRFAMILY": FailureKind.DNS_NO_ADDRESS,
}
"""What getaddrinfo says of a name; everything else is the server's or our own trouble."""

ERRNO_KINDS: dict[int, FailureKind] = {
    errno.ECONNREFUSED: FailureKind.CONNECTION_REFUSED,
    errno.ECONNRESET: FailureKind.CONNECTION_RESET,
    errno.ECONNABORTED: FailureKind.CONNECTION_RESET,
    errno.EPIPE: FailureKind.CONNECTION_RESET,
    errno.EHOSTUNREACH: FailureKind.UNREACHABLE,
    errno.EHOSTDOWN: FailureKind.UNREACHABLE,
    errno.ENETUNREACH: FailureKind.UNREACHABLE,
    errno.ENETDOWN: FailureKind.UNREACHABLE,
    errno.EADDRNOTAVAIL: FailureKind.UNREACHABLE,
    errno.EACCES: FailureKind.UNREACHABLE,
    errno.EPERM: FailureKind.UNREACHABLE,
}

X509_KINDS: dict[int, tuple[FailureKind, str]] = {
    2: (FailureKind.TLS_UNTRUSTED, "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT"),
    9: (FailureKind.TLS_EXPIRED, "X509_V_ERR_CERT_NOT_YET_VALID"),
    10: (FailureKind.TLS_EXPIRED, "X509_V_ERR_CERT_HAS_EXPIRED"),
    18: (FailureKind.TLS_UNTRUSTED, "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT"),
    19: (FailureKind.TLS_UNTRUSTED, "X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN"),
    20: (FailureKind.TLS_UNTRUSTED, "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY"),
    21: (FailureKind.TLS_UNTRUSTED, "X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
    24: (FailureKind.TLS_UNTRUSTED, "X509_V_ERR_INVALID_CA"),
    27: (FailureKind.TLS_UNTRUSTED, "X509_V_ERR_CERT_UNTRUSTED"),
    62: (FailureKind.TLS_HOSTNAME, "X509_V_ERR_HOSTNAME_MISMATCH"),
    64: (FailureKind.TLS_HOSTNAME, "X509_V_ERR_IP_ADDRESS_MISMATCH"),
}
"""Source: openssl/x509_vfy.h."""

STALLED: dict[Phase, FailureKind] = {
    Phase.RESOLVE: FailureKind.DNS_ERROR,
    Phase.CONNECT: FailureKind.CONNECT_TIMEOUT,
    Phase.TLS: FailureKind.CONNECT_TIMEOUT,
    Phase.RESPONSE: FailureKind.READ_TIMEOUT,
    Phase.CONTENT: FailureKind.READ_TIMEOUT,
}
"""What it means when a phase did not end in time."""

BROKEN: dict[Phase, FailureKind] = {
    Phase.RESOLVE: FailureKind.DNS_ERROR,
    Phase.CONNECT: FailureKind.UNREACHABLE,
    Phase.TLS: FailureKind.TLS_ERROR,
    Phase.RESPONSE: FailureKind.CONNECTION_RESET,
    Phase.CONTENT: FailureKind.CONNECTION_RESET,
}
"""What it means when a phase ended otherwise, and nothing more is known."""


@dataclass(frozen=True, slots=True)
class _Cause:
    kind: FailureKind
    code: str = ""
    phase: Phase | None = None
    """None for the phase that the exchange had come to."""


def _of_address(fault: BaseException, phase: Phase) -> _Cause:
    return _Cause(FailureKind.PRIVATE_ADDRESS, phase=Phase.CONNECT)


def _of_resolver(fault: BaseException, phase: Phase) -> _Cause:
    code = GAI_NAMES.get(_number(fault), "")
    return _Cause(GAI_KINDS.get(code, FailureKind.DNS_ERROR), code, Phase.RESOLVE)


def _of_certificate(fault: BaseException, phase: Phase) -> _Cause:
    number = fault.verify_code if isinstance(fault, ssl.SSLCertVerificationError) else 0
    kind, code = X509_KINDS.get(number, (FailureKind.TLS_ERROR, f"X509_V_ERR {number}"))
    return _Cause(kind, code, Phase.TLS)


def _of_tls(fault: BaseException, phase: Phase) -> _Cause:
    return _Cause(FailureKind.TLS_ERROR, getattr(fault, "reason", None) or "", Phase.TLS)


def _of_stall(fault: BaseException, phase: Phase) -> _Cause:
    return _Cause(STALLED[phase])


def _of_errno(fault: BaseException, phase: Phase) -> _Cause | None:
    number = _number(fault)
    code = errno.errorcode.get(number, "")
    if phase is Phase.TLS:
        return _Cause(FailureKind.TLS_ERROR, code)
    return _Cause(ERRNO_KINDS[number], code) if number in ERRNO_KINDS else None


def _of_protocol(fault: BaseException, phase: Phase) -> _Cause:
    return _Cause(FailureKind.PROTOCOL_ERROR)


def _of_breakage(fault: BaseException, phase: Phase) -> _Cause:
    return _Cause(BROKEN[phase])


def _number(fault: BaseException) -> int:
    return (fault.errno or 0) if isinstance(fault, OSError) else 0


_TIMEOUTS = (TimeoutError, httpcore.TimeoutException, httpx.TimeoutException)
_PROTOCOL = (
    BadContentError,
    UnicodeError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpx.ProtocolError,
    httpx.DecodingError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_Faults = tuple[type[BaseException], ...]
TABLE: tuple[tuple[_Faults, Callable[[BaseException, Phase], _Cause | None]], ...] = (
    ((PrivateAddressError,), _of_address),
    (_TIMEOUTS, _of_stall),
    ((socket.gaierror,), _of_resolver),
    ((ssl.SSLCertVerificationError,), _of_certificate),
    ((ssl.SSLError,), _of_tls),
    ((OSError,), _of_errno),
    (_PROTOCOL, _of_protocol),
    ((BaseException,), _of_breakage),
)
"""Exceptions, most telling first: the first row that fits anything in the chain of causes speaks."""


def failure_of(fault: BaseException, phase: Phase, target_uri: str) -> Failure:
    """The failure that an exception stands for, raised when an exchange had come to `phase`."""
    cause = next(
        cause
        for types, read in TABLE
        for link in _chain(fault)
        if isinstance(link, types) and (cause := read(link, phase)) is not None
    )
    return Failure(
        kind=cause.kind, phase=cause.phase or phase, target_uri=target_uri, code=cause.code
    )


def _chain(fault: BaseException) -> Iterator[BaseException]:
    """The exception and what led to it, nearest first."""
    yield fault
    if isinstance(fault, BaseExceptionGroup):
        for part in fault.exceptions:
            yield from _chain(part)
    # Also what `from None` hides: httpcore's pool raises every fault so.
    before = fault.__cause__ or fault.__context__
    if before is not None:
        yield from _chain(before)
