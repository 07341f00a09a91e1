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


def test_words_that_any_text_has_do_not_save_a_page_that_lost_its_name() -> None:
    title = "Queues, deep in the engine room at night"
    past = Past(title=title, domain="example.org", likeness=0.0)
    cards = make_page("Credit cards", first_heading="Ten cards", text="Deep pockets, no room")
    assert reason_of(cards, title=title, past=past) is Reason.SUSPECT_REPLACED
    assert reason_of(cards, title=title, past=replace(past, likeness=0.1)) is Reason.OK
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
        (CASINO, None, Past(title="Something else", domain="example.org", likeness=0.0)),
    ],
)
def test_what_lives_is_ok(page: Page, to: str | None, past: Past | None) -> None:
    assert reason_of(page, to=to, past=past) is Reason.OK


def test_a_title_unlike_the_list_says_nothing_without_one() -> None:
    assert reason_of(CASINO, to=OTHER_DOMAIN, title="") is Reason.OK
