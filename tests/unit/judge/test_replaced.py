from dataclasses import replace

import pytest

from crawler.model import Page, Past, Reason
from tests.support.builders import URL, make_page, make_probing
from tests.support.judging import HOME, LOST, reason_of

CASINO = make_page("Best casino bonus", first_heading="Play now", text="Slots and poker")
OTHER_DOMAIN = "https://casino.example/play"


@pytest.mark.parametrize("url", [URL, HOME])
def test_a_landing_on_another_domain_without_likeness_is_suspected(url: str) -> None:
    assert reason_of(CASINO, url=url, to=OTHER_DOMAIN) is Reason.SUSPECT_REPLACED


@pytest.mark.parametrize("url", [URL, HOME])
@pytest.mark.parametrize("title", ["Practical Raft", ""])
def test_what_did_fit_and_lost_all_likeness_is_suspected(url: str, title: str) -> None:
    assert reason_of(CASINO, url=url, title=title, past=LOST) is Reason.SUSPECT_REPLACED
    assert (
        reason_of(CASINO, url=url, title=title, past=LOST, probing=make_probing())
        is Reason.SUSPECT_REPLACED
    )


@pytest.mark.parametrize("name", ["Index of /", "Coming soon", "Error establishing a connection"])
def test_an_empty_page_is_suspected_when_it_did_fit_before(name: str) -> None:
    page = make_page(name, first_heading=None, word_count=9)
    assert reason_of(page) is Reason.OK
    assert reason_of(page, past=LOST) is Reason.SUSPECT_REPLACED


def test_another_site_for_all_paths_is_no_page_for_missing_pages() -> None:
    shown = make_probing(
        200, 200, likeness=1.0, title="Best casino bonus", first_heading="Play now"
    )
    past = replace(LOST, likeness=0.05)
    assert reason_of(CASINO, past=LOST, probing=shown) is Reason.SUSPECT_REPLACED
    assert reason_of(CASINO, past=past, probing=shown) is Reason.SUSPECT_SOFT_404
    short = replace(CASINO, word_count=59)
    assert reason_of(short, past=LOST, probing=shown) is Reason.SUSPECT_SOFT_404


def test_words_that_any_text_has_do_not_save_a_page_that_lost_its_name() -> None:
    title = "Queues, deep in the engine room at night"
    past = Past(title=title, domain="example.org", likeness=0.0)
    cards = make_page("Credit cards", first_heading="Ten cards", text="Deep pockets, no room")
    assert reason_of(cards, title=title, past=past) is Reason.SUSPECT_REPLACED
    assert reason_of(cards, title=title, past=replace(past, likeness=0.2)) is Reason.OK
    assert reason_of(cards, title=title) is Reason.OK


@pytest.mark.parametrize(
    ("page", "to", "past"),
    [
        (CASINO, None, None),
        (CASINO, "https://www.example.org/play", None),
        (CASINO, "https://example.com/play", None),
        (make_page("Raft, renamed"), OTHER_DOMAIN, LOST),
        (make_page("Quorum", first_heading=None, text="A practical Raft"), None, LOST),
        (make_page("Quorum", first_heading=None), None, replace(LOST, likeness=0.3)),
        (CASINO, None, Past(title="Casino news", domain="example.org", likeness=0.0)),
    ],
)
def test_what_lives_is_ok(page: Page, to: str | None, past: Past | None) -> None:
    assert reason_of(page, to=to, past=past) is Reason.OK


SITE = "https://havelog.example/"
POST = Past(title="Old apple trees - Havelog", heading="Old apple trees", domain="havelog.example")
BARE = make_page("Best bonus", first_heading=None, scripts=2, word_count=3, text="")
HENS = make_page("Moulting hens - Havelog", first_heading="Moulting hens", language="da")


