"""IO: the trust that TLS connections rest on, and what a certificate says."""

import ssl
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.model import Certificate
from crawler.text import clean

NAME_LENGTH = 200
"""Characters of a certificate's names that are kept."""


def verifying(ca_bundle: str) -> ssl.SSLContext:
    """A context that trusts the system's roots, and those of the PEM file `ca_bundle` unless it is "".

    It takes some 20 ms to make. Raises: `ConfigError` when the file cannot be used.
    """
    context = ssl.create_default_context()
    # From 3.13 on Python refuses certificates that browsers take; a verdict must not depend on it.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if ca_bundle:
        try:
            context.load_verify_locations(cafile=ca_bundle)
        except OSError as fault:
            raise ConfigError(
                f"fetch.ca_bundle: {ca_bundle} cannot be read as certificates; name a PEM file."
            ) from fault
    return context


def roots(ca_bundle: str) -> int:
    """How many roots `verifying` trusts: loaded at once, or in a folder to be read on demand.

    Raises: `ConfigError` as it does.
    """
    loaded = verifying(ca_bundle).cert_store_stats()["x509_ca"]
    folder = ssl.get_default_verify_paths().capath
    return loaded or (sum(1 for _ in Path(folder).iterdir()) if folder else 0)


def trusting_anyone() -> ssl.SSLContext:
    """A context that checks no certificate, for hosts that are set to be `insecure`."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def certificate(facts: Mapping[str, Any] | None) -> Certificate | None:
    """The value of what `SSLObject.getpeercert` gave; None when nothing was verified."""
    if not facts:
        return None
    issuer, subject = _names(facts["issuer"]), _names(facts["subject"])
    hosts = [name for kind, name in facts.get("subjectAltName", ()) if kind == "DNS"]
    return Certificate(
        not_before=_moment(facts["notBefore"]),
        not_after=_moment(facts["notAfter"]),
        issuer=_first(issuer.get("organizationName"), issuer.get("commonName")),
        subject=_first(subject.get("commonName"), *hosts),
    )


def _names(name: Iterable[Iterable[tuple[str, str]]]) -> dict[str, str]:
    return {key: value for part in name for key, value in part}


def _moment(text: str) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)


def _first(*names: str | None) -> str:
    return next((clean(name, NAME_LENGTH) for name in names if name), "")
