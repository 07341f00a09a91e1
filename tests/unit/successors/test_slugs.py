"""The words in the paths of URLs."""

import pytest

from crawler.successors.slugs import slug_of
from crawler.successors.variants import variants
from crawler.successors.versions import preferred, versions_in, without_versions


@pytest.mark.parametrize(
    ("path", "last", "folders"),
    [
        ("/", set(), set()),
        ("/guide/", {"guide"}, set()),
        ("/guide/index.html", {"guide"}, set()),
        ("/a/getting-started.html", {"getting", "started", "gettingstarted"}, {"a"}),
        ("/a/getting_started/", {"getting", "started", "gettingstarted"}, {"a"}),
        ("/GettingStarted", {"getting", "started", "gettingstarted"}, set()),
        ("/HTTPServer.md", {"http", "server", "httpserver"}, set()),
        ("/models.html", {"model"}, set()),
        ("/docs/%C3%BCber-uns", {"uns"}, {"documentation"}),
        ("/en/2.1/faq", {"faq"}, set()),
        ("/the", {"the"}, set()),
    ],
)
def test_words(path: str, last: set[str], folders: set[str]) -> None:
    slug = slug_of(f"https://example.org{path}")
    assert slug.last == last
    assert folders <= slug.folders


@pytest.mark.parametrize(
    ("path", "versions", "rest"),
    [
        ("/en/2.1/a", ("2.1",), "/en/a"),
        ("/v3/a/latest/b.html", ("v3", "latest"), "/a/b.html"),
        ("/docs/1.x/a", ("1.x",), "/docs/a"),
        ("/2.0rc1/a", ("2.0rc1",), "/a"),
        ("/stable/", ("stable",), ""),
        ("/masterclass/a", (), "/masterclass/a"),
        ("/v8engine/a", (), "/v8engine/a"),
        ("/tool-2.1/raft-v3.html", ("2.1", "v3"), "/tool/raft.html"),
        ("/raft?lang=en&version=2#a", ("2",), "/raft"),
        ("/chapter-3.html", (), "/chapter-3.html"),
    ],
)
def test_versions(path: str, versions: tuple[str, ...], rest: str) -> None:
    url = f"https://example.org{path}"
    assert versions_in(url) == versions
    assert without_versions(url) == f"example.org{rest}"


@pytest.mark.parametrize(
    ("lost", "candidates", "expected"),
    [
        ("/1.0/a", ("/2.0/a", "/stable/a", "/a"), "/a"),
        ("/1.0/a", ("/2.0/a", "/latest/a", "/stable/a"), "/stable/a"),
        ("/1.0/x", ("/docs/1.0/a", "/docs/stable/a"), "/docs/1.0/a"),
        ("/x", ("/stable/a", "/a"), "/a"),
        ("/1.0/a", ("/3.0/a", "/2.0/a"), "/2.0/a"),
    ],
)
def test_preferred_version(lost: str, candidates: tuple[str, ...], expected: str) -> None:
    found = [f"https://example.org{path}" for path in candidates]
    assert preferred(f"https://example.org{lost}", found) == f"https://example.org{expected}"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://example.org/a.html", "https://example.org/a.html"),
        ("https://example.org/a.html", "https://example.org/a"),
        ("https://example.org/a.html", "https://example.org/a/"),
        ("https://example.org/a", "https://example.org/a.html"),
        ("https://example.org/a/", "https://example.org/a"),
        ("https://example.org/a/", "https://example.org/a.html"),
        ("https://example.org/a/index.html", "https://example.org/a/"),
        ("https://example.org/A?b=C", "https://example.org/a?b=c"),
        ("https://example.org/a", "https://www.example.org/a"),
        ("https://www.example.org/a", "https://example.org/a"),
    ],
)
def test_other_spellings(url: str, expected: str) -> None:
    assert expected in variants(url)
    assert url not in variants(url)


def test_a_host_below_a_domain_gets_no_www() -> None:
    assert not any("www." in url for url in variants("https://docs.example.org/a"))
