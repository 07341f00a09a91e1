import pytest

from crawler.fetch import next_hop
from crawler.model import Redirect, RedirectKind, Refresh

URL = "https://example.org/a/b?q#part"


def target(redirect: Redirect | None) -> str | None:
    return redirect.target if redirect else None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"https://example.com/x", "https://example.com/x#part"),
        (b"/x", "https://example.org/x#part"),
        (b"x", "https://example.org/a/x#part"),
        (b"?z", "https://example.org/a/b?z#part"),
        (b"//example.com/x", "https://example.com/x#part"),
        (b"/x#new", "https://example.org/x#new"),
        (b"/x#", "https://example.org/x#"),
        (b"https:/x", "https://example.org/x#part"),
        (b"https:x", "https://example.org/a/x#part"),
        (b"  /x  ", "https://example.org/x#part"),
        (b"/two words", "https://example.org/two%20words#part"),
        ("/ü".encode(), "https://example.org/%C3%BC#part"),
        ("/ü".encode("latin-1"), "https://example.org/%C3%BC#part"),
        (b"https://user:secret@example.com/", "https://example.com/#part"),
    ],
)
def test_location_is_resolved_and_inherits_the_fragment(value: bytes, expected: str) -> None:
    assert target(next_hop.by_location(URL, [value])) == expected


@pytest.mark.promise("28")
@pytest.mark.parametrize(
    "values",
    [
        [],
        [b""],
        [b"  "],
        [b"/x", b"/y"],
        [b"http://"],
        [b"http:///page"],
        [b"https:///page"],
        [b" HTTP:////page"],
        [b"http:/page"],
        [b"http:page"],
        [b"https://exa mple.com/"],
        [b"https://example.com:99999/"],
        [b"mailto:me@example.org"],
        [b"file:///etc/passwd"],
        [b"javascript:alert(1)"],
    ],
)
def test_location_that_leads_nowhere_is_no_redirect(values: list[bytes]) -> None:
    assert next_hop.by_location(URL, values) is None


def test_the_same_location_twice_is_one() -> None:
    assert target(next_hop.by_location(URL, [b"/x", b"/x"])) == "https://example.org/x#part"


@pytest.mark.parametrize(
    ("value", "expected", "delay"),
    [
        ("0;url=/x", "https://example.org/x#part", 0.0),
        ("0; URL = /x", "https://example.org/x#part", 0.0),
        (" 3.5 , /x", "https://example.org/x#part", 3.5),
        ("5 url='/x' and more", "https://example.org/x#part", 5.0),
        ('.5;url="/x#new"', "https://example.org/x#new", 0.5),
        ("1;/x", "https://example.org/x#part", 1.0),
    ],
)
def test_refresh_field_is_followed(value: str, expected: str, delay: float) -> None:
    assert next_hop.by_refresh_field(URL, value) == Redirect(
        kind=RedirectKind.REFRESH_FIELD, target=expected, delay=delay
    )


@pytest.mark.parametrize(
    "value",
    [
        "",
        "5",
        "0;",
        "soon;url=/x",
        "6;url=/x",
        "0;url=/a/b?q",
        "0;url=#elsewhere",
        "0;url=javascript:alert(1)",
        "0;url=https://exa mple.com/",
        pytest.param("1" * 60_000, id="60,000 digits"),
        pytest.param("1" + " " * 60_000, id="60,000 blanks"),
    ],
)
def test_refresh_field_that_is_slow_or_leads_nowhere_else_is_ignored(value: str) -> None:
    assert next_hop.by_refresh_field(URL, value) is None


@pytest.mark.parametrize(
    ("refresh", "expected"),
    [
        (None, None),
        (Refresh(delay=5.0, target="https://example.org/x"), "https://example.org/x#part"),
        (Refresh(delay=5.1, target="https://example.org/x"), None),
        (Refresh(delay=0.0, target="https://example.org/a/b?q"), None),
    ],
)
def test_meta_refresh_is_followed_within_five_seconds(
    refresh: Refresh | None, expected: str | None
) -> None:
    redirect = next_hop.by_meta(URL, refresh)
    assert target(redirect) == expected
    assert redirect is None or redirect.kind is RedirectKind.META_REFRESH
