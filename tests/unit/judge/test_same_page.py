"""One page under several listed URLs: what it is taken for, and what may stand under many."""

from dataclasses import replace

import pytest

from crawler.model import Page, Reason
from tests.support.builders import make_page, make_probing
from tests.support.judging import HOME, reason_of

URL = "https://example.org/p/4711"
LOANS = make_page("Best loans of the year", first_heading=None, text="Loans for all. " * 30)


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("here", URL),
        ("", URL),
        ("Practical Raft", "https://example.org/guides/raft"),
        ("", "https://example.org/guides/raft"),
    ],
)
def test_a_page_under_three_urls_that_fits_none_is_suspected(title: str, url: str) -> None:
    assert reason_of(LOANS, url=url, title=title, collapsed=3) is Reason.SUSPECT_SOFT_404
    assert reason_of(LOANS, url=url, title=title, collapsed=2) is Reason.OK


@pytest.mark.parametrize(
    ("page", "title", "url"),
    [
        # It fits its title or its URL.
        (LOANS, "Loans of the year", URL),
        (LOANS, "here", "https://example.org/best-loans"),
        # It is the front page itself.
        (LOANS, "here", HOME),
        # A script draws it.
        (replace(LOANS, scripts=2, word_count=40), "here", URL),
        (replace(LOANS, marks=("script_app",)), "here", URL),
        # It stands before living pages.
        (replace(LOANS, first_heading="Sign in"), "here", URL),
        (make_page("Bitte anmelden", first_heading=None), "here", URL),
        (make_page("X", first_heading=None, text="JavaScript is off.", word_count=80), "", URL),
        (make_page("Error establishing a database connection", first_heading=None), "", URL),
        # It says where its place is.
        (make_page("Loans", first_heading=None, canonical_url="https://example.org/loans"), "", URL),
    ],
)  # fmt: skip
def test_what_may_stand_under_many_urls_is_ok(page: Page, title: str, url: str) -> None:
    assert reason_of(page, url=url, title=title, collapsed=9) is Reason.OK


def test_a_page_that_an_honest_host_shows_under_several_urls_needs_a_third_of_the_title() -> None:
    title = "Loans (latest)"
    assert reason_of(LOANS, url=URL, title=title, collapsed=3) is Reason.SUSPECT_SOFT_404
    honest = make_probing()
    assert reason_of(LOANS, url=URL, title=title, collapsed=3, probing=honest) is Reason.OK
    for other in ("Practical Raft", "here", ""):
        reason = reason_of(LOANS, url=URL, title=other, collapsed=3, probing=honest)
        assert reason is Reason.SUSPECT_SOFT_404


def test_pages_that_moved_to_one_for_good_are_moved() -> None:
    to = "https://example.org/q/4711"
    reason = reason_of(LOANS, url=URL, to=to, status=301, title="here", collapsed=3)
    assert reason is Reason.PERMANENT_REDIRECT
    reason = reason_of(LOANS, url=URL, to=to, status=302, title="here", collapsed=3)
    assert reason is Reason.SUSPECT_SOFT_404


@pytest.mark.parametrize("canonical", [HOME, "https://other.example/loans"])
def test_a_canonical_url_that_is_not_its_place_does_not_clear_it(canonical: str) -> None:
    page = make_page("Loans", first_heading=None, canonical_url=canonical)
    assert reason_of(page, url=URL, title="here", collapsed=3) is Reason.SUSPECT_SOFT_404
