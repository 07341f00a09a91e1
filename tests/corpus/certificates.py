"""IO: the certificates of the corpus' hosts, good and bad, from throw-away authorities."""

import ssl
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import trustme

from tests.corpus.case import Site, Tls
from tests.corpus.nights import LAST_NIGHT

HOSTS_PER_CERTIFICATE = 40
"""A context for each host would take some 50 kB, and a handshake with all names in one 10 kB."""


class Certificates:
    """Chooses the certificate that the named host is to show."""

    def __init__(self) -> None:
        self._authority = trustme.CA(organization_name="Corpus")
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._refused: frozenset[str] = frozenset()

    def bundle(self) -> AbstractContextManager[str]:
        """The path of the authority's own certificate, while the context is open."""
        return self._authority.cert_pem.tempfile()

    def context(self) -> ssl.SSLContext:
        """The context of every connection, until its first message names a host."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.num_tickets = 0
        context.sni_callback = self._choose
        return context

    def certify(self, sites: Iterable[Site]) -> None:
        """Certificates for all hosts that have none yet."""
        sites = tuple(sites)
        new = [s for s in sites if s.host not in self._contexts]
        good = [site.host for site in new if site.tls is Tls.GOOD]
        for start in range(0, len(good), HOSTS_PER_CERTIFICATE):
            names = good[start : start + HOSTS_PER_CERTIFICATE]
            self._contexts.update(dict.fromkeys(names, _issued(self._authority, *names)))
        bad = {site.host: site.tls for site in new if site.tls in BAD}
        self._contexts.update((host, BAD[tls](self._authority, host)) for host, tls in bad.items())
        self._refused = frozenset(s.host for s in sites if s.tls is Tls.UNKNOWN_NAME)

    def _choose(
        self, connection: ssl.SSLObject, host: str | None, _context: ssl.SSLContext
    ) -> int | None:
        context = self._contexts.get(host or "")
        if context is None or host in self._refused:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        connection.context = context
        return None


def _issued(
    authority: trustme.CA,
    *names: str,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf = authority.issue_cert(*names, not_before=not_before, not_after=not_after)
    leaf.configure_cert(context)
    return context


def _ends_soon(authority: trustme.CA, host: str) -> ssl.SSLContext:
    return _issued(authority, host, not_after=_naive(LAST_NIGHT + timedelta(days=5)))


def _expired(authority: trustme.CA, host: str) -> ssl.SSLContext:
    return _issued(authority, host, not_after=datetime(2020, 1, 1))  # noqa: DTZ001 -- as trustme


def _not_yet(authority: trustme.CA, host: str) -> ssl.SSLContext:
    return _issued(authority, host, not_before=_naive(LAST_NIGHT))


def _other_name(authority: trustme.CA, _host: str) -> ssl.SSLContext:
    return _issued(authority, "shared-hosting.example", "*.shared-hosting.example")


def _self_signed(_authority: trustme.CA, _host: str) -> ssl.SSLContext:
    own = trustme.CA(organization_name="Plesk")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with own.private_key_and_cert_chain_pem.tempfile() as path:
        context.load_cert_chain(path)
    return context


def _other_authority(_authority: trustme.CA, host: str) -> ssl.SSLContext:
    return _issued(trustme.CA(organization_name="Company root"), host)


def _no_intermediate(authority: trustme.CA, host: str) -> ssl.SSLContext:
    """The leaf alone, where the client would need what signed it."""
    leaf = authority.create_child_ca().issue_cert(host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    alone = leaf.private_key_pem.bytes() + leaf.cert_chain_pems[0].bytes()
    with trustme.Blob(alone).tempfile() as path:
        context.load_cert_chain(path)
    return context


def _client_certificate(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = _issued(authority, host)
    context.verify_mode = ssl.CERT_REQUIRED
    # Over TLS 1.3 the client learns of the refusal only when it reads the answer.
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    authority.configure_trust(context)
    return context


BAD: dict[Tls, Callable[[trustme.CA, str], ssl.SSLContext]] = {
    Tls.ENDS_SOON: _ends_soon,
    Tls.EXPIRED: _expired,
    Tls.NOT_YET: _not_yet,
    Tls.OTHER_NAME: _other_name,
    Tls.SELF_SIGNED: _self_signed,
    Tls.OTHER_AUTHORITY: _other_authority,
    Tls.NO_INTERMEDIATE: _no_intermediate,
    Tls.CLIENT_CERTIFICATE: _client_certificate,
}


def _naive(moment: datetime) -> datetime:
    """As trustme takes times: in UTC, without saying so."""
    return moment.replace(tzinfo=None)
