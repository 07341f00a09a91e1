"""Hosts that may pass for others because their letters are of scripts that nobody writes together."""

import pytest

from crawler.urls import mixed_host


@pytest.mark.parametrize(
    ("url", "mixed"),
    [
        ("https://\u0430pple.com/", ("\u0430pple.com", "xn--pple-43d.com")),
        ("https://xn--pple-43d.com/x", ("\u0430pple.com", "xn--pple-43d.com")),
        (
            "http://www.g\u043e\u043egle.example:8080/",
            ("www.g\u043e\u043egle.example", "www.xn--ggle-55da.example"),
        ),
        ("https://abc\u03b1.gr/", ("abc\u03b1.gr", "xn--abc-qxc.gr")),
        ("HTTPS://XN--PPLE-43D.COM", ("\u0430pple.com", "xn--pple-43d.com")),
    ],
)
def test_a_label_of_several_scripts_is_shown_in_both_forms(
    url: str, mixed: tuple[str, str]
) -> None:
    assert mixed_host(url) == mixed


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/\u0430pple",
        "https://пример.example/",
        "https://bücher.de/",
        "https://日本語とカタカナabc.jp/",
        "https://カラー.jp/",
        "https://한국abc.kr/",
        "https://\u0430\u0430\u0430-123.com/",
        "https://नमस्ते.example/",
        "https://xn--a/",
        "no URL xn--pple-43d",
        "",
    ],
)
def test_other_hosts_are_not(url: str) -> None:
    assert mixed_host(url) is None
