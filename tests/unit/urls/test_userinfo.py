"""User names and passwords, taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import urls


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


@pytest.mark.promise("31")
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


@pytest.mark.promise("31")
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
