from dataclasses import replace

import pytest

from crawler.judge import (
    WantedProbes,
    case_of,
    ignored_words,
    probe_key,
    probe_wanted,
)
from crawler.judge.probes import sibling
from crawler.model import Accepted, Declared, LastGood, Page
from tests.support.builders import (
    URL,
    make_chain,
    make_evidence,
    make_facts,
    make_page,
    make_resource,
)

TOKENS = ("3fa85f6457174562b3fc", "9b1deb4d3b7d4bad9bdd")
SIBLINGS = tuple(f"https://example.org/guides/{token}" for token in TOKENS)
HOME = "https://example.org/"


def _wanted(
    page: Page | None,
    *,
    url: str = URL,
    hops: tuple[tuple[int, str], ...] = (),
    status_code: int = 200,
    before: Page | None = None,
    title: str = "Practical Raft",
    accepted: Accepted | None = None,
) -> WantedProbes:
    facts = make_facts(exchanges=make_chain(*hops, url=url, status_code=status_code))
    evidence = make_evidence(
        facts, resource=make_resource(url, title=title), page=page, accepted=accepted
    )
    last_good = LastGood(page=before, url=url) if before else None
    return probe_wanted(case_of(evidence), last_good, TOKENS)


def test_a_page_that_fits_the_list_is_not_doubted() -> None:
    assert not _wanted(make_page())
    assert not _wanted(make_page(), before=make_page("Raft in practice"))


@pytest.mark.parametrize(
    ("page", "home"),
    [
        (make_page("404 Not Found"), None),
        (make_page(first_heading="Page not found"), None),
        (make_page("Welcome", first_heading=None), HOME),
        (make_page("Raft", first_heading=None, canonical_url=HOME), HOME),
    ],
)
def test_a_doubtful_page_wants_two_made_up_siblings(page: Page, home: str | None) -> None:
    wanted = _wanted(page)
    assert (wanted.siblings, wanted.home) == (SIBLINGS, home)


@pytest.mark.parametrize(
    "page",
    [
        make_page(canonical_url=HOME),
        make_page("Loading", first_heading=None, word_count=2, scripts=3),
        make_page("404 Not Found", marks=("missing_body",)),
        make_page("example.org is for sale"),
        make_page("Welcome to nginx!", first_heading=None, word_count=30),
    ],
)
def test_what_made_up_urls_would_tell_nothing_about_wants_none(page: Page) -> None:
    assert not _wanted(page)


def test_a_redirect_to_the_front_page_wants_siblings_of_the_listed_url() -> None:
    assert _wanted(make_page(), hops=((302, HOME),)) == WantedProbes(siblings=SIBLINGS)


def test_without_a_listed_title_the_last_good_title_speaks() -> None:
    before = make_page("Practical Raft 3.1")
    assert not _wanted(make_page("Practical Raft 3.2"), before=before, title="")
    assert _wanted(make_page("Casino"), before=before, title="")
    assert not _wanted(make_page("Casino"), title="")


CONTENTS = make_page(
    "The Gear Book", first_heading="Contents", text="1. Practical Raft 2. Paxos in an hour"
)


@pytest.mark.parametrize("title", ["Practical Raft", "", "here"])
def test_a_page_that_mentions_the_listed_title_in_its_text_is_doubted_vaguely(title: str) -> None:
    wanted = _wanted(CONTENTS, title=title)
    assert wanted.home == HOME
    assert wanted.is_vague


@pytest.mark.parametrize(
    ("page", "url", "title"),
    [
        (replace(CONTENTS, description=Declared(value="Practical Raft", origin="og")), URL, ""),
        (replace(CONTENTS, headline=Declared(value="Raft", origin="og")), URL, "here"),
        (replace(CONTENTS, canonical_url=Declared(value=URL, origin="link")), URL, ""),
        (CONTENTS, "https://example.org/p/4711", "here"),
        (CONTENTS, "https://example.org/practical?id=4711", "here"),
        (CONTENTS, "https://example.org/p/4711", "Raft"),
        (CONTENTS, "https://example.org/start/index.html", ""),
    ],
)
def test_a_page_that_fits_or_is_listed_with_nothing_telling_is_not(
    page: Page, url: str, title: str
) -> None:
    assert not _wanted(page, url=url, title=title)


def test_a_vague_doubt_is_not_raised_again_while_the_page_has_its_title() -> None:
    assert not _wanted(CONTENTS, before=CONTENTS)
    renamed = _wanted(CONTENTS, before=make_page("Practical Raft"))
    assert renamed.is_vague
    assert renamed.is_another
    kept = replace(CONTENTS, title=Declared(value="Practical Raft", origin="title"))
    assert not _wanted(CONTENTS, before=kept).is_another


def test_what_says_that_something_is_wrong_is_no_vague_doubt() -> None:
    wanted = _wanted(make_page("404 Not Found"))
    assert wanted
    assert not wanted.is_vague


