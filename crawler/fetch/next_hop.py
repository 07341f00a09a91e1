"""Pure: where a response sends its reader next."""

import re
from collections.abc import Sequence

from crawler import urls
from crawler.model import Redirect, RedirectKind, Refresh

FOLLOWED = frozenset({300, 301, 302, 303, 307, 308})
"""Status codes whose `Location` is followed. Source: RFC 9110 §15.4."""
MAX_REFRESH_DELAY = 5.0
"""Seconds; a slower refresh is a page that renews itself, no redirect."""
_REFRESH = re.compile(
    r"""\s*+(?P<delay>\d++(\.\d*+)?+|\.\d++)[\d.]*+  # 5
        \s*[;,\s]\s*+(url\s*+=\s*+)?+                # ; url=
        (?P<quote>["']?)(?P<target>.*)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL | re.ASCII,
)


def by_location(uri: str, values: Sequence[bytes]) -> Redirect | None:
    """The redirect that `Location` states; None when it is missing, contradicts itself or is no http(s) URI.

    The fragment of the request is inherited. Source: RFC 9110 §10.2.2; several values that differ
    are an error to browsers too.
    """
    if len(set(values)) != 1 or not values[0].strip():
        return None
    target = _target(uri, _text(values[0]))
    return Redirect(kind=RedirectKind.LOCATION, target=target) if target else None


def by_refresh_field(uri: str, value: str) -> Redirect | None:
    """The redirect that a `Refresh` field states; None when it is none to follow.

    Source: HTML standard, shared declarative refresh steps.
    """
    match = _REFRESH.match(value)
    if match is None:
        return None
    reference = match["target"]
    if match["quote"]:
        reference = reference.partition(match["quote"])[0]
    return _refreshed(uri, RedirectKind.REFRESH_FIELD, float(match["delay"]), reference)


def by_meta(uri: str, refresh: Refresh | None) -> Redirect | None:
    """The redirect that a page's `<meta http-equiv=refresh>` states; None when it is none to follow."""
    if refresh is None:
        return None
    return _refreshed(uri, RedirectKind.META_REFRESH, refresh.delay, refresh.target)


def _refreshed(uri: str, kind: RedirectKind, delay: float, reference: str) -> Redirect | None:
    target = _target(uri, reference)
    if target is None or delay > MAX_REFRESH_DELAY:
        return None
    if urls.without_fragment(target) == urls.without_fragment(uri):
        return None
    return Redirect(kind=kind, target=target, delay=delay)


def _target(uri: str, reference: str) -> str | None:
    target = urls.resolve(uri, reference)
    if target is None or urls.scheme(target) not in {"http", "https"}:
        return None
    if "#" in target or not urls.fragment(uri):
        return target
    return urls.with_fragment(target, urls.fragment(uri))


def _text(value: bytes) -> str:
    # Not in the standard, but sent: raw UTF-8, and in older places Latin-1.
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
