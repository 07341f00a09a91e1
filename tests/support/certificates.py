"""IO: bad certificates from throw-away authorities, each made for a host."""

import ssl
from datetime import datetime, timedelta

import trustme

from crawler.demo.web import server_context


def not_yet_valid(authority: trustme.CA, host: str) -> ssl.SSLContext:
    start = datetime(2099, 1, 1)  # noqa: DTZ001 - trustme takes naive times, as UTC
    end = start + timedelta(days=90)
    return server_context(authority.issue_cert(host, not_before=start, not_after=end))


def other_name(authority: trustme.CA, _host: str) -> ssl.SSLContext:
    names = "shared-hosting.example", "*.shared-hosting.example"
    return server_context(authority.issue_cert(*names))


def self_signed(_authority: trustme.CA, _host: str) -> ssl.SSLContext:
    own = trustme.CA(organization_name="Plesk")
    return _of(own.private_key_pem, own.cert_pem)


def other_authority(_authority: trustme.CA, host: str) -> ssl.SSLContext:
    return server_context(trustme.CA(organization_name="Company root").issue_cert(host))


def no_intermediate(authority: trustme.CA, host: str) -> ssl.SSLContext:
    """The leaf alone, without the intermediate certificate that the client needs."""
    leaf = authority.create_child_ca().issue_cert(host)
    return _of(leaf.private_key_pem, leaf.cert_chain_pems[0])


def client_certificate_required(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = server_context(authority.issue_cert(host))
    context.verify_mode = ssl.CERT_REQUIRED
    # Over TLS 1.3 the client learns of the refusal only when it reads the answer.
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


def unrecognized_name(authority: trustme.CA, host: str) -> ssl.SSLContext:
    """The server ends the handshake with an alert."""
    context = server_context(authority.issue_cert(host))
    context.sni_callback = lambda *_: ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
    return context


def _of(key: trustme.Blob, certificate: trustme.Blob) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with trustme.Blob(key.bytes() + certificate.bytes()).tempfile() as path:
        context.load_cert_chain(path)
    return context
