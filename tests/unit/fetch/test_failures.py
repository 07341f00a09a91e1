import errno
import socket

import httpx
import pycurl
import pytest

from crawler.fetch.content import BadContentError
from crawler.fetch.failures import (
    FAULTS,
    DisconnectedError,
    PrivateAddressError,
    TransferError,
    failure_of,
)
from crawler.fetch.head import BadHeadError
from crawler.model import Failure, FailureKind, Phase

URL = "https://example.org/"
ALERT = "TLS connect error: error:0A000410:SSL routines::whatever it says"


def caused(fault: Exception, cause: BaseException) -> Exception:
    fault.__cause__ = cause
    return fault


def named(number: int) -> OSError:
    return OSError(number, "whatever it says")


def ended(number: int, os_error: int = 0, message: str = "whatever it says") -> TransferError:
    return TransferError(number, os_error=os_error, message=message)


@pytest.mark.parametrize(
    ("fault", "phase", "kind", "code"),
    [
        (PrivateAddressError(), Phase.CONNECT, FailureKind.PRIVATE_ADDRESS, ""),
        (
            caused(httpx.ConnectError(""), socket.gaierror(socket.EAI_NONAME, "")),
            Phase.RESOLVE,
            FailureKind.DNS_NOT_FOUND,
            "EAI_NONAME",
        ),
        (socket.gaierror(9999, ""), Phase.RESOLVE, FailureKind.DNS_ERROR, ""),
        (TimeoutError(), Phase.RESOLVE, FailureKind.DNS_ERROR, ""),
        (TimeoutError(), Phase.CONNECT, FailureKind.CONNECT_TIMEOUT, ""),
        (named(errno.ETIMEDOUT), Phase.CONNECT, FailureKind.CONNECT_TIMEOUT, ""),
        (named(errno.EHOSTUNREACH), Phase.RESOLVE, FailureKind.UNREACHABLE, "EHOSTUNREACH"),
        (named(errno.EMFILE), Phase.CONNECT, FailureKind.UNREACHABLE, ""),
        (httpx.ReadTimeout(""), Phase.RESPONSE, FailureKind.READ_TIMEOUT, ""),
        (ended(pycurl.E_COULDNT_RESOLVE_HOST), Phase.CONNECT, FailureKind.DNS_ERROR, ""),
        (ended(pycurl.E_OPERATION_TIMEDOUT), Phase.CONNECT, FailureKind.CONNECT_TIMEOUT, ""),
        (ended(pycurl.E_OPERATION_TIMEDOUT), Phase.TLS, FailureKind.CONNECT_TIMEOUT, ""),
        (
            ended(pycurl.E_COULDNT_CONNECT, errno.ECONNREFUSED),
            Phase.CONNECT,
            FailureKind.CONNECTION_REFUSED,
            "ECONNREFUSED",
        ),
        (
            ended(pycurl.E_COULDNT_CONNECT, errno.EHOSTUNREACH),
            Phase.CONNECT,
            FailureKind.UNREACHABLE,
            "EHOSTUNREACH",
        ),
        (
            ended(pycurl.E_COULDNT_CONNECT, errno.ENETUNREACH),
            Phase.CONNECT,
            FailureKind.UNREACHABLE,
            "ENETUNREACH",
        ),
        (
            ended(pycurl.E_COULDNT_CONNECT, errno.ETIMEDOUT),
            Phase.CONNECT,
            FailureKind.CONNECT_TIMEOUT,
            "",
        ),
        (ended(pycurl.E_COULDNT_CONNECT), Phase.CONNECT, FailureKind.UNREACHABLE, ""),
        (
            ended(pycurl.E_RECV_ERROR, errno.ECONNRESET),
            Phase.CONTENT,
            FailureKind.CONNECTION_RESET,
            "ECONNRESET",
        ),
        (
            ended(pycurl.E_RECV_ERROR, errno.ETIMEDOUT),
            Phase.CONTENT,
            FailureKind.READ_TIMEOUT,
            "",
        ),
        (
            ended(pycurl.E_SEND_ERROR, errno.EPIPE),
            Phase.RESPONSE,
            FailureKind.CONNECTION_RESET,
            "EPIPE",
        ),
        (ended(pycurl.E_SEND_ERROR), Phase.RESPONSE, FailureKind.CONNECTION_RESET, ""),
        (ended(pycurl.E_GOT_NOTHING), Phase.RESPONSE, FailureKind.CONNECTION_RESET, ""),
        (
            ended(pycurl.E_SSL_CONNECT_ERROR, errno.ECONNRESET),
            Phase.TLS,
            FailureKind.TLS_ERROR,
            "ECONNRESET",
        ),
        (
            ended(pycurl.E_SSL_CONNECT_ERROR, message=ALERT),
            Phase.TLS,
            FailureKind.TLS_ERROR,
            "SSLV3_ALERT_HANDSHAKE_FAILURE",
        ),
        (ended(pycurl.E_SSL_CONNECT_ERROR), Phase.TLS, FailureKind.TLS_ERROR, ""),
        (ended(pycurl.E_RECV_ERROR), Phase.RESPONSE, FailureKind.PROTOCOL_ERROR, ""),
        (ended(pycurl.E_RECV_ERROR), Phase.CONTENT, FailureKind.PROTOCOL_ERROR, ""),
        (ended(pycurl.E_PARTIAL_FILE), Phase.CONTENT, FailureKind.PROTOCOL_ERROR, ""),
        (ended(pycurl.E_UNSUPPORTED_PROTOCOL), Phase.RESPONSE, FailureKind.PROTOCOL_ERROR, ""),
        (DisconnectedError(), Phase.RESPONSE, FailureKind.CONNECTION_RESET, ""),
        (BadContentError(), Phase.CONTENT, FailureKind.PROTOCOL_ERROR, ""),
        (BadHeadError(), Phase.RESPONSE, FailureKind.PROTOCOL_ERROR, ""),
        (httpx.RemoteProtocolError(""), Phase.RESPONSE, FailureKind.PROTOCOL_ERROR, ""),
        (httpx.InvalidURL(""), Phase.RESPONSE, FailureKind.PROTOCOL_ERROR, ""),
    ],
    ids=repr,
)
def test_a_fault_is_known_by_type_and_number(
    fault: Exception, phase: Phase, kind: FailureKind, code: str
) -> None:
    assert isinstance(fault, FAULTS)
    failure = failure_of(fault, phase, URL)
    assert (failure.kind, failure.code, failure.target_uri) == (kind, code, URL)
    assert failure.phase is (Phase.RESOLVE if kind is FailureKind.DNS_ERROR else phase)