@pytest.mark.parametrize("title", ["here", "Guide", "A friend's favourite", ""])
def test_a_listed_title_that_never_fitted_neither_acquits_nor_convicts(title: str) -> None:
    past = replace(LOST, heading="Leader election", agreement=0.0)
    page = make_page("Guide to friends", first_heading="Look here", text=title)
    assert reason_of(page, title=title, past=past) is Reason.SUSPECT_REPLACED
    renamed = make_page("Consensus", first_heading="Election of leaders")
    assert reason_of(renamed, title=title, past=past) is Reason.OK
    moved = replace(past, domain="example.com", likeness=0.5)
    assert reason_of(CASINO, title=title, past=moved, to=OTHER_DOMAIN) is Reason.OK
    home = "https://casino.example/"
    assert reason_of(CASINO, title=title, past=moved, to=home) is Reason.OK


def test_a_listed_title_that_did_fit_acquits() -> None:
    page = make_page("Raft in practice", first_heading="Raft")
    past = Past(title="Chapter one", heading="Elections", domain="example.org", agreement=1.0)
    assert reason_of(page, past=past) is Reason.OK
    assert reason_of(page, past=replace(past, agreement=0.5)) is Reason.SUSPECT_REPLACED


@pytest.mark.parametrize(
    ("page", "url", "past", "reason"),
    [
        # A front page that is named by its newest post
        (HENS, SITE, POST, Reason.OK),
        (HENS, SITE + "post", POST, Reason.SUSPECT_REPLACED),
        (make_page("Moulting hens", first_heading=None), SITE, POST, Reason.SUSPECT_REPLACED),
        # Another language
        (HENS, SITE + "post", replace(POST, language="en_GB"), Reason.OK),
        (HENS, SITE + "post", replace(POST, language="da-DK"), Reason.SUSPECT_REPLACED),
        # The same title, which says nothing
        (make_page("Home", first_heading="Hens"), SITE, replace(POST, title="Home", likeness=0.05), Reason.OK),
        (make_page("Home", first_heading="Hens"), SITE, replace(POST, title="Home"), Reason.SUSPECT_REPLACED),
        # Nothing but the site's name
        (HENS, SITE + "post", Past(title="Havelog"), Reason.OK),
        (CASINO, SITE, Past(title="Havelog"), Reason.SUSPECT_REPLACED),
        (CASINO, SITE, Past(title="Home"), Reason.SUSPECT_REPLACED),
        # A page of the site that a script has yet to draw
        (replace(BARE, title=HENS.title), SITE + "post", POST, Reason.OK),
        (BARE, SITE + "post", POST, Reason.SUSPECT_REPLACED),
        # Which a parked page has, too, as the name of the domain
        (make_page("havelog.example", first_heading="Old trees", text="Apple of havelog.example"), SITE, POST, Reason.OK),
        (make_page("havelog.example", first_heading="Welcome"), SITE, Past(title="Havelog"), Reason.SUSPECT_REPLACED),
        (replace(CASINO, site_name=HENS.title), SITE, Past(title="Havelog"), Reason.OK),
    ],
)  # fmt: skip
def test_what_still_has_the_name_of_its_site(
    page: Page, url: str, past: Past, reason: Reason
) -> None:
    assert reason_of(page, url=url, title="Read this", past=past) is reason


def test_a_link_to_the_newest_page_leads_to_another_each_night() -> None:
    url, to = SITE + "newest", SITE + "2036/hens"
    past = replace(POST, elsewhere=True)
    assert reason_of(HENS, url=url, to=to, title="", past=past) is Reason.OK
    assert reason_of(CASINO, url=url, to=to, title="", past=past) is Reason.SUSPECT_REPLACED
    here = replace(POST, elsewhere=False)
    assert reason_of(HENS, url=url, to=to, title="", past=here) is Reason.SUSPECT_REPLACED


def test_a_title_unlike_the_list_says_nothing_without_one() -> None:
    assert reason_of(CASINO, to=OTHER_DOMAIN, title="") is Reason.OK
