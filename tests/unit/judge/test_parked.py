from dataclasses import replace

import pytest

from crawler.model import Page, Reason
from tests.support.builders import URL, make_page
from tests.support.judging import HOME, reason_of

SALE = "example.org is for sale"
PAGE = make_page(SALE, first_heading=None, word_count=60)


@pytest.mark.parametrize(
    "to",
    [
        "https://www.hugedomains.com/domain_profile.cfm?d=example.org",
        "https://dan.com/buy-domain/example.org",
        "https://sedo.com/search/details/?domain=example.org",
        "https://www.godaddy.com/forsale/example.org",
        "http://example.org.parkingcrew.net/",
    ],
)
def test_a_redirect_to_a_host_for_parked_domains_is_dead(to: str) -> None:
    assert reason_of(PAGE, to=to) is Reason.PARKED


LINKS = "\n".join(["Online courses", "Distributed databases", "Cheap flights"] * 40)


@pytest.mark.parametrize(
    ("page", "is_parked"),
    [
        (make_page("Searches", first_heading=None, text=LINKS, marks=("parked_script",)), True),
        (make_page("example.org", first_heading=None, text=f"Related searches:\n{LINKS}"), True),
        (make_page("example.org", first_heading=None, text=f"{LINKS}\nThe domain may be for sale"), True),
        (make_page("Example.org is for sale", first_heading=None, text=LINKS), True),
        # Without list, service, domain, or any word about it
        (make_page("Searches", first_heading=None, text="It is so. " * 200, marks=("parked_script",)), False),
        (make_page("Searches", first_heading=None, text=LINKS, marks=("parked_advertising",)), False),
        (make_page("Searches", first_heading=None, text=f"Related searches\n{LINKS}"), False),
        (make_page("example.org", first_heading=None, text=LINKS), False),
        (make_page("example.org", first_heading=None, text=f"Searches related to Raft\n{LINKS}"), False),
        (make_page("This domain is for sale", first_heading=None, text=LINKS), False),
        (make_page("Practical Raft", text=LINKS, marks=("parked_script",)), False),
    ],
)  # fmt: skip
def test_a_long_list_of_links_is_parked(page: Page, is_parked: bool) -> None:
    judged = reason_of(replace(page, word_count=2999))
    assert (judged is Reason.PARKED) is is_parked
    assert reason_of(replace(page, word_count=3000)) is not Reason.PARKED


def test_a_short_page_that_says_that_the_domain_is_parked_is_dead_under_any_title() -> None:
    page = make_page("Oink", first_heading=None, text="Parked on the Bun!", word_count=79)
    assert reason_of(page) is Reason.PARKED
    assert reason_of(replace(page, word_count=80)) is Reason.OK


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        make_page("Example.org | This domain is for sale!", first_heading=None, word_count=80),
        make_page("Home", first_heading="Buy this domain", text="EXAMPLE.ORG", word_count=30),
        make_page(
            "example.org - Diese Domain steht zum Verkauf", first_heading=None, word_count=40
        ),
        make_page(
            "example.org",
            first_heading=None,
            word_count=50,
            text="Related searches\nThis domain may be for sale",
        ),
        make_page("Loading", first_heading=None, word_count=0, marks=("parked_script",)),
        make_page(None, first_heading=None, word_count=0, marks=("parked_lander",)),
        make_page("example.org", first_heading=None, word_count=0, marks=("parked_advertising",)),
        make_page("Domain parked by OnlyNames", first_heading="Missing something?", word_count=60),
        make_page("example.org - Registered at Namecheap.com", first_heading=None, word_count=24),
        make_page("example.org has expired", first_heading=None, word_count=37),
        make_page("example.org | Premium domain", first_heading="Get this domain", word_count=42),
        make_page(
            "Welcome to example.org", first_heading=None, text="A holding page", word_count=38
        ),
        make_page(
            "example.org",
            first_heading="Related searches",
            word_count=40,
            text="Related searches\n" + "Cheap car insurance\n" * 10,
        ),
    ],
)
@pytest.mark.parametrize("url", [URL, HOME])
def test_a_page_that_offers_its_own_domain_is_dead(page: Page, url: str) -> None:
    assert reason_of(page, url=url) is Reason.PARKED


def test_the_domain_in_the_offer_does_not_speak_for_it() -> None:
    page = make_page("learnsql.example is for sale", first_heading=None, word_count=60)
    url = "https://learnsql.example/course"
    assert reason_of(page, url=url, title="LearnSQL") is Reason.PARKED
    page = make_page("This website is for sale! - learnsql resources", word_count=60)
    page = replace(page, text="learnsql.example", first_heading=None)
    assert reason_of(page, url=url, title="Learn SQL") is Reason.PARKED


def test_no_part_of_the_host_in_the_offer_speaks_for_it_either() -> None:
    url = "https://cheatsheetseries.example.org/"
    page = make_page("cheatsheetseries.example.org is for sale", word_count=30)
    assert reason_of(page, url=url, title="Cheat Sheet Series") is Reason.PARKED


@pytest.mark.parametrize(
    "to", ["http://ww25.example.org/guides/raft", "https://example.org/lander"]
)
def test_what_visitors_are_sent_to_by_parking_services_is_dead(to: str) -> None:
    assert (
        reason_of(make_page("Example", first_heading=None, word_count=5), to=to) is Reason.PARKED
    )


@pytest.mark.parametrize(
    ("page", "url", "to", "title"),
    [
        # An article, a market, a banner on a living page
        (make_page("What is a parked domain?"), URL, None, "What is a parked domain?"),
        (make_page("Domain for sale", word_count=900), URL, None, "Selling names"),
        (make_page("Domains for sale"), "https://sedo.com/search/", None, "Domain market"),
        (make_page("Sedo", word_count=90), "https://sedo.com/a", "https://sedo.com/b", "Sedo"),
        (make_page("Practical Raft", first_heading=SALE, word_count=90), URL, None, "Practical Raft"),
        (make_page("initech.example is for sale"), URL, None, "Sale of Initech"),
        (make_page(text="This domain is for sale", word_count=90), URL, None, "Practical Raft"),
        (make_page("Raft", marks=("parked_script",)), URL, None, "Practical Raft"),
        (make_page(), "https://ww2.example.org/raft", "https://ww2.example.org/x", "Practical Raft"),
        (make_page("Market", word_count=90), "https://example.org/a", "https://godaddy.com/help", ""),
    ],
)  # fmt: skip
def test_what_lives_is_ok(page: Page, url: str, to: str | None, title: str) -> None:
    assert reason_of(page, url=url, to=to, title=title) is Reason.OK
