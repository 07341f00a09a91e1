"""Pure: URLs as browsers read them: which can be asked, their normal form and their parts.

Source: https://url.spec.whatwg.org/ unless a function says otherwise.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, wraps
from typing import TypeVar

import ada_url
from publicsuffixlist import PublicSuffixList

from crawler.model import NotAskedReason

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# The parser of the standard repairs `https:x.org` and `https:///x.org`; we refuse them.
_HTTP_AUTHORITY = re.compile(r"https?://([^/\\?#]*)", re.IGNORECASE)

# --- cache --------------------------------------------------------------------------------------

_CACHED = 2048
_LONGEST_CACHED = 2000
"""Characters of a text that is cached, so that the cache stays within a few megabytes."""

T = TypeVar("T")


def _cached(read: Callable[[str], T]) -> Callable[[str], T]:
    """The same function, with a cache for texts that are not too long."""
    known = lru_cache(maxsize=_CACHED)(read)

    @wraps(read)
    def read_once(text: str) -> T:
        return known(text) if len(text) <= _LONGEST_CACHED else read(text)

    return read_once


# --- is it a URL that can be asked? ---------------------------------------------------------------

_PORT_AFTER_NAME = re.compile(r"[a-z0-9.-]+:[0-9]{1,5}(?=[/?#]|$)", re.IGNORECASE)
_NUMBER_SCHEMES = frozenset({"callto", "fax", "sms", "tel"})
"""Schemes that digits follow, so that `tel:112` is not a host with its port."""

# Slips of the hand: one letter of `http` is another, or the letters are too many, too few or in
# another order. Any other scheme may be meant.
_MISSPELT_SCHEME = re.compile(
    r"[a-z]ttps?|h[a-z]tps?|ht[a-z]ps?|htt[a-z]s?|(?=.*t)(?=.*p)[htps]{3,7}"
)
_RARE_SCHEMES = frozenset({"hftp", "shttp"})

# A URL has no blanks, so one after a blank is a second one. So is one directly after a host, and one
# after a separator, but not in a query. After a slash or an equals sign it is part of the first, as in
# the addresses of archives and proxies.
_SECOND_URL = (
    re.compile(r"^https?://[^/\\?#]*https?://", re.IGNORECASE),
    re.compile(r"(?<=\s)[a-z][a-z0-9+.-]*://", re.IGNORECASE),
    re.compile(r"^[^?#]*[,;|]https?://", re.IGNORECASE),
)

_MAX_NAME = 253
_MAX_LABEL = 63
"""Source: RFC 1035 §2.3.4, without the length octets."""


@_cached
def problem(text: str) -> NotAskedReason | None:
    """Why the text cannot be requested as a URL; None when it can.

    Blanks around it do not matter.

    >>> problem("example.org/x")
    <NotAskedReason.INVALID_URL: 'invalid_url'>
    """
    text = text.strip()
    scheme_found = _SCHEME.match(text)
    if scheme_found is None or _is_host_with_port(text) or _has_two_urls(text):
        return NotAskedReason.INVALID_URL
    scheme_written = scheme_found[1].lower()
    if scheme_written not in _DEFAULT_PORTS:
        is_slip = _is_misspelt(scheme_written)
        return NotAskedReason.INVALID_URL if is_slip else NotAskedReason.UNSUPPORTED_SCHEME
    return None if _has_clean_host(text) and _parse(text) else NotAskedReason.INVALID_URL


def _is_host_with_port(text: str) -> bool:
    found = _PORT_AFTER_NAME.match(text)
    return found is not None and found[0].partition(":")[0].lower() not in _NUMBER_SCHEMES


def _is_misspelt(name: str) -> bool:
    return name not in _RARE_SCHEMES and _MISSPELT_SCHEME.fullmatch(name) is not None


def _has_two_urls(text: str) -> bool:
    return text.count("://") > 1 and any(second.search(text) for second in _SECOND_URL)


def _has_clean_host(text: str) -> bool:
    authority = _HTTP_AUTHORITY.match(text)
    host_as_written = authority[1].rpartition("@")[2] if authority else ""
    return host_as_written.split() == [host_as_written]


# --- parts ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A URL in normal form, and what it consists of."""

    url: str
    scheme: str
    host: str
    port: int | None
    path: str
    query: str


@_cached
def _parse(text: str) -> Parts | None:
    """The parts of an absolute URL, without its userinfo; None when the text is none."""
    try:
        href = ada_url.normalize_url(text)
    except ValueError:
        return None
    return _taken_apart(href)


def _taken_apart(href: str) -> Parts | None:
    before_fragment, _, _ = href.partition("#")
    before_query, _, query = before_fragment.partition("?")
    scheme_found, _, rest = before_query.partition(":")
    authority, slash, path_found = rest[2:].partition("/") if rest[:2] == "//" else ("", "", rest)
    userinfo, at, place = authority.rpartition("@")
    name, colon, digits = place.rpartition(":")
    has_port = colon != "" and digits.isdecimal()
    parts = Parts(
        url=href.replace(f"//{userinfo}@", "//", 1) if at else href,
        scheme=scheme_found,
        host=name if has_port else place,
        port=int(digits) if has_port else None,
        path=slash + path_found,
        query=query,
    )
    return parts if scheme_found not in _DEFAULT_PORTS or _can_be_asked(parts) else None


