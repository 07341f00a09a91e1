"""Pure: one row for each setting: its key, its type, and the range that its values lie in."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from ipaddress import ip_address, ip_network
from types import UnionType
from typing import Any, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.config.settings import HostSettings, Settings
from crawler.model import FindingClass

Path = tuple[str, ...]
"""The parts of a dotted key; in a row, `*` stands for any host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A type of setting, and how it is written in TOML."""

    expected: str
    fits: Callable[[object], bool]
    convert: Callable[[Any], object]
    """From a TOML value that fits, and is in range, to the value in `Settings`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The values a setting may have: itself, each item of a list, each (key, value) of a table."""

    expected: str
    holds: Callable[[Any], bool]
    secret: bool = False
    """Whether a value may hold a password, so that no error may quote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is known of one setting."""

    kind: Kind
    range: Range


# --- types --------------------------------------------------------------------------------------


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, float) or _is_whole(value)


def _is_list(of: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(map(of, value))


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


KINDS: Mapping[object, Kind] = {
    hint: Kind(expected=expected, fits=fits, convert=convert)
    for hint, expected, fits, convert in (
        (bool, "true or false", lambda value: isinstance(value, bool), bool),
        (int, "a whole number", _is_whole, int),
        (float, "a number", _is_number, float),
        (str, "a text", _is_text, str),
        (tuple[str, ...], "a list of texts", _is_list(_is_text), tuple),
        (tuple[int, ...], "a list of whole numbers", _is_list(_is_whole), tuple),
        (
            tuple[float, ...],
            "a list of numbers",
            _is_list(_is_number),
            lambda value: tuple(map(float, value)),
        ),
        (
            tuple[tuple[str, str], ...],
            "a table of texts",
            _is_table,
            lambda value: tuple(value.items()),
        ),
    )
}
"""By the annotation in `Settings`."""


def _kind(hint: object) -> Kind:
    return KINDS[get_args(hint)[0] if isinstance(hint, UnionType) else hint]


# --- ranges -------------------------------------------------------------------------------------

# RFC 9110 §5.6.2.
_TCHARS = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
# To the URL standard a name whose last label is a number is an address, and so it is here.
_NAME = r"(?!(?:.*\.)?[0-9]+\.?(?::|$))[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?"
_HOST = rf"(?:{_NAME}|[0-9]+(?:\.[0-9]+){{3}}|\[[0-9a-f:.]+\])"
_PORT = r"(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})"
_NICKNAMES = ("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually")
_CLASSES = tuple(FindingClass)[:5]
_DAY = 86_400


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


def _parses(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def holds(text: str) -> bool:
        try:
            parse(text)
        except (ValueError, ZoneInfoNotFoundError, OSError):
            # OSError: a zone that names a folder of the database, such as "Europe".
            return False
        return True

    return holds


is_host_key = _matches(rf"{_HOST}(?::{_PORT})?")
_is_host_pattern = _matches(r"(?!(?:.*\.)?[0-9]+\.?$)[0-9A-Za-z_.*?-]+")
_is_network = _parses(ip_network)
_is_place = _matches(rf"\*|(?:\*|{_HOST}):{_PORT}")
_is_port = _matches(_PORT)
_is_token = _matches(_TCHARS)
_is_identity = _matches(rf"{_TCHARS}(?:/{_TCHARS})?(?: .*[^ ])?")


def _is_line(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        complete = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return complete and parts.scheme in {"http", "https"} and _is_line(text) and " " not in text


def _is_canary(text: str) -> bool:
    # Canaries are shown to people, so they must not hold a password.
    return _is_web_address(text) and urlsplit(text).username is None


def _is_address_and_port(text: str) -> bool:
    address, _, port = text.rpartition(":")
    bare = address.removeprefix("[").removesuffix("]")
    written = f"[{bare}]" if ":" in bare else bare
    return address == written and _parses(ip_address)(bare) and _is_port(port)


def _range(expected: str, holds: Callable[[Any], bool], *, secret: bool = False) -> Range:
    return Range(expected=expected, holds=holds, secret=secret)


def _from(low: float, high: float) -> Range:
    return _range(f"{low} to {high}", lambda value: low <= value <= high)


def _above_zero(high: float) -> Range:
    return _range(f"more than 0 and at most {high}", lambda value: 0 < value <= high)


_ANY = _range("anything", lambda _: True)
_PATH = _range("a path", lambda text: bool(text.strip()) and "\0" not in text)
_WEB_ADDRESS = "an http or https address"

RANGES: Mapping[str, Range] = {
    "resources": _PATH,
    "database": _PATH,
    "reports": _PATH,
    "user_agent": _range(
        "one line of ASCII that starts with a product such as name/1.0 (RFC 9110 §10.1.5)",
        lambda text: _is_line(text) and _is_identity(text),
    ),
    "fetch.concurrency": _from(1, 4096),
    "fetch.processes": _from(0, 64),
    "fetch.per_host": _from(1, 64),
    "fetch.host_delay": _from(0, _DAY),
    "fetch.connect_timeout": _above_zero(_DAY),
    "fetch.read_timeout": _above_zero(_DAY),
    "fetch.total_timeout": _above_zero(_DAY),
    "fetch.attempts": _from(1, 100),
    "fetch.max_retry_after": _from(0, _DAY),
    "fetch.recheck_after": _from(0, _DAY),
    "fetch.max_redirects": _from(0, 100),
    "fetch.max_body_bytes": _from(1, 1_073_741_824),
    "fetch.budget": _above_zero(_DAY),
    "fetch.exclude": _range("a glob", lambda _: True, secret=True),
    "fetch.allow_private": _range(
        "host-name patterns and networks, such as *.intranet.example and 10.0.0.0/8",
        lambda text: _is_host_pattern(text) or _is_network(text),
    ),
    "fetch.resolve": _range(
        'host:port, *:port or * in lower case, and address:port, such as "*:443" = "127.0.0.1:8443"',
        lambda pair: _is_place(pair[0]) and _is_address_and_port(pair[1]),
    ),
    "fetch.ca_bundle": _range("a path or nothing", lambda text: "\0" not in text),
    "hosts.*.per_host": _from(1, 64),
    "hosts.*.host_delay": _from(0, _DAY),
    "hosts.*.headers": _range(
        "field names (RFC 9110 §5.1) with one line of ASCII each",
        lambda pair: _is_token(pair[0]) and _is_line(pair[1]),
        secret=True,
    ),
    "hosts.*.accept": _from(100, 599),
    "confirm.dead": _from(1, 1000),
    "confirm.failing": _from(1, 1000),
    "confirm.span_hours": _above_zero(8760),
    "guard.canaries": _range(f"{_WEB_ADDRESS} without userinfo", _is_canary, secret=True),
    "report.fail_on": _range(f"some of {', '.join(_CLASSES)}", lambda text: text in _CLASSES),
    "report.tls_expiry_days": _from(1, 3650),
    "report.slow_seconds": _above_zero(_DAY),
    "schedule.cron": _range(
        f"five words as in crontab(5), or one of {', '.join(_NICKNAMES)}",
        lambda text: len(text.split()) == 5 or text in _NICKNAMES,
    ),
    "schedule.timezone": _range("a time zone such as Europe/Berlin", _parses(ZoneInfo)),
    "schedule.jitter": _from(0, _DAY),
    "schedule.recheck_hours": _above_zero(24),
    "schedule.ping_url": _range(
        f"{_WEB_ADDRESS} or nothing", lambda text: not text or _is_web_address(text), secret=True
    ),
    "notify.urls": _range("a URL for Apprise", lambda _: True, secret=True),
}
"""By dotted key; a setting without a row may have any value of its type."""


# --- rows ---------------------------------------------------------------------------------------


def _rows(group: type, path: Path = ()) -> Iterator[tuple[Path, Row]]:
    for field in fields(group):
        here = (*path, field.name)
        if isinstance(field.type, type) and is_dataclass(field.type):
            yield from _rows(field.type, here)
        elif here == ("hosts",):
            yield from _rows(HostSettings, ("hosts", "*"))
        else:
            yield here, Row(kind=_kind(field.type), range=RANGES.get(".".join(here), _ANY))


ROWS: Mapping[Path, Row] = dict(_rows(Settings))
"""Every setting there is."""
TABLES: frozenset[Path] = frozenset(path[:size] for path in ROWS for size in range(len(path)))
"""Every table that holds settings; the root is the empty path."""
