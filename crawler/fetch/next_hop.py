"""Pure: where a response redirects to."""

import re
from collections.abc import Sequence

from crawler import urls
from crawler.model import Redirect, RedirectKind, Refresh

FOLLOWED = frozenset({300, 301, 302, 303, 307, 308})
"""Status codes whose `Location` is followed. Source: RFC 9110 §15.4."""
MAX_REFRESH_DELAY = 5.0
"""Seconds; a page with a slower refresh updates itself, and is no redirect."""
_REFRESH = re.compile(
    r"""\s*+(?P<delay>\d++(\.\d*+)?+|\.\d++)[\d.]*+  # 5
        \s*[;,\s]\s*+(url\s*+=\s*+)?+                # ; url=
        (?P<quote>["']?)(?P<target>.*)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL | re.ASCII,
)


_SCHEME = re.compile(r"\s*+(?P<scheme>https?):(?P<slashes>[/\\]*+)", re.IGNORECASE | re.ASCII)


def by_location(url: str, values: Sequence[bytes]) -> Redirect | None:
    """The redirect in `Location`; None when that is missing, contradictory or no http(s) URL.

    The fragment of the request is inherited. Source: RFC 9110 §10.2.2; browsers too refuse several
    values that differ.
    """
    if len(set(values)) != 1 or not values[0].strip():
        return None
    target = _target(url, _decoded(values[0]))
    return Redirect(kind=RedirectKind.LOCATION, target=target) if target else None


def by_refresh_field(url: str, value: str) -> Redirect | None:
    """The redirect in a `Refresh` field; None when there is none to follow.

    Source: HTML standard, shared declarative refresh steps.
    """
    match = _REFRESH.match(value)
    if match is None:
        return None
    reference = match["target"]
    if match["quote"]:
        reference = reference.partition(match["quote"])[0]
    return _refresh(url, RedirectKind.REFRESH_FIELD, float(match["delay"]), reference)


def by_meta(url: str, refresh: Refresh | None) -> Redirect | None:
    """The redirect in a page's `<meta http-equiv=refresh>`; None when there is none to follow."""
    if refresh is None:
        return None
    return _refresh(url, RedirectKind.META_REFRESH, refresh.delay, refresh.target)


def _refresh(url: str, kind: RedirectKind, delay: float, reference: str) -> Redirect | None:
    target = _target(url, reference)
    if target is None or delay > MAX_REFRESH_DELAY:
        return None
    if urls.without_fragment(target) == urls.without_fragment(url):
        return None
    return Redirect(kind=kind, target=target, delay=delay)


def _target(url: str, reference: str) -> str | None:
    if _lacks_host(url, reference):
        return None
    target = urls.resolve(url, reference)
    if target is None or urls.scheme(target) not in {"http", "https"}:
        return None
    if "#" in target or not urls.fragment(url):
        return target
    return urls.with_fragment(target, urls.fragment(url))


def _lacks_host(url: str, reference: str) -> bool:
    """Whether browsers would take the first part of the path for the host, as in `http:///page`."""
    found = _SCHEME.match(reference)
    if found is None or len(found["slashes"]) == 2:
        return False
    is_relative = len(found["slashes"]) < 2 and found["scheme"].lower() == urls.scheme(url)
    return not is_relative


def _decoded(value: bytes) -> str:
    # Servers send raw UTF-8, and older ones Latin-1, although the standard does not allow it.
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
