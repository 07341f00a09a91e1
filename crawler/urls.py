"""Pure: URLs as browsers read them: normal form, parts, trivial differences, secrets, addresses.

Source: https://url.spec.whatwg.org/ unless a function says otherwise.
"""

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, lru_cache, wraps
from typing import TypeVar

import ada_url
from publicsuffixlist import PublicSuffixList

from crawler.model import NotAskedReason

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# The parser of the standard repairs `https:x.org` and `https:///x.org`; a list should not rely on it.
_HTTP_AUTHORITY = re.compile(r"https?://([^/\\?#]*)", re.IGNORECASE)

# --- what was read once ---------------------------------------------------------------------------

_REMEMBERED = 2048
_LONGEST_REMEMBERED = 2000
"""Characters: what is remembered stays within a few megabytes, whatever servers send."""

T = TypeVar("T")


def _remembered(read: Callable[[str], T]) -> Callable[[str], T]:
    """The same function, which remembers what it made of the last texts that are not too long."""
    known = lru_cache(maxsize=_REMEMBERED)(read)

    @wraps(read)
    def remembering(text: str) -> T:
        return known(text) if len(text) <= _LONGEST_REMEMBERED else read(text)

    return remembering


# --- is it a URL that can be asked? ---------------------------------------------------------------

_PORT_AFTER_NAME = re.compile(r"[a-z0-9.-]+:[0-9]{1,5}(?=[/?#]|$)", re.IGNORECASE)
_NUMBER_SCHEMES = frozenset({"callto", "fax", "sms", "tel"})
"""Schemes that digits follow, so that `tel:112` is not a host with its port."""

# A URL holds no blanks, so one after a blank is a second one. So is one glued to a host, and one
# after a separator, but not in a query. After a slash or an equals sign it is a part of the first:
# archives, proxies.
_SECOND_URL = (
    re.compile(r"^https?://[^/\\?#]*https?://", re.IGNORECASE),
    re.compile(r"(?<=\s)[a-z][a-z0-9+.-]*://", re.IGNORECASE),
    re.compile(r"^[^?#]*[,;|]https?://", re.IGNORECASE),
)

_MAX_NAME = 253
_MAX_LABEL = 63
"""Source: RFC 1035 §2.3.4, without the length octets."""


@_remembered
def problem(text: str) -> NotAskedReason | None:
    """Why the text is no URL that can be asked, or None when it is one.

    Blanks around it do not matter.

    >>> problem("example.org/x")
    <NotAskedReason.INVALID_URL: 'invalid_url'>
    """
    text = text.strip()
    scheme_found = _SCHEME.match(text)
    if scheme_found is None or _is_host_with_port(text) or _holds_two(text):
        return NotAskedReason.INVALID_URL
    if scheme_found[1].lower() not in _DEFAULT_PORTS:
        return NotAskedReason.UNSUPPORTED_SCHEME
    return None if _has_clean_host(text) and _parse(text) else NotAskedReason.INVALID_URL


def _is_host_with_port(text: str) -> bool:
    found = _PORT_AFTER_NAME.match(text)
    return found is not None and found[0].partition(":")[0].lower() not in _NUMBER_SCHEMES


def _holds_two(text: str) -> bool:
    return text.count("://") > 1 and any(second.search(text) for second in _SECOND_URL)


def _has_clean_host(text: str) -> bool:
    authority = _HTTP_AUTHORITY.match(text)
    host_as_written = authority[1].rpartition("@")[2] if authority else ""
    return host_as_written.split() == [host_as_written]


# --- parts ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    uri: str
    scheme: str
    host: str
    port: int | None
    path: str
    query: str


@_remembered
def _parse(text: str) -> _Parts | None:
    """The parts of an absolute URL without its userinfo; None when it has no such reading."""
    try:
        href = ada_url.normalize_url(text)
    except ValueError:
        return None
    return _taken_apart(href)


def _taken_apart(href: str) -> _Parts | None:
    before_fragment, _, _ = href.partition("#")
    before_query, _, query = before_fragment.partition("?")
    scheme_found, _, rest = before_query.partition(":")
    authority, slash, path_found = rest[2:].partition("/") if rest[:2] == "//" else ("", "", rest)
    userinfo, at, place = authority.rpartition("@")
    name, colon, digits = place.rpartition(":")
    has_port = colon != "" and digits.isdecimal()
    parts = _Parts(
        uri=href.replace(f"//{userinfo}@", "//", 1) if at else href,
        scheme=scheme_found,
        host=name if has_port else place,
        port=int(digits) if has_port else None,
        path=slash + path_found,
        query=query,
    )
    return parts if scheme_found not in _DEFAULT_PORTS or _can_be_asked(parts) else None


