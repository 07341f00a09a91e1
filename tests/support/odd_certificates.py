"""Certificates that no authority would issue: endless chains, huge and hostile names."""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_FROM, _TO = datetime(2001, 1, 1), datetime(2101, 1, 1)  # noqa: DTZ001 - taken as UTC
LOCALHOST = ("localhost",)


@dataclass(frozen=True, slots=True)
class OddServer:
    """What a server over TLS needs, and the file with the root that vouches for it."""

    context: ssl.SSLContext
    bundle: str


@dataclass(frozen=True, slots=True)
class _Issuer:
    name: x509.Name
    key: ec.EllipticCurvePrivateKey


def odd_server(
    folder: Path,
    *,
    between: int = 0,
    common_name: str = "localhost",
    names: Sequence[str] = LOCALHOST,
    extra: bytes = b"",
) -> OddServer:
    """A server with so many certificates between its own and the root.

    Its own one is for these names, and may have more bytes in an extension that nobody knows.
    """
    issuer = _Issuer(_name("root"), _new_key())
    root = _certificate(issuer.name, issuer.key, issuer, _authority())
    chain: list[x509.Certificate] = []
    for number in range(between):
        new = _Issuer(_name(f"between {number}"), _new_key())
        chain.insert(0, _certificate(new.name, new.key, issuer, _authority()))
        issuer = new
    key = _new_key()
    extensions: list[x509.ExtensionType] = [
        x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
    ]
    if extra:
        extensions.append(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), extra))
    own = _certificate(_name(common_name), key, issuer, extensions)
    bundle = folder / "root.pem"
    bundle.write_bytes(root.public_bytes(Encoding.PEM))
    return OddServer(_context(folder / "chain.pem", key, [own, *chain]), str(bundle))


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _name(text: str) -> x509.Name:
    # Unchecked: what a common name may hold is what is tried here.
    attribute = x509.NameAttribute(NameOID.COMMON_NAME, text, _validate=False)
    return x509.Name([attribute])


def _authority() -> list[x509.ExtensionType]:
    return [x509.BasicConstraints(ca=True, path_length=None)]


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: _Issuer,
    extensions: Sequence[x509.ExtensionType],
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_TO)
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(issuer.key, SHA256())


def _context(
    path: Path, key: ec.EllipticCurvePrivateKey, chain: Sequence[x509.Certificate]
) -> ssl.SSLContext:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(pem + b"".join(one.public_bytes(Encoding.PEM) for one in chain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
