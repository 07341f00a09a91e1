"""Which IP addresses may be connected to."""

import pytest

from crawler import urls


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "192.31.196.1",
        "2606:4700:4700::1111",
        "2620:4f:8000::1",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2002:101:101::1",
    ],
)
def test_addresses_of_the_public_internet_are_global(address: str) -> None:
    assert urls.is_global(address)


@pytest.mark.promise("25")
@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:224.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::101:101",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "4000::1",
        "fc00::1",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700:4700::1111%eth0",
        "fec0::1",
        "ff0e::1",
        "example.org",
        "",
    ],
)
def test_every_other_address_is_not_global(address: str) -> None:
    assert not urls.is_global(address)


@pytest.mark.promise("27")
@pytest.mark.parametrize(
    ("host", "address", "pattern", "allowed"),
    [
        ("a.example", "10.1.2.3", "10.0.0.0/8", True),
        ("a.example", "::ffff:10.1.2.3", "10.0.0.0/8", True),
        ("a.example", "64:ff9b::a01:203", "10.0.0.0/8", True),
        ("a.example", "64:ff9b:1::1", "64:ff9b:1::/48", True),
        ("a.example", "127.0.0.1", "127.0.0.1", True),
        ("a.example", "192.168.0.1", "10.0.0.0/8", False),
        ("a.example", "::1", "10.0.0.0/8", False),
        ("a.example", "no address", "10.0.0.0/8", False),
        ("A.Intranet.Example.", "10.0.0.1", "*.intranet.example", True),
        ("intranet.example", "10.0.0.1", "*.intranet.example", False),
        ("[::1]", "::1", "::1", True),
    ],
)
def test_private_addresses_are_allowed_by_network_or_name(
    host: str, address: str, pattern: str, allowed: bool
) -> None:
    assert urls.private_allowed(host, address, ["other.example", pattern]) is allowed


@pytest.mark.promise("27")
def test_no_private_address_is_allowed_by_default() -> None:
    assert not urls.private_allowed("localhost", "127.0.0.1", ())
