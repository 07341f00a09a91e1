"""Pure: which IP addresses may be connected to."""

import ipaddress
from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import lru_cache

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""Source: RFC 6052 §2.1. The prefix for local use (RFC 8215) lies outside `_UNICAST`: refused."""
_UNICAST = ipaddress.ip_network("2000::/3")
"""The only part of IPv6 that is assigned; `ipaddress` calls most of the rest global too."""
_RESERVED = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""Reserved, but not in Python 3.11. Source: RFC 6890, RFC 7526 (6to4), RFC 9637."""


def is_global(address: str) -> bool:
    """Whether the address is one on the public internet.

    False for text that is no address, and for one bound to an interface (`%eth0`). Where an IPv6
    address contains an IPv4 one (mapped, NAT64, 6to4), that one decides.
    Source: IANA special-purpose address registries.
    """
    found = _address(address)
    if found is None or "%" in address:
        return False
    inner = _unwrapped(found)
    if inner.version == 6 and inner not in _UNICAST:
        return False
    reserved = any(inner in network for network in _RESERVED)
    return inner.is_global and not inner.is_multicast and not reserved


def private_allowed(host: str, address: str, patterns: Sequence[str]) -> bool:
    """Whether a pattern is a network with this address, or a glob that fits the host."""
    name = host.lower().strip("[]").removesuffix(".")
    return any(_matches(pattern, name, address) for pattern in patterns)


def _matches(pattern: str, name: str, address: str) -> bool:
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
