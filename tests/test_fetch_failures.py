import errno
import socket
import ssl

import httpcore
import httpx
import pytest

from crawler.fetch.content import BadContentError
from crawler.fetch.failures import (
    FAULTS,
    DisconnectedError,
    PrivateAddressError,
    failure_of,
)
from crawler.model import Failure, FailureKind, Phase

URI = "https://example.org/"


def certificate_error(verify_code: int) -> ssl.SSLCertVerificationError:
    fault = ssl.SSLCertVerificationError(1, "whatever it says")
    fault.verify_code = verify_code
    return fault


def caused(fault: Exception, cause: BaseException) -> Exception:
    fault.__cause__ = cause
    return fault


def hidden(fault: Exception, context: BaseException) -> Exception:
    """As after `raise fault from None`."""
    fault.__context__ = context
    fault.__suppress_context__ = True
    return fault


def named(number: int) -> OSError:
    return OSError(number, "whatever it says")


@pytest.mark.parametrize(
    ("fault", "phase", "kind", "code"),
    [
        (PrivateAddressError(), Phase.CONNECT, FailureKind.PRIVATE_ADDRESS, ""),
        (
            caused(httpcore.ConnectError(), socket.gaierror(socket.EAI_NONAME, "")),
            Phase.RESOLVE,
            FailureKind.DNS_NOT_FOUND,
            "EAI_NONAME",
        ),
        (socket.gaierror(9999, ""), Phase.RESOLVE, FailureKind.DNS_ERROR, ""),
        (TimeoutError(), Phase.RESOLVE, FailureKind.DNS_ERROR, ""),
        (TimeoutError(), Phase.CONNECT, FailureKind.CONNECT_TIMEOUT, ""),
        (named(errno.ETIMEDOUT), Phase.CONNECT, FailureKind.CONNECT_TIMEOUT, ""),
        (named(errno.ETIMEDOUT), Phase.CONTENT, FailureKind.READ_TIMEOUT, ""),
        (
            hidden(httpcore.ConnectTimeout(), ssl.SSLWantReadError()),
            Phase.TLS,
            FailureKind.CONNECT_TIMEOUT,
            "",
        ),
        (httpx.ReadTimeout(""), Phase.RESPONSE, FailureKind.READ_TIMEOUT, ""),
        (
            hidden(httpcore.ConnectError(), named(errno.ECONNREFUSED)),
            Phase.CONNECT,
            FailureKind.CONNECTION_REFUSED,
            "ECONNREFUSED",
        ),
        (
            ExceptionGroup("all", [named(errno.EHOSTUNREACH), named(errno.ECONNREFUSED)]),
            Phase.CONNECT,
            FailureKind.UNREACHABLE,
            "EHOSTUNREACH",
        ),
        (
            named(errno.ENETUNREACH),
            Phase.CONNECT,
            FailureKind.UNREACHABLE,
            "ENETUNREACH",
        ),
        (named(errno.EINVAL), Phase.CONNECT, FailureKind.UNREACHABLE, ""),
        (
            caused(httpcore.ReadError(), named(errno.ECONNRESET)),
            Phase.CONTENT,
            FailureKind.CONNECTION_RESET,
            "ECONNRESET",
        ),
        (
            caused(httpcore.ConnectError(), named(errno.ECONNRESET)),
            Phase.TLS,
            FailureKind.TLS_ERROR,
            "ECONNRESET",
        ),
        (httpcore.ConnectError(), Phase.TLS, FailureKind.TLS_ERROR, ""),
        (httpcore.ConnectError(), Phase.CONNECT, FailureKind.UNREACHABLE, ""),
        (DisconnectedError(), Phase.RESPONSE, FailureKind.CONNECTION_RESET, ""),
        (BadContentError(), Phase.CONTENT, FailureKind.PROTOCOL_ERROR, ""),
        (httpcore.RemoteProtocolError(), Phase.RESPONSE, FailureKind.PROTOCOL_ERROR, ""),
        (httpx.InvalidURL(""), Phase.RESPONSE, FailureKind.PROTOCOL_ERROR, ""),
    ],
    ids=repr,
)
def test_a_fault_is_known_by_type_and_number(
    fault: Exception, phase: Phase, kind: FailureKind, code: str
) -> None:
    assert isinstance(fault, FAULTS)
    assert failure_of(fault, phase, URI) == Failure(
        kind=kind, phase=phase, target_uri=URI, code=code
    )


@pytest.mark.parametrize(
    ("verify_code", "kind"),
    [
        (9, FailureKind.TLS_EXPIRED),
        (10, FailureKind.TLS_EXPIRED),
        (18, FailureKind.TLS_UNTRUSTED),
        (19, FailureKind.TLS_UNTRUSTED),
        (20, FailureKind.TLS_UNTRUSTED),
        (21, FailureKind.TLS_UNTRUSTED),
        (62, FailureKind.TLS_HOSTNAME),
        (64, FailureKind.TLS_HOSTNAME),
        (23, FailureKind.TLS_ERROR),
    ],
)
def test_a_certificate_is_judged_by_the_number_of_openssl(
    verify_code: int, kind: FailureKind
) -> None:
    failure = failure_of(certificate_error(verify_code), Phase.TLS, URI)
    assert failure.kind is kind


@pytest.mark.parametrize("phase", [Phase.TLS, Phase.RESPONSE])
def test_an_alert_is_a_tls_error_even_when_it_comes_late(phase: Phase) -> None:
    fault = ssl.SSLError(1, "whatever it says")
    assert failure_of(fault, phase, URI) == Failure(
        kind=FailureKind.TLS_ERROR, phase=Phase.TLS, target_uri=URI
    )
