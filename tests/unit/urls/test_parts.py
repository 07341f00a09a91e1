"""URLs that can be asked, their normal form and their parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import urls
from crawler.model import NotAskedReason
from crawler.urls import parts

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


@pytest.mark.promise("15")
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


@pytest.mark.promise("15")
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
    "scheme",
    ["htp", "htps", "ttp", "ttps", "htpp", "hhtp", "htttps", "httsp", "HPTT", "jttps", "htto"],
)
def test_http_with_a_slip_of_the_hand_is_invalid(scheme: str) -> None:
    assert urls.problem(f"{scheme}://a.org/") is INVALID


@pytest.mark.promise("15")
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
        "shttp://a.org",
        "hftp://a.org",
        "hxxp://a.org",
        "ssh://a.org",
        "ftps://a.org",
        "httpu://a.org",
    ],
)
def test_schemes_but_http_and_https_are_unsupported(text: str) -> None:
    assert urls.problem(text) is UNSUPPORTED


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


PIECES = st.tuples(
    st.sampled_from(["https://", "http://", "HTTPS://", " https://", "ftp://", "https:", ""]),
    st.text(alphabet="ab0-.x", min_size=1, max_size=70),
    st.sampled_from(["", ".org", ".example.com", ".xn--p1ai", ".0x1", ".", ":80", "..com"]),
    st.text(alphabet="/?#@:ax,|\\ \u00e9\t~.%", max_size=6),
    st.sampled_from(["", "https://b.org", "/https://b.org", "?u=https://b.org"]),
)


@given(PIECES.map("".join))
def test_the_host_is_the_same_whether_a_url_is_parsed_or_not(text: str) -> None:
    assert urls.web_host(text) == ("" if urls.problem(text) else urls.host(text))


def test_most_urls_need_not_be_parsed_for_their_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "problem", None)
    assert urls.web_host("https://www.a-b.example.org/x?y#z") == "www.a-b.example.org"
    with pytest.raises(TypeError):
        urls.web_host("https://WWW.example.org/")
