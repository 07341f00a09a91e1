"""What of a listed title and URL speaks for a page, and which words say nothing about it."""

import pytest

from crawler.judge import case_of
from crawler.judge.name_fit import NameFit
from crawler.model import Page
from tests.support.builders import make_chain, make_evidence, make_facts, make_page, make_resource

API = "https://docs.tern.example/api/lang/AnnotatedType.html"
ANNOTATED = "AnnotatedType (Quill Edition 17 & Kit 17)"
BASE = "tern.base (Quill Edition 17 & Kit 17)"
OF_SITE = frozenset({"tern", "quill", "edition", "kit", "base", "17"})


def _fit(page: Page, title: str, url: str) -> NameFit:
    evidence = make_evidence(
        make_facts(exchanges=make_chain(url=url)),
        resource=make_resource(url, title=title),
        page=page,
    )
    return case_of(evidence).signals.name_fit


def _page(title: str, *, text: str = "", description: str | None = None) -> Page:
    return make_page(title, first_heading=None, text=text, description=description)


@pytest.mark.parametrize(
    ("page", "title", "url"),
    [
        (_page(ANNOTATED), ANNOTATED, API),
        (_page("Interface AnnotatedType"), ANNOTATED, API),
        (_page("Tern", description="All about AnnotatedType, Kit Edition"), ANNOTATED, API),
        (_page("Reading a file"), "the next chapter", "https://tern.example/ch12-02-reading-a-file.html"),
        (_page("CREATE TABLE"), "here", "https://tern.example/sql-createtable.html"),
        (_page("Synchronization"), "next", "https://tern.example/sync/index.html"),
        (_page("Operating Tern"), "next", "https://tern.example/operations"),
        (_page("Ruby 3.3.16 released"), "3.3.16", "https://ruby.example/news/4711"),
        (_page("Tern"), "Tern", "https://tern.example/docs/start/"),
    ],
)  # fmt: skip
def test_a_page_fits_by_its_names(page: Page, title: str, url: str) -> None:
    assert _fit(page, title, url).fits


@pytest.mark.parametrize(
    ("page", "title", "url"),
    [
        # It has most words of the title, but not the one that the URL has too.
        (_page(BASE), ANNOTATED, API),
        # A table of contents mentions every page.
        (_page("The Tern Book", text="Contents: practical raft, paxos"), "Practical Raft", "https://a.example/4711"),
        (_page("The Tern Book", text="Chapter 7"), "Chapter 7", "https://a.example/ch07"),
        (_page("Ruby 3.3.17 released"), "3.3.16", "https://ruby.example/news/4711"),
        (_page("News"), "here", "https://ruby.example/practical-raft"),
        (_page("Contents"), "here", "https://ruby.example/contact-us"),
        (_page("Goat"), "here", "https://ruby.example/go-faster"),
        (_page("News"), "", "https://ruby.example/"),
    ],
)  # fmt: skip
def test_nothing_else_makes_it_fit(page: Page, title: str, url: str) -> None:
    assert not _fit(page, title, url).fits


def test_words_of_the_whole_site_are_no_evidence() -> None:
    front = _fit(_page(BASE), ANNOTATED, API)
    assert front.agrees
    assert front.without(OF_SITE).disagrees
    assert not front.without(OF_SITE).fits


@pytest.mark.parametrize(
    ("page", "title", "url"),
    [
        # The page has a word of its own.
        (_page(ANNOTATED), ANNOTATED, API),
        # The listed title is the site's name, or little more.
        (_page(BASE), "Quill Edition Kit", API),
        (_page(BASE), "Quill Edition Kit manual", "https://tern.example/docs/start/"),
        (_page(BASE), "Quill Edition base Kit anew", "https://tern.example/docs/start/"),
    ],
)
def test_a_page_of_the_site_still_fits(page: Page, title: str, url: str) -> None:
    assert _fit(page, title, url).without(OF_SITE).fits


def test_what_title_and_url_share_is_needed_only_while_the_words_of_the_site_are_not_known() -> (
    None
):
    fit = _fit(_page("Practical consensus"), "Practical Raft consensus", "https://a.example/raft")
    assert not fit.fits
    assert fit.without(frozenset()).fits
    assert not fit.without(frozenset({"practical"})).fits


@pytest.mark.parametrize(
    ("title", "url", "is_specific"),
    [
        ("Practical Raft", "https://a.example/4711", True),
        ("Raft", "https://a.example/raft", True),
        ("Raft", "https://a.example/4711", False),
        ("Next page", "https://a.example/next", False),
        ("", "https://a.example/raft", False),
    ],
)
def test_a_title_is_specific_by_two_words_or_by_one_of_its_url(
    title: str, url: str, is_specific: bool
) -> None:
    assert _fit(_page("Anything"), title, url).is_title_specific is is_specific


def test_a_url_tells_nothing_of_a_page_in_another_script() -> None:
    url = "https://a.example/guides/raft"
    for title, tells in (("方法 - Raft", True), ("方法の説明 - Raft", False), ("Méthode", True)):
        assert _fit(_page(title), "", url).is_address_telling is tells
    assert _fit(_page("方法"), "", "https://a.example/方法論").is_address_telling


@pytest.mark.parametrize(
    ("title", "url", "title_tells", "address_tells"),
    [
        ("Practical Raft", "https://a.example/4711", True, False),
        ("Raft", "https://a.example/guides/raft/", True, True),
        ("Raft", "https://a.example/guides/zab/", True, False),
        ("here", "https://a.example/raft/index.html", False, True),
        ("Read more", "https://a.example/", False, False),
        ("", "https://a.example/x1b7/guide.html", False, False),
        ("conf.py", "https://a.example/4711", False, False),
    ],
)
def test_what_a_page_is_listed_with_may_tell_nothing(
    title: str, url: str, title_tells: bool, address_tells: bool
) -> None:
    fit = _fit(_page("Anything"), title, url)
    assert (fit.is_title_telling, fit.is_address_telling) == (title_tells, address_tells)