def _can_be_asked(parts: _Parts) -> bool:
    """Whether the name system can carry the host, and a connection the port.

    The standard leaves both to whoever resolves and connects.
    """
    name = parts.host.removesuffix(".")
    labels = name.split(".")
    return (
        parts.port != 0
        and len(name) <= _MAX_NAME
        and all(0 < len(label) <= _MAX_LABEL for label in labels)
    )


def _parts(uri: str) -> _Parts:
    parts = _parse(uri)
    if parts is None:
        raise ValueError("not an absolute URL")
    return parts


def normal_form(text: str) -> str:
    """The URL as the standard serialises it, without userinfo and with its fragment.

    Raises:
        ValueError: the text has a `problem`.

    >>> normal_form("HTTPS://user:pw@Bücher.example:443/a/../ü?q#Top")
    'https://xn--bcher-kva.example/%C3%BC?q#Top'
    """
    if problem(text):
        raise ValueError("not a URL that can be asked")
    return _parts(text.strip()).uri


def target_uri(text: str) -> str:
    """The URL's normal form, or the text itself when it has a `problem`.

    Equal for two texts exactly when they name the same target.
    """
    return text if problem(text) else normal_form(text)


def resolve(base: str, reference: str) -> str | None:
    """The absolute URL that a reference on the page `base` means, or None when it means none.

    Of any scheme, in normal form, without userinfo.
    """
    try:
        parts = _taken_apart(ada_url.join_url(base, reference))
    except ValueError:
        return None
    return parts.uri if parts else None


def fragment(uri: str) -> str:
    """The part after the first `#`, percent-encoded as it stands; empty when there is none."""
    return uri.partition("#")[2]


def without_fragment(uri: str) -> str:
    """The part before the first `#`."""
    return uri.partition("#")[0]


def with_fragment(uri: str, fragment: str) -> str:
    """The URL in normal form with this fragment instead of its own; empty means none.

    Raises:
        ValueError: `uri` is no absolute URL.
    """
    marked = f"#{fragment}" if fragment else ""
    return _parts(without_fragment(uri) + marked).uri


def scheme(uri: str) -> str:
    """The scheme in lower case.

    Raises:
        ValueError: `uri` is no absolute URL; so do all functions that return a part.
    """
    return _parts(uri).scheme


def host(uri: str) -> str:
    """The host: a lower-case ASCII name, or an address without brackets; empty when there is none."""
    return _parts(uri).host.strip("[]")


def port(uri: str) -> int:
    """The port to connect to; 0 when neither the URL nor its scheme names one."""
    parts = _parts(uri)
    return parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)


def path(uri: str) -> str:
    """The path, percent-encoded as it stands."""
    return _parts(uri).path


def host_key(uri: str) -> str:
    """The name under which all URLs of one server are asked in turn.

    The host, with `:port` when that is not the default of http or https as the scheme says, so that
    `http://a.example` and `https://a.example.` share one key. Addresses of version 6 stand in
    brackets.
    """
    parts = _parts(uri)
    name = parts.host.removesuffix(".")
    return name if parts.port is None else f"{name}:{parts.port}"


def origin(uri: str) -> str:
    """`scheme://host[:port]`, where robots.txt lives."""
    parts = _parts(uri)
    return f"{parts.scheme}://{parts.host}" + ("" if parts.port is None else f":{parts.port}")


@cache
def _public_suffixes(is_encoded: bool) -> PublicSuffixList:
    """The list, with its names in Punycode too for those who need them: that takes most of its time."""
    return PublicSuffixList(accept_unknown=False, accept_encoded_idn=is_encoded)


@_remembered
def registrable_domain(host: str) -> str:
    """The domain that somebody registered: one label below the public suffix.

    The host itself when it is an address, a public suffix, or under none that is known.
    Source: https://publicsuffix.org/list/

    >>> registrable_domain("docs.example.co.uk")
    'example.co.uk'
    """
    return _public_suffixes("xn--" in host).privatesuffix(host) or host


# --- secrets --------------------------------------------------------------------------------------

_NEXT_URL = re.compile(r"(?<=[\s,;|])(?=[a-z][a-z0-9+.-]*://)", re.IGNORECASE)
_USERINFO = re.compile(r"(:[\\/]{2,})[^\\/?#]*@")
# In text that is no URL, a sign that only looks like an at sign was meant as one.
_AT_SIGN = re.compile(r"@|\uff20|\ufe6b|%40")
_START = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:[\\/\s]*[\\/]|(?:data|javascript|sips?):|)", re.I)
_MAIL_SCHEMES = ("acct:", "mailto:", "xmpp:")
"""Schemes whose at sign is part of an address, and guards no secret."""


