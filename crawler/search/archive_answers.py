"""Pure: what archives of the web say of their captures, in the two dialects of CDX and as a TimeMap."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from crawler import urls

MOST_CAPTURES = 1000
"""That are read of one answer."""
REDIRECTING = frozenset({301, 302, 307, 308})

_TIMESTAMP = "%Y%m%d%H%M%S"
_NAMES = {"statuscode": "status", "original": "url"}
"""What the fields of CDX are called at web.archive.org, and by pywb."""
_REPLAY = re.compile(r"/([0-9]{14})(?:[a-z]{2}_)?/(?=https?:/)", re.IGNORECASE)
"""In the address of a capture: its time; `id_` asks for it as it was captured."""
_IN_REPLAY = re.compile(r"/[0-9]{4,14}(?:[a-z]{2}_)?/(https?:/.+)", re.IGNORECASE)
_LINK = re.compile(r"<([^<>]*+)>((?:\s*+;\s*+[\w!*-]++\s*+=\s*+(?:\"[^\"]*+\"|[^\s\",;]*+))*+)")
"""Source: RFC 8288 §3"""
_PARAMETER = re.compile(r";\s*+([\w!*-]++)\s*+=\s*+\"?([^\";]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What an archive has of a URL at one time."""

    at: datetime
    address: str
    """Where the archive shows it; empty where only the time is told."""
    status: int | None = None
    """As captured; None where that is not told."""
    digest: str = ""
    """Equal for equal contents."""


# --- CDX ----------------------------------------------------------------------------------------


def captures_of_cdx(text: str) -> tuple[Capture, ...]:
    """The captures in an answer of a CDX server in JSON; what cannot be read is left out.

    web.archive.org sends one array, whose first row names the fields; pywb sends an object on each
    line. Source: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server
    """
    found = (_capture(row) for row in _rows(text))
    return tuple(capture for capture in found if capture)[:MOST_CAPTURES]


def _rows(text: str) -> Iterator[Mapping[str, Any]]:
    if not text.lstrip().startswith("["):
        yield from filter(None, map(_object, text.splitlines()))
        return
    rows = _json(text)
    if isinstance(rows, list) and rows and isinstance(rows[0], list):
        names = [_NAMES.get(str(name), str(name)) for name in rows[0]]
        yield from (
            dict(zip(names, row, strict=False)) for row in rows[1:] if isinstance(row, list)
        )


def _object(line: str) -> Mapping[str, Any] | None:
    found = _json(line)
    if not isinstance(found, dict):
        return None
    return {_NAMES.get(str(name), str(name)): value for name, value in found.items()}


def _json(text: str) -> Any:  # noqa: ANN401 - as sent
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _capture(row: Mapping[str, Any]) -> Capture | None:
    at = time_of(str(row.get("timestamp", "")))
    status = str(row.get("status", ""))
    if at is None:
        return None
    return Capture(
        at=at,
        address="",
        status=int(status) if re.fullmatch("[1-5][0-9]{2}", status) else None,
        digest=str(row.get("digest", "")),
    )


def timestamp(at: datetime) -> str:
    """The time as archives write it, in UTC.

    >>> timestamp(datetime(2026, 11, 29, 3, 17, tzinfo=UTC))
    '20261129031700'
    """
    return at.astimezone(UTC).strftime(_TIMESTAMP)


def time_of(text: str) -> datetime | None:
    """The time that an archive wrote; None for another text."""
    try:
        is_whole = re.fullmatch("[0-9]{14}", text)
        return datetime.strptime(text, _TIMESTAMP).replace(tzinfo=UTC) if is_whole else None
    except ValueError:
        return None


# --- Memento ------------------------------------------------------------------------------------


def captures_of_timemap(text: str) -> tuple[Capture, ...]:
    """The captures in a TimeMap of links. Source: RFC 7089 §5."""
    found = (
        Capture(at=at, address=urls.without_userinfo(address))
        for address, parameters in _links(text)
        if "memento" in parameters.get("rel", "").split()
        and (at := http_time(parameters.get("datetime", "")))
    )
    return tuple(found)[-MOST_CAPTURES:]


def further_timemaps(text: str) -> tuple[str, ...]:
    """The addresses of the parts of which a TimeMap consists. Source: RFC 7089 §5.1.2."""
    links = _links(text)
    return tuple(address for address, named in links if "timemap" in named.get("rel", "").split())


def _links(text: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for found in _LINK.finditer(text):
        named = {name.lower(): value for name, value in _PARAMETER.findall(found[2])}
        yield found[1].strip(), named


def http_time(text: str) -> datetime | None:
    """The time in a field of HTTP; None for another text."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


# --- all ----------------------------------------------------------------------------------------


def as_captured(address: str) -> str:
    """Where the archive shows the capture without what it adds, if its addresses tell that.

    >>> as_captured("https://archive.example/web/20200102030405/https://a.example/")
    'https://archive.example/web/20200102030405id_/https://a.example/'
    """
    return _REPLAY.sub(r"/\1id_/", address, count=1)


def original_of(address: str) -> str:
    """The address, or that of the page of which it is a capture."""
    found = _IN_REPLAY.search(address)
    return re.sub(r"^(https?:)/+", r"\1//", found[1], flags=re.I) if found else address


def latest_first(
    captures: Iterable[Capture], statuses: Iterable[int], before: datetime | None = None
) -> list[Capture]:
    """The captures of that time or before, with one of the statuses or none that is told.

    Of equal contents that follow each other, only the latest.
    """
    wanted = {*statuses, None}
    fitting = [
        one for one in captures if one.status in wanted and (before is None or one.at <= before)
    ]
    fitting.sort(key=lambda one: one.at, reverse=True)
    follows = zip([None, *fitting], fitting, strict=False)
    return [
        one for last, one in follows if not (last and one.digest and last.digest == one.digest)
    ]


def is_web_address(text: str) -> bool:
    """Whether it can be asked."""
    return urls.problem(text) is None
