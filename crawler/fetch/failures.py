"""IO: why an exchange failed, by the types and numbers of exceptions, never by their texts."""

import errno
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import pycurl

from crawler.fetch.content import BadContentError
from crawler.fetch.head import BadHeadError
from crawler.model import Failure, FailureKind, Phase


class PrivateAddressError(Exception):
    """A host has an address that must not be connected to."""


class DisconnectedError(Exception):
    """The connection was closed before the head of the response was complete."""


class TransferError(Exception):
    """libcurl ended a transfer with an error."""

    def __init__(
        self, number: int, *, os_error: int = 0, verify_result: int = 0, message: str = ""
    ) -> None:
        super().__init__(number)
        self.number = number
        """One of libcurl's `CURLE_` numbers."""
        self.os_error = os_error
        """The errno of the last connection that failed; 0 for none."""
        self.verify_result = verify_result
        """OpenSSL's `X509_V_` number for the certificate."""
        self.tls_reason = _tls_reason(message)
        """The reason in OpenSSL's last error number; 0 when there is none."""


FAULTS = (
    PrivateAddressError,
    BadContentError,
    BadHeadError,
    DisconnectedError,
    TransferError,
    OSError,
    UnicodeError,
    httpx.TransportError,
    httpx.InvalidURL,
)
"""Exceptions of an exchange that become a `Failure`; all others are faults of our own."""

GAI_NAMES: dict[int, str] = {
    getattr(socket, name): name for name in dir(socket) if name.startswith("EAI_")
}
GAI_KINDS: dict[str, FailureKind] = {
    "EAI_NONAME": FailureKind.DNS_NOT_FOUND,
    "EAI_NODATA": FailureKind.DNS_NO_ADDRESS,
    "EAI_ADDRFAMILY": FailureKind.DNS_NO_ADDRESS,
}
"""Errors of getaddrinfo about the name itself; all others are `DNS_ERROR`."""

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

LATE_ERRORS = frozenset(
    {errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE, errno.ETIMEDOUT},
)
"""Errors of a connection that was made; any other errno is left from an address tried before."""

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

TLS_REASONS: dict[int, str] = {
    267: "WRONG_VERSION_NUMBER",
    294: "UNEXPECTED_EOF_WHILE_READING",
    1010: "SSLV3_ALERT_UNEXPECTED_MESSAGE",
    1020: "SSLV3_ALERT_BAD_RECORD_MAC",
    1022: "TLSV1_ALERT_RECORD_OVERFLOW",
    1040: "SSLV3_ALERT_HANDSHAKE_FAILURE",
    1042: "SSLV3_ALERT_BAD_CERTIFICATE",
    1043: "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
    1045: "SSLV3_ALERT_CERTIFICATE_EXPIRED",
    1046: "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
    1047: "SSLV3_ALERT_ILLEGAL_PARAMETER",
    1048: "TLSV1_ALERT_UNKNOWN_CA",
    1049: "TLSV1_ALERT_ACCESS_DENIED",
    1050: "TLSV1_ALERT_DECODE_ERROR",
    1051: "TLSV1_ALERT_DECRYPT_ERROR",
    1070: "TLSV1_ALERT_PROTOCOL_VERSION",
    1071: "TLSV1_ALERT_INSUFFICIENT_SECURITY",
    1080: "TLSV1_ALERT_INTERNAL_ERROR",
    1112: "TLSV1_UNRECOGNIZED_NAME",
    1116: "TLSV13_ALERT_CERTIFICATE_REQUIRED",
}
"""Source: openssl/sslerr.h; from 1000 on they are the alerts of RFC 8446 §6."""
_TLS_ERROR = re.compile(r"\berror:([0-9A-F]{8}):")
_TLS_REASON = 0x7FFFFF
"""Mask for the reason in an error number. Source: openssl/err.h."""

TIMEOUT_KINDS: dict[Phase, FailureKind] = {
    Phase.RESOLVE: FailureKind.DNS_ERROR,
    Phase.CONNECT: FailureKind.CONNECT_TIMEOUT,
    Phase.TLS: FailureKind.CONNECT_TIMEOUT,
    Phase.RESPONSE: FailureKind.READ_TIMEOUT,
    Phase.CONTENT: FailureKind.READ_TIMEOUT,
}
"""The failure when a phase takes too long."""

UNEXPLAINED_KINDS: dict[Phase, FailureKind] = {
    Phase.RESOLVE: FailureKind.DNS_ERROR,
    Phase.CONNECT: FailureKind.UNREACHABLE,
    Phase.TLS: FailureKind.TLS_ERROR,
    Phase.RESPONSE: FailureKind.CONNECTION_RESET,
    Phase.CONTENT: FailureKind.CONNECTION_RESET,
}
"""The failure when a phase ends with an error that no other rule explains."""


@dataclass(frozen=True, slots=True)
class _Cause:
    kind: FailureKind
    code: str = ""
    phase: Phase | None = None
    """None for the phase that the exchange had reached."""


def _private_address(fault: BaseException, phase: Phase) -> _Cause:
    return _Cause(FailureKind.PRIVATE_ADDRESS, phase=Phase.CONNECT)