def without_userinfo(text: str) -> str:
    """The text without user names and passwords, otherwise as written.

    In a URL that is what stands before the `@` of its authority, and of any URL inside it. In text
    that is no URL it is everything that may be meant so, rather too much than too little; what is
    left is never a URL that the text was not.

    >>> without_userinfo("http://user:p/w@exa mple.org")
    'http://exa mple.org'
    """
    if not _AT_SIGN.search(text):
        return text
    kept = "".join(map(_without_userinfo, _NEXT_URL.split(text)))
    if problem(text) and not problem(kept):
        return _beginning(text)
    return kept


def _without_userinfo(text: str) -> str:
    if problem(text) is None:
        return _USERINFO.sub(r"\1", text)
    start = _beginning(text)
    if start == "" and "//" not in text and text.lower().startswith(_MAIL_SCHEMES):
        return text
    # A scheme that is not ours may be a user; the at sign of `medium.com/@name` stands in the path.
    begin = len(start)
    user = begin if start.lower().startswith("http") else 0
    at = list(_AT_SIGN.finditer(text, begin))
    if not at or ("/" in text[begin : at[0].start()] and ":" not in text[user : at[-1].start()]):
        return text
    return start + text[at[-1].end() :]


def _beginning(text: str) -> str:
    found = _START.match(text)
    return found[0] if found else ""


# --- trivial differences --------------------------------------------------------------------------

_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_INDEX_FILE = re.compile(
    r"(?<=/)(?:index\.(?:s?html?|xhtml|php|aspx?|jsp|cgi)|default\.(?:html?|aspx?))$",
    re.IGNORECASE,
)


def https_upgrade(old: str, new: str) -> bool:
    """Whether the two URLs differ in http and https alone, fragments aside."""
    before, after = _parts(without_fragment(old)), _parts(without_fragment(new))
    return before.scheme == "http" and after.uri == before.uri.replace("http:", "https:", 1)


def trivially_different(old: str, new: str) -> bool:
    """Whether the two URLs are one page's in all likelihood, fragments aside.

    They differ in nothing but http for https, `www.`, a slash at the end, the default port, the
    letter case of percent-escapes, or the name of an index file; or not at all.
    """
    before, after = _parts(old), _parts(new)
    if (before.scheme, after.scheme) == ("https", "http"):
        return False
    return _essence(before) == _essence(after)


def _essence(parts: _Parts) -> tuple[str, str, int | None, str, str]:
    return (
        parts.scheme.replace("https", "http"),
        parts.host.removeprefix("www."),
        parts.port,
        _same_case(_INDEX_FILE.sub("", parts.path)).removesuffix("/"),
        _same_case(parts.query),
    )


def _same_case(text: str) -> str:
    return _ESCAPE.sub(lambda escape: escape[0].upper(), text)


# --- addresses ------------------------------------------------------------------------------------

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""Source: RFC 6052 §2.1. The prefix for local use (RFC 8215) lies outside `_UNICAST`: refused."""
_UNICAST = ipaddress.ip_network("2000::/3")
"""The only part of the IPv6 space that is given out; `is_global` is true of most of the rest."""
_RESERVED = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""What Python 3.11 does not know to be reserved. Source: RFC 6890, RFC 7526 (6to4), RFC 9637."""


def is_global(address: str) -> bool:
    """Whether the address is one on the public internet.

    False for text that is no address, and for one bound to an interface (`%eth0`). An IPv4 address
    inside an IPv6 one (mapped, NAT64, 6to4) speaks for it.
    Source: IANA special-purpose address registries.
    """
    found = _address(address)
    if found is None or "%" in address:
        return False
    meant = _unwrapped(found)
    if meant.version == 6 and meant not in _UNICAST:
        return False
    reserved = any(meant in network for network in _RESERVED)
    return meant.is_global and not meant.is_multicast and not reserved


def private_allowed(host: str, address: str, patterns: Sequence[str]) -> bool:
    """Whether a network among the patterns holds the address, or a glob among them fits the host."""
    name = host.lower().strip("[]").removesuffix(".")
    return any(_covers(pattern, name, address) for pattern in patterns)


def _covers(pattern: str, name: str, address: str) -> bool:
    network = _network(pattern)
    if network is None:
        return fnmatchcase(name, pattern.lower())
    found = _address(address)
    return found is not None and (found in network or _unwrapped(found) in network)


@lru_cache(maxsize=256)
def _address(text: str) -> _Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _network(text: str) -> _Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _unwrapped(address: _Address) -> _Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and address in _NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return inner or address