GEARS = make_page(
    "How gears work",
    first_heading="Gears and chains",
    text="A chain moves from one wheel to the next, and each of them turns as often as its teeth allow. "
    "Small wheels climb, large ones race, and oil keeps all of them quiet through the winter.",
    word_count=180,
)
"""A good page that is called otherwise by every list below."""


@pytest.mark.parametrize("title", ["Guide", "here", "docs", "Website", "Example.org", "Lovely"])
def test_a_list_title_that_says_nothing_is_no_reason_to_ask(title: str) -> None:
    assert not _wanted(GEARS, url="https://example.org/p/4711", title=title)


@pytest.mark.parametrize(
    ("title", "url", "doubtful"),
    [
        ("Practical Raft", "https://example.org/p/4711", True),
        ("here", "https://example.org/guides/practical-raft.html", True),
        ("Practical Raft", "https://example.org/guides/all-about-gears", False),
        ("Practical Raft", "https://example.org/guides/gear?page=2", False),
        ("here", "https://example.org/guides/all-about-gears", False),
        ("Practical Raft", "https://example.org/gears/4711", True),
    ],
)
def test_a_page_that_fits_no_telling_title_may_fit_its_address(
    title: str, url: str, doubtful: bool
) -> None:
    assert bool(_wanted(GEARS, url=url, title=title)) is doubtful


@pytest.mark.parametrize(
    "page",
    [
        replace(GEARS, word_count=59),
        replace(GEARS, title=None, first_heading="Home"),
        replace(
            GEARS, title=Declared(value="Start | Gearhead", origin="title"), first_heading=None
        ),
    ],
)
def test_a_page_that_says_little_or_nothing_of_its_own_is_doubted(page: Page) -> None:
    page = replace(page, site_name=Declared(value="Gearhead", origin="og"))
    url, is_short = "https://example.org/p/4711", page.word_count < 60
    assert _wanted(page, url=url, title="Lovely")
    assert bool(_wanted(page, url=url, title="here")) is not is_short


def test_a_page_that_is_as_it_was_is_not_doubted_again() -> None:
    url = "https://example.org/p/4711"
    longer = replace(GEARS, text=GEARS.text + " So does a belt.", word_count=183)
    other = replace(GEARS, text="Play and win, every day anew. " * 30)
    assert not _wanted(longer, url=url, before=GEARS)
    assert _wanted(other, url=url, before=GEARS)


def test_a_page_that_a_person_accepted_is_not_doubted() -> None:
    gone = make_page("404 Not Found", text="Nothing here")
    accepted = Accepted(title="404 Not Found", domain="example.org", text="Nothing here")
    assert not _wanted(gone, accepted=accepted)
    assert _wanted(gone, accepted=replace(accepted, domain="example.com"))


@pytest.mark.parametrize(
    "url", [HOME, "https://example.org/index.html", "https://example.org/de/"]
)
def test_a_front_page_is_never_compared_with_made_up_urls(url: str) -> None:
    assert not _wanted(make_page("404 Not Found"), url=url)


@pytest.mark.parametrize("status_code", [304, 403, 404, 503])
def test_only_a_page_that_answers_well_is_doubted(status_code: int) -> None:
    assert not _wanted(make_page("404 Not Found"), status_code=status_code)
    assert not _wanted(None)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x", "https://a.example/T"),
        ("https://a.example/x/y/", "https://a.example/x/T/"),
        ("https://a.example/x/y.html#z", "https://a.example/x/T.html"),
        ("https://a.example/x/index.html", "https://a.example/T/index.html"),
        ("https://a.example/docs/v1.2", "https://a.example/docs/T"),
        ("https://a.example/x?", "https://a.example/T"),
        ("https://a.example/x.php?id=raft&lang=en", "https://a.example/x.php?id=T&lang=T"),
        (
            "https://a.example/x.php?hl=ja&utm_source=list",
            "https://a.example/T.php?hl=ja&utm_source=list",
        ),
    ],
)
def test_a_sibling_lies_in_the_same_folder(url: str, expected: str) -> None:
    assert sibling(url, "T") == expected


@pytest.mark.parametrize("url", ["https://a.example/q/12345", "https://a.example/q?id=12345"])
def test_where_a_number_stands_a_number_is_made_up(url: str) -> None:
    made_up = sibling(url, TOKENS[0]).removeprefix(url.removesuffix("12345"))
    assert made_up.isdecimal()
    assert len(made_up) == 12


def test_the_key_of_a_profile_is_the_same_for_siblings() -> None:
    assert probe_key("https://a.example/x/y.html?#z") == probe_key("https://a.example/x/z.html")
    assert probe_key("https://a.example/x/y.html") != probe_key("https://a.example/x/y.php")
    assert probe_key("https://a.example/x?id=1") == probe_key("https://a.example/x?id=2")


def test_a_redirect_to_a_sign_in_page_is_settled() -> None:
    assert not _wanted(make_page("404"), hops=((302, "https://example.org/login"),))


def test_the_words_of_the_urls_are_ignored() -> None:
    assert {"guides", "raft", "v2"} <= ignored_words(URL, "https://example.org/v2?x")
