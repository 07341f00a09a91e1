"""What cannot be a successor, whatever it says."""

from typing import Any

import pytest

from crawler.config import Settings
from crawler.extract import read
from crawler.model import Answer, CandidateSource, Facts, Fetch
from crawler.successors.candidates import remembered_candidates
from crawler.successors.found_page import Bounds, FoundPage, found_page, is_refused
from crawler.successors.lost import lost_of
from tests.support.builders import NOW, make_chain
from tests.support.lost_site import HOST, document, lost, text_about

RAFT = document("Practical Raft", text_about("raft"))
NAVIGATION = CandidateSource.NAVIGATION


def found(
    *chain: tuple[int, str], url: str = f"{HOST}/new", status: int = 200, content: bytes = RAFT
) -> FoundPage:
    """What was read at a URL after these redirects."""
    exchanges = make_chain(*chain, url=url, status_code=status)
    facts = Facts(outcome=Answer(media_type="text/html"), exchanges=exchanges)
    page = read(content, facts.final_url, "text/html")
    return found_page(url, Fetch(facts=facts), page, now=NOW, settings=Settings())


def refuses(page: FoundPage, source: CandidateSource = NAVIGATION, **given: Any) -> bool:
    bounds = Bounds(**{"listed": frozenset({"docs.test/docs/raft.html"}), "domains": (), **given})
    return is_refused(lost_of(lost("/docs/raft.html")), page, source, bounds)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(found(status=404), id="error"),
        pytest.param(found(content=b"<title>Page not found</title><h1>404</h1>"), id="missing"),
        pytest.param(found(url=f"{HOST}/"), id="front-page"),
        pytest.param(found((301, f"{HOST}/en/")), id="front-page-of-a-language"),
        pytest.param(found(url=f"{HOST}/docs/raft.html"), id="itself"),
        pytest.param(found(url=f"{HOST}/404.html"), id="page-for-missing-pages"),
        pytest.param(found((302, f"{HOST}/login")), id="log-in"),
        pytest.param(found(url="http://other.test/raft"), id="other-domain"),
        pytest.param(found((302, "http://other.test/raft")), id="other-domain-for-now"),
        pytest.param(found(content=b"%PDF-1.7"), id="other-kind"),
    ],
)
def test_refused(page: FoundPage) -> None:
    assert refuses(page)


def test_not_refused() -> None:
    assert not refuses(found())
    assert not refuses(found((301, "http://other.test/raft")))
    assert not refuses(found(url="http://other.test/raft"), domains={"other.test"})
    assert not refuses(found(url="http://other.test/raft"), CandidateSource.CANONICAL)


def test_what_is_listed_is_refused_in_any_spelling() -> None:
    assert refuses(found(url=f"{HOST}/new/"), listed={"docs.test/new"})
    assert not refuses(found(url=f"{HOST}/docs/raft.html/"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "http://flask.readthedocs.org/en/latest/api",
            "https://flask.readthedocs.io/en/latest/api",
        ),
        ("https://godoc.org/net/http", "https://pkg.go.dev/net/http"),
        ("https://tools.ietf.org/html/rfc9110", "https://www.rfc-editor.org/rfc/rfc9110"),
        ("https://docs.test/x", None),
    ],
)
def test_hosts_that_moved(url: str, expected: str | None) -> None:
    urls = [one.url for one in remembered_candidates(lost_of(lost(url, host="")), ())]
    assert urls == ([expected] if expected else [])
