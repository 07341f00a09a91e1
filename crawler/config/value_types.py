"""Pure: the types of settings. `Meta` beside a type says which of its values may be set.

msgspec checks ranges and patterns. `description` is what an error calls the expected value. In
`extra`, `check` looks at each item where a pattern cannot say what is valid, `explain` says in words
what is wrong with a value, `secret` keeps errors from quoting values that may contain a password, and
`single` lets one item stand for a list of it.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from ipaddress import ip_address, ip_network
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta

from crawler import cron
from crawler.model import FindingClass, WarningCode

# RFC 9110 §5.6.2.
_TCHARS = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
# By the URL standard a name whose last label is a number is an address.
_NAME = r"(?!(?:.*\.)?[0-9]+\.?(?::|$))[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?"
_HOST = rf"(?:{_NAME}|[0-9]+(?:\.[0-9]+){{3}}|\[[0-9a-f:.]+\])"
_PORT = r"(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})"
_HOST_PATTERN = re.compile(r"(?!(?:.*\.)?[0-9]+\.?$)[0-9A-Za-z_.*?-]+")
_ADDRESS_AND_PORT = re.compile(rf"(?:\[(.*:.*)\]|([^:\[\]]*)):{_PORT}")
_CLASSES = tuple(FindingClass)[:5]
LIST_FORMATS = (
    "csv",
    "markdown",
    "html",
    "opml",
    "yaml",
    "json",
    "toml",
    "sitemap",
    "text",
)
"""The formats of lists; CSV has commas, semicolons or tabs between its fields."""
WHICH_LINKS = ("auto", "items", "all")


class ArchiveKind(StrEnum):
    """How an archive of the web is asked."""

    CDX = "cdx"
    """https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server"""
    TIMEMAP = "timemap"
    """RFC 7089 §5."""
    TIMEGATE = "timegate"
    """RFC 7089 §4."""


_ARCHIVE_KINDS = ("auto", *ArchiveKind)

HOST_KEY = re.compile(rf"{_HOST}(?::{_PORT})?")
"""A host, or `host:port`, in lower case."""
DAY = 86_400
"""Seconds."""


# --- numbers ------------------------------------------------------------------------------------


def whole(low: int, high: int) -> Meta:
    """Whole numbers in this range, both ends included."""
    return Meta(ge=low, le=high, description=f"a whole number, {low} to {high}")


def above_zero(high: float) -> Meta:
    """Numbers greater than 0, up to `high`."""
    return Meta(gt=0, le=high, description=f"a number, more than 0 and at most {high}")


SecondsOrZero = Annotated[float, Meta(ge=0, le=DAY, description=f"a number, 0 to {DAY}")]
Seconds = Annotated[float, above_zero(DAY)]
RecheckHours = Annotated[
    tuple[Annotated[float, Meta(gt=0, le=168)], ...],
    Meta(description="a list of numbers of hours, each more than 0 and at most 168"),
]
StatusCodes = Annotated[
    tuple[Annotated[int, Meta(ge=100, le=599)], ...],
    Meta(description="a list of whole numbers, 100 to 599"),
]


# --- texts --------------------------------------------------------------------------------------


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        # OSError: the name of a folder in the database of zones, such as "Europe".
        return False
    return True


def _is_zone(text: str) -> bool:
    return _parses(ZoneInfo, text)


def _is_host_pattern_or_network(text: str) -> bool:
    return _HOST_PATTERN.fullmatch(text) is not None or _parses(ip_network, text)


def _has_address_and_port(pair: tuple[str, str]) -> bool:
    found = _ADDRESS_AND_PORT.fullmatch(pair[1])
    return found is not None and _parses(ip_address, found[1] or found[2])


def _is_canary(text: str) -> bool:
    try:
        parts = urlsplit(text)
        is_complete = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    # Canaries are shown in reports, so they must not contain a password.
    return is_complete and parts.scheme in {"http", "https"} and parts.username is None


def _text(expected: str, pattern: str, **extra: Any) -> Meta:  # noqa: ANN401 (what `extra` has)
    return Meta(description=expected, pattern=rf"\A(?:{pattern})\Z", extra=extra)


FilePath = Annotated[str, _text("a path", r"[^\0]*[^\0\s][^\0]*")]
FilePaths = Annotated[
    tuple[Annotated[str, Meta(pattern=r"\A[^\0]*[^\0\s][^\0]*\Z")], ...],
    Meta(min_length=1, description="a path or a glob, or a list of them", extra={"single": True}),
]
OptionalFilePath = Annotated[str, _text("a path or nothing", r"[^\0]*")]
UserAgent = Annotated[
    str,
    _text(
        "one line of ASCII that starts with a product such as name/1.0 (RFC 9110 §10.1.5)",
        rf"{_TCHARS}(?:/{_TCHARS})?(?: [ -~]*[!-~])?",
    ),
]
Globs = Annotated[tuple[str, ...], Meta(description="a list of globs", extra={"secret": True})]
HostPatterns = Annotated[
    tuple[str, ...],
    Meta(
        description="a list of host-name patterns and networks, such as *.intranet.example and 10.0.0.0/8",
        extra={"check": _is_host_pattern_or_network},
    ),
]
Addresses = Annotated[
    tuple[tuple[Annotated[str, Meta(pattern=rf"\A(?:\*|(?:\*|{_HOST}):{_PORT})\Z")], str], ...],
    Meta(
        description="a table of host:port, *:port or * in lower case, and address:port,"
        ' such as "*:443" = "127.0.0.1:8443"',
        extra={"check": _has_address_and_port},
    ),
]
RequestFields = Annotated[
    tuple[
        tuple[
            Annotated[str, Meta(pattern=rf"\A{_TCHARS}\Z")],
            Annotated[str, Meta(pattern=r"\A[ -~]*\Z")],
        ],
        ...,
    ],
    Meta(
        description="a table of field names (RFC 9110 §5.1) with one line of ASCII each",
        extra={"secret": True},
    ),
]
WebAddresses = Annotated[
    tuple[Annotated[str, Meta(pattern=r"\A[!-~]*\Z")], ...],
    Meta(
        description="a list of http or https addresses without userinfo",
        extra={"check": _is_canary, "secret": True},
    ),
]
OptionalWebAddress = Annotated[
    str,
    _text(
        "an http or https address without userinfo, or nothing",
        r"[!-~]*",
        check=lambda text: not text or _is_canary(text),
        secret=True,
    ),
]
ClusterAddress = Annotated[
    str,
    _text(
        "an address such as tcp://scheduler:8786 or tls://scheduler:8786, or local, or nothing",
        rf"(?:local|(?:(?:tcp|tls|ws|wss|ucx)://)?(?:[0-9A-Za-z_.-]+|\[[0-9A-Fa-f:.]+\]):{_PORT})?",
    ),
]
ServiceAddresses = Annotated[
    tuple[Annotated[str, Meta(pattern=r"\A[A-Za-z][A-Za-z0-9+.-]*://[^\s\0]+\Z")], ...],
    Meta(
        description="a list of addresses such as mailto://… or slack://…, as Apprise reads them",
        extra={"secret": True, "single": True},
    ),
]
OptionalBase = Annotated[
    str,
    _text(
        "an http or https address, or nothing",
        r"(?:https?://[^\s@]+)?",
        secret=True,
    ),
]
FormatName = Annotated[
    str, _text(f"one of {', '.join(LIST_FORMATS)}, or nothing", f"(?:{'|'.join(LIST_FORMATS)})?")
]
WhichLinks = Annotated[str, _text(f"one of {', '.join(WHICH_LINKS)}", "|".join(WHICH_LINKS))]
ArchiveKindName = Annotated[
    str, _text(f"one of {', '.join(_ARCHIVE_KINDS)}", "|".join(_ARCHIVE_KINDS))
]
FindingClasses = Annotated[
    tuple[Annotated[str, Meta(pattern=rf"\A(?:{'|'.join(_CLASSES)})\Z")], ...],
    Meta(description=f"a list of some of {', '.join(_CLASSES)}"),
]
WarningCodes = Annotated[
    tuple[Annotated[str, Meta(pattern=rf"\A(?:{'|'.join(WarningCode)})\Z")], ...],
    Meta(description=f"a list of some of {', '.join(WarningCode)}"),
]
Crontab = Annotated[
    str,
    _text(
        f"five words as in crontab(5), or one of {', '.join(cron.NICKNAMES)}",
        rf"\s*\S+(?:\s+\S+){{4}}\s*|{'|'.join(cron.NICKNAMES)}",
        explain=cron.fault,
    ),
]
TimeZone = Annotated[str, _text("a time zone such as Europe/Berlin", "(?s:.*)", check=_is_zone)]
