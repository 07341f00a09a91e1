"""IO: the root certificates that we trust, and what a server's certificate says."""

import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO, Any, Self

from crawler.errors import ConfigError
from crawler.fetch.endpoints import is_address
from crawler.model import Certificate
from crawler.text import clean

NAME_LENGTH = 200
"""Characters of a certificate's names that are kept."""
_Name = tuple[tuple[tuple[str, str], ...], ...]
"""A distinguished name as `ssl` gives it."""
SELF_SIGNED_LEAF, SELF_SIGNED, NO_ISSUER, HOSTNAME_MISMATCH, IP_ADDRESS_MISMATCH = (
    18,
    19,
    20,
    62,
    64,
)
"""Source: openssl/x509_vfy.h."""
_ROOT = re.compile(
    rb"-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----.+?-----END \1-----", re.DOTALL
)


class Trust:
    """One file with the system's roots and those of the PEM file `ca_bundle` (none if it is "").

    libcurl reads the file once and caches it, as long as it is always the same one.
    Raises: `ConfigError` when the bundle cannot be used.
    """

    def __init__(self, ca_bundle: str) -> None:
        known = ssl.get_default_verify_paths()
        in_file = _roots_in(Path(known.cafile)) if known.cafile else {}
        more = dict(in_file)
        for path in _files(known.capath):
            more |= _roots_in(path)
        if ca_bundle:
            more |= _bundled(ca_bundle)
        self.count = len(more)
        self._own: IO[bytes] | None = None
        self.path = known.cafile or ""
        if len(more) > len(in_file) or not self.path:
            self._own, self.path = _temporary(b"\n".join(more))

    def fault_of(self, chain: Sequence[Mapping[str, str]], host: str) -> int:
        """OpenSSL's number for what is wrong with a chain whose first certificate is for another host.

        libcurl checks the host name first and stops there; here, as in OpenSSL, an untrusted issuer
        comes first.
        """
        subjects = {printed.get("Subject", ""): printed.get("Issuer", "") for printed in chain}
        subject, issuer = next(iter(subjects.items()), ("", ""))
        for _ in chain:
            if {_values(subject), _values(issuer)} & self._names:
                return IP_ADDRESS_MISMATCH if is_address(host) else HOSTNAME_MISMATCH
            if subject == issuer:
                return SELF_SIGNED_LEAF if issuer == chain[0].get("Subject") else SELF_SIGNED
            subject, issuer = issuer, subjects.get(issuer, "")
        return NO_ISSUER

    @cached_property
    def _names(self) -> set[frozenset[str]]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        with suppress(OSError):
            context.load_verify_locations(cafile=self.path)
        known: list[dict[str, Any]] = context.get_ca_certs()
        subjects: list[_Name] = [root["subject"] for root in known]
        return {frozenset(v for part in name for _, v in part) for name in subjects}

    def close(self) -> None:
        """Delete the file, if we made it."""
        if self._own is not None:
            self._own.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def roots(ca_bundle: str) -> int:
    """How many roots are trusted. Raises: `ConfigError` as `Trust` does."""
    with Trust(ca_bundle) as trust:
        return trust.count


def _temporary(content: bytes) -> tuple[IO[bytes], str]:
    """A file with this content, and its name; closing it deletes it.

    Where the system can name it by its descriptor, it has no other name: a kill leaves nothing.
    """
    descriptors = Path("/proc/self/fd")
    is_unnamed = descriptors.is_dir()
    file = TemporaryFile() if is_unnamed else NamedTemporaryFile(suffix=".pem")  # noqa: SIM115
    file.write(content)
    file.flush()
    return file, str(descriptors / str(file.fileno())) if is_unnamed else file.name


def _files(folder: str | None) -> Iterator[Path]:
    if folder:
        yield from sorted(Path(folder).iterdir())


def _roots_in(path: Path) -> dict[bytes, None]:
    """The certificates in a file, as an ordered set; none if it cannot be read."""
    with suppress(OSError):
        return dict.fromkeys(found[0] for found in _ROOT.finditer(path.read_bytes()))
    return {}


def _bundled(ca_bundle: str) -> dict[bytes, None]:
    try:
        # Before it is opened: a FIFO would be waited for, and a device may have no end.
        if not Path(ca_bundle).is_file():
            raise FileNotFoundError(ca_bundle)
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=ca_bundle)
    except OSError as fault:
        raise ConfigError(
            f"fetch.ca_bundle: {ca_bundle} cannot be read as certificates; name a PEM file."
        ) from fault
    return _roots_in(Path(ca_bundle))


# --- what a certificate says ----------------------------------------------------------------------

_ATTRIBUTE = re.compile(
    r"""(?P<key>[\w.]++)\ =\ (?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>(?:[^,+"\\]|\\.)*))""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\([0-9A-F]{2}|.)", re.DOTALL)
_DNS_NAME = re.compile(r"(?:^|, )DNS:([^,]+)")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PRINTED_LENGTH = 4096
"""Characters of a printed name that are read."""


def certificate(printed: Mapping[str, str]) -> Certificate | None:
    """A certificate, from OpenSSL's printed fields by label; None when there are none."""
    if not printed:
        return None
    issuer, subject = _names(printed.get("Issuer", "")), _names(printed.get("Subject", ""))
    host = _DNS_NAME.search(printed.get("X509v3 Subject Alternative Name", ""))
    return Certificate(
        not_before=_moment(printed.get("Start date", "")),
        not_after=_moment(printed.get("Expire date", "")),
        issuer=_first(issuer.get("O"), issuer.get("CN")),
        subject=_first(subject.get("CN"), host and host[1]),
    )


def _names(printed: str) -> dict[str, str]:
    r"""The attributes of a distinguished name: `O = "Some, Inc.", CN = \E6\97\A5`."""
    return {
        found["key"]: _unescaped(found["plain"] or found["quoted"] or "")
        for found in _ATTRIBUTE.finditer(printed[:PRINTED_LENGTH])
    }


def _unescaped(text: str) -> str:
    r"""The text without escapes: `\E6` is a byte of UTF-8, and `\"` a quotation mark."""

    def sign(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if len(found[1]) == len("E6") else found[1]

    return _ESCAPED.sub(sign, text).encode("latin-1", "replace").decode("utf-8", "replace")


def _moment(text: str) -> datetime | None:
    """The moment of `Jan  1 12:30:00 2026 GMT`; `ssl` would take twenty times as long."""
    with suppress(ValueError):
        month, day, time, year, _zone = text.split()
        date = int(year), MONTHS.index(month) + 1, int(day)
        hour, minute, second = map(int, time.split(":"))
        return datetime(*date, hour, minute, second, tzinfo=UTC)
    return None


def _values(printed: str) -> frozenset[str]:
    return frozenset(_names(printed).values())


def _first(*names: str | None) -> str:
    return next((clean(name, NAME_LENGTH) for name in names if name), "")
