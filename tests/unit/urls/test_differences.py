"""Trivial differences between URLs."""

import pytest

from crawler import urls


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
