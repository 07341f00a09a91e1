"""IO: throw-away certificates for the hosts of the made-up web."""

import ssl
from datetime import datetime

import trustme


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
