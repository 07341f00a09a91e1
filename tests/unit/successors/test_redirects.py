"""The address that live redirects suggest."""

from dataclasses import replace

import pytest

from crawler.extract import read
from crawler.judge import Policy, judge
from crawler.model import (
    Answer,
    Band,
    CandidateSource,
    Check,
    Context,
    Evidence,
    Facts,
    LastGood,
    Past,
    Record,
)
from crawler.successors import of_moved
from tests.support.builders import NOW, hours, make_chain, make_resource

URL = "https://example.org/guides/raft"
PAGE = read(
    b"<title>Practical Raft</title><h1>Practical Raft</h1><p>How to agree", URL, "text/html"
)


def record(
    *chain: tuple[int, str], url: str = URL, title: str = "Practical Raft", found: str = ""
) -> Record:
    """A resource that was looked at today; `found` is the title of the page today."""
    resource = make_resource(url, title=title)
    content = f"<title>{found}</title><h1>{found}</h1><p>How to agree".encode()
    page = read(content, URL, "text/html") if found else PAGE
    facts = Facts(outcome=Answer(media_type="text/html"), exchanges=make_chain(*chain, url=url))
    evidence = Evidence(
        resource=resource, facts=facts, page=page, elapsed=hours(0), checked_at=NOW
    )
    check = Check(
        resource=resource,
        judgement=judge(evidence, Policy()),
        facts=facts,
        page=page,
        checked_at=NOW,
    )
    return Record(resource=resource, check=check)


@pytest.mark.parametrize(
    ("chain", "url", "expected", "band"),
    [
        pytest.param(
            [(301, "https://example.org/book/raft")],
            URL,
            "https://example.org/book/raft",
            Band.SAFE,
            id="permanent",
        ),
        pytest.param(
            [(308, "https://example.org/x"), (301, "https://example.org/book/raft")],
            URL,
            "https://example.org/book/raft",
            Band.SAFE,
            id="all-the-way",
        ),
        pytest.param(
            [(301, "https://example.org/guides/raft/")],
            URL,
            "https://example.org/guides/raft/",
            Band.SAFE,
            id="slash",
        ),
        pytest.param(
            [(301, "https://example.org/guides/raft")],
            "http://example.org/guides/raft#log",
            "https://example.org/guides/raft#log",
            Band.SAFE,
            id="https-with-its-fragment",
        ),
        pytest.param([(302, "https://example.org/x")], URL, None, None, id="temporary"),
        pytest.param(
            [(301, "https://example.org/x"), (302, "https://example.org/today")],
            URL,
            None,
            None,
            id="goes-on-for-now",
        ),
        pytest.param(
            [(301, "https://example.org/de/guides/raft")], URL, None, None, id="language"
        ),
        pytest.param([(301, "https://example.org/x?sid=1")], URL, None, None, id="session"),
        pytest.param([(301, "https://example.org/")], URL, None, None, id="front-page"),
        pytest.param([], URL, None, None, id="no-redirect"),
    ],
)
def test_of_moved(
    chain: list[tuple[int, str]], url: str, expected: str | None, band: Band | None
) -> None:
    proposal = of_moved(record(*chain, url=url))
    assert (proposal.url if proposal else None) == expected
    assert (proposal.band if proposal else None) == band
    if proposal:
        assert proposal.grounds.source is CandidateSource.LIVE_REDIRECT
        assert proposal.resource_url == url
        assert proposal.made_at == NOW


def test_a_page_of_another_name_is_for_a_look() -> None:
    there = (301, "https://example.org/book/consensus")
    proposal = of_moved(record(there, found="Consensus of all kinds"))
    assert proposal is not None
    assert proposal.band is Band.LIKELY
    assert proposal.title == "Consensus of all kinds"


def test_another_site_is_for_a_look_when_no_name_is_known() -> None:
    proposal = of_moved(record((301, "https://example.net/raft"), title="", found=""))
    assert proposal is not None
    assert proposal.band is Band.LIKELY


@pytest.mark.parametrize(
    ("before", "band", "title"),
    [
        pytest.param(URL, Band.SAFE, 1.0, id="found-at-the-listed-address"),
        pytest.param("https://example.net/raft", Band.LIKELY, None, id="found-by-the-redirect"),
    ],
)
def test_the_name_of_the_page_before_the_redirect_counts(
    before: str, band: Band, title: float | None
) -> None:
    page = read(b"<title>Raft by hand</title>", URL, "text/html")
    found = record((301, "https://example.net/raft"), title="", found="Raft by hand")
    known = replace(found, last_good=LastGood(page=page, url="https://example.net/raft"))
    proposal = of_moved(known, LastGood(page=page, url=before))
    assert proposal is not None
    assert (proposal.band, proposal.grounds.title) == (band, title)


@pytest.mark.parametrize(
    ("to", "likeness", "band"),
    [
        pytest.param("https://example.org/new", 0.2, Band.SAFE, id="a-part-of-it"),
        pytest.param("https://example.org/new", 0.15, Band.LIKELY, id="hardly-any"),
        pytest.param("https://example.net/new", 0.45, Band.LIKELY, id="a-part-on-another-domain"),
        pytest.param("https://example.net/new", 0.5, Band.SAFE, id="half-on-another-domain"),
    ],
)
def test_the_text_of_the_page_before_the_redirect_counts(
    to: str, likeness: float, band: Band
) -> None:
    found = record((301, to))
    assert found.check is not None
    past = Past(title="", domain="example.org", likeness=likeness, elsewhere=True)
    check = replace(found.check, context=Context(past=past))
    proposal = of_moved(replace(found, check=check), LastGood(page=PAGE, url=URL))
    assert proposal is not None
    assert (proposal.band, proposal.grounds.title) == (band, 1.0)
    assert proposal.grounds.text == likeness


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(b"%PDF-1.4", "application/pdf"), (b"<p>Buy a licence", "text/html")],
)
def test_a_page_that_has_no_name_any_more_or_became_a_file_is_not_safe(
    content: bytes, media_type: str
) -> None:
    found = record((301, "https://example.org/new"))
    assert found.check is not None
    page = read(content, "https://example.org/new", media_type)
    proposal = of_moved(
        replace(found, check=replace(found.check, page=page)), LastGood(page=PAGE, url=URL)
    )
    assert proposal is not None
    assert proposal.band is Band.LIKELY


def test_nothing_was_checked() -> None:
    assert of_moved(Record(resource=make_resource(URL))) is None