def _can_be_asked(parts: Parts) -> bool:
    """Whether the host fits into a DNS name, and the port is one to connect to.

    The URL standard does not check either.
    """
    name = parts.host.removesuffix(".")
    labels = name.split(".")
    return (
        parts.port != 0
        and len(name) <= _MAX_NAME
        and all(0 < len(label) <= _MAX_LABEL for label in labels)
    )


def parts_of(url: str) -> Parts:
    """All parts at once.

    Raises:
        ValueError: `url` is no absolute URL; so do all functions that return a part.
    """
    parts = _parse(url)
    if parts is None:
        raise ValueError("not an absolute URL")
    return parts


def normal_form(text: str) -> str:
    """The URL as the standard serialises it, with its fragment but without userinfo.

    Raises:
        ValueError: the text has a `problem`.

    >>> normal_form("HTTPS://user:pw@Bücher.example:443/a/../ü?q#Top")
    'https://xn--bcher-kva.example/%C3%BC?q#Top'
    """
    if problem(text):
        raise ValueError("not a URL that can be asked")
    return parts_of(text.strip()).url


def target_uri(text: str) -> str:
    """The URL's normal form, or the text itself when it has a `problem`.

    Two texts have the same one exactly when they name the same target.
    """
    return text if problem(text) else normal_form(text)


def resolve(base: str, reference: str) -> str | None:
    """The absolute URL of a reference on the page `base`; None when there is none.

    It may have any scheme; it is in normal form, without userinfo.
    """
    try:
        parts = _taken_apart(ada_url.join_url(base, reference))
    except ValueError:
        return None
    return parts.url if parts else None


def fragment(url: str) -> str:
    """The part after the first `#`, percent-encoded as it is; empty when there is none."""
    return url.partition("#")[2]


def without_fragment(url: str) -> str:
    """The part before the first `#`."""
    return url.partition("#")[0]


def with_fragment(url: str, fragment: str) -> str:
    """The URL in normal form with this fragment instead of its own; empty means none.

    Raises:
        ValueError: `url` is no absolute URL.
    """
    marked = f"#{fragment}" if fragment else ""
    return parts_of(without_fragment(url) + marked).url


def scheme(url: str) -> str:
    """The scheme in lower case."""
    return parts_of(url).scheme


def host(url: str) -> str:
    """The host: a lower-case ASCII name, or an address without brackets; empty when there is none."""
    return parts_of(url).host.strip("[]")


_PLAIN = re.compile(r"https?://((?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,})(?:[/?#][!-~]*)?")
"""A URL that can be asked, unless it holds a second one, whose host is in normal form."""


def web_host(text: str) -> str:
    """The host of what can be requested as a URL; empty for any other text.

    Most URLs are not parsed for it: that takes ten times as long, and a list may have a million of them.
    """
    plain = _PLAIN.fullmatch(text)
    if plain and len(plain[1]) <= _MAX_LABEL and text.count("://") == 1:
        return plain[1]
    return "" if problem(text) else host(text)


def port(url: str) -> int:
    """The port to connect to; 0 when neither the URL nor its scheme names one."""
    parts = parts_of(url)
    return parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)


def path(url: str) -> str:
    """The path, percent-encoded as it is."""
    return parts_of(url).path


def host_key(url: str) -> str:
    """The host, with `:port` where that is not the default of the scheme: one key for one server.

    `http://a.example` and `https://a.example.` share a key. IPv6 addresses are in brackets.
    """
    parts = parts_of(url)
    name = parts.host.removesuffix(".")
    return name if parts.port is None else f"{name}:{parts.port}"


def origin(url: str) -> str:
    """`scheme://host[:port]`; each origin has its own robots.txt."""
    parts = parts_of(url)
    return f"{parts.scheme}://{parts.host}" + ("" if parts.port is None else f":{parts.port}")


@cache
def _public_suffixes(is_encoded: bool) -> PublicSuffixList:
    """The list, on request with names in Punycode: these take most of the time to load it."""
    return PublicSuffixList(accept_unknown=False, accept_encoded_idn=is_encoded)


@_cached
def registrable_domain(host: str) -> str:
    """The domain that somebody registered: one label below the public suffix.

    The host itself when it is an address or a public suffix, or has no known one.
    Source: https://publicsuffix.org/list/

    >>> registrable_domain("docs.example.co.uk")
    'example.co.uk'
    """
    return _public_suffixes("xn--" in host).privatesuffix(host) or host


def domain(url: str) -> str:
    """The registrable domain of the URL's host.

    >>> domain("https://docs.example.co.uk/guide")
    'example.co.uk'
    """
    return registrable_domain(host(url))