@pytest.mark.parametrize(
    ("verify_result", "kind", "code"),
    [
        (9, FailureKind.TLS_EXPIRED, "X509_V_ERR_CERT_NOT_YET_VALID"),
        (10, FailureKind.TLS_EXPIRED, "X509_V_ERR_CERT_HAS_EXPIRED"),
        (18, FailureKind.TLS_UNTRUSTED, "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT"),
        (19, FailureKind.TLS_UNTRUSTED, "X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN"),
        (20, FailureKind.TLS_UNTRUSTED, "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY"),
        (21, FailureKind.TLS_UNTRUSTED, "X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
        (62, FailureKind.TLS_HOSTNAME, "X509_V_ERR_HOSTNAME_MISMATCH"),
        (64, FailureKind.TLS_HOSTNAME, "X509_V_ERR_IP_ADDRESS_MISMATCH"),
        (23, FailureKind.TLS_ERROR, "X509_V_ERR 23"),
    ],
)
def test_a_certificate_is_judged_by_the_number_of_openssl(
    verify_result: int, kind: FailureKind, code: str
) -> None:
    fault = TransferError(pycurl.E_PEER_FAILED_VERIFICATION, verify_result=verify_result)
    assert failure_of(fault, Phase.TLS, URL) == Failure(
        kind=kind, phase=Phase.TLS, target_uri=URL, code=code
    )


@pytest.mark.parametrize(
    ("number", "phase", "kind"),
    [
        (pycurl.E_RECV_ERROR, Phase.CONTENT, FailureKind.PROTOCOL_ERROR),
        (pycurl.E_GOT_NOTHING, Phase.RESPONSE, FailureKind.CONNECTION_RESET),
        (pycurl.E_SSL_CONNECT_ERROR, Phase.TLS, FailureKind.TLS_ERROR),
    ],
)
def test_an_errno_left_from_another_address_says_nothing(
    number: int, phase: Phase, kind: FailureKind
) -> None:
    failure = failure_of(ended(number, errno.ENETUNREACH), phase, URL)
    assert (failure.kind, failure.code) == (kind, "")


def test_nobody_is_trusted_where_there_are_no_roots() -> None:
    failure = failure_of(ended(pycurl.E_SSL_CACERT_BADFILE), Phase.TLS, URL)
    assert (failure.kind, failure.phase) == (FailureKind.TLS_UNTRUSTED, Phase.TLS)


def test_an_alert_is_a_tls_error_even_when_it_comes_late() -> None:
    message = "OpenSSL SSL_read: error:0A00045C:SSL routines::whatever it says, errno 0"
    failure = failure_of(ended(pycurl.E_RECV_ERROR, message=message), Phase.RESPONSE, URL)
    assert failure == Failure(
        kind=FailureKind.TLS_ERROR,
        phase=Phase.TLS,
        target_uri=URL,
        code="TLSV13_ALERT_CERTIFICATE_REQUIRED",
    )