def _resolver_error(fault: BaseException, phase: Phase) -> _Cause:
    code = GAI_NAMES.get(_number(fault), "")
    return _Cause(GAI_KINDS.get(code, FailureKind.DNS_ERROR), code, Phase.RESOLVE)


def _transfer_error(fault: BaseException, phase: Phase) -> _Cause | None:
    if not isinstance(fault, TransferError):
        return None
    otherwise = _tls_error if phase is Phase.TLS else _protocol_error
    return CURL_ERRORS.get(fault.number, otherwise)(fault, phase)


def _host_not_resolved(fault: TransferError, phase: Phase) -> _Cause:
    return _Cause(FailureKind.DNS_ERROR, phase=Phase.RESOLVE)


def _no_trusted_roots(fault: TransferError, phase: Phase) -> _Cause:
    return _Cause(*X509_KINDS[20], Phase.TLS)


def _certificate_error(fault: TransferError, phase: Phase) -> _Cause:
    number = fault.verify_result
    kind, code = X509_KINDS.get(number, (FailureKind.TLS_ERROR, f"X509_V_ERR {number}"))
    return _Cause(kind, code, Phase.TLS)


def _tls_error(fault: TransferError, phase: Phase) -> _Cause:
    late = errno.errorcode[fault.os_error] if fault.os_error in LATE_ERRORS else ""
    code = TLS_REASONS.get(fault.tls_reason, late)
    return _Cause(FailureKind.TLS_ERROR, code, Phase.TLS)


def _connect_error(fault: TransferError, phase: Phase) -> _Cause:
    if fault.os_error == errno.ETIMEDOUT:
        return _timeout(fault, phase)
    kind = ERRNO_KINDS.get(fault.os_error)
    return _Cause(kind, errno.errorcode[fault.os_error]) if kind else _unexplained(fault, phase)


def _broken_connection(fault: TransferError, phase: Phase) -> _Cause:
    """Libcurl uses these errors for closed connections and for malformed responses."""
    if phase is Phase.TLS or fault.tls_reason:
        return _tls_error(fault, phase)
    if fault.os_error in LATE_ERRORS:
        return _connect_error(fault, phase)
    is_answer = fault.number == pycurl.E_RECV_ERROR
    return _protocol_error(fault, phase) if is_answer else _unexplained(fault, phase)


def _timeout(fault: BaseException, phase: Phase) -> _Cause:
    return _Cause(TIMEOUT_KINDS[phase])


def _os_error(fault: BaseException, phase: Phase) -> _Cause | None:
    number = _number(fault)
    code = errno.errorcode.get(number, "")
    return _Cause(ERRNO_KINDS[number], code) if number in ERRNO_KINDS else None


def _protocol_error(fault: BaseException, phase: Phase) -> _Cause:
    return _Cause(FailureKind.PROTOCOL_ERROR)


def _unexplained(fault: BaseException, phase: Phase) -> _Cause:
    return _Cause(UNEXPLAINED_KINDS[phase])


def _number(fault: BaseException) -> int:
    return (fault.errno or 0) if isinstance(fault, OSError) else 0


def _tls_reason(message: str) -> int:
    found = _TLS_ERROR.search(message)
    return int(found[1], 16) & _TLS_REASON if found else 0


CURL_ERRORS: dict[int, Callable[[TransferError, Phase], _Cause]] = {
    pycurl.E_OPERATION_TIMEDOUT: _timeout,
    pycurl.E_COULDNT_RESOLVE_HOST: _host_not_resolved,
    pycurl.E_PEER_FAILED_VERIFICATION: _certificate_error,
    pycurl.E_SSL_CACERT_BADFILE: _no_trusted_roots,
    pycurl.E_SSL_CONNECT_ERROR: _tls_error,
    pycurl.E_SSL_CERTPROBLEM: _tls_error,
    pycurl.E_SSL_CIPHER: _tls_error,
    pycurl.E_SSL_INVALIDCERTSTATUS: _tls_error,
    pycurl.E_COULDNT_CONNECT: _connect_error,
    pycurl.E_GOT_NOTHING: _broken_connection,
    pycurl.E_SEND_ERROR: _broken_connection,
    pycurl.E_RECV_ERROR: _broken_connection,
}
"""By libcurl's error number; all others mean that the response is not valid HTTP, or TLS before one."""

_TIMEOUTS = (TimeoutError, httpx.TimeoutException)
_PROTOCOL = (
    BadContentError,
    BadHeadError,
    UnicodeError,
    httpx.ProtocolError,
    httpx.DecodingError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_Faults = tuple[type[BaseException], ...]
TABLE: tuple[tuple[_Faults, Callable[[BaseException, Phase], _Cause | None]], ...] = (
    ((PrivateAddressError,), _private_address),
    (_TIMEOUTS, _timeout),
    ((socket.gaierror,), _resolver_error),
    ((TransferError,), _transfer_error),
    ((OSError,), _os_error),
    (_PROTOCOL, _protocol_error),
    ((BaseException,), _unexplained),
)
"""The first row that fits the exception, or one of its causes, decides."""


def failure_of(fault: BaseException, phase: Phase, target_uri: str) -> Failure:
    """The failure for an exception that was raised when an exchange had reached `phase`."""
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
    """The exception and its causes, nearest first."""
    yield fault
    before = fault.__cause__ or fault.__context__
    if before is not None:
        yield from _chain(before)
