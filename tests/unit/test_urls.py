"""Facts about URLs and what follows from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import urls
from crawler.model import NotAskedReason

INVALID = NotAskedReason.INVALID_URL
UNSUPPORTED = NotAskedReason.UNSUPPORTED_SCHEME


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "  https://example.org/a b?c d#e f  ",
        "HTTP://EXAMPLE.ORG./",
        "https://bücher.example/ü",
        "https://user:pw@example.org/",
        "https://user:p w@example.org/",
        "http://0x7f.1/",
        "http://[::1]:8080/",
        "https://web.archive.org/web/2020/https://x.org/",
        "https://example.org/?u=https://x.org",
        "https://example.org/?u=https://x.org,https://y.org",
        "https://example.org/cdn/width=80,fit/https://x.org/i.png",
        "https://example.org:65535/",
        "https://" + "a" * 63 + ".example/",
    ],
)
def test_a_url_that_can_be_asked_has_no_problem(text: str) -> None:
    assert urls.problem(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org/x",
        "//x",
        "/x",
        "localhost:8000/x",
        "example.org:8080",
        "example.org:80?q",
        "http:",
        "http://",
        "https:///x",
        "https:x.org",
        "https:/x.org",
        "http://user:pw@/x",
        "http://example.org:65536/",
        "http://example.org:0/",
        "http://example.org:8o/",
        "http://exa mple.org/",
        "http://exam\tple.org/",
        "http://example.org\n.example/",
        "http://[fe80::1%25eth0]/",
        "http://1.2.3.4.5/",
        "http://a..example/",
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 127 + "example/",
        "http://a.org/\ud800",
    ],
)
def test_what_no_parser_or_name_system_could_follow_is_invalid(text: str) -> None:
    assert urls.problem(text) is INVALID


@pytest.mark.parametrize(
    "text",
    [
        "https://a.org https://b.org",
        "https://a.org,https://b.org",
        "https://a.orghttps://b.org",
        "https://a.org\nhttps://b.org",
        "https://a.org/x https://b.org/y",
        "https://a.org/x,https://b.org/y",
        "https://a.org/x; https://b.org/y",
        "https://a.org/?q ftp://b.org/y",
        "http://http://a.org/",
        "ftp://a.org https://b.org",
    ],
)
def test_two_urls_in_one_text_are_invalid(text: str) -> None:
    assert urls.problem(text) is INVALID


@pytest.mark.parametrize(
    "text",
    [
        "mailto:a@b.org",
        "ftp://a.org/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "FTP://exa mple.org",
        "data:text/html,https://a.org",
        "tel:112",
        "htps://a.org",
    ],
)
def test_schemes_but_http_and_https_are_unsupported(text: str) -> None:
    assert urls.problem(text) is UNSUPPORTED


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("HTTPS://Example.ORG:443", "https://example.org/"),
        (" http://example.org/a/../b ", "http://example.org/b"),
        ("http://example.org:8080/%7e#Top", "http://example.org:8080/%7e#Top"),
        ("https://bücher.example/ü?ä#ö", "https://xn--bcher-kva.example/%C3%BC?%C3%A4#%C3%B6"),
        ("http://user:p@w@example.org/@x", "http://example.org/@x"),
        ("http://@example.org/", "http://example.org/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://example.org/?u=http://a:b@c/", "http://example.org/?u=http://a:b@c/"),
    ],
)
def test_the_normal_form_is_the_standards_without_userinfo(text: str, normal: str) -> None:
    assert urls.normal_form(text) == normal
    assert urls.target_uri(text) == normal


def test_what_has_a_problem_has_no_normal_form() -> None:
    with pytest.raises(ValueError, match="not a URL"):
        urls.normal_form("mailto:a@b.org")
    assert urls.target_uri("mailto:a@b.org") == "mailto:a@b.org"


@pytest.mark.parametrize(
    ("reference", "absolute"),
    [
        ("/x", "https://example.org/x"),
        ("//other.example/x", "https://other.example/x"),
        ("?q#f", "https://example.org/a/b?q#f"),
        ("", "https://example.org/a/b"),
        ("http://u:p@other.example", "http://other.example/"),
        ("ftp://u:p@other.example/x", "ftp://other.example/x"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("http://exa mple.org", None),
        ("http://example.org:99999/", None),
        ("http://a..example/", None),
        ("/\ud800", None),
    ],
)
def test_a_reference_resolves_against_its_page(reference: str, absolute: str | None) -> None:
    assert urls.resolve("https://example.org/a/b#top", reference) == absolute


def test_nothing_resolves_against_a_base_that_is_no_url() -> None:
    assert urls.resolve("example.org", "/x") is None


def test_fragments_are_taken_off_and_put_on() -> None:
    url = "https://example.org/x?q#a#b"
    assert urls.fragment(url) == "a#b"
    assert urls.without_fragment(url) == "https://example.org/x?q"
    assert urls.with_fragment(url, "c d") == "https://example.org/x?q#c%20d"
    assert urls.with_fragment(url, "") == "https://example.org/x?q"


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://example.org/x?q#f", ("https", "example.org", 443, "/x")),
        ("http://example.org:8080", ("http", "example.org", 8080, "/")),
        ("http://[2001:db8::1]:8080/", ("http", "2001:db8::1", 8080, "/")),
        ("http://[2001:db8::1]/", ("http", "2001:db8::1", 80, "/")),
        ("ftp://example.org/x", ("ftp", "example.org", 0, "/x")),
        ("mailto:a@b.org", ("mailto", "", 0, "a@b.org")),
    ],
)
def test_a_url_has_parts(url: str, parts: tuple[str, str, int, str]) -> None:
    assert (urls.scheme(url), urls.host(url), urls.port(url), urls.path(url)) == parts


def test_text_that_is_no_absolute_url_has_no_parts() -> None:
    with pytest.raises(ValueError, match="absolute"):
        urls.host("example.org")


@pytest.mark.parametrize(
    ("url", "key", "origin"),
    [
        ("http://Example.org/x", "example.org", "http://example.org"),
        ("https://example.org./x", "example.org", "https://example.org."),
        ("https://example.org:8443/", "example.org:8443", "https://example.org:8443"),
        ("http://example.org:443/", "example.org:443", "http://example.org:443"),
        ("http://[::1]:81/", "[::1]:81", "http://[::1]:81"),
        ("https://u:p@example.org/", "example.org", "https://example.org"),
    ],
)
def test_servers_have_a_key_and_an_origin(url: str, key: str, origin: str) -> None:
    assert (urls.host_key(url), urls.origin(url)) == (key, origin)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("example.org", "example.org"),
        ("docs.example.co.uk", "example.co.uk"),
        ("me.github.io", "me.github.io"),
        ("github.io", "github.io"),
        ("a.xn--bcher-kva.de", "xn--bcher-kva.de"),
        ("a.b.test", "a.b.test"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_registrable_domain_lies_below_the_public_suffix(host: str, domain: str) -> None:
    assert urls.registrable_domain(host) == domain


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://example.org/", "https://example.org/"),
        ("https://user:pw@example.org/@x?a@b#c@d", "https://example.org/@x?a@b#c@d"),
        ("HTTP://user@Example.ORG", "HTTP://Example.ORG"),
        ("http://u:p@w@example.org/", "http://example.org/"),
        ("http://u:p w@example.org/", "http://example.org/"),
        ("https://medium.com/@name", "https://medium.com/@name"),
        ("https://a.org/web/https://u:p@b.org/", "https://a.org/web/https://b.org/"),
        ("http://user:pw@exa mple.org", "http://exa mple.org"),
        ("http:\\\\user:pw@example.org", "http:\\\\example.org"),
        ("http:/\n/user:pw@exa mple.org", "http:/\n/exa mple.org"),
        ("user:pw@host/x", "host/x"),
        ("user@host/x", "host/x"),
        ("user:p/w@host/x", "host/x"),
        ("user:\\;/pw@host", "user:\\host"),
        ("user://a/pw@host", "user://host"),
        ("https://medium.com/@na me", "https://medium.com/@na me"),
        ("//user:pw@host/x", "host/x"),
        ("ftp://u:p@h", "ftp://h"),
        ("foo://u\\:p@h/x", "foo://h/x"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("mailto:a@b.org?u=//u:p@h", "h"),
        ("javascript:f('a@b')", "javascript:b')"),
        ("medium.com/@name", "medium.com/@name"),
        ("https://a.org https://u:p@b.org", "https://a.org https://b.org"),
        ("https://u:p@a.org,https://v:q@b.org", "https://a.org,https://b.org"),
        ("https://a.org/@a https://b.org/@b", "https://a.org/@a https://b.org/@b"),
        ("http://user:p%40exa mple.org", "http://exa mple.org"),
        ("http://user:pw\uff20exa mple.org", "http://exa mple.org"),
    ],
)
def test_userinfo_is_taken_out(text: str, kept: str) -> None:
    assert urls.without_userinfo(text) == kept


@pytest.mark.parametrize(
    "text", ["http://user:secret/word@example.org", "https://a.orghttps://u:secret@b.org"]
)
def test_taking_out_userinfo_never_makes_a_url_of_what_was_none(text: str) -> None:
    assert urls.without_userinfo(text) == text.partition("://")[0] + "://"


@given(
    before=st.sampled_from(
        ["", "http://", "https:/", "ftp://", "http:\\\\", "x ", "https://a.b "]
    ),
    noise=st.text(alphabet="/\\?#:; \t@a", max_size=6),
    after=st.sampled_from(["host", "exa mple.org/x", "[::1", "h:x/@"]),
)
def test_no_password_survives_in_text_that_is_no_url(before: str, noise: str, after: str) -> None:
    text = f"{before}user:{noise}SECRET@{after}"
    if urls.problem(text):
        assert "SECRET" not in urls.without_userinfo(text)


@pytest.mark.parametrize(
    ("old", "new", "upgrade"),
    [
        ("http://example.org/x?q", "https://example.org/x?q#f", True),
        ("http://example.org:80/", "https://example.org:443/", True),
        ("http://example.org:8080/", "https://example.org:8080/", True),
        ("http://example.org/x", "https://example.org/x/", False),
        ("http://example.org/", "https://www.example.org/", False),
        ("https://example.org/", "https://example.org/", False),
        ("https://example.org/", "http://example.org/", False),
        ("http://example.org/http:", "https://example.org/https:", False),
    ],
)
def test_an_https_upgrade_changes_the_scheme_alone(old: str, new: str, upgrade: bool) -> None:
    assert urls.https_upgrade(old, new) is upgrade


@pytest.mark.parametrize(
    "new",
    [
        "https://example.org/a%2fb/",
        "https://example.org/a%2Fb",
        "https://www.example.org/a%2fb",
        "https://example.org:443/a%2fb#other",
        "https://example.org/a%2fb/index.html",
        "https://example.org/a%2fb/Index.HTM",
        "https://example.org/a%2fb/index.php",
        "https://example.org/a%2fb/default.aspx",
        "https://example.org/a%2fb?",
    ],
)
@pytest.mark.parametrize("old", ["http://example.org/a%2fb", "https://www.example.org/a%2Fb/"])
def test_differences_in_spelling_are_trivial(old: str, new: str) -> None:
    assert urls.trivially_different(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://example.org/", "http://example.org/"),
        ("http://example.org/", "https://example.net/"),
        ("http://example.org/", "https://example.org/en/"),
        ("http://example.org/a", "http://example.org/A"),
        ("http://example.org/a", "http://example.org/a?x"),
        ("http://example.org/a", "http://example.org:8080/a"),
        ("http://example.org/myindex.html", "http://example.org/"),
        ("http://example.org/", "http://docs.example.org/"),
        ("http://example.org/", "ftp://example.org/"),
    ],
)
def test_differences_in_meaning_are_not_trivial(old: str, new: str) -> None:
    assert not urls.trivially_different(old, new)


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


def test_no_private_address_is_allowed_by_default() -> None:
    assert not urls.private_allowed("localhost", "127.0.0.1", ())
