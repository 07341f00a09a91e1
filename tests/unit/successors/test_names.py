"""What pages are called."""

import pytest

from crawler.extract import read
from crawler.model import LastGood, Record
from crawler.successors.names import (
    agreement,
    name_of,
    names_of_page,
    names_of_record,
    without_words,
)
from tests.support.builders import make_resource


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Getting started with the API", {"getting", "started", "api"}),
        ("What's new in 3.4", {"new", "3.4"}),
        ("Models¶", {"model"}),
        ("", set()),
    ],
)
def test_words_of_a_name(text: str, words: set[str]) -> None:
    assert name_of(text) - {"s", "what"} == words


def test_a_page_is_called_by_its_heading_its_title_and_the_first_part_of_that() -> None:
    page = read(b"<title>Models | Django</title><h1>Writing models</h1>", "https://x.test/", None)
    assert set(names_of_page(page)) == {
        frozenset({"writing", "model"}),
        frozenset({"model", "django"}),
        frozenset({"model"}),
    }
    assert names_of_page(None) == ()


def test_a_listed_title_that_says_nothing_is_no_name() -> None:
    assert names_of_record(Record(resource=make_resource(title="here"))) == ()
    page = read(b"<title>Raft</title>", "https://x.test/", None)
    record = Record(resource=make_resource(title="Ballot"), last_good=LastGood(page=page))
    assert names_of_record(record) == (frozenset({"ballot"}), frozenset({"raft"}))


def test_agreement_is_that_of_the_best_pair() -> None:
    raft, paxos, both = frozenset({"raft"}), frozenset({"paxos"}), frozenset({"raft", "paxos"})
    assert agreement([raft, paxos], [paxos]) == 1
    assert agreement([raft], [both]) == pytest.approx(2 / 3)
    assert agreement([raft], [paxos]) == 0
    assert agreement([raft], []) is None


def test_words_of_the_site_are_left_out_unless_nothing_else_is_left() -> None:
    names = [frozenset({"raft", "manual"}), frozenset({"manual"})]
    assert without_words(names, {"manual"}) == (frozenset({"raft"}),)
