from dataclasses import replace

import pytest

from crawler.judge import case_of, past_of, seen_of
from crawler.model import SEEN_AT_END, SEEN_CHARACTERS, Facts, LastGood, Page, Past, Verdict
from tests.support.builders import (
    URL,
    make_chain,
    make_evidence,
    make_facts,
    make_page,
    make_resource,
)

TEXT = "Raft elects a leader, which copies its log to followers, and all of them agree in the end."


RAFT = Past(title="Practical Raft", domain="example.org", heading="Practical Raft", agreement=1.0)


def _past(before: LastGood | None, page: Page | None, facts: Facts | None = None) -> Past | None:
    return past_of(before, case_of(make_evidence(facts, page=page)))


def test_a_page_with_title_and_domain_as_before_has_no_past() -> None:
    before = LastGood(page=make_page("Practical Raft 3.1", text=TEXT), url=URL)
    moved_within = make_facts(exchanges=make_chain((302, "https://www.example.org/raft")))
    assert _past(before, make_page("Practical Raft 3.2", text=""), moved_within) is None


def test_without_a_good_page_there_is_no_past() -> None:
    assert _past(None, make_page()) is None


def test_a_new_title_brings_back_the_old_one() -> None:
    before = LastGood(page=make_page(text=TEXT), url=URL)
    assert _past(before, make_page("Casino", text="Best bonus")) == RAFT


def test_a_past_page_tells_its_language_and_how_well_the_list_named_it() -> None:
    before = LastGood(page=make_page("Notes", first_heading="On logs", language="en"), url=URL)
    past = _past(before, make_page("Casino"))
    assert past == Past(
        title="Notes",
        heading="On logs",
        language="en",
        domain="example.org",
        agreement=0.0,
        likeness=1.0,
    )
    untitled = make_evidence(resource=make_resource(title=""), page=make_page("Casino"))
    bare = past_of(before, case_of(untitled))
    assert bare is not None
    assert bare.agreement is None


@pytest.mark.parametrize("title", ["Home", None, "Example"])
def test_a_title_of_many_pages_does_not_tell_that_the_page_is_the_same(title: str | None) -> None:
    before = LastGood(
        page=make_page(title, first_heading="Raft", text=TEXT, word_count=300), url=URL
    )
    assert _past(before, make_page(title, first_heading="Raft", word_count=450)) is None
    assert _past(before, make_page(title, first_heading="Raft", word_count=200)) is None
    assert _past(before, make_page(title, first_heading="Raft", word_count=451)) is not None
    assert _past(before, make_page(title, first_heading="Slots", word_count=300)) is not None


def test_a_title_of_one_page_does() -> None:
    before = LastGood(page=make_page(text=TEXT, word_count=300), url=URL)
    assert _past(before, make_page(first_heading="Slots", word_count=3)) is None


def test_a_new_domain_brings_back_the_old_one() -> None:
    before = LastGood(page=make_page(text=TEXT), url=URL)
    facts = make_facts(exchanges=make_chain((302, "https://casino.example/")))
    past = _past(before, make_page(text=TEXT), facts)
    assert past == replace(RAFT, likeness=1.0, elsewhere=True)


def test_a_page_of_which_the_place_is_not_known_was_found_where_it_is_now() -> None:
    facts = make_facts(exchanges=make_chain((302, "https://casino.example/")))
    assert _past(LastGood(page=make_page()), make_page(), facts) is None


@pytest.mark.parametrize("verdict", [Verdict.OK, Verdict.MOVED])
def test_nothing_is_kept_of_a_living_page(verdict: Verdict) -> None:
    assert seen_of(make_page(), verdict) is None
    assert seen_of(None, Verdict.DEAD) is None


@pytest.mark.parametrize("verdict", [Verdict.DEAD, Verdict.SUSPECT, Verdict.FAILING])
def test_start_and_end_of_what_was_not_the_resource_are_kept(verdict: Verdict) -> None:
    start, end = "a" * SEEN_CHARACTERS, "z" * SEEN_AT_END
    assert seen_of(make_page(text=f"{start}raft{end}"), verdict) == make_page(text=start + end)
    assert seen_of(make_page(text=start + end), verdict) == make_page(text=start + end)


def test_no_words_are_kept_of_a_page_that_blocks_the_way() -> None:
    page = make_page(description="Secret", text="Words", word_count=12, scripts=3, noindex=True)
    bare = make_page(None, first_heading=None, word_count=12, scripts=3, noindex=True)
    assert seen_of(page, Verdict.BLOCKED) == bare
